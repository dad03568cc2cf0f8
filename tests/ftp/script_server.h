/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * script_server.h - an FTP server that says and does what a script tells it, to one client.
 *
 * The conversation:
 *   > TEXT          send TEXT and CR LF           >> TEXT       send TEXT as it is
 *   flood N TEXT    send TEXT N times             drip N MS TEXT   the same, every MS ms
 *   < GLOB          a command that fits must come
 *   auth            under TLS: AUTH TLS, 234 and the handshake; in clear: nothing
 *   protect         under TLS: PBSZ and PROT, both granted; in clear: nothing
 *   late MS         do nothing for so long
 *   close, drop, reset   the control connection: properly, without close_notify, by RST
 *   eof             the client closes it, silently
 *
 * The data connection; under TLS the handshake is done before the first byte of the file, and must
 * resume the control connection's session:
 *   accept          the passive one               dial          connect where EPRT or PORT said
 *   data            the whole file and its end, then close it
 *   data N          N bytes of it in all          broken        it ends without the whole file
 *   give N          send the first N bytes of the file (N from REST on), and close it
 *   give-other N    the same number of other bytes
 *   sip MS          the whole file, 64 KiB every MS ms
 *   hole            connections to the passive port get no answer, as behind a firewall
 *   data-close, data-drop, data-reset   end it    refuse        stop listening for it
 *
 * TLS and faults, on the control connection; with "data-" before the word on the other one:
 *   hello           the client speaks: it begins TLS
 *   drain           the client ends it, whatever it says before
 *   tls [CERT] [no-resume] [ask-client] [chain N] [fails|may-fail]
 *                   the handshake. CERT: of the folder `certs`, default rsa; ask-client: ask for a
 *                   certificate; chain: send N needless ones; fails: the client must end it
 *   cut N, cut-reset N, stall N   after N more bytes on the wire: end, RST, or nothing more comes
 *   flip N          change byte N of those on the wire
 *   slow MS         wait before every packet      raw TEXT      send it past TLS
 *   renegotiate     TLS 1.2: ask for a new handshake; TLS 1.3: for new keys
 *   alert           send a fatal alert
 *
 * The disk: what STOR and APPE brought (at the place that REST said), RNTO renamed and DELE
 * removed, the latter two as soon as the script says 2xx to them. have NAME N     the first N bytes
 * of the file stand there under NAME
 *
 * In TEXT, \r \n \t \e \0 \\ and \xNN are bytes, %P is the port of the data connection, %H and %L
 * its high and low byte.
 */
#ifndef NM_TESTS_SCRIPT_SERVER_H
#define NM_TESTS_SCRIPT_SERVER_H

#include <stdbool.h>
#include <stddef.h>

#include "disk.h"

struct script_server {
    int listen_fd;     /* where the client connects; see script_listen() */
    bool bytewise;     /* send every byte in a packet of its own */
    bool secure;       /* the client uses TLS */
    int tls_version;   /* as link.h */
    size_t size;       /* of the file */
    const char *certs; /* folder of tests/servers/certs.sh, for TLS */
    struct disk *disk;
};

/* A listening socket on loopback. Returns its port; exits when there is none. */
int script_listen(int *ret_fd, bool ipv6);

/* Play the script's lines. Returns whether all went as written; else says why on stderr. */
bool script_play(const struct script_server *server, char **lines, size_t count);

#endif
