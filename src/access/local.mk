# L2: rules of the unit's own user name and password, generator, the gate.
noinst_LIBRARIES += src/access/libaccess.a
src_access_libaccess_a_SOURCES = \
	src/access/access.c src/access/access.h \
	src/access/gate.c src/access/gate.h \
	src/access/gate_policy.c src/access/gate_policy.h \
	src/access/gate_record.c \
	src/access/gate_source.c \
	src/access/gate_state.c src/access/gate_state.h
