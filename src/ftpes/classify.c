/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/classify.h"

#include "base/str.h"

#define ANY STEP_NONE

/* The first row that fits decides. */
static const struct {
    enum err_step step;
    int low, high;
    enum err_code err;
} rows[] = {
    /* "service not available, closing control connection", at any time */
    {ANY, 421, 421, ERR_SERVER_BUSY},

    {STEP_GREETING, 400, 499, ERR_SERVER_BUSY},
    {STEP_GREETING, 500, 599, ERR_SERVER_BUSY}, /* 530: too many users; never a matter of login */
    {STEP_GREETING, 100, 399, ERR_PROTOCOL},

    {STEP_AUTH_TLS, 400, 499, ERR_SERVER_BUSY}, /* 431: a resource is missing now */
    {STEP_AUTH_TLS, 100, 599, ERR_NO_SECURE},

    {STEP_LOGIN, 332, 332, ERR_ACCOUNT},
    {STEP_LOGIN, 532, 532, ERR_ACCOUNT},
    {STEP_LOGIN, 450, 452, ERR_SERVER_BUSY},
    {STEP_LOGIN, 100, 599, ERR_LOGIN},

    {STEP_PROTECT, 100, 599, ERR_PROT},

    {STEP_SETUP, 400, 499, ERR_SERVER_BUSY},
    {STEP_SETUP, 100, 599, ERR_BINARY},

    {STEP_FOLDER, 530, 530, ERR_LOGIN},
    {STEP_FOLDER, 452, 452, ERR_SERVER_FULL},
    {STEP_FOLDER, 552, 552, ERR_SERVER_FULL},
    {STEP_FOLDER, 400, 499, ERR_SERVER_BUSY},
    {STEP_FOLDER, 100, 599, ERR_FOLDER},

    {STEP_DATA_CONNECT, 530, 530, ERR_LOGIN},
    {STEP_DATA_CONNECT, 100, 599, ERR_PASSIVE},

    /* STOR, before and after the bytes went */
    {STEP_STORE, 425, 425, ERR_DATA_REFUSED},
    {STEP_STORE, 426, 426, ERR_ABORTED},
    {STEP_STORE, 450, 451, ERR_ABORTED},
    {STEP_STORE, 452, 452, ERR_SERVER_FULL},
    {STEP_STORE, 400, 499, ERR_ABORTED},
    {STEP_STORE, 521, 522, ERR_SESSION_REUSE},
    {STEP_STORE, 530, 530, ERR_LOGIN},
    {STEP_STORE, 534, 536, ERR_PROT},
    {STEP_STORE, 552, 552, ERR_SERVER_FULL},
    {STEP_STORE, 500, 599, ERR_STORE},
    {STEP_STORE, 100, 399, ERR_PROTOCOL},

    {STEP_SIZE, 400, 499, ERR_ABORTED},
    {STEP_SIZE, 100, 599, ERR_SIZE_DIFFERS},

    {STEP_RENAME, 400, 499, ERR_ABORTED},
    {STEP_RENAME, 100, 599, ERR_RENAME},
};

enum err_code classify_reply(enum err_step step, int code)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if ((rows[i].step == step || rows[i].step == ANY) && code >= rows[i].low &&
            code <= rows[i].high)
            return rows[i].err;
    return ERR_PROTOCOL;
}
