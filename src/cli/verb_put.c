/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verb_put.c - add files to the job list and, when asked to, wait for the outcome.
 */
#include <stdlib.h>

#include "base/intl.h"
#include "cli/ctl.h"

/* Name the new jobs. */
static void print_added(const struct ctl *c, char (*ids)[JOB_ID_MAX])
{
    struct ctl_table t = {.rows = 0};
    struct record *document = ctl_json(c) ? record_new() : NULL;

    for (int i = 0; i < c->operand_count; i++) {
        if (document != NULL) {
            struct record *item = record_add_item(document, "jobs");

            record_set_str(item, "id", ids[i]);
            record_set_bytes(item, "file", c->operands[i]);
        } else {
            ctl_table_row(&t, 2, (const char *[]){ids[i], c->operands[i]});
        }
    }
    if (document != NULL)
        ctl_print(document);
    else
        ctl_table_print(&t);
}

int verb_put(struct ctl *c)
{
    size_t count = (size_t)c->operand_count;
    struct service_file *files = calloc(count, sizeof(*files));
    char(*ids)[JOB_ID_MAX] = calloc(count, sizeof(*ids));
    struct err e;
    int r;

    if (files == NULL || ids == NULL)
        abort();
    for (size_t i = 0; i < count; i++)
        files[i] = (struct service_file){
            .path = c->operands[i],
            .folder = c->dir != NULL ? c->dir : "",
            .priority = JOB_ORIGINAL,
        };
    if (service_queue(c->service, c->server, files, count, ids, &e) < 0) {
        r = ctl_fail(c, &e, NULL);
    } else if (service_sender_start(c->service, &e) < 0) {
        ctl_say(_("the files are in the job list, but nothing sends them; do not add them again"));
        r = ctl_fail(c, &e, NULL);
    } else if ((c->given & CTL_WAIT) != 0) {
        r = ctl_wait(c, ids, count);
    } else {
        print_added(c, ids);
        r = CTL_DONE;
    }
    free(ids);
    free(files);
    return r;
}
