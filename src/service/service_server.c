/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "base/str.h"
#include "service/service_private.h"

int service_default_server(const struct service *svc, int server)
{
    return server != 0 ? server
                       : (int)settings_number(svc->settings, SET_TRANSFER_DEFAULT_SERVER, 0);
}

/* What must be set before anything is connected to. */
static int check_set(const struct service *svc, int server, struct err *e)
{
    char number[12];

    str_format(number, sizeof(number), "%d", server);
    if (!service_password_set(svc))
        return err_set(e, ERR_NO_PASSWORD, STEP_QUEUE);
    if (server < 1 || server > SETTINGS_SERVERS ||
        settings_str(svc->settings, SET_SERVER_HOST, server)[0] == '\0')
        return err_set_args(e, ERR_NO_SERVER, STEP_QUEUE, number, NULL);
    return 0;
}

int service_server_ready(struct service *svc, int server, struct err *e)
{
    struct ftpes_params params;
    struct buf trust;
    int r;

    buf_init(&trust, CERT_FILE_MAX);
    r = service_server_params(svc, service_default_server(svc, server), &params, &trust, e);
    buf_done(&trust);
    return r;
}

/* All but the trust. */
static void fill_params(const struct service *svc, int server, struct ftpes_params *ret_params)
{
    const struct settings *s = svc->settings;

    *ret_params = (struct ftpes_params){
        .host = settings_str(s, SET_SERVER_HOST, server),
        .port = (uint16_t)settings_number(s, SET_SERVER_PORT, server),
        .user = settings_str(s, SET_SERVER_USER, server),
        .password = settings_secret(s, SET_SERVER_PASSWORD, server),
        .secure = settings_on(s, SET_SERVER_SECURE, server),
        .policy = (enum tls_policy)settings_choice(s, SET_SERVER_ENCRYPTION, server),
        .passive = settings_on(s, SET_SERVER_PASSIVE, server),
        .times = FTPES_TIMES_DEFAULT,
    };
}

int service_server_params(struct service *svc, int server, struct ftpes_params *ret_params,
                          struct buf *trust, struct err *e)
{
    struct ftpes_params params;
    int r = check_set(svc, server, e);

    if (r < 0)
        return r;
    fill_params(svc, server, &params);
    if (params.secure) {
        r = cert_store_read(svc->certificates, server, trust, e);
        if (r < 0)
            return r;
        params.trust = buf_str(trust);
        params.trust_len = trust->len;
    }
    *ret_params = params;
    return 0;
}

int service_check(struct service *svc, int server, struct loop *loop,
                  const struct check_events *events, void *arg, struct check **ret_check,
                  struct err *e)
{
    struct check_params params = {.times = CHECK_TIMES_DEFAULT};
    struct buf trust;
    int r;

    server = service_default_server(svc, server);
    buf_init(&trust, CERT_FILE_MAX);
    r = service_server_params(svc, server, &params.server, &trust, e);
    if (r == -ERR_NO_CERTIFICATE) {
        fill_params(svc, server, &params.server);
        r = 0;
    }
    if (r == 0) {
        params.folder = settings_str(svc->settings, SET_SERVER_DIR, server);
        r = check_new(ret_check, loop, &params, events, arg, e);
    }
    buf_done(&trust);
    return r;
}

int64_t service_server_stamp(const struct service *svc, int server)
{
    char path[FILE_PATH_MAX], name[32];
    uint64_t stamp = (uint64_t)settings_generation(svc->settings);
    struct stat st;

    str_format(name, sizeof(name), "server-%d.pem", server);
    if (file_path(path, svc->certificates, name, NULL) == 0 && stat(path, &st) == 0) {
        /* a new certificate is a new file: rename(2) replaces it */
        stamp = stamp * 1000003 ^ (uint64_t)st.st_ino;
        stamp = stamp * 1000003 ^ (uint64_t)st.st_mtim.tv_sec;
        stamp = stamp * 1000003 ^ (uint64_t)st.st_mtim.tv_nsec;
    }
    return (int64_t)stamp;
}

/* --- certificates -------------------------------------------------------------------------- */

int service_certificate_check(struct service *svc, const char *file, struct buf *ret_pem,
                              struct cert_bundle *ret_bundle, struct err *e)
{
    char path[FILE_PATH_MAX];
    int r;

    if (file == NULL) {
        r = service_card_certificate(svc, path, e);
        if (r < 0)
            return r;
        file = path;
    }
    r = cert_read_file(file, ret_pem, e);
    return r < 0 ? r : cert_parse(buf_str(ret_pem), ret_pem->len, ret_bundle, e);
}

/* Certificates may be changed only for a server that there can be. */
static int check_number(int server, struct err *e)
{
    char number[12];

    str_format(number, sizeof(number), "%d", server);
    return server >= 1 && server <= SETTINGS_SERVERS
               ? 0
               : err_set_args(e, ERR_NO_SERVER, STEP_CERTIFICATE, number, NULL);
}

int service_certificate_install(struct service *svc, int server, const struct buf *pem,
                                struct err *e)
{
    int r;

    server = service_default_server(svc, server);
    r = check_number(server, e);
    return r < 0 ? r : cert_store_install(svc->certificates, server, buf_str(pem), pem->len, e);
}

int service_certificate_load(struct service *svc, int server, const char *file, struct err *e)
{
    struct cert_bundle bundle = {0};
    struct buf pem;
    int r;

    buf_init(&pem, CERT_FILE_MAX);
    r = service_certificate_check(svc, file, &pem, &bundle, e);
    if (r == 0)
        r = service_certificate_install(svc, server, &pem, e);
    cert_bundle_done(&bundle);
    buf_done(&pem);
    return r;
}

int service_certificate_clear(struct service *svc, int server, struct err *e)
{
    int r;

    server = service_default_server(svc, server);
    r = check_number(server, e);
    return r < 0 ? r : cert_store_clear(svc->certificates, server, e);
}

int service_certificate(struct service *svc, int server, struct cert_bundle *ret_bundle,
                        struct err *e)
{
    struct buf pem;
    int r;

    server = service_default_server(svc, server);
    buf_init(&pem, CERT_FILE_MAX);
    r = check_number(server, e);
    if (r == 0)
        r = cert_store_read(svc->certificates, server, &pem, e);
    if (r == 0)
        r = cert_parse(buf_str(&pem), pem.len, ret_bundle, e);
    buf_done(&pem);
    return r;
}
