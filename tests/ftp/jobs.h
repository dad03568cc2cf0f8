/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * jobs.h - test runs in processes of their own, several at a time: most of them mostly wait.
 *
 * Calling sequence: struct jobs all = {.limit = 6}; jobs_start(&all, "name", fn, &arg) for each;
 * jobs_finish(&all); all.ran, all.failed.
 */
#ifndef NM_TESTS_JOBS_H
#define NM_TESTS_JOBS_H

#include <stdbool.h>
#include <sys/types.h>

#define JOBS_MAX 64

/* A run: whether it is good. What it writes to stderr is shown when it is not. */
typedef bool job_fn(const void *arg);

struct jobs {
    int limit;    /* at a time, up to JOBS_MAX */
    bool verbose; /* show what every run writes */
    bool quiet;   /* do not name those that are good */
    int ran, failed;

    int running;
    struct {
        pid_t pid; /* 0: none */
        int output;
        char name[160];
    } jobs[JOBS_MAX];
};

/* Begin a run as soon as there is room. arg is used in the other process only. */
void jobs_start(struct jobs *all, const char *name, job_fn *fn, const void *arg);
void jobs_finish(struct jobs *all);

#endif
