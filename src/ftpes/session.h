/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session.h - the inside of a session: what ftpes.c sets up and the session files live.
 */
#ifndef NM_FTPES_SESSION_H
#define NM_FTPES_SESSION_H

#include <time.h>

#include "ftpes/control.h"
#include "ftpes/data.h"
#include "ftpes/features.h"
#include "ftpes/ftpes.h"
#include "ftpes/names.h"

#define SESSION_PATH_MAX  1024 /* bytes of a folder's path with its NUL */
#define SESSION_AHEAD_MAX 8    /* commands sent ahead */

/*
 * X(state, step, command, argument): every state, the step that its errors are told as, and the
 * command that entering it sends; its reply is awaited then. NULL: see on_enter() in session.c.
 */
#define STATE_LIST(X)                                                                          \
    X(CONNECT, STEP_CONNECT, NULL, ARG_NONE)     /* the control connection */                  \
    X(GREETING, STEP_GREETING, NULL, ARG_NONE)   /* 220 */                                     \
    X(AUTH, STEP_AUTH_TLS, "AUTH TLS", ARG_NONE) /* RFC 4217 section 4 */                      \
    X(HANDSHAKE, STEP_HANDSHAKE, NULL, ARG_NONE) /* TLS on the control connection */           \
    X(USER, STEP_LOGIN, "USER", ARG_USER)                                                      \
    X(PASS, STEP_LOGIN, "PASS", ARG_PASSWORD)                                                  \
    X(PBSZ, STEP_PROTECT, "PBSZ 0", ARG_NONE) /* RFC 4217 section 8 */                         \
    X(PROT, STEP_PROTECT, "PROT P", ARG_NONE) /* RFC 4217 section 9; never PROT C */           \
    X(FEAT, STEP_SETUP, "FEAT", ARG_NONE)                                                      \
    X(OPTS, STEP_SETUP, "OPTS UTF8 ON", ARG_NONE)                                              \
    X(TYPE, STEP_SETUP, "TYPE I", ARG_NONE)                                                    \
    X(PWD, STEP_SETUP, "PWD", ARG_NONE)                                                        \
    X(READY, STEP_NONE, NULL, ARG_NONE)          /* a task is awaited */                       \
    X(CWD_HOME, STEP_FOLDER, "CWD", ARG_HOME)    /* back to where login ended */               \
    X(CWD_WHOLE, STEP_FOLDER, "CWD", ARG_FOLDER) /* the path at once: mostly it exists */      \
    X(CWD_ROOT, STEP_FOLDER, "CWD /", ARG_NONE)  /* else part by part, this if absolute */     \
    X(CWD_PART, STEP_FOLDER, "CWD", ARG_PART)                                                  \
    X(MKD, STEP_FOLDER, "MKD", ARG_PART)                                                       \
    X(CWD_MADE, STEP_FOLDER, "CWD", ARG_PART)    /* again, after MKD */                        \
    X(LOOK_NAMED, STEP_SIZE, "SIZE", ARG_NAMED)  /* did an attempt end unseen after RNTO? */   \
    X(LOOK_TEMP, STEP_SIZE, "SIZE", ARG_TEMP)    /* ... then the temporary name is gone */     \
    X(LOOK_PLAIN, STEP_SIZE, "SIZE", ARG_TEMP)   /* ... and the one that is not hidden */      \
    X(LOOK_SIZE, STEP_RENAME, "SIZE", ARG_FINAL) /* is the name taken? */                      \
    X(LOOK_RNFR, STEP_RENAME, "RNFR", ARG_FINAL) /* the same where SIZE does not tell */       \
    X(PART_SIZE, STEP_RESUME, "SIZE", ARG_TEMP)  /* what did an attempt leave? */              \
    X(PART_PLAIN, STEP_RESUME, "SIZE", ARG_TEMP) /* ... under the name that is not hidden */   \
    X(HASH_KIND, STEP_RESUME, NULL, ARG_NONE)    /* OPTS HASH */                               \
    X(HASH, STEP_RESUME, NULL, ARG_NONE)         /* of what is there */                        \
    X(EPSV, STEP_DATA_CONNECT, "EPSV", ARG_NONE)                                               \
    X(PASV, STEP_DATA_CONNECT, "PASV", ARG_NONE)                                               \
    X(EPRT, STEP_DATA_CONNECT, NULL, ARG_NONE)                                                 \
    X(PORT, STEP_DATA_CONNECT, NULL, ARG_NONE)                                                 \
    X(DATA_CONNECT, STEP_DATA_CONNECT, NULL, ARG_NONE)                                         \
    X(REST, STEP_STORE, NULL, ARG_NONE)    /* from where on */                                 \
    X(APPE, STEP_STORE, "APPE", ARG_TEMP)  /* STOR at the end of what is there */              \
    X(RETR, STEP_RESUME, "RETR", ARG_TEMP) /* the last bytes, to be compared */                \
    X(RECEIVE, STEP_RESUME, NULL, ARG_NONE)                                                    \
    X(STOR, STEP_STORE, "STOR", ARG_TEMP) /* 150; in active mode its connection, too */        \
    X(DATA_HANDSHAKE, STEP_DATA_HANDSHAKE, NULL, ARG_NONE)                                     \
    X(SEND, STEP_SEND, NULL, ARG_NONE)          /* the file goes out */                        \
    X(FINAL, STEP_FINISH, NULL, ARG_NONE)       /* 226 */                                      \
    X(NEXT_EPSV, STEP_FINISH, "EPSV", ARG_NONE) /* for the next file already */                \
    X(NEXT_PASV, STEP_FINISH, "PASV", ARG_NONE)                                                \
    X(SIZE, STEP_SIZE, "SIZE", ARG_TEMP)        /* the server has what was sent */             \
    X(KEEP_TIME, STEP_RENAME, "MFMT", ARG_TIME) /* or MDTM */                                  \
    X(NAMING, STEP_RENAME, NULL, ARG_NONE)      /* the owner notes the name */                 \
    X(RNFR, STEP_RENAME, "RNFR", ARG_TEMP)                                                     \
    X(RNTO, STEP_RENAME, "RNTO", ARG_FINAL)                                                    \
    X(DELE_OLD, STEP_RENAME, "DELE", ARG_FINAL)   /* RNTO does not overwrite here */           \
    X(DELE_TRIAL, STEP_DELETE, "DELE", ARG_FINAL) /* it was only a trial */                    \
    X(DELE_PART, STEP_STORE, "DELE", ARG_TEMP)    /* STOR does not overwrite here */           \
    X(ABORT, STEP_SEND, NULL, ARG_NONE)           /* the file failed: STOR's last reply */     \
    X(DELE_TEMP, STEP_SEND, "DELE", ARG_TEMP)     /* the file is not wanted: remove it */      \
    X(TIDY_LOOK, STEP_DELETE, "SIZE", ARG_TEMP)   /* a file that is not to be sent: a part? */ \
    X(TIDY, STEP_DELETE, "DELE", ARG_TEMP)                                                     \
    X(QUIT, STEP_QUIT, NULL, ARG_NONE)                                                         \
    X(CLOSED, STEP_NONE, NULL, ARG_NONE)

enum state {
#define X(state, step, command, argument) STATE_##state,
    STATE_LIST(X)
#undef X
        STATE_COUNT
};

/* The variable part of a command. */
enum argument {
    ARG_NONE,
    ARG_USER,
    ARG_PASSWORD,
    ARG_HOME,
    ARG_FOLDER,
    ARG_PART,
    ARG_NAMED,
    ARG_TEMP,
    ARG_FINAL,
    ARG_TIME,
    ARG_COUNT
};

/* Where the server's working folder is. */
enum where {
    WHERE_HOME,   /* where login ended */
    WHERE_FOLDER, /* in session.folder */
    WHERE_LOST,   /* somewhere between */
};

/* What a data connection is opened for. */
enum transfer {
    TRANSFER_STORE,
    TRANSFER_CHECK_PART,  /* RETR: is it the file's that an earlier attempt left? */
    TRANSFER_CHECK_WHOLE, /* RETR: is all there? Where SIZE does not tell */
};

/* What RETR has shown. */
enum check {
    CHECK_OPEN,
    CHECK_EQUAL,
    CHECK_DIFFERS,
    CHECK_FAILED, /* the data connection did */
};

/* The file in hand. */
struct upload {
    bool active;
    int fd;
    int64_t size;
    int64_t mtime;           /* seconds; 0 when not to be kept */
    struct timespec written; /* when the file last was, before it was read */
    bool resume;             /* an earlier attempt may have left a part */
    enum ftpes_exists exists;
    bool more;       /* the owner has another file after this one */
    bool trial;      /* delete it at the end */
    bool remove;     /* do not send it: its parts are to go */
    bool trial_over; /* ... which was done */
    char folder[SESSION_PATH_MAX];
    char name[NAMES_MAX];
    char temp_id[NAMES_MAX];
    char named[NAMES_MAX]; /* the final name of an earlier attempt; "" for none */

    const char *path;          /* of folder: what is still to be entered */
    char part[NAMES_MAX];      /* of folder: being entered */
    char temp[NAMES_MAX];      /* the name that is stored to */
    char time[NAMES_MAX + 16]; /* of MFMT */
    char final[NAMES_MAX];     /* the name that it is to have */
    unsigned number;           /* of final: 1 is the name itself */
    bool still_there;        /* the folder was entered for an earlier file, and is taken to exist */
    unsigned store_refusals; /* STOR 5xx so far */
    bool data_refused;       /* STOR 425 once */
    bool again;              /* STOR once more, without resuming */
    bool storing;            /* STOR is out and its last reply has not come */
    bool marked;             /* STOR's 1xx came */
    bool may_exist;          /* something may be stored under temp */
    bool sent;               /* all bytes went out */
    bool rename_refused;     /* RNTO 5xx for this final */
    bool other_named;        /* RNFR of another's file was accepted, to see that it is there */
    bool old_removed;        /* temp is the only copy now: never delete it */

    enum transfer transfer;
    int64_t stored;             /* bytes under temp before this attempt, as SIZE says */
    int64_t offset;             /* byte that the next transfer begins with */
    int looks;                  /* at what an earlier attempt left */
    bool looking;               /* at it now */
    const struct hash_way *way; /* to a hash of what is there */
    struct digest *digest;      /* of the file up to where it has been sent; NULL when not used */
    bool hash_said;             /* HASH was answered: ... */
    char hash[DIGEST_TEXT_MAX]; /* ... what it said */
    bool all_hashed;            /* HASH is about all of the file */
    enum check check;           /* RETR */
    bool cancelled;             /* while the server was asked about it */
    struct ftpes_result result;
    struct err err; /* why it failed */
};

struct ftpes_session {
    struct loop *loop;
    struct ftpes_events events;
    void *arg;
    bool *gone; /* set while an event's function runs */

    char *host;
    uint16_t port;
    char *user;
    struct secret password;
    bool secure;
    bool passive;
    struct ftpes_times times;

    enum state state;
    struct tls_context *tls;
    struct control *control;
    struct data *data;
    struct loop_timer *timer; /* READY: a task or the end is wanted; STOR: the early handshake;
                               * FINAL: the last reply */

    unsigned features;     /* enum feature; those that failed are taken out */
    const char *hash_kind; /* what HASH computes, by OPTS; NULL when not chosen */
    bool no_retr;          /* the server lets nothing be read */
    bool no_appe;          /* APPE does not work here */
    bool no_epsv;          /* PASV from now on */
    bool no_eprt;          /* PORT from now on */
    bool no_resume;        /* data connections do not offer to resume the TLS session from now on */
    bool resumed;          /* a data connection did */
    bool size_works;       /* SIZE told the size of a file that is there */
    bool in_turn;          /* no command is sent before the reply to the one before it */
    bool reached;          /* a passive data connection came about: the ports are not walled off */
    bool early;            /* the data connection is for a file that does not need it yet */
    bool data_up;          /* the data connection is there */
    bool data_secured;     /* and under TLS */
    bool quit_wanted;      /* instead of the next READY */
    char home[SESSION_PATH_MAX]; /* where login ended; "" when the server does not say */
    enum where where;
    char folder[SESSION_PATH_MAX];

    enum state ahead[SESSION_AHEAD_MAX]; /* states whose commands are out, in their order */
    unsigned ahead_count;
    bool confused;     /* it was lost as by a server that cannot do with them */
    bool awaits_ahead; /* the reply that is awaited is to a command that was sent ahead */

    struct upload up;
    struct err err; /* why the session ends */
};

/* For ftpes.c: begin; take the task in s->up; end politely. No event comes from inside of them. */
void session_begin(struct ftpes_session *s);
void session_upload(struct ftpes_session *s);
void session_named(struct ftpes_session *s);
void session_quit(struct ftpes_session *s);

/* Close the data connection, if there is one; a reset, unless the file went out to its end. */
void session_drop_data(struct ftpes_session *s);

/* Give back the connections and stop reading the file; no event follows. */
void session_drop(struct ftpes_session *s);

/* Begin TLS on the data connection. Errors: as data_secure(). */
int session_secure_data(struct ftpes_session *s, struct err *e);

/* TLS as the job list tells it; NULL is no TLS. */
struct ftpes_tls_info session_tls_info(const struct tls *tls);

/* The step of the state; and the reply that just came as an error of it. */
enum err_step session_step(const struct ftpes_session *s);
struct err session_reply_error(const struct ftpes_session *s, enum err_code code);

/*
 * What follows may tell the owner, and the owner may free the session: each is the last thing that
 * its caller does.
 */
void session_enter(struct ftpes_session *s, enum state state);
void session_send(struct ftpes_session *s, const char *command, const char *arg);

/* The same with a deadline of its own, in milliseconds, for the reply. */
void session_ask(struct ftpes_session *s, const char *command, const char *arg, int64_t ms);

/*
 * Say the command of a state: of the one that was just entered, or of a later one ahead of its
 * turn. Returns false when that failed; the session may be gone then.
 */
bool session_say(struct ftpes_session *s, enum state state);

/* The file in hand has failed: leave nothing of it on the server, tell, and go on if that helps. */
void session_fail(struct ftpes_session *s, const struct err *err);

/* The same for this cause, in this state, with the file's name. */
void session_fail_with(struct ftpes_session *s, enum err_code code);

/* The same (or the end of the session, when there is no file) for the reply that just came. */
void session_refused(struct ftpes_session *s, enum err_step step);

/* The file stands on the server under its name, or is not wanted there. */
void session_uploaded(struct ftpes_session *s);

/* The file has failed or is to be skipped: what is stored of it goes. */
void session_remove_temp(struct ftpes_session *s);

/* Give up the session. */
void session_end(struct ftpes_session *s, const struct err *err);

/* REST, STOR, APPE or RETR is out, and nothing moves yet. */
bool session_is_asking(const struct ftpes_session *s);

/* The reply that is awaited has come (session_reply.c). */
void session_on_reply(struct ftpes_session *s);

/* The data connection tells here (session_data.c). */
void session_on_data(void *arg, enum data_event event);

#endif
