/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <unistd.h>

#include "base/clock.h"
#include "base/record.h"
#include "service/sender_private.h"

#define RATE_SPAN_MS 3000 /* what came in during this time tells the rate */

/* The mean since the start at first, later a mean in which the last seconds count most. */
static void update_rate(struct lane *lane, int64_t now)
{
    int64_t elapsed = now - lane->started, span = now - lane->ticked;
    int64_t rate;

    if (span <= 0)
        return;
    rate = (lane->sent - lane->ticked_sent) * 1000 / span;
    if (elapsed < RATE_SPAN_MS)
        lane->rate = (lane->sent - lane->from) * 1000 / elapsed;
    else
        lane->rate += (rate - lane->rate) * span / (RATE_SPAN_MS + span);
    lane->ticked = now;
    lane->ticked_sent = lane->sent;
}

void sender_status_write(struct sender *sd)
{
    struct record *r = record_new();
    char path[FILE_PATH_MAX];
    int64_t rate = 0;

    sd->status_written = clock_ms();
    record_set_int(r, "pid", getpid());
    record_set_list(r, "active");
    for (size_t i = 0; i < sd->lane_count; i++) {
        const struct lane *lane = sd->lanes[i];
        struct record *item;

        if (!lane->has_job || lane->state == LANE_RECORDING)
            continue;
        item = record_add_item(r, "active");
        record_set_str(item, "id", lane->job.id);
        record_set_int(item, "sent", lane->sent);
        record_set_int(item, "bytes", lane->job.bytes);
        record_set_int(item, "rate", lane->rate);
        rate += lane->rate;
    }
    record_set_int(r, "rate", rate);
    /* a full run folder costs the display only */
    if (file_path(path, sd->svc->run_dir, SERVICE_SENDER_STATE, NULL) == 0)
        record_save_volatile(r, path, STEP_SENDER, NULL);
    record_free(r);
}

void sender_status_show(struct sender *sd)
{
    int64_t wait = sd->status_written + sd->times.status - clock_ms();

    if (wait <= 0)
        sender_status_write(sd);
    else if (!loop_timer_running(sd->status))
        loop_timer_start(sd->status, wait);
}

void sender_status_tick(struct sender *sd)
{
    int64_t now = clock_ms();
    bool sending = false;

    for (size_t i = 0; i < sd->lane_count; i++) {
        if (sd->lanes[i]->state == LANE_SENDING) {
            update_rate(sd->lanes[i], now);
            sending = true;
        }
    }
    sender_status_write(sd);
    if (sending)
        loop_timer_start(sd->status, sd->times.status);
}

void sender_status_remove(struct sender *sd)
{
    char path[FILE_PATH_MAX];

    if (file_path(path, sd->svc->run_dir, SERVICE_SENDER_STATE, NULL) == 0)
        unlink(path);
}
