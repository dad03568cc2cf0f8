# The queue and the sender against what happens on a set.
TESTS += tests/spool/test_kill.sh
EXTRA_DIST += tests/spool/test_kill.sh
