/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * err.h - what went wrong, as data.
 *
 * Purpose: every function that can fail returns 0 or a negative enum err_code and, when the caller
 * passes a struct err, fills it: code, step, errno, the server's reply, and up to two short
 * arguments. No sentence is made here; src/text/err_text.h turns a struct err into one.
 *
 * Calling sequence:
 *     struct err e;
 *     if (cert_parse(..., &e) < 0)
 *         show(err_text(&e));                      (a caller that does not care passes NULL)
 *     ...
 *     return err_set(e, ERR_CERT_EMPTY, STEP_CERTIFICATE);       (returns -ERR_CERT_EMPTY)
 *
 * Ownership: plain values, copied with `=`; nothing to free. Foreign text (arguments, replies) is
 * made safe to show as it is stored. Never put a secret in.
 */
#ifndef NM_BASE_ERR_H
#define NM_BASE_ERR_H

#include "base/err_list.h"

enum err_code {
    ERR_NONE = 0,
#define X(name, word, class) name,
    ERR_LIST(X)
#undef X
        ERR_COUNT
};

enum err_step {
#define X(name, word) name,
    STEP_LIST(X)
#undef X
        STEP_COUNT
};

/* What a sender does about an error. */
enum err_class {
    ERR_CLASS_RETRY,  /* may pass by itself: try again later */
    ERR_CLASS_FILE,   /* this file cannot be sent; others can */
    ERR_CLASS_SERVER, /* no file can be sent to this server until something is changed */
    ERR_CLASS_LOCAL,  /* a wrong value or a state of this unit; never met by a running upload */
};

#define ERR_ARG_MAX   160
#define ERR_REPLY_MAX 320

struct err {
    enum err_code code;
    enum err_step step;
    int sys_errno;             /* 0 when no system call failed */
    int reply_code;            /* the server's three digits, 0 when it did not answer */
    char reply[ERR_REPLY_MAX]; /* its words, safe to show */
    char arg[2][ERR_ARG_MAX];  /* file, host, limit ...: as src/text/err_sentences.c uses them */
};

/* Fill e (may be NULL) and return -code. Errors: always. */
int err_set(struct err *e, enum err_code code, enum err_step step);

/* The same with arguments; a NULL argument is an empty one. Errors: always. */
int err_set_args(struct err *e, enum err_code code, enum err_step step, const char *arg0,
                 const char *arg1);

/* The same for two numbers, for example the limits of a length. Errors: always. */
int err_set_limits(struct err *e, enum err_code code, enum err_step step, long min, long max);

/*
 * The same for a failed system call on path (may be NULL). The code follows from sys_errno:
 * ENOSPC/EDQUOT ERR_DISK_FULL, EACCES/EPERM/EROFS ERR_PERMISSION, ENOENT/ENOTDIR ERR_NOT_FOUND,
 * ENOMEM ERR_NO_MEMORY, else ERR_IO. Errors: always.
 */
int err_set_errno(struct err *e, enum err_step step, int sys_errno, const char *path);

/* The same for a server's reply of len bytes, as received. Errors: always. */
int err_set_reply(struct err *e, enum err_code code, enum err_step step, int reply_code,
                  const char *reply, int len);

/* The code in what a failing function returned: ERR_IO of -ERR_IO. */
static inline enum err_code err_code_of(int returned)
{
    return (enum err_code)(-returned);
}

/* No error at all. */
void err_clear(struct err *e);

/* The word for scripts, for example "login-refused"; "none" for ERR_NONE. */
const char *err_word(enum err_code code);

/* The code of a word; ERR_NONE when there is no such word. */
enum err_code err_from_word(const char *word);

const char *err_step_word(enum err_step step);
enum err_step err_step_from_word(const char *word);

enum err_class err_class(enum err_code code);

#endif
