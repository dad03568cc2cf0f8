/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"

#define ASIDE        ".new." /* NAME.new.PID: what is built beside NAME */
#define LOCK_POLL_MS 5

int file_path(char dst[FILE_PATH_MAX], const char *folder, const char *name, struct err *e)
{
    if (!str_format(dst, FILE_PATH_MAX, "%s/%s", folder, name))
        return err_set_args(e, ERR_TOO_LARGE, STEP_NONE, name, NULL);
    return 0;
}

int file_read(const char *path, struct buf *b, enum err_step step, struct err *e)
{
    struct stat st;
    ssize_t n;
    int r = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);

    if (fd < 0 && (errno == ELOOP || errno == ENXIO)) /* a link; a socket */
        return err_set_args(e, ERR_NOT_REGULAR, step, path, NULL);
    if (fd < 0)
        return err_set_errno(e, step, errno, path);
    if (fstat(fd, &st) < 0) {
        r = err_set_errno(e, step, errno, path);
        goto out;
    }
    if (!S_ISREG(st.st_mode)) {
        r = err_set_args(e, ERR_NOT_REGULAR, step, path, NULL);
        goto out;
    }
    do {
        size_t left = b->ceiling - b->len;
        size_t want = left < 65536 ? left + 1 : 65536; /* one more tells a file at the ceiling */
        char chunk[65536];

        n = read(fd, chunk, want < sizeof(chunk) ? want : sizeof(chunk));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            r = err_set_errno(e, step, errno, path);
        else if (n > 0 && (r = buf_append(b, chunk, (size_t)n)) < 0)
            err_set_args(e, err_code_of(r), step, path, NULL);
        explicit_bzero(chunk, n > 0 ? (size_t)n : 0);
    } while (n != 0 && r == 0);
out:
    close(fd);
    return r;
}

int file_write_all(int fd, const void *data, size_t len)
{
    const char *next = data;

    while (len > 0) {
        ssize_t n = write(fd, next, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        next += n;
        len -= (size_t)n;
    }
    return 0;
}

/* The folder that path stands in. */
static int folder_of(char folder[FILE_PATH_MAX], const char *path, struct err *e)
{
    const char *slash = strrchr(path, '/');
    size_t len = slash != NULL ? (size_t)(slash - path) : 0;

    if (slash == NULL || len == 0) {
        str_copy(folder, FILE_PATH_MAX, slash == NULL ? "." : "/");
        return 0;
    }
    if (len >= FILE_PATH_MAX)
        return err_set_args(e, ERR_TOO_LARGE, STEP_NONE, path, NULL);
    memcpy(folder, path, len);
    folder[len] = '\0';
    return 0;
}

static int open_folder(const char *path, int *ret_fd, enum err_step step, struct err *e)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return err_set_errno(e, step, errno, path);
    *ret_fd = fd;
    return 0;
}

/* fsync(2) an open folder and close it. EINVAL: a file system that has nothing to sync there. */
static int sync_and_close(int fd, const char *path, enum err_step step, struct err *e)
{
    int r = fsync(fd) < 0 && errno != EINVAL ? err_set_errno(e, step, errno, path) : 0;

    close(fd);
    return r;
}

int file_sync_folder(const char *path, enum err_step step, struct err *e)
{
    int fd = -1;
    int r = open_folder(path, &fd, step, e);

    return r < 0 ? r : sync_and_close(fd, path, step, e);
}

/* The new content in a file of its own. On failure nothing is left of it. */
static int build_aside(const char *aside, mode_t mode, const void *data, size_t len, bool durable,
                       enum err_step step, struct err *e)
{
    int r = 0;
    int fd = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);

    if (fd < 0)
        return err_set_errno(e, step, errno, aside);
    if (fchmod(fd, mode) < 0 || file_write_all(fd, data, len) < 0 || (durable && fsync(fd) < 0))
        r = err_set_errno(e, step, errno, aside);
    if (close(fd) < 0 && r == 0)
        r = err_set_errno(e, step, errno, aside);
    if (r < 0)
        unlink(aside);
    return r;
}

/* The folder is opened first: after the renaming nothing may fail that need not. */
static int replace(const char *path, mode_t mode, const void *data, size_t len, bool durable,
                   enum err_step step, struct err *e)
{
    char aside[FILE_PATH_MAX], folder[FILE_PATH_MAX];
    int dir = -1;
    int r = folder_of(folder, path, e);

    if (r < 0)
        return r;
    if (!str_format(aside, sizeof(aside), "%s" ASIDE "%ld", path, (long)getpid()))
        return err_set_args(e, ERR_TOO_LARGE, step, path, NULL);
    if (durable && (r = open_folder(folder, &dir, step, e)) < 0)
        return r;
    r = build_aside(aside, mode, data, len, durable, step, e);
    if (r == 0 && rename(aside, path) < 0) {
        r = err_set_errno(e, step, errno, path);
        unlink(aside);
    }
    if (r == 0 && durable)
        return sync_and_close(dir, folder, step, e);
    if (dir >= 0)
        close(dir);
    return r;
}

int file_write(const char *path, mode_t mode, const void *data, size_t len, enum err_step step,
               struct err *e)
{
    return replace(path, mode, data, len, true, step, e);
}

int file_write_volatile(const char *path, mode_t mode, const void *data, size_t len,
                        enum err_step step, struct err *e)
{
    return replace(path, mode, data, len, false, step, e);
}

/* The process whose file of that name is not finished, 0 when it is no such name. */
static pid_t writer_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    size_t before = dot != NULL ? (size_t)(dot + 1 - name) : 0; /* "NAME.new." */
    size_t mark = strlen(ASIDE);
    long pid;

    if (before <= mark || strncmp(name + before - mark, ASIDE, mark) != 0 ||
        !str_to_long(dot + 1, 1, INT_MAX, &pid))
        return 0;
    return (pid_t)pid;
}

void file_sweep(const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *d;

    while (dir != NULL && (d = readdir(dir)) != NULL) {
        pid_t pid = writer_of(d->d_name);

        if (pid > 0 && (pid == getpid() || (kill(pid, 0) < 0 && errno == ESRCH)))
            unlinkat(dirfd(dir), d->d_name, 0);
    }
    if (dir != NULL)
        closedir(dir);
}

int file_move(const char *from, const char *to, enum err_step step, struct err *e)
{
    char from_folder[FILE_PATH_MAX], to_folder[FILE_PATH_MAX];
    int r;

    if ((r = folder_of(from_folder, from, e)) < 0 || (r = folder_of(to_folder, to, e)) < 0)
        return r;
    if (rename(from, to) < 0)
        return err_set_errno(e, step, errno, from);
    r = file_sync_folder(to_folder, step, e); /* first the new name, then the loss of the old */
    if (r == 0 && strcmp(from_folder, to_folder) != 0)
        r = file_sync_folder(from_folder, step, e);
    return r;
}

int file_remove(const char *path, enum err_step step, struct err *e)
{
    char folder[FILE_PATH_MAX];
    int r = folder_of(folder, path, e);

    if (r < 0)
        return r;
    if (unlink(path) < 0)
        return errno == ENOENT ? 0 : err_set_errno(e, step, errno, path);
    return file_sync_folder(folder, step, e);
}

int file_make_folder(const char *path, mode_t mode, enum err_step step, struct err *e)
{
    char folder[FILE_PATH_MAX];
    struct stat st;
    int r;

    if (stat(path, &st) == 0)
        return S_ISDIR(st.st_mode) ? 0 : err_set_errno(e, step, ENOTDIR, path);
    r = folder_of(folder, path, e);
    if (r == 0 && strcmp(folder, ".") != 0 && strcmp(folder, "/") != 0)
        r = file_make_folder(folder, mode, step, e);
    if (r < 0)
        return r;
    if (mkdir(path, mode) < 0 &&
        (errno != EEXIST || stat(path, &st) < 0 || !S_ISDIR(st.st_mode))) /* made meanwhile */
        return err_set_errno(e, step, errno, path);
    return file_sync_folder(folder, step, e);
}

int file_lock(const char *path, enum file_lock_kind kind, int64_t wait_ms, int *ret_fd,
              enum err_step step, struct err *e)
{
    const struct timespec pause = {.tv_nsec = LOCK_POLL_MS * 1000000L};
    int operation = (kind == FILE_LOCK_SHARED ? LOCK_SH : LOCK_EX) | LOCK_NB;
    int64_t until = clock_ms() + wait_ms;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    int r;

    if (fd < 0)
        return err_set_errno(e, step, errno, path);
    while ((r = flock(fd, operation)) < 0 &&
           (errno == EINTR || (errno == EWOULDBLOCK && clock_ms() < until)))
        nanosleep(&pause, NULL);
    if (r < 0) {
        r = errno == EWOULDBLOCK ? err_set_args(e, ERR_BUSY, step, path, NULL)
                                 : err_set_errno(e, step, errno, path);
        close(fd);
        return r;
    }
    *ret_fd = fd;
    return 0;
}
