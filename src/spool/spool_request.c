/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <dirent.h>
#include <string.h>

#include "base/str.h"
#include "spool/spool_private.h"

static const struct {
    enum job_request request;
    const char *suffix;
} kinds[] = {
    {JOB_REQUEST_SUSPEND, ".suspend"},
    {JOB_REQUEST_DELETE, ".delete"},
};

static int request_path(const struct spool *sp, const char *id, enum job_request request,
                        char dst[FILE_PATH_MAX], struct err *e)
{
    char name[JOB_ID_MAX + 16];

    if (!spool_id_parse(id, NULL, NULL))
        return err_set_args(e, ERR_NOT_FOUND, STEP_QUEUE, id, NULL);
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (kinds[i].request == request)
            str_format(name, sizeof(name), "%s%s", id, kinds[i].suffix);
    }
    return spool_path(sp, SPOOL_REQUESTS, name, dst, e);
}

int spool_ask(struct spool *sp, const char *id, enum job_request request, struct err *e)
{
    char path[FILE_PATH_MAX];
    int r = request_path(sp, id, request, path, e);

    return r < 0 ? r : file_write(path, 0600, "", 0, STEP_QUEUE, e);
}

static bool parse_request(const char *name, char id[JOB_ID_MAX], enum job_request *ret_request)
{
    const char *dot = strchr(name, '.');
    char text[JOB_ID_MAX];

    if (dot == NULL || (size_t)(dot - name) >= sizeof(text))
        return false;
    memcpy(text, name, (size_t)(dot - name));
    text[dot - name] = '\0';
    if (!spool_id_parse(text, NULL, NULL))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (strcmp(dot, kinds[i].suffix) == 0) {
            memcpy(id, text, sizeof(text));
            *ret_request = kinds[i].request;
            return true;
        }
    }
    return false;
}

bool spool_next_request(struct spool *sp, char ret_id[JOB_ID_MAX], enum job_request *ret_request)
{
    char path[FILE_PATH_MAX];
    bool found = false;
    struct dirent *d;
    DIR *dir;

    if (spool_path(sp, SPOOL_REQUESTS, NULL, path, NULL) < 0)
        return false;
    dir = opendir(path);
    if (dir == NULL)
        return false;
    while (!found && (d = readdir(dir)) != NULL)
        found = parse_request(d->d_name, ret_id, ret_request);
    closedir(dir);
    return found;
}

int spool_request_done(struct spool *sp, const char *id, enum job_request request, struct err *e)
{
    char path[FILE_PATH_MAX];
    int r = request_path(sp, id, request, path, e);

    return r < 0 ? r : file_remove(path, STEP_QUEUE, e);
}
