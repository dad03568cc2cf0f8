/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * case_file.h - a case of the upload engine against a scripted server: FOLDER/NAME.case.
 *
 * Lines that begin with # are comments: the first one says what the server does and what matters of
 * it. Before the line "server": what the engine is told, and how the case runs.
 *   file NAME SIZE    one more file to send            folder NAME     on the server
 *   active            EPRT and PORT                    user NAME, password TEXT
 *   exists keep|skip  what to do about taken names     named NAME      of an attempt that ended
 *   host NAME         instead of the address:                          unseen
 *                     "several.test" is ::1 and 127.0.0.1
 *   cancel-after MS   that long after the first file was begun
 *   free-in-resume N  the session is freed as this step of resuming begins
 *   resume            an earlier attempt may have   mtime SECONDS   keep this time
 *                     left a part
 *   remove            the files are not to be sent: what an earlier attempt left is to go
 *   more              the engine is told that     in-turn         nothing is sent ahead
 *                     another file follows
 *   ipv6              the server is ::1                fault short|long|unreadable|touched
 *   reply MS, stall MS, final MS, close MS, mark MS    one deadline (ftpes.h); 10 s where not said
 *   only plain|tls|tls12|tls13      the modes that make sense; all three where not said
 *   trust NAME        NAME.pem of the certificates, instead of ca.pem
 *   whole             not byte by byte: the packets matter
 *   cancel            break off as soon as bytes move
 *   each TEXT         once for each such line: $V elsewhere is TEXT, $1 to $4 are its words
 * \r \n \t and \\ are bytes there.
 * After it: the server's script (script_server.h). After the line "expect": what the engine tells,
 * in order (driver.h; globs); what the last error has of the server's reply, "reply TEXT"; and what
 * stands on the server's disk then, "disk NAME SIZE" or "disk nothing", when there are such lines.
 *
 * A line that begins with @NAME is replaced by the lines of NAME.inc.
 */
#ifndef NM_TESTS_CASE_FILE_H
#define NM_TESTS_CASE_FILE_H

#include "driver.h"

#define CASE_LINES 512

enum case_mode { CASE_PLAIN, CASE_TLS12, CASE_TLS13, CASE_MODES };

struct case_file {
    char *lines[CASE_LINES]; /* of the case and what it includes, without comments */
    size_t count;
    size_t variants;   /* lines "each" */
    char subject[256]; /* the first comment */

    const char *only, *trust;
    bool whole;
    char **script, **expected;
    size_t script_lines, expected_lines;
};

/* Read a case, its variant of that number filled in. Exits when it is malformed. */
void case_load(struct case_file *c, const char *folder, const char *name, size_t variant);
void case_unload(struct case_file *c);

bool case_has_mode(const struct case_file *c, enum case_mode mode);

/* Its settings, for the engine. Strings of the case are used. */
void case_apply(const struct case_file *c, enum case_mode mode, const char *certs,
                struct driver *d);

#endif
