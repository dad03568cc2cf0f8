# The style that can be checked by looking: layers, headers, translations, words.
STYLE_TESTS = tests/style/check-layers.sh tests/style/check-headers.sh \
	tests/style/check-potfiles.sh tests/style/check-words.sh tests/style/check-catalogues.sh
TESTS += $(STYLE_TESTS)
EXTRA_DIST += $(STYLE_TESTS) tests/style/names.awk tests/lib/catalogues.sh tests/lib/pseudo.awk
