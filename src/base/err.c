/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* clang-format off */
static const struct {
    const char *word;
    enum err_class class;
} codes[ERR_COUNT] = {
    [ERR_NONE] = {"none", ERR_CLASS_LOCAL},
#define X(name, word_, class_) [name] = {word_, ERR_CLASS_##class_},
    ERR_LIST(X)
#undef X
};
/* clang-format on */

static const char *const step_words[STEP_COUNT] = {
#define X(name, word) [name] = word,
    STEP_LIST(X)
#undef X
};

void err_clear(struct err *e)
{
    if (e != NULL)
        memset(e, 0, sizeof(*e));
}

int err_set(struct err *e, enum err_code code, enum err_step step)
{
    if (e != NULL) {
        err_clear(e);
        e->code = code;
        e->step = step;
    }
    return -(int)code;
}

int err_set_args(struct err *e, enum err_code code, enum err_step step, const char *arg0,
                 const char *arg1)
{
    err_set(e, code, step);
    if (e != NULL) {
        if (arg0 != NULL)
            safe_text(e->arg[0], sizeof(e->arg[0]), arg0, strlen(arg0));
        if (arg1 != NULL)
            safe_text(e->arg[1], sizeof(e->arg[1]), arg1, strlen(arg1));
    }
    return -(int)code;
}

int err_set_limits(struct err *e, enum err_code code, enum err_step step, long min, long max)
{
    char low[24], high[24];

    snprintf(low, sizeof(low), "%ld", min);
    snprintf(high, sizeof(high), "%ld", max);
    return err_set_args(e, code, step, low, high);
}

static enum err_code code_of_errno(int sys_errno)
{
    switch (sys_errno) {
    case ENOSPC:
    case EDQUOT:
        return ERR_DISK_FULL;
    case EACCES:
    case EPERM:
    case EROFS:
        return ERR_PERMISSION;
    case ENOENT:
    case ENOTDIR:
        return ERR_NOT_FOUND;
    case ENOMEM:
        return ERR_NO_MEMORY;
    default:
        return ERR_IO;
    }
}

int err_set_errno(struct err *e, enum err_step step, int sys_errno, const char *path)
{
    int r = err_set_args(e, code_of_errno(sys_errno), step, path, NULL);

    if (e != NULL)
        e->sys_errno = sys_errno;
    return r;
}

int err_set_reply(struct err *e, enum err_code code, enum err_step step, int reply_code,
                  const char *reply, int len)
{
    err_set(e, code, step);
    if (e != NULL) {
        e->reply_code = reply_code;
        if (reply != NULL && len > 0)
            safe_text(e->reply, sizeof(e->reply), reply, (size_t)len);
    }
    return -(int)code;
}

const char *err_word(enum err_code code)
{
    return codes[code].word;
}

enum err_code err_from_word(const char *word)
{
    for (int i = 1; word != NULL && i < ERR_COUNT; i++)
        if (strcmp(codes[i].word, word) == 0)
            return (enum err_code)i;
    return ERR_NONE;
}

const char *err_step_word(enum err_step step)
{
    return step_words[step];
}

enum err_step err_step_from_word(const char *word)
{
    for (int i = 0; word != NULL && i < STEP_COUNT; i++)
        if (strcmp(step_words[i], word) == 0)
            return (enum err_step)i;
    return STEP_NONE;
}

enum err_class err_class(enum err_code code)
{
    return codes[code].class;
}
