/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"

#define LINE_MAX_BYTES 1024

static struct {
    int fd; /* -1: lines go nowhere */
    enum log_level level;
    char program[32];
    char path[FILE_PATH_MAX]; /* "" for stderr */
} log_state = {.fd = -1};

static int open_file(const char *path)
{
    return open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
}

int log_open(const char *path, const char *program, enum log_level level, struct err *e)
{
    int fd = open_file(path);

    if (fd < 0)
        return err_set_errno(e, STEP_NONE, errno, path);
    log_close();
    log_state.fd = fd;
    log_state.level = level;
    str_copy(log_state.path, sizeof(log_state.path), path);
    str_copy(log_state.program, sizeof(log_state.program), program);
    return 0;
}

void log_to_stderr(const char *program, enum log_level level)
{
    log_close();
    log_state.fd = STDERR_FILENO;
    log_state.level = level;
    log_state.path[0] = '\0';
    str_copy(log_state.program, sizeof(log_state.program), program);
}

void log_close(void)
{
    if (log_state.fd >= 0 && log_state.path[0] != '\0')
        close(log_state.fd);
    log_state.fd = -1;
}

static void rotate_when_full(void)
{
    char old[FILE_PATH_MAX];
    struct stat st, now;
    int fd;

    if (log_state.path[0] == '\0' || fstat(log_state.fd, &st) < 0 || st.st_size < LOG_FILE_MAX)
        return;
    /* Several programs may share the file: only the first of them renames it. */
    if (stat(log_state.path, &now) == 0 && now.st_dev == st.st_dev && now.st_ino == st.st_ino &&
        (!str_format(old, sizeof(old), "%s.1", log_state.path) || rename(log_state.path, old) < 0))
        return;
    fd = open_file(log_state.path);
    if (fd >= 0) {
        close(log_state.fd);
        log_state.fd = fd;
    }
}

static void write_line(enum log_level level, const char *format, va_list ap)
{
    static const char *const names[] = {
        [LOG_LEVEL_ERROR] = "error", [LOG_LEVEL_INFO] = "info", [LOG_LEVEL_DEBUG] = "debug"};
    char raw[LINE_MAX_BYTES], text[LINE_MAX_BYTES], line[LINE_MAX_BYTES + 128];
    char when[CLOCK_TEXT_MAX];
    int saved = errno;
    ssize_t n;

    if (log_state.fd < 0 || level > log_state.level)
        return;
    vsnprintf(raw, sizeof(raw), format, ap);
    safe_text(text, sizeof(text), raw, strlen(raw));
    str_format(line, sizeof(line), "%s %s[%ld] %s: %s\n", clock_rfc3339(time(NULL), when),
               log_state.program, (long)getpid(), names[level], text);
    rotate_when_full();
    n = write(log_state.fd, line, strlen(line));
    (void)n; /* a full disk must not stop an upload for want of a diary */
    errno = saved;
}

#define LOG_FUNCTION(name, level)      \
    void name(const char *format, ...) \
    {                                  \
        va_list ap;                    \
                                       \
        va_start(ap, format);          \
        write_line(level, format, ap); \
        va_end(ap);                    \
    }

LOG_FUNCTION(log_error, LOG_LEVEL_ERROR)
LOG_FUNCTION(log_info, LOG_LEVEL_INFO)
LOG_FUNCTION(log_debug, LOG_LEVEL_DEBUG)
