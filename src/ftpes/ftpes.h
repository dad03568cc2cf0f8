/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ftpes.h - the upload engine: one logged-in session to one FTP server, files sent through it one
 * after another.
 *
 * Purpose: everything between "here is a file" and "the server has it, every byte, under its
 * name": AUTH TLS (RFC 4217), login, passive data connections that resume the TLS session, STOR to
 * a temporary name, continued where an earlier attempt ended, SIZE, RNFR/RNTO. It never blocks,
 * never prints, reads no settings.
 *
 * Calling sequence:
 *     s = ftpes_session_new(loop, &params, &events, arg);     connects and logs in by itself
 *     events.ready(arg)                                        now, and after each task:
 *         ftpes_session_put(s, &task);                         one at a time
 *     events.done(arg, &result, NULL | &err)                   exactly once for a put
 *     events.closed(arg, NULL | &err)                          the session is over; none follows
 *     ftpes_session_free(s);                                   at any time, also inside an event
 * ftpes_session_quit() ends an idle session politely (QUIT); closed() follows within a deadline.
 * Events come from the loop, never from inside a call.
 *
 * After done() with an error of class FILE the session is usable again and ready() follows; after
 * any other error closed() follows with the same error. What is stored of a file that failed is
 * removed, unless the failure passes by itself (class RETRY, or a clip that cannot be read): then
 * it stays under its temporary name for a later attempt (task.resume).
 *
 * A file that has other than `size` bytes, or is written to before it has its name on the server,
 * is ERR_CLIP_CHANGED: what went out may be a bit of both.
 *
 * Ownership: params and task are copied (also the secret, which the session wipes); the strings
 * inside them may go once the call returns. The trust bytes are parsed at once.
 */
#ifndef NM_FTPES_FTPES_H
#define NM_FTPES_FTPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/loop.h"
#include "base/secret.h"
#include "net/suites.h"

struct ftpes_session;

/* What to do when the file's name is taken on the server. */
enum ftpes_exists {
    FTPES_EXISTS_OVERWRITE,
    FTPES_EXISTS_KEEP_BOTH, /* the new one becomes "name (2).ext", the first number that is free */
    FTPES_EXISTS_SKIP,      /* the file counts as sent without being sent */
};

/* Deadlines in milliseconds. FTPES_TIMES_DEFAULT is what the product uses. */
struct ftpes_times {
    int64_t connect; /* one address, one connection */
    int64_t reply;   /* one reply to a command, and one handshake */
    int64_t stall;   /* no byte of a file taken by the network */
    int64_t final;   /* the reply after the last byte */
    int64_t close;   /* the peer's close_notify, and QUIT */
    int64_t mark;    /* STOR's 150: some servers send it only after the handshake that usually
                      * follows it, which begins without it then */
};

#define FTPES_TIMES_DEFAULT                                                               \
    {                                                                                     \
        .connect = 20000, .reply = 60000, .stall = 60000, .final = 120000, .close = 2000, \
        .mark = 3000                                                                      \
    }

struct ftpes_params {
    const char *host; /* name, IPv4 or IPv6 literal (no brackets) */
    uint16_t port;
    const char *user; /* "" logs in as "anonymous" */
    const struct secret *password;
    bool secure;            /* false: plain FTP, nothing is encrypted */
    enum tls_policy policy; /* which suites (secure only) */
    const char *trust;      /* PEM certificates (secure only; required) */
    size_t trust_len;       /* bytes */
    bool passive;           /* false: active mode, EPRT/PORT */
    bool
        in_turn; /* each command awaits the reply to the one before: see ftpes_session_confused() */
    bool no_resume; /* for Check Server: data connections do not offer to resume */
    struct ftpes_times times;
};

struct ftpes_task {
    int fd;              /* the open file, at offset 0; the caller closes it after done() */
    int64_t size;        /* bytes to send */
    const char *folder;  /* on the server, made as needed; "" is where login ends */
    const char *name;    /* the name in that folder; no "/" */
    const char *temp_id; /* [A-Za-z0-9]+, unique to the job: the temporary name holds it */
    enum ftpes_exists exists;
    bool more; /* another file will follow at once: its data connection is prepared meanwhile */
    /*
     * The name that naming() told in an earlier attempt at this job, NULL when it told none. That
     * attempt may have ended unseen between RNTO and its reply (the power went): when this name
     * stands on the server with `size` bytes and the temporary name does not, the file counts as
     * sent and nothing is sent. Otherwise naming(NULL) tells so, and it is sent as if this were
     * NULL.
     */
    const char *named;
    /*
     * For Check Server: all that an upload is, then the file is deleted again. done() tells success
     * when it is gone; ERR_DELETE when it was stored, but DELE was refused. name is a hidden one,
     * and loses its dot where the server forbids those.
     */
    bool trial;
    /*
     * An earlier attempt may have left something under the temporary name, of this very file. What
     * SIZE tells of is checked (a hash command, or RETR of its last bytes) and continued (REST, or
     * APPE); in any doubt the file is sent from its beginning.
     */
    bool resume;
    /*
     * The file is not to be sent any more: what attempts left under its temporary names is removed,
     * and nothing else is done; fd and size do not matter. done() tells success when nothing stands
     * there, ERR_DELETE when DELE was refused. No folder is made.
     */
    bool remove;
    int64_t mtime; /* seconds since 1970, for the server to keep where it can; 0: not to be kept */
};

/* The TLS of a connection, for the job list: pointers are static. */
struct ftpes_tls_info {
    const char *version; /* "TLSv1.2"; NULL when not encrypted */
    const char *suite;   /* IANA name */
    bool deprecated;
};

struct ftpes_result {
    struct ftpes_tls_info tls;
    bool skipped;      /* FTPES_EXISTS_SKIP, and it was there */
    bool unchecked;    /* only 226 says that all of it is there: the server tells no size */
    char name[512];    /* under which it stands on the server */
    int64_t sent;      /* bytes that went out in this attempt */
    bool resumed;      /* its data connection resumed the control connection's TLS session */
    int64_t continued; /* bytes that were there before */
    /* It failed while what an earlier attempt left was looked at, or because of it: after some of
     * these, resuming is of no use. */
    bool resume_failed;
    /* Under its temporary name there may be something that this attempt stored or met; what stood
     * there was removed. Neither: the attempt has not come so far. */
    bool left, removed;
};

struct ftpes_events {
    void (*ready)(void *arg);
    /*
     * sent: bytes of the current file that have reached the server, some times a second; from: how
     * many of them were there before this attempt.
     */
    void (*progress)(void *arg, int64_t sent, int64_t from);
    /*
     * All bytes are there, and the file is about to be renamed to name, which was free (KEEP_BOTH,
     * SKIP) or is to be replaced. The caller notes the name durably, so that a later attempt knows
     * it (task.named), and says ftpes_session_named(): RNFR and RNTO go out after that. NULL: what
     * was told before did not come about, and the note goes, durably: from now on a missing
     * temporary name proves nothing. May be NULL.
     */
    void (*naming)(void *arg, const char *name);
    /* What is being done now, each time that it changes. Not a place to free from. May be NULL. */
    void (*step)(void *arg, enum err_step step);
    void (*done)(void *arg, const struct ftpes_result *result, const struct err *err);
    void (*closed)(void *arg, const struct err *err);
};

/*
 * Begin a session. Resolving, connecting and logging in happen in the loop.
 * Errors: ERR_NO_CERTIFICATE when secure and there is no usable trust; ERR_NAME for CR, LF or NUL
 * in the user name or password; ERR_NO_SERVER for an empty host; ERR_NO_MEMORY.
 */
int ftpes_session_new(struct ftpes_session **ret_s, struct loop *loop,
                      const struct ftpes_params *params, const struct ftpes_events *events,
                      void *arg, struct err *e);

/*
 * Send one file. Only after ready(), one at a time.
 * Errors: ERR_NAME for control characters in the folder or name, or an empty name; ERR_BUSY;
 * ERR_CLIP_UNREADABLE when fd is none.
 */
int ftpes_session_put(struct ftpes_session *s, const struct ftpes_task *task, struct err *e);

/* What the server says that it can (FEAT), once ready() was told. */
struct ftpes_abilities {
    bool resume; /* REST: an interrupted file goes on where it was */
    bool times;  /* MFMT, MDTM: files keep their modification times */
    bool hash;   /* a command that computes a file's hash */
    bool utf8;   /* names in UTF-8 */
};
struct ftpes_abilities ftpes_session_abilities(const struct ftpes_session *s);

/* The TLS of the control connection as negotiated. */
struct ftpes_tls_info ftpes_session_tls(const struct ftpes_session *s);

/* The name that naming() told is noted. Also inside of naming(). */
void ftpes_session_named(struct ftpes_session *s);

/*
 * In closed(): whether the server seems to have lost commands that were sent ahead, behind another
 * one, or to have closed for their sake. The next session to it should be asked for with
 * params.in_turn.
 */
bool ftpes_session_confused(const struct ftpes_session *s);

void ftpes_session_quit(struct ftpes_session *s);

/*
 * Break off the file that is being stored or looked at: what the server has of it goes, done()
 * tells ERR_CANCELLED and closed() follows, as soon as the server answers. The file is not read any
 * more. Returns whether that was begun; if not, nothing is being stored, and nothing follows.
 */
bool ftpes_session_cancel(struct ftpes_session *s);

/* Drop everything at once, say nothing more, call nothing more. */
void ftpes_session_free(struct ftpes_session *s);

#endif
