/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service.h - what may be done, and when: the one door through which the menu and netmenuctl act.
 *
 * Purpose: copies settings into engine parameters, holds the rules that span modules (nothing
 * networked without a password, no secure transfer without a certificate), and answers with data
 * and errors, never sentences. A rule that is here cannot be got round by a script.
 *
 * Calling sequence: service_open(&paths, &svc, e); service_server(svc, 1, &v); service_free(svc).
 * Every call reads or writes the shared folders itself; nothing is cached but the last settings,
 * which service_refresh() reloads when they have changed.
 *
 * Blocking: every call is bounded by local disk access; none resolves, connects or waits.
 */
#ifndef NM_SERVICE_SERVICE_H
#define NM_SERVICE_SERVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "access/gate.h"
#include "base/err.h"
#include "base/file.h"
#include "base/secret.h"
#include "cert/cert.h"
#include "cert/host_key.h"
#include "ftpes/check.h"
#include "media/media.h"
#include "net/own_address.h"
#include "settings/settings.h"
#include "spool/spool.h"

#define SERVICE_CARDS_MAX 4
#define SERVICE_SSH_DIR   "/etc/ssh"

struct service_paths {
    const char *state_dir;
    const char *run_dir;
    const char *cards[SERVICE_CARDS_MAX]; /* mount points, slot A first */
    size_t card_count;
    const char *ssh_dir; /* where the SSH host keys are */
};

/*
 * Fill what no option gave (NULL, no card): from NETMENU_STATE_DIR, NETMENU_RUN_DIR,
 * NETMENU_CARDS (a list with colons) and NETMENU_SSH_DIR, else the folders that the program was
 * built for.
 */
void service_paths_complete(struct service_paths *paths);

/* One more card. False when there are SERVICE_CARDS_MAX already. */
bool service_paths_add_card(struct service_paths *paths, const char *mount_point);

/*
 * Whether this process may write in the folders that there are already: root may not in those of
 * another user, whose own programs could then read neither settings nor jobs.
 * Errors: ERR_OTHER_USER (args: folder, user).
 */
int service_paths_check(const struct service_paths *paths, struct err *e);

struct service;

/*
 * Make the folders (0700) when missing and load.
 * Errors: ERR_OTHER_USER, ERR_PERMISSION, ERR_DISK_FULL, ERR_IO.
 */
int service_open(const struct service_paths *paths, struct service **ret_svc, struct err *e);
void service_free(struct service *svc);

/* Reload when another process has changed the settings. Returns whether they changed. */
bool service_refresh(struct service *svc);

const struct settings *service_settings(const struct service *svc);

/* Damage met while loading, to be told once; cleared by this call. */
struct settings_told service_told(struct service *svc);

/* --- authentication ----------------------------------------------------------------------- */

bool service_password_set(const struct service *svc);
const char *service_user(const struct service *svc);
const struct secret *service_password(const struct service *svc);

/* user or password may be NULL: unchanged. Errors: those of access.h and settings_apply. */
int service_set_authentication(struct service *svc, const char *user, const struct secret *password,
                               struct err *e);

/* By what others find this unit, and know that it is this one. */
struct service_identity {
    char addresses[OWN_ADDRESSES_MAX][INET6_ADDRSTRLEN];
    size_t address_count;
    bool has_host_key;
    struct host_key host_key;
};
void service_identity(const struct service *svc, struct service_identity *ret_identity);

/* --- the gate: who is let in ----------------------------------------------------------------- */

/* As gate_check(), with this unit's user name and password. */
int service_authenticate(struct service *svc, const struct gate_attempt *attempt, struct err *e);

/* Counts, waits and the last attempts. Errors: ERR_AUTH_RECORD: damaged; ERR_NO_MEMORY. */
int service_gate(struct service *svc, struct gate_state *ret_state, struct err *e);

/* Whether the unit refuses everybody. */
struct service_lock {
    enum service_lock_state {
        SERVICE_LOCK_OPEN,
        SERVICE_LOCK_WAITING, /* for left_ms */
        SERVICE_LOCK_STOPPED, /* until it is lifted */
        SERVICE_LOCK_DAMAGED, /* the record is damaged: until it is lifted */
    } state;
    int64_t left_ms;
    int failures;    /* in a row */
    int64_t refused; /* since the last right login */
};
void service_lock(struct service *svc, struct service_lock *ret_lock);

/* Lift it; by: "menu", "netmenuctl". Errors: ERR_DISK_FULL, ERR_IO ... */
int service_lock_lift(struct service *svc, const char *by, struct err *e);

/* --- settings ------------------------------------------------------------------------------ */

/* settings_apply with the state folder, then reload. */
int service_apply(struct service *svc, const struct setting_change *changes, size_t count,
                  struct err *e);

/* --- servers and certificates --------------------------------------------------------------- */

/* Whether transfers to this server can go: 0, or ERR_NO_PASSWORD, ERR_NO_SERVER,
 * ERR_NO_CERTIFICATE. */
int service_server_ready(struct service *svc, int server, struct err *e);

/*
 * Read and check the certificate of a card, or of file when it is not NULL, without installing it.
 * Errors: ERR_NO_CARD, ERR_NO_CERTIFICATE_FILE, ERR_CERT_...
 */
int service_certificate_check(struct service *svc, const char *file, struct buf *ret_pem,
                              struct cert_bundle *ret_bundle, struct err *e);

/*
 * Install what service_certificate_check() has read and an operator has seen, whatever is on the
 * card by now. Errors: those of cert_store_install; ERR_UNKNOWN_KEY for a server that cannot be.
 */
int service_certificate_install(struct service *svc, int server, const struct buf *pem,
                                struct err *e);

/* Check, then install for a server. Errors: as above; the old certificate stays. */
int service_certificate_load(struct service *svc, int server, const char *file, struct err *e);
int service_certificate_clear(struct service *svc, int server, struct err *e);

/* What is installed. Errors: ERR_NO_CERTIFICATE. */
int service_certificate(struct service *svc, int server, struct cert_bundle *ret_bundle,
                        struct err *e);

/*
 * Begin Check Server (ftpes/check.h) with what is set for a server, in a loop of the caller's, who
 * frees the check. A missing certificate is a finding of it, no error here.
 * Errors: ERR_NO_PASSWORD, ERR_NO_SERVER, ERR_IO; those of check_new.
 */
int service_check(struct service *svc, int server, struct loop *loop,
                  const struct check_events *events, void *arg, struct check **ret_check,
                  struct err *e);

/* --- clips and jobs -------------------------------------------------------------------------- */

/* The cards as they are now. Returns their number. */
size_t service_cards(struct service *svc, struct media_card ret_cards[SERVICE_CARDS_MAX]);

struct service_file {
    const char *path;
    const char *folder; /* below the Destination Directory; "" for that itself */
    int priority;       /* enum job_priority */
};

/*
 * Queue files for a server (0: the default one), as one durable batch; ids may be NULL.
 * Errors: ERR_NO_PASSWORD, ERR_NO_SERVER, ERR_NO_CERTIFICATE (see service_server_ready),
 * ERR_CLIP_GONE, ERR_NOT_REGULAR, ERR_CLIP_UNREADABLE, ERR_NAME (arg 0: the file), ERR_DISK_FULL.
 */
int service_queue(struct service *svc, int server, const struct service_file *files, size_t count,
                  char (*ret_ids)[JOB_ID_MAX], struct err *e);

struct spool *service_spool(struct service *svc);

/* One job. Errors: ERR_NOT_FOUND; ERR_UNAVAILABLE when its state does not allow it. */
int service_job_suspend(struct service *svc, const char *id, struct err *e);
int service_job_resume(struct service *svc, const char *id, struct err *e);
int service_job_retry(struct service *svc, const char *id, struct err *e);
int service_job_delete(struct service *svc, const char *id, struct err *e);

/* Delete completed jobs, or all (active ones by request). Errors: the first met. */
int service_jobs_clear(struct service *svc, bool completed_only, struct err *e);

/*
 * Suspend every job that waits or is being sent (those by request), or resume every suspended one.
 * ret_count: how many. Errors: the first met; what was done before stays done.
 */
int service_jobs_suspend_all(struct service *svc, size_t *ret_count, struct err *e);
int service_jobs_resume_all(struct service *svc, size_t *ret_count, struct err *e);

/* --- the sender ------------------------------------------------------------------------------- */

/* What the sender says of itself, from the status record in the run folder. */
#define SENDER_ACTIVE_MAX 16
struct sender_status {
    bool running;
    long pid;
    struct sender_active {
        char id[JOB_ID_MAX];
        int64_t sent; /* bytes */
        int64_t bytes;
        int64_t rate; /* bytes per second over the last seconds */
    } active[SENDER_ACTIVE_MAX];
    size_t active_count;
    int64_t rate; /* of all together */
};

void service_sender_status(struct service *svc, struct sender_status *ret_status);

/*
 * Start the sender unless it runs: detached, so that it outlives the caller; when systemd watches
 * the spool this does nothing. Errors: ERR_IO when the program cannot be started.
 */
int service_sender_start(struct service *svc, struct err *e);

#endif
