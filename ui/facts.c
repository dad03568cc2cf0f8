/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/facts.h"

#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "text/text.h"

void facts_take(struct facts *f, struct service *svc)
{
    struct media_card cards[SERVICE_CARDS_MAX];
    size_t slots;

    memset(f, 0, sizeof(*f));
    f->password = service_password_set(svc);
    slots = service_cards(svc, cards);
    for (size_t i = 0; i < slots; i++)
        f->cards += cards[i].present;
    f->default_server = (int)settings_number(service_settings(svc), SET_TRANSFER_DEFAULT_SERVER, 0);
    if (spool_count(service_spool(svc), f->jobs, NULL) < 0)
        memset(f->jobs, 0, sizeof(f->jobs));
    for (int s = 0; s < JOB_STATE_COUNT; s++)
        f->jobs_total += f->jobs[s];
    service_sender_status(svc, &f->sender);
    service_lock(svc, &f->lock);
}

bool facts_failure(const struct facts *f)
{
    return f->lock.state != SERVICE_LOCK_OPEN ||
           (f->sender.active_count == 0 && f->jobs[JOB_WAITING] == 0 && f->jobs[JOB_FAILED] > 0);
}

/* "Sending 2/14  63%  41 MB/s": the second of fourteen that are done, under way or to come. */
static void sending(const struct facts *f, char *dst, size_t size)
{
    size_t total = f->jobs[JOB_COMPLETED] + f->jobs[JOB_TRANSFERRING] + f->jobs[JOB_WAITING] +
                   f->jobs[JOB_DEFERRED];
    size_t now = f->jobs[JOB_COMPLETED] + f->sender.active_count;
    int64_t sent = 0, bytes = 0;
    char rate[32];

    for (size_t i = 0; i < f->sender.active_count; i++) {
        sent += f->sender.active[i].sent;
        bytes += f->sender.active[i].bytes;
    }
    text_rate(rate, sizeof(rate), f->sender.rate);
    str_format(dst, size, _("Sending %zu/%zu  %d%%  %s"), now < total ? now : total, total,
               bytes > 0 ? (int)(sent * 100 / bytes) : 0, rate);
}

static void transfers(const struct facts *f, char *dst, size_t size)
{
    size_t waiting = f->jobs[JOB_WAITING] + f->jobs[JOB_DEFERRED];

    dst[0] = '\0';
    if (!f->password)
        str_copy(dst, size, _("Network is off: set a password first."));
    else if (f->sender.running && f->sender.active_count > 0)
        sending(f, dst, size);
    else if (f->jobs[JOB_FAILED] > 0 && waiting == 0)
        str_format(dst, size,
                   ngettext("%zu transfer failed", "%zu transfers failed", f->jobs[JOB_FAILED]),
                   f->jobs[JOB_FAILED]);
    else if (waiting > 0)
        str_format(dst, size, ngettext("%zu transfer waits", "%zu transfers wait", waiting),
                   waiting);
    else if (f->jobs[JOB_SUSPENDED] > 0)
        str_format(
            dst, size,
            ngettext("%zu transfer suspended", "%zu transfers suspended", f->jobs[JOB_SUSPENDED]),
            f->jobs[JOB_SUSPENDED]);
    else if (f->jobs[JOB_COMPLETED] > 0)
        str_format(
            dst, size,
            ngettext("%zu transfer completed", "%zu transfers completed", f->jobs[JOB_COMPLETED]),
            f->jobs[JOB_COMPLETED]);
}

void facts_status(const struct facts *f, char *dst, size_t size)
{
    size_t len;

    text_lock(&f->lock, dst, size);
    len = strlen(dst);
    if (len > 0 && len + 3 < size) { /* what is sent still has its place where there is room */
        str_copy(dst + len, size - len, "   ");
        len += 3;
    }
    transfers(f, dst + len, size - len);
}
