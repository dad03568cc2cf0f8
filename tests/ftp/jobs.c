/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "jobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static void show(int output)
{
    char text[4096];
    ssize_t n;

    lseek(output, 0, SEEK_SET);
    while ((n = read(output, text, sizeof(text))) > 0)
        fwrite(text, 1, (size_t)n, stdout);
}

/* Wait for one to end, and say what came of it. */
static void collect(struct jobs *all)
{
    int status, i = 0;
    pid_t pid = wait(&status);
    bool good = WIFEXITED(status) && WEXITSTATUS(status) == 0;

    while (all->jobs[i].pid != pid)
        i++;
    if (!good || !all->quiet)
        printf("%s %s\n", good ? "ok" : "FAILED", all->jobs[i].name);
    if (!good || all->verbose)
        show(all->jobs[i].output);
    fflush(stdout);
    close(all->jobs[i].output);
    all->jobs[i].pid = 0;
    all->running--;
    all->ran++;
    all->failed += !good;
}

void jobs_start(struct jobs *all, const char *name, job_fn *fn, const void *arg)
{
    int i = 0;

    while (all->running >= all->limit)
        collect(all);
    while (all->jobs[i].pid != 0)
        i++;
    snprintf(all->jobs[i].name, sizeof(all->jobs[i].name), "%s", name);
    all->jobs[i].output = memfd_create("output", MFD_CLOEXEC);
    fflush(stdout);
    all->jobs[i].pid = fork();
    if (all->jobs[i].pid < 0) {
        perror("fork");
        exit(2);
    }
    if (all->jobs[i].pid == 0) {
        dup2(all->jobs[i].output, STDERR_FILENO);
        _exit(fn(arg) ? 0 : 1);
    }
    all->running++;
}

void jobs_finish(struct jobs *all)
{
    while (all->running > 0)
        collect(all);
}
