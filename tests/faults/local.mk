# netmenuctl and the sender against real servers: the main job, and what goes wrong in it.
FAULT_TESTS = tests/faults/test_refusals.sh tests/faults/test_kills.sh tests/faults/test_breaks.sh \
	tests/faults/test_suspended.sh tests/faults/test_send.sh \
	tests/faults/test_damage.sh tests/faults/test_clips.sh tests/faults/test_disk_full.sh \
	tests/faults/test_deprecated.sh
TESTS += $(FAULT_TESTS)
EXTRA_DIST += $(FAULT_TESTS) tests/faults/lib.sh tests/faults/peer.pl
