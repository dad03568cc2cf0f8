/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service_private.h - what the files of this folder share: paths of the state folder, and the
 * settings of a server as parameters of the engine.
 */
#ifndef NM_SERVICE_SERVICE_PRIVATE_H
#define NM_SERVICE_SERVICE_PRIVATE_H

#include <sys/stat.h>

#include "base/buf.h"
#include "base/file.h"
#include "ftpes/ftpes.h"
#include "service/service.h"

/* Names below the state folder and the run folder. */
#define SERVICE_CERTIFICATES "certificates"
#define SERVICE_SPOOL        "spool"
#define SERVICE_LOG          "log"
#define SERVICE_SENDER_LOG   "transfer.log"
#define SERVICE_SENDER_LOCK  "transfer.lock"
#define SERVICE_SENDER_STATE "transfer.json"

struct service {
    char state_dir[FILE_PATH_MAX];
    char run_dir[FILE_PATH_MAX];
    char certificates[FILE_PATH_MAX];
    char cards[SERVICE_CARDS_MAX][FILE_PATH_MAX];
    size_t card_count;
    char ssh_dir[FILE_PATH_MAX];
    struct settings *settings;
    struct settings_told told;
    struct stat seen; /* settings.json as it was when it was loaded; st_ino 0: it was missing */
    struct spool *spool;
};

/* The server that 0 stands for. */
int service_default_server(const struct service *svc, int server);

/*
 * What a session to this server takes. The strings live as long as the settings that are loaded
 * now; trust (initialised by the caller) receives the certificate when the server is a secure one.
 * Errors: those of service_server_ready.
 */
int service_server_params(struct service *svc, int server, struct ftpes_params *ret_params,
                          struct buf *trust, struct err *e);

/* A number that changes when the settings or this server's certificate do. */
int64_t service_server_stamp(const struct service *svc, int server);

/*
 * The path of certification.pem on the first card that has one.
 * Errors: ERR_NO_CARD, ERR_NO_CERTIFICATE_FILE.
 */
int service_card_certificate(struct service *svc, char ret_path[FILE_PATH_MAX], struct err *e);

/* --- service_pems.c --- */

/* Certificates that change: PEM for a server, "" to clear it, NULL to leave it. */
struct service_pems {
    const char *pem[SETTINGS_SERVERS + 1];
};

/*
 * service_apply, and certificates (pems may be NULL) as one with it. expected: the generation that
 * it was made for, -1 for any. Errors: those of settings_apply_with and file_write.
 */
int service_apply_pems(struct service *svc, const struct setting_change *changes, size_t count,
                       const struct service_pems *pems, int64_t expected, struct err *e);

/* Finish what a pulled battery left half done. Errors: those of settings_locked and file_write. */
int service_settle_pems(struct service *svc, struct err *e);

/* Load the settings again. Errors: those of settings_load. */
int service_reload(struct service *svc, struct err *e);

/* --- service_sender.c: the lock of the run folder --- */

/*
 * Take the sender's lock and write this process's id into it; held until close(*ret_fd).
 * Errors: ERR_BUSY when a sender runs (arg 0: its pid); ERR_IO ...
 */
int service_sender_lock(const struct service *svc, int *ret_fd, struct err *e);

/* Whether a sender holds the lock, and its pid (0 when that is not known). */
bool service_sender_runs(const struct service *svc, long *ret_pid);

#endif
