/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/job_text.h"

#include <string.h>
#include <time.h>

#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "text/text.h"
#include "ui/pages.h"
#include "ui/text_page.h"
#include "ui/ui.h"

const struct sender_active *job_active(const struct facts *f, const struct job *job)
{
    for (size_t i = 0; i < f->sender.active_count; i++)
        if (job->state == JOB_TRANSFERRING && strcmp(f->sender.active[i].id, job->id) == 0)
            return &f->sender.active[i];
    return NULL;
}

void job_state_text(const struct job *job, char *dst, size_t size)
{
    const char *word = text_job_state(job->state);
    char when[40] = "";
    struct tm tm;

    if (job->state == JOB_COMPLETED && job->skipped) {
        str_copy(dst, size, _("Skipped: was there"));
        return;
    }
    if (job->state == JOB_COMPLETED && localtime_r(&job->ended, &tm) != NULL)
        strftime(when, sizeof(when), "%H:%M", &tm);
    else if (job->state == JOB_DEFERRED && job->next > time(NULL))
        text_duration(when, sizeof(when), job->next - time(NULL));
    str_format(dst, size, "%s%s%s", word, when[0] != '\0' ? " " : "", when);
}

void job_reason(const struct job *job, bool remedy_alone, char *dst, size_t size)
{
    struct err_text t;

    if (job->error.code == ERR_NONE)
        return;
    text_of_err(&job->error, &t);
    if (remedy_alone)
        str_copy(dst, size, t.remedy);
    else
        str_format(dst, size, "%s%s%s", t.cause, t.remedy[0] != '\0' ? " " : "", t.remedy);
}

/* "1.2 of 1.9 GB": one unit is enough when both have it. */
static void sent_of(char *dst, size_t size, int64_t sent, int64_t bytes)
{
    char a[32], b[32];
    char *unit;

    text_bytes(a, sizeof(a), sent);
    text_bytes(b, sizeof(b), bytes);
    unit = strrchr(a, ' ');
    if (unit != NULL && strrchr(b, ' ') != NULL && strcmp(unit, strrchr(b, ' ')) == 0)
        *unit = '\0';
    str_format(dst, size, _("%s of %s"), a, b);
}

void job_second_line(struct ui *ui, const struct job *job, char *dst, size_t size)
{
    const struct settings *s = service_settings(ui_service(ui));
    const struct sender_active *a = job_active(ui_facts(ui), job);
    char name[SETTING_VALUE_MAX], bytes[80], rate[32];
    const char *warning = NULL;
    struct err_text t;

    if (job->state == JOB_FAILED || (job->state == JOB_DEFERRED && job->error.code != ERR_NONE)) {
        text_of_err(&job->error, &t);
        str_copy(dst, size, t.cause);
        return;
    }
    server_name(s, job->server, name, sizeof(name));
    text_bytes(bytes, sizeof(bytes), job->bytes);
    if (a != NULL) {
        sent_of(bytes, sizeof(bytes), a->sent, job->bytes);
        text_rate(rate, sizeof(rate), a->rate);
        str_format(dst, size, "%s  %s  %s", name, bytes, rate);
    } else {
        str_format(dst, size, "%s  %s", name, bytes);
    }
    if (job->tls_deprecated)
        warning = _("deprecated algorithm");
    else if (!settings_on(s, SET_SERVER_SECURE, job->server))
        warning = _("not encrypted");
    if (warning != NULL)
        str_format(dst + strlen(dst), size - strlen(dst), "  %s", warning);
}

/* --- details ---------------------------------------------------------------------------------- */

static void add_time(struct text_page *t, const char *label, time_t when)
{
    char text[40];

    text_time(text, sizeof(text), when);
    if (text[0] != '\0')
        text_page_add(t, label, text);
}

static void add_foreign(struct text_page *t, const char *label, const char *bytes)
{
    char text[JOB_PATH_MAX * 4];

    if (bytes[0] == '\0')
        return;
    safe_text(text, sizeof(text), bytes, strlen(bytes));
    text_page_add(t, label, text);
}

static void add_encryption(struct text_page *t, struct ui *ui, const struct job *job)
{
    bool secure = settings_on(service_settings(ui_service(ui)), SET_SERVER_SECURE, job->server);
    char text[160];

    if (job->tls_suite[0] == '\0') {
        if (!secure || job->state == JOB_COMPLETED)
            text_page_add(t, _("Encryption"), _("Not encrypted"));
        return;
    }
    str_format(text, sizeof(text), "%s, %s", job->tls_version, job->tls_suite);
    text_page_add(t, _("Encryption"), text);
    if (job->tls_deprecated)
        text_page_add(t, _("Warning"),
                      _("This algorithm is deprecated. Enable one of these on the server: "
                        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, "
                        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "
                        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384."));
}

static void add_progress(struct text_page *t, struct ui *ui, const struct job *job)
{
    const struct sender_active *a = job_active(ui_facts(ui), job);
    char text[120], sent[32], bytes[32], rate[32], left[32] = "--";

    text_bytes(bytes, sizeof(bytes), job->bytes);
    text_page_add(t, _("Size"), bytes);
    if (a == NULL)
        return;
    text_bytes(sent, sizeof(sent), a->sent);
    text_rate(rate, sizeof(rate), a->rate);
    if (a->rate > 0)
        text_duration(left, sizeof(left), (a->bytes - a->sent) / a->rate);
    str_format(text, sizeof(text), _("%d%%, %s at %s, %s left"),
               a->bytes > 0 ? (int)(a->sent * 100 / a->bytes) : 0, sent, rate, left);
    text_page_add(t, _("Sent"), text);
}

static void add_error(struct text_page *t, const struct job *job)
{
    struct err_text words;

    if (job->error.code == ERR_NONE)
        return;
    text_of_err(&job->error, &words);
    text_page_add(t, _("Step"), words.step);
    text_page_add(t, _("Cause"), words.cause);
    text_page_add(t, _("Remedy"), words.remedy);
    if (words.reply[0] != '\0')
        text_page_add(t, _("Server said"), words.reply);
}

static void fill(struct text_page *t, struct ui *ui, const char *id)
{
    const struct settings *s = service_settings(ui_service(ui));
    struct job job;
    char text[SETTING_VALUE_MAX * 5], name[SETTING_VALUE_MAX * 4];

    if (spool_read(service_spool(ui_service(ui)), id, &job, NULL) < 0) {
        text_page_add(t, "", _("This job is no longer on the list."));
        return;
    }
    add_foreign(t, _("File"), job.name);
    job_state_text(&job, text, sizeof(text));
    text_page_add(t, _("State"), text);
    add_progress(t, ui, &job);
    add_error(t, &job);
    server_name(s, job.server, name, sizeof(name));
    str_format(text, sizeof(text), "%s (%s)", name, settings_str(s, SET_SERVER_HOST, job.server));
    text_page_add(t, _("Server"), text);
    add_encryption(t, ui, &job);
    add_foreign(t, _("Stored as"), job.stored_name);
    if (job.unchecked)
        text_page_add(t, _("Checked"),
                      _("No: the server tells neither a file's size nor its content."));
    add_foreign(t, _("Folder"), job.folder);
    str_format(text, sizeof(text), "%d", job.attempts);
    text_page_add(t, _("Attempts"), text);
    if (job.state == JOB_DEFERRED)
        add_time(t, _("Next attempt"), job.next);
    add_time(t, _("Added"), job.added);
    add_time(t, _("Ended"), job.ended);
    add_foreign(t, _("On the card"), job.path);
}

void job_details_open(struct ui *ui, const char *id)
{
    text_page_open(ui, text_page_new(_("Details")), fill, id);
}
