/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ftp_server.h - a small FTP server in clear on loopback for tests, with faults on demand.
 *
 * Purpose: what a real server does rarely, at the moment a test wants it. The real servers are
 * tests/servers/ftpd.sh. It runs in processes of its own; the script is shared memory that the
 * test changes and reads at any time.
 *
 * Calling sequence: ftp_server_start(&srv, "root"); ... srv.script->refuse_login = 1; ...
 * ftp_server_stop(&srv).
 */
#ifndef NM_TESTS_FTP_SERVER_H
#define NM_TESTS_FTP_SERVER_H

#include <stdatomic.h>
#include <stdint.h>
#include <sys/types.h>

#define FTP_SERVER_NAMES 16

struct ftp_script {
    /* what it shall do */
    atomic_int busy; /* greet with 421 */
    atomic_int
        max_sessions; /* refuse more at a time: 0 any number; 421, or 530 to PASS when late */
    atomic_int max_late;
    atomic_int refuse_login; /* answer PASS with 530 */
    atomic_int hold_login;   /* do not answer PASS while this is set */
    atomic_int full;         /* answer STOR with 452 */
    atomic_int keep;         /* answer DELE with 550 */
    atomic_int cut_times;    /* so many uploads: drop both connections after cut_bytes */
    atomic_int cut_bytes;
    atomic_int rest;        /* announce and obey REST STREAM, and answer RETR */
    atomic_int ignore_rest; /* but STOR begins anew nevertheless */
    atomic_int hold;        /* read no more of a file than hold_bytes while this is set */
    atomic_int hold_bytes;
    atomic_int hold_rename;   /* RNTO: do it, and do not answer while this is set */
    atomic_int busy_rename;   /* so many RNTO: answer 450 */
    atomic_int one_by_one;    /* lose what comes with a command or soon behind it */
    atomic_int silent_rename; /* so many RNTO: do it, then drop the connection without a reply */

    /* what it saw */
    atomic_int connections;
    atomic_int sessions;              /* now */
    atomic_int logins;                /* PASS */
    atomic_int stores;                /* STOR */
    atomic_llong received;            /* bytes of files */
    atomic_int renames;               /* RNTO done */
    atomic_int deletes;               /* DELE done */
    char names[FTP_SERVER_NAMES][64]; /* of RNTO, in their order */
};

struct ftp_server {
    pid_t pid;
    uint16_t port;
    struct ftp_script *script;
};

/*
 * Serve the folder root. Every name is accepted but one that begins with "refuse", for which RNTO
 * is answered 553. Aborts when it cannot be started.
 */
void ftp_server_start(struct ftp_server *srv, const char *root);
void ftp_server_stop(struct ftp_server *srv);

#endif
