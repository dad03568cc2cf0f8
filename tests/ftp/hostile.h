/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hostile.h - an FTP server that makes it up as it goes: at each step it does what is right, what
 * is odd or what is hostile, as a number (the seed) has it. The same seed does the same, as far as
 * time and the client do.
 *
 * What it may not do is tell a lie that nobody can find out: it says of a file's size and hash what
 * is so, or what cannot be taken for the whole file; after it called a file stored that it does not
 * have, it knows SIZE; it renames and deletes when it says so.
 *
 * It watches what the client does, too: the first thing that a client must never do is kept.
 */
#ifndef NM_TESTS_HOSTILE_H
#define NM_TESTS_HOSTILE_H

#include <stdint.h>

#include "disk.h"
#include "link.h"

#define HOSTILE_LINE 4096

struct hostile_verdict {
    char wrong[256];    /* what the client must never do, and did; "" for nothing */
    unsigned steps;     /* commands that were answered */
    unsigned mischiefs; /* things done that are odd or hostile */
};

struct hostile {
    int listen_fd;
    const char *certs;
    bool secure; /* the client is to use TLS */
    int tls_version;
    size_t size; /* of each file */
    uint64_t seed;
    unsigned malice;       /* percent of the steps that are not as they should be */
    unsigned malice_later; /* the same from PWD on, the end of the login */
    struct disk *disk;
    struct hostile_verdict *verdict; /* shared memory */

    /* inside */
    uint64_t random;
    struct link control, data;
    int data_listen;
    bool tls, over;
    bool untrusted; /* shows a certificate that is not to be trusted */
    bool lied;      /* of a file that it does not have */
    char command[HOSTILE_LINE], active[HOSTILE_LINE], rename[HOSTILE_LINE];
    size_t rest;
};

/* One client, until it goes or has had enough. */
void hostile_serve(struct hostile *h);

/* For hostile_data.c. A number below n; whether so many percent of the dice fall so. */
unsigned hostile_random(struct hostile *h, unsigned n);
bool hostile_percent(struct hostile *h, unsigned percent);
void hostile_say(struct hostile *h, const char *reply);
void hostile_wrong(struct hostile *h, const char *what, const char *detail);
void hostile_note(struct hostile *h, const char *what);
void hostile_break_link(struct hostile *h, struct link *l);

/* EPSV, PASV; STOR and APPE (from byte `from` on); RETR. */
void hostile_passive(struct hostile *h, bool extended);
void hostile_store(struct hostile *h, const char *name, size_t from);
void hostile_retrieve(struct hostile *h, const char *name);

#endif
