/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ctl.h - what the verbs of netmenuctl share: the command as given, and how to answer.
 *
 * A verb is a row in ctl_verbs.c and a function in the file of its family (verb_*.c). The function
 * gets a struct ctl with the operands counted and the options read, does its work through
 * src/service/, prints its result and returns an exit status.
 *
 * Answers: a verb either prints text or, with --json, exactly one document (ctl_print); errors go
 * through ctl_fail or ctl_wrong_use, which also are that document. Messages for people go to
 * stderr (ctl_say).
 */
#ifndef NM_CLI_CTL_H
#define NM_CLI_CTL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/record.h"
#include "base/secret.h"
#include "service/service.h"

enum ctl_exit {
    CTL_DONE = 0,
    CTL_FAILED = 1,
    CTL_WRONG_USE = 2,
    CTL_INVALID = 3,
    CTL_REFUSED = 4, /* no password set, or locked */
    CTL_NOT_FOUND = 5,
};

/* Bits; the table of names is in ctl_options.c. */
enum ctl_option {
    CTL_STATE_DIR = 1 << 0,
    CTL_RUN_DIR = 1 << 1,
    CTL_CARD = 1 << 2,
    CTL_JSON = 1 << 3,
    CTL_HELP = 1 << 4,
    CTL_VERSION = 1 << 5,
    CTL_FILE = 1 << 6,
    CTL_QR = 1 << 7,
    CTL_YES = 1 << 8,
    CTL_SERVER = 1 << 9,
    CTL_DIR = 1 << 10,
    CTL_WAIT = 1 << 11,
    CTL_COMPLETED = 1 << 12,
};
#define CTL_GLOBAL_OPTIONS \
    (CTL_STATE_DIR | CTL_RUN_DIR | CTL_CARD | CTL_JSON | CTL_HELP | CTL_VERSION)

struct ctl;

struct ctl_verb {
    const char *group;    /* heading in --help; untranslated */
    const char *words;    /* "auth show" */
    const char *operands; /* "KEY VALUE"; "" */
    const char *summary;  /* one line; untranslated */
    const char *details;  /* paragraphs for VERB --help and the manual, or NULL; untranslated */
    unsigned options;     /* of enum ctl_option, besides the global ones */
    int min, max;         /* number of operands; max -1: any */
    enum ctl_needs {
        CTL_NEEDS_NOTHING,
        CTL_NEEDS_STATE,    /* the state folder */
        CTL_NEEDS_PASSWORD, /* a networked verb: refused until a password is set */
    } needs;
    int (*run)(struct ctl *c);
};

struct ctl {
    struct service_paths paths;
    struct service *service; /* NULL for CTL_NEEDS_NOTHING */
    const struct ctl_verb *verb;
    char **operands;
    int operand_count;
    unsigned given; /* options, a set of enum ctl_option */
    const char *file;
    const char *dir;
    int server; /* of --server; 0: the default one */
};

/* --- ctl_verbs.c, ctl_help.c ------------------------------------------------------------------ */

extern const struct ctl_verb ctl_verbs[]; /* ends with a row without words */

/* The row of the verb that argv begins with; *ret_words counts its words. NULL: none. */
const struct ctl_verb *ctl_verb_find(int argc, char **argv, int *ret_words);

/* Whether a verb begins with this word, followed by others. */
bool ctl_is_group(const char *word);

/* "put [--server N] [--dir DIR] [--wait] FILE..." */
void ctl_synopsis(const struct ctl_verb *v, char *dst, size_t size);

void ctl_help(void);
void ctl_help_verb(const struct ctl_verb *verb);
void ctl_help_group(const char *word);

/* --- ctl_options.c -----------------------------------------------------------------------------
 */

struct ctl_option_row {
    enum ctl_option option;
    const char *name;
    const char *argument; /* "DIR"; NULL: none */
    const char *summary;  /* untranslated */
};
extern const struct ctl_option_row ctl_option_rows[]; /* ends with a row without a name */

/*
 * Read the options in argv (argv[0] is skipped) that are in the set `allowed`. With `leading`, stop
 * at the first operand. Returns the index of the first operand, or a negative exit status after
 * having said why.
 */
int ctl_options_read(struct ctl *c, int argc, char **argv, unsigned allowed, bool leading);

/* --- ctl_output.c ------------------------------------------------------------------------------
 */

bool ctl_json(const struct ctl *c);

/* One line to stderr. */
void ctl_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Tell an error and return its exit status. subject: what it is about, or NULL. */
int ctl_fail(const struct ctl *c, const struct err *e, const char *subject);

/* The same for a command that was given wrongly. The text is translated. */
int ctl_wrong_use(const struct ctl *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The exit status of an error. */
int ctl_exit_of(enum err_code code);

/* Print a document as one line and free it. Returns CTL_DONE, or CTL_FAILED after having said why.
 */
int ctl_print(struct record *document);

/*
 * Print an item of a list and free it, for a document that is not built as a whole because it may
 * be long; the caller prints what stands around the items.
 */
void ctl_print_item(struct record *item, bool first);

/* Add {"code","step","reply","text"} under key; null when there is no error. */
void ctl_add_error(struct record *r, const char *key, const struct err *e);

/* The same with other words than those of the error. */
void ctl_add_error_text(struct record *r, const char *key, const struct err *e, const char *text);

/* What is known of a certificate: {"subject","issuer","not_before",...}. */
void ctl_add_certificate(struct record *r, const struct cert_info *cert);

/* Add a time as RFC 3339, null for none. */
void ctl_add_time(struct record *r, const char *key, time_t t);

/* Columns of text, as wide as their cells need. */
#define CTL_COLUMNS_MAX 6
struct ctl_table {
    size_t columns, rows;
    char **cells;
};
/* Cells are copied and made safe to show; NULL is empty. */
void ctl_table_row(struct ctl_table *t, size_t columns, const char *const *cells);
/* Print and free. */
void ctl_table_print(struct ctl_table *t);

/* --- ctl_input.c -------------------------------------------------------------------------------
 */

/*
 * A password: from --file, or from standard input, which must have been asked for by the operand
 * "-". On a terminal it is asked for without echo, twice when `twice`.
 * Returns 0 or an exit status after having said why.
 */
int ctl_read_secret(struct ctl *c, const char *operand, bool twice, struct secret *ret_secret);

/* One line of standard input as it is. Returns 0 or an exit status. */
int ctl_read_line(struct ctl *c, struct secret *ret_line);

/* Ask a question on the terminal, No being the answer to anything but y. */
bool ctl_confirm(const char *question);

/* A server's number as operand or option. Returns 0 or an exit status after having said why. */
int ctl_read_server(const struct ctl *c, const char *text, int *ret_server);

/* --- ctl_jobs.c --------------------------------------------------------------------------------
 */

/* What the sender says of a job, NULL when it is not sending it. */
const struct sender_active *ctl_active(const struct sender_status *status, const char *id);

/* Fill an item of {"jobs":[...]}. */
void ctl_add_job(struct record *r, const struct job *job, const struct sender_status *status);

/* Bytes of the job that have gone out. */
int64_t ctl_job_sent(const struct job *job, const struct sender_status *status);

/* "63%  41 MB/s  0:17 left", "completed 2026-11-22 14:02" ...: how far a job is, in a few words. */
void ctl_job_progress(const struct job *job, const struct sender_status *status, char *dst,
                      size_t size);

/* "TLSv1.2 TLS_ECDHE_..., deprecated" or "not encrypted"; "" for a job that was never connected. */
void ctl_job_encryption(const struct job *job, char *dst, size_t size);

/* --- ctl_wait.c --------------------------------------------------------------------------------
 */

/*
 * Wait until the jobs are completed, failed, suspended or deleted, or the operator interrupts; show
 * the progress and tell each outcome. Returns CTL_DONE only when all are completed.
 */
int ctl_wait(struct ctl *c, char (*ids)[JOB_ID_MAX], size_t count);

/* From now on SIGINT, SIGTERM and SIGHUP only make ctl_interrupted() true and end waits. */
void ctl_catch_interrupts(void);
bool ctl_interrupted(void);

/* --- the verbs ---------------------------------------------------------------------------------
 */

int verb_list(struct ctl *c);
int verb_get(struct ctl *c);
int verb_set(struct ctl *c);
int verb_reset(struct ctl *c);

int verb_export(struct ctl *c);
int verb_import(struct ctl *c);
int verb_net_reset(struct ctl *c);

int verb_auth_show(struct ctl *c);
int verb_auth_user(struct ctl *c);
int verb_auth_password(struct ctl *c);
int verb_auth_generate(struct ctl *c);

int verb_auth_check(struct ctl *c);
int verb_auth_status(struct ctl *c);
int verb_auth_log(struct ctl *c);
int verb_auth_resume(struct ctl *c);

/* Fill {"state","seconds_left","failures","refused"}. verb_gate.c */
void ctl_add_lock(struct record *r, const struct service_lock *lock);

int verb_cert_load(struct ctl *c);
int verb_cert_clear(struct ctl *c);
int verb_cert_show(struct ctl *c);
int verb_suites(struct ctl *c);

int verb_server_check(struct ctl *c);

int verb_clips(struct ctl *c);
int verb_put(struct ctl *c);

int verb_jobs(struct ctl *c);
int verb_jobs_show(struct ctl *c);
int verb_jobs_suspend(struct ctl *c);
int verb_jobs_resume(struct ctl *c);
int verb_jobs_retry(struct ctl *c);
int verb_jobs_delete(struct ctl *c);
int verb_jobs_clear(struct ctl *c);

int verb_watch(struct ctl *c);

#endif
