/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/record.h"
#include "base/str.h"
#include "service/service_private.h"

#define SENDER_PROGRAM "netmenu-transfer"

/* --- the lock: an OFD lock, as one can be asked after without being taken (fcntl(2)) -----------
 */

static int open_lock(const struct service *svc, int flags)
{
    char path[FILE_PATH_MAX];

    if (file_path(path, svc->run_dir, SERVICE_SENDER_LOCK, NULL) < 0) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0600);
}

static long read_pid(int fd)
{
    char text[24];
    ssize_t n = pread(fd, text, sizeof(text) - 1, 0);
    long pid;

    if (n <= 0)
        return 0;
    text[n] = '\0';
    text[strcspn(text, "\n")] = '\0';
    return str_to_long(text, 1, 0x7fffffff, &pid) ? pid : 0;
}

int service_sender_lock(const struct service *svc, int *ret_fd, struct err *e)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    char text[24];
    int r = 0;
    int fd = open_lock(svc, O_RDWR | O_CREAT);

    if (fd < 0)
        return err_set_errno(e, STEP_SENDER, errno, svc->run_dir);
    if (fcntl(fd, F_OFD_SETLK, &lock) < 0) {
        if (errno == EAGAIN || errno == EACCES) {
            str_format(text, sizeof(text), "%ld", read_pid(fd));
            r = err_set_args(e, ERR_BUSY, STEP_SENDER, text, NULL);
        } else {
            r = err_set_errno(e, STEP_SENDER, errno, svc->run_dir);
        }
        close(fd);
        return r;
    }
    str_format(text, sizeof(text), "%ld\n", (long)getpid());
    if (ftruncate(fd, 0) < 0 || pwrite(fd, text, strlen(text), 0) < 0)
        errno = 0; /* a full run folder: the pid is only for people */
    *ret_fd = fd;
    return 0;
}

bool service_sender_runs(const struct service *svc, long *ret_pid)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int fd = open_lock(svc, O_RDWR);
    bool runs;

    if (fd < 0)
        return false;
    runs = fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    if (runs && ret_pid != NULL)
        *ret_pid = read_pid(fd);
    close(fd);
    return runs;
}

/* --- status --------------------------------------------------------------------------------- */

void service_sender_status(struct service *svc, struct sender_status *ret_status)
{
    struct sender_status status = {0};
    char path[FILE_PATH_MAX];
    struct record *r = NULL;

    status.running = service_sender_runs(svc, &status.pid);
    if (!status.running || file_path(path, svc->run_dir, SERVICE_SENDER_STATE, NULL) < 0 ||
        record_load(&r, path, STEP_SENDER, NULL) < 0)
        goto out;
    if (record_int(r, "pid", 0) != status.pid)
        goto out; /* left by one that was killed */
    status.rate = record_int(r, "rate", 0);
    for (size_t i = 0; i < record_count(r, "active") && i < SENDER_ACTIVE_MAX; i++) {
        const struct record *item = record_item(r, "active", i);
        struct sender_active *a = &status.active[status.active_count++];

        str_copy(a->id, sizeof(a->id), record_str(item, "id", ""));
        a->sent = record_int(item, "sent", 0);
        a->bytes = record_int(item, "bytes", 0);
        a->rate = record_int(item, "rate", 0);
    }
out:
    record_free(r);
    *ret_status = status;
}

/* --- starting it ------------------------------------------------------------------------------ */

/* Whether systemd starts the sender by itself: it runs, and the path unit is enabled. */
static bool systemd_watches(const struct service *svc)
{
    static const char *const wants[] = {
        "/etc/systemd/system/multi-user.target.wants/netmenu-transfer.path",
        "/etc/systemd/system/paths.target.wants/netmenu-transfer.path",
    };

    if (strcmp(svc->state_dir, NM_STATE_DIR) != 0 || access("/run/systemd/system", F_OK) < 0)
        return false; /* the unit watches the standard folder; see sd_booted(3) for the other */
    for (size_t i = 0; i < ARRAY_LEN(wants); i++) {
        if (access(wants[i], F_OK) == 0)
            return true;
    }
    return false;
}

/* Beside the running program, else where programs are installed. */
static void find_program(char path[FILE_PATH_MAX])
{
    char self[FILE_PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
    char *slash;

    if (n > 0) {
        self[n] = '\0';
        slash = strrchr(self, '/');
        if (slash != NULL &&
            str_format(path, FILE_PATH_MAX, "%.*s/%s", (int)(slash - self), self, SENDER_PROGRAM) &&
            access(path, X_OK) == 0)
            return;
    }
    str_copy(path, FILE_PATH_MAX, NM_BINDIR "/" SENDER_PROGRAM);
}

#define ARGS_MAX (6 + 2 * SERVICE_CARDS_MAX)

static void fill_args(const struct service *svc, char *args[ARGS_MAX],
                      char copies[2 + SERVICE_CARDS_MAX][FILE_PATH_MAX])
{
    static char program[] = SENDER_PROGRAM, state_dir[] = "--state-dir", run_dir[] = "--run-dir";
    static char card[] = "--card";
    size_t n = 0;

    args[n++] = program;
    args[n++] = state_dir;
    args[n++] = copies[0];
    args[n++] = run_dir;
    args[n++] = copies[1];
    str_copy(copies[0], FILE_PATH_MAX, svc->state_dir);
    str_copy(copies[1], FILE_PATH_MAX, svc->run_dir);
    for (size_t i = 0; i < svc->card_count; i++) {
        args[n++] = card;
        args[n++] = copies[2 + i];
        str_copy(copies[2 + i], FILE_PATH_MAX, svc->cards[i]);
    }
    args[n] = NULL;
}

/* In the grandchild: nothing of the caller's terminal, files or signals stays. Never returns. */
static void become_sender(const char *path, char *const args[], int report)
{
    int null = open("/dev/null", O_RDWR);
    sigset_t none;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (int s = 1; s < NSIG; s++)
        signal(s, SIG_DFL);
    if (null >= 0 && dup2(null, 0) >= 0 && dup2(null, 1) >= 0 && dup2(null, 2) >= 0 &&
        (report == 3 || dup3(report, 3, O_CLOEXEC) >= 0) && chdir("/") == 0) {
        closefrom(4);
        report = 3;
        execv(path, args);
    }
    /* the caller reads errno instead of the end of the pipe */
    if (write(report, &errno, sizeof(errno)) < 0)
        _exit(126);
    _exit(127);
}

static int start_detached(const char *path, char *const args[])
{
    int report[2], failure = 0;
    pid_t pid;

    if (pipe2(report, O_CLOEXEC) < 0)
        return errno;
    pid = fork();
    if (pid == 0) {
        setsid();
        /* twice, so that it is nobody's child and has no way back to a terminal */
        pid = fork();
        if (pid == 0)
            become_sender(path, args, report[1]);
        if (pid < 0 && write(report[1], &errno, sizeof(errno)) < 0)
            _exit(1);
        _exit(0);
    }
    close(report[1]);
    if (pid < 0) {
        failure = errno;
    } else {
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
            continue;
        if (read(report[0], &failure, sizeof(failure)) != (ssize_t)sizeof(failure))
            failure = 0;
    }
    close(report[0]);
    return failure;
}

int service_sender_start(struct service *svc, struct err *e)
{
    char path[FILE_PATH_MAX], copies[2 + SERVICE_CARDS_MAX][FILE_PATH_MAX];
    char *args[ARGS_MAX];
    int failure;

    /* a running sender watches the spool's folders: it has seen what is new there */
    if (service_sender_runs(svc, NULL) || systemd_watches(svc))
        return 0;
    find_program(path);
    fill_args(svc, args, copies);
    failure = start_detached(path, args);
    return failure == 0 ? 0 : err_set_errno(e, STEP_SENDER, failure, path);
}
