# The gate: real services that ask it, bad input, and killing it.
ACCESS_TESTS = tests/access/test_program.sh tests/access/test_services.sh
TESTS += $(ACCESS_TESTS)
EXTRA_DIST += tests/access/lib.sh $(ACCESS_TESTS)
