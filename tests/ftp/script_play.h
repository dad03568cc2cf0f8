/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * script_play.h - what script_server.c (the conversation, TLS) and script_data.c (the data
 * connection, the disk) share.
 */
#ifndef NM_TESTS_SCRIPT_PLAY_H
#define NM_TESTS_SCRIPT_PLAY_H

#include "link.h"
#include "script_server.h"

#define TEXT_MAX 4096

struct play {
    const struct script_server *server;
    struct link control, data;
    int data_listen;
    int port; /* of data_listen */
    bool ipv6;
    char command[TEXT_MAX]; /* the last one heard */
    char active[TEXT_MAX];  /* the last EPRT or PORT */
    char target[TEXT_MAX];  /* of the last STOR or APPE */
    char rename[TEXT_MAX];  /* of the last RNFR */
    size_t rest;            /* of the last REST, until it is used */
    size_t received;        /* up to where the file is there */
    bool equal;             /* what was received is the file */
    const char *line;       /* of the script, for complaints */
};

/* Tell on stderr what went wrong at this line. Returns false. */
bool play_complain(const struct play *p, const char *what, const char *detail);

/* The handshake; arg as the script's "tls". */
bool play_secure(struct play *p, struct link *l, const char *arg);

/* The port that listens for the data connection. */
int play_data_port(struct play *p);

/* A command came: note what it will change on the disk; and the script answers: a 2xx does it. */
void play_note(struct play *p);
void play_obey(struct play *p, const char *reply);

/* Words of the script. */
bool play_have(struct play *p, const char *arg);
bool play_accept(struct play *p, const char *arg);
bool play_dial(struct play *p, const char *arg);
bool play_data(struct play *p, const char *arg);
bool play_broken(struct play *p, const char *arg);
bool play_give(struct play *p, const char *arg);
bool play_give_other(struct play *p, const char *arg);
bool play_sip(struct play *p, const char *arg);
bool play_hole(struct play *p, const char *arg);
bool play_refuse(struct play *p, const char *arg);

#endif
