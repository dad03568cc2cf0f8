# L1: sockets, names and addresses, TLS. Only tls*.c include wolfSSL.
noinst_LIBRARIES += src/net/libnet.a
src_net_libnet_a_SOURCES = \
	src/net/dial.c src/net/dial.h \
	src/net/endpoint.c src/net/endpoint.h \
	src/net/hostname.c src/net/hostname.h \
	src/net/listener.c src/net/listener.h \
	src/net/own_address.c src/net/own_address.h \
	src/net/resolve.c src/net/resolve.h \
	src/net/stream.c src/net/stream.h src/net/stream_internal.h src/net/stream_io.c \
	src/net/suites.c src/net/suites.h \
	src/net/tls.c src/net/tls.h src/net/tls_context.c src/net/tls_internal.h \
	src/net/tls_chain.c src/net/tls_look.c src/net/tls_peer.c src/net/tls_trust.c
src_net_libnet_a_CPPFLAGS = $(AM_CPPFLAGS) $(WOLFSSL_CFLAGS)
