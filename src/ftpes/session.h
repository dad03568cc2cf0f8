/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session.h - the inside of a session: what ftpes.c sets up and session.c lives.
 */
#ifndef NM_FTPES_SESSION_H
#define NM_FTPES_SESSION_H

#include "ftpes/control.h"
#include "ftpes/data.h"
#include "ftpes/ftpes.h"
#include "ftpes/names.h"

#define SESSION_PATH_MAX 1024 /* bytes of a folder's path with its NUL */

/*
 * X(state, step): every state, what it awaits, and the step that its errors are told as. A state
 * named after a command has sent it and awaits the reply.
 */
#define STATE_LIST(X)                                                                        \
    X(CONNECT, STEP_CONNECT)     /* the control connection */                                \
    X(GREETING, STEP_GREETING)   /* 220 */                                                   \
    X(AUTH, STEP_AUTH_TLS)       /* 234 */                                                   \
    X(HANDSHAKE, STEP_HANDSHAKE) /* TLS on the control connection */                         \
    X(USER, STEP_LOGIN)                                                                      \
    X(PASS, STEP_LOGIN)                                                                      \
    X(PBSZ, STEP_PROTECT)                                                                    \
    X(PROT, STEP_PROTECT)                                                                    \
    X(FEAT, STEP_SETUP)                                                                      \
    X(OPTS, STEP_SETUP)                                                                      \
    X(TYPE, STEP_SETUP)                                                                      \
    X(PWD, STEP_SETUP)                                                                       \
    X(READY, STEP_NONE)       /* a task */                                                   \
    X(CWD_HOME, STEP_FOLDER)  /* back to where login ended, or to the root */                \
    X(CWD_WHOLE, STEP_FOLDER) /* the whole path at once: mostly it exists */                 \
    X(CWD_PART, STEP_FOLDER)  /* else part by part */                                        \
    X(MKD, STEP_FOLDER)                                                                      \
    X(CWD_MADE, STEP_FOLDER)  /* the part again, after MKD */                                \
    X(LOOK_NAMED, STEP_SIZE)  /* did an earlier attempt end unseen after RNTO? */            \
    X(LOOK_TEMP, STEP_SIZE)   /* ... then the temporary name is gone */                      \
    X(LOOK_SIZE, STEP_RENAME) /* is the name taken? */                                       \
    X(LOOK_RNFR, STEP_RENAME) /* the same, for servers or files without SIZE */              \
    X(EPSV, STEP_DATA_CONNECT)                                                               \
    X(PASV, STEP_DATA_CONNECT)                                                               \
    X(EPRT, STEP_DATA_CONNECT)                                                               \
    X(PORT, STEP_DATA_CONNECT)                                                               \
    X(DATA_CONNECT, STEP_DATA_CONNECT) /* the passive data connection */                     \
    X(STOR, STEP_STORE)                /* 150, and in active mode the server's connection */ \
    X(DATA_HANDSHAKE, STEP_DATA_HANDSHAKE)                                                   \
    X(SEND, STEP_SEND)    /* the file goes out */                                            \
    X(FINAL, STEP_FINISH) /* 226 */                                                          \
    X(SIZE, STEP_SIZE)    /* what the server has is what was sent */                         \
    X(RNFR, STEP_RENAME)                                                                     \
    X(RNTO, STEP_RENAME)                                                                     \
    X(DELE_OLD, STEP_RENAME) /* RNTO does not overwrite here: make room */                   \
    X(DELE_PART, STEP_STORE) /* STOR does not overwrite here: an older part goes */          \
    X(ABORT, STEP_SEND)      /* the file has failed: STOR's last reply */                    \
    X(DELE_TEMP, STEP_SEND)  /* the file has failed: what was stored goes */                 \
    X(QUIT, STEP_QUIT)                                                                       \
    X(CLOSED, STEP_NONE)

enum state {
#define X(state, step) STATE_##state,
    STATE_LIST(X)
#undef X
        STATE_COUNT
};

/* Where the server's working folder is. */
enum where {
    WHERE_HOME,   /* where login ended */
    WHERE_FOLDER, /* in session.folder */
    WHERE_LOST,   /* somewhere between */
};

/* The file in hand. */
struct upload {
    bool active;
    int fd;
    int64_t size;
    enum ftpes_exists exists;
    char folder[SESSION_PATH_MAX];
    char name[NAMES_MAX];
    char temp_id[NAMES_MAX];
    char named[NAMES_MAX]; /* the final name of an earlier attempt; "" for none */

    const char *path;        /* of folder: what is still to be entered */
    char part[NAMES_MAX];    /* of folder: being entered */
    char temp[NAMES_MAX];    /* the name that is stored to */
    char final[NAMES_MAX];   /* the name that it is to have */
    unsigned number;         /* of final: 1 is the name itself */
    unsigned store_refusals; /* STOR 5xx so far */
    bool data_refused;       /* STOR 425 once */
    bool marked;             /* STOR's 1xx came, its last reply has not */
    bool may_exist;          /* something may be stored under temp */
    bool sent;               /* all bytes went out */
    bool old_removed;        /* temp is the only copy now: never delete it */
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
    struct loop_timer *timer; /* STOR: the early handshake; FINAL: the last reply */

    bool utf8;                   /* FEAT announced it */
    bool no_epsv;                /* PASV from now on */
    bool no_eprt;                /* PORT from now on */
    bool data_up;                /* the data connection is there */
    bool data_secured;           /* and under TLS */
    bool quit_wanted;            /* instead of the next READY */
    char home[SESSION_PATH_MAX]; /* where login ended; "" when the server does not say */
    enum where where;
    char folder[SESSION_PATH_MAX];

    struct upload up;
    struct err err; /* why the session ends */
};

/* session.c, for ftpes.c: begin, take a task, end. */
void session_begin(struct ftpes_session *s);
void session_upload(struct ftpes_session *s);
void session_quit(struct ftpes_session *s);

/* Give back the connections; no event follows. */
void session_drop(struct ftpes_session *s);

/*
 * session.c, for upload.c. Each of these may call an event, and that may free s: they come last in
 * whatever calls them.
 */
void session_enter(struct ftpes_session *s, enum state state);
void session_send(struct ftpes_session *s, const char *verb, const char *arg);

/* The file in hand has failed: leave nothing of it on the server, tell, and go on if that helps. */
void session_fail(struct ftpes_session *s, const struct err *err);

/* The same (or the end of the session, when there is no file) for the reply that just came. */
void session_refused(struct ftpes_session *s, enum err_step step);

/* The file stands on the server under its name, or is not wanted there. */
void session_uploaded(struct ftpes_session *s);

/* The data connection tells here. */
void session_on_data(void *arg, enum data_event event);

/* The reply that just came, as an error of the state; and the step of the state. */
struct err session_reply_error(const struct ftpes_session *s, enum err_code code);
enum err_step session_step(const struct ftpes_session *s);

/* TLS as the job list tells it; NULL is no TLS. */
struct ftpes_tls_info session_tls_info(const struct tls *tls);

#endif
