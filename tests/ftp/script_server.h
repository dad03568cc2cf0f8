/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * script_server.h - an FTP server that says and does what a script tells it, to one client. The
 * lines of a script:
 *
 *   > TEXT          send TEXT and CR LF            >> TEXT      send TEXT as it is
 *   flood N TEXT    send TEXT N times              < GLOB       a command that fits must come
 *   accept          the passive data connection    dial         connect where EPRT or PORT said
 *   data            the whole file, then its end   data N       N bytes of the file
 *   broken          the data connection ends without the whole file
 *   data-close      close it                       data-reset   reset it
 *   refuse          stop listening for data
 *   tls, data-tls   TLS on that connection from here on (openssl s_server, rsa.pem of `certs`)
 *   late MS         do nothing for so long
 *   data-hello      the client speaks first on the data connection: it begins TLS
 *   close, reset    the control connection         eof          the client closes it, silently
 *   drain           the client closes it, whatever it says before
 *
 * In TEXT, \r \n \e \0 \\ and \xNN are bytes, %P is the port of the data connection, %H and %L its
 * high and low byte. A line that begins with @NAME is replaced by the lines of NAME.inc.
 */
#ifndef NM_TESTS_SCRIPT_SERVER_H
#define NM_TESTS_SCRIPT_SERVER_H

#include <stdbool.h>
#include <stddef.h>

/* The bytes of every file that is sent: byte i of it. */
unsigned char script_byte(size_t i);

struct script_server {
    int listen_fd;     /* where the client connects; see script_listen() */
    bool bytewise;     /* send every byte in a packet of its own */
    size_t size;       /* of the file */
    const char *certs; /* folder of tests/servers/certs.sh, for TLS */
};

/* A listening socket on loopback. Returns its port; exits when there is none. */
int script_listen(int *ret_fd, bool ipv6);

/* Play the script's lines. Returns whether all went as written; else says why on stderr. */
bool script_play(const struct script_server *server, char **lines, size_t count);

#endif
