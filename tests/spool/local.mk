# The queue and the sender against what happens on a set.
TESTS += tests/spool/test_kill.sh tests/spool/test_disk.sh
EXTRA_DIST += tests/spool/test_kill.sh tests/spool/test_disk.sh
