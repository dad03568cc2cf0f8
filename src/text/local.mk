# L4: errors, states and quantities as sentences, translated.
noinst_LIBRARIES += src/text/libtext.a
src_text_libtext_a_SOURCES = \
	src/text/check_text.c src/text/check_text.h \
	src/text/err_sentences.c \
	src/text/err_text.c \
	src/text/text.c src/text/text.h \
	src/text/text_gate.c \
	src/text/text_private.h
