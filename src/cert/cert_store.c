/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/file.h"
#include "base/str.h"
#include "cert/cert.h"
#include "cert/pem.h"

static int store_path(char path[FILE_PATH_MAX], const char *folder, int server, struct err *e)
{
    char name[32];

    str_format(name, sizeof(name), "server-%d.pem", server);
    return file_path(path, folder, name, e);
}

/*
 * The blocks of a file that cert_parse has taken, and nothing else of it. ERR_TOO_LARGE when one
 * without line ends grows over its limit by ours.
 */
static int rewrite(const char *pem, size_t len, struct buf *ret_text)
{
    const char *pos = pem, *end = pem + len;
    struct pem_block block;
    int r = 0;

    while (r == 0 && pem_next(&pos, end, &block) == PEM_BLOCK) {
        size_t before = ret_text->len;
        struct buf der;

        buf_init(&der, CERT_BLOCK_MAX);
        if ((r = pem_decode(&block, &der)) == 0)
            r = pem_append(ret_text, block.label, der.data, der.len);
        if (r == 0 && ret_text->len - before > CERT_BLOCK_MAX)
            r = -ERR_TOO_LARGE;
        buf_done(&der);
    }
    return r;
}

int cert_store_install(const char *folder, int server, const char *pem, size_t len, struct err *e)
{
    char path[FILE_PATH_MAX], limit[24];
    struct cert_bundle bundle;
    struct buf text;
    int r;

    buf_init(&text, CERT_FILE_MAX);
    if ((r = store_path(path, folder, server, e)) < 0 || (r = cert_parse(pem, len, &bundle, e)) < 0)
        goto out;
    cert_bundle_done(&bundle);
    r = rewrite(pem, len, &text);
    if (r == -ERR_TOO_LARGE) {
        str_format(limit, sizeof(limit), "%d", CERT_BLOCK_MAX);
        r = err_set_args(e, ERR_CERT_TOO_LARGE, STEP_CERTIFICATE, NULL, limit);
    } else if (r < 0) {
        err_set(e, err_code_of(r), STEP_CERTIFICATE);
    } else if ((r = file_make_folder(folder, 0700, STEP_CERTIFICATE, e)) == 0) {
        r = file_write(path, 0600, text.data, text.len, STEP_CERTIFICATE, e);
    }
out:
    buf_done(&text);
    return r;
}

int cert_store_clear(const char *folder, int server, struct err *e)
{
    char path[FILE_PATH_MAX];
    int r = store_path(path, folder, server, e);

    return r < 0 ? r : file_remove(path, STEP_CERTIFICATE, e);
}

int cert_store_read(const char *folder, int server, struct buf *pem, struct err *e)
{
    char path[FILE_PATH_MAX];
    int r = store_path(path, folder, server, e);

    if (r == 0)
        r = file_read(path, pem, STEP_CERTIFICATE, e);
    if (r == -ERR_NOT_FOUND)
        return err_set(e, ERR_NO_CERTIFICATE, STEP_CERTIFICATE);
    return r;
}
