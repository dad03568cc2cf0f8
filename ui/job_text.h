/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * job_text.h - a job in words: for the list, and the page of its details.
 */
#ifndef NM_UI_JOB_TEXT_H
#define NM_UI_JOB_TEXT_H

#include "spool/spool.h"
#include "ui/facts.h"
#include "ui/page.h"

/* What the sender tells of a job under way; NULL when it is not. */
const struct sender_active *job_active(const struct facts *f, const struct job *job);

/* "Completed 14:02", "Deferred 0:12", "Failed" */
void job_state_text(const struct job *job, char *dst, size_t size);

/* "Studio ingest  1.2 of 1.9 GB  41 MB/s"; the cause of a failure. */
void job_second_line(struct ui *ui, const struct job *job, char *dst, size_t size);

/* Why its last attempt failed, and what to do, or that alone: unchanged when it did not fail. */
void job_reason(const struct job *job, bool remedy_alone, char *dst, size_t size);

/* The page with everything that is known of a job; it follows its changes. */
void job_details_open(struct ui *ui, const char *id);

#endif
