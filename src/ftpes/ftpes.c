/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/ftpes.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/str.h"
#include "ftpes/command.h"
#include "ftpes/resume.h"
#include "ftpes/session.h"

#define ANONYMOUS "anonymous"

static int check_params(const struct ftpes_params *p, struct err *e)
{
    if (p->host == NULL || p->host[0] == '\0' || p->port == 0)
        return err_set(e, ERR_NO_SERVER, STEP_SETTINGS);
    if (!command_argument_ok(p->user))
        return err_set_args(e, ERR_NAME, STEP_LOGIN, p->user, NULL);
    if (strlen(p->password->text) != p->password->len || !command_argument_ok(p->password->text))
        return err_set(e, ERR_NAME, STEP_LOGIN);
    if (p->secure && (p->trust == NULL || p->trust_len == 0))
        return err_set(e, ERR_NO_CERTIFICATE, STEP_HANDSHAKE);
    return 0;
}

static int copy_params(struct ftpes_session *s, const struct ftpes_params *p, struct err *e)
{
    s->host = strdup(p->host);
    s->user = strdup(p->user[0] != '\0' ? p->user : ANONYMOUS);
    if (s->host == NULL || s->user == NULL)
        return err_set(e, ERR_NO_MEMORY, STEP_CONNECT);
    s->port = p->port;
    s->secure = p->secure;
    s->passive = p->passive;
    s->in_turn = p->in_turn;
    s->no_resume = p->no_resume;
    s->times = p->times;
    secret_copy(&s->password, p->password);
    return p->secure ? tls_context_new(&s->tls, p->policy, p->trust, p->trust_len, e) : 0;
}

int ftpes_session_new(struct ftpes_session **ret_s, struct loop *loop,
                      const struct ftpes_params *params, const struct ftpes_events *events,
                      void *arg, struct err *e)
{
    struct ftpes_session *s = NULL;
    int r = check_params(params, e);

    if (r < 0)
        return r;
    s = calloc(1, sizeof(*s));
    if (s == NULL)
        return err_set(e, ERR_NO_MEMORY, STEP_CONNECT);
    s->loop = loop;
    s->events = *events;
    s->arg = arg;
    r = copy_params(s, params, e);
    if (r < 0)
        goto out;
    session_begin(s);
    if (s->control == NULL) {
        r = err_set(e, ERR_NO_MEMORY, STEP_CONNECT);
        goto out;
    }
    *ret_s = s;
    s = NULL;
out:
    ftpes_session_free(s);
    return r;
}

void ftpes_session_free(struct ftpes_session *s)
{
    if (s == NULL)
        return;
    if (s->gone != NULL)
        *s->gone = true;
    session_drop(s);
    tls_context_free(s->tls);
    secret_wipe(&s->password);
    free(s->host);
    free(s->user);
    free(s);
}

/* Every part of the path has to fit; what cannot be an argument is refused before a byte is sent.
 */
static bool folder_ok(const char *folder)
{
    char part[NAMES_MAX];
    const char *path = folder;

    if (strlen(folder) >= SESSION_PATH_MAX || !command_argument_ok(folder))
        return false;
    while (name_next_part(&path, part))
        ;
    return path[strspn(path, "/")] == '\0';
}

int ftpes_session_put(struct ftpes_session *s, const struct ftpes_task *task, struct err *e)
{
    struct upload *up = &s->up;
    struct stat st;

    if (s->state != STATE_READY || up->active)
        return err_set(e, ERR_BUSY, STEP_STORE);
    if (!name_ok(task->name))
        return err_set_args(e, ERR_NAME, STEP_STORE, task->name, NULL);
    if (!folder_ok(task->folder))
        return err_set_args(e, ERR_NAME, STEP_FOLDER, task->folder, NULL);
    if (!name_id_ok(task->temp_id))
        return err_set_args(e, ERR_NAME, STEP_STORE, task->temp_id, NULL);
    if (task->remove)
        st = (struct stat){.st_size = 0}; /* there is no file */
    else if (fstat(task->fd, &st) < 0)
        return err_set_args(e, ERR_CLIP_UNREADABLE, STEP_CLIP, task->name, NULL);
    *up = (struct upload){
        .active = true,
        .fd = task->fd,
        .size = task->size,
        .mtime = task->mtime,
        .written = st.st_mtim,
        .resume = task->resume,
        .exists = task->exists,
        .more = task->more,
        .trial = task->trial,
        .remove = task->remove,
        .number = 1,
    };
    str_copy(up->folder, sizeof(up->folder), task->folder);
    str_copy(up->name, sizeof(up->name), task->name);
    str_copy(up->final, sizeof(up->final), task->name);
    str_copy(up->temp_id, sizeof(up->temp_id), task->temp_id);
    if (task->named != NULL && name_ok(task->named))
        str_copy(up->named, sizeof(up->named), task->named);
    name_temporary(up->temp, up->temp_id, true);
    session_upload(s);
    return 0;
}

struct ftpes_abilities ftpes_session_abilities(const struct ftpes_session *s)
{
    const unsigned hashes = FEATURE_HASH_SHA256 | FEATURE_HASH_SHA1 | FEATURE_HASH_CRC32 |
                            FEATURE_XSHA256 | FEATURE_XSHA1 | FEATURE_XCRC;

    return (struct ftpes_abilities){
        .resume = (s->features & FEATURE_REST) != 0,
        .times = (s->features & (FEATURE_MFMT | FEATURE_MDTM)) != 0,
        .hash = (s->features & hashes) != 0,
        .utf8 = (s->features & FEATURE_UTF8) != 0,
    };
}

struct ftpes_tls_info ftpes_session_tls(const struct ftpes_session *s)
{
    bool up = s->control != NULL && s->state > STATE_HANDSHAKE;

    return session_tls_info(up ? stream_tls(control_stream(s->control)) : NULL);
}

bool ftpes_session_confused(const struct ftpes_session *s)
{
    return s->confused;
}

bool ftpes_session_cancel(struct ftpes_session *s)
{
    struct err err;

    if (!s->up.active || s->state == STATE_ABORT)
        return false;
    if (!s->up.storing)
        return resume_cancel(s);
    err_set_args(&err, ERR_CANCELLED, session_step(s), s->up.name, NULL);
    session_fail(s, &err);
    return true;
}

void ftpes_session_named(struct ftpes_session *s)
{
    if (s->state == STATE_NAMING)
        session_named(s);
}

void ftpes_session_quit(struct ftpes_session *s)
{
    session_quit(s);
}
