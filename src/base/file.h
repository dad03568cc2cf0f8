/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * file.h - files that survive a pulled battery.
 *
 * Purpose: the one way in which netmenu writes: build aside in the same folder, fsync, rename over
 * the old one, fsync the folder. After a return of 0 the new content would survive; after a failure
 * the old content stands. One failure is another: when the disk refuses the last step, the fsync of
 * the folder (ERR_IO; it is worn out then), the new content stands and may be lost with the power.
 * Paths are absolute or relative to the working folder.
 */
#ifndef NM_BASE_FILE_H
#define NM_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

#define FILE_PATH_MAX 1024 /* bytes of a path with its NUL */

/* dst = folder "/" name. Errors: ERR_TOO_LARGE. */
int file_path(char dst[FILE_PATH_MAX], const char *folder, const char *name, struct err *e);

/*
 * Read a whole regular file into b (appended; its ceiling holds). A link as the last part, a
 * device or a pipe is refused without blocking.
 * Errors: ERR_NOT_FOUND, ERR_NOT_REGULAR, ERR_TOO_LARGE (arg: path), ERR_PERMISSION, ERR_IO.
 */
int file_read(const char *path, struct buf *b, enum err_step step, struct err *e);

/* Replace path durably with len bytes. Errors: ERR_DISK_FULL, ERR_PERMISSION, ERR_IO ... */
int file_write(const char *path, mode_t mode, const void *data, size_t len, enum err_step step,
               struct err *e);

/* Replace path in one step but without waiting for the disk: for status that a boot forgets. */
int file_write_volatile(const char *path, mode_t mode, const void *data, size_t len,
                        enum err_step step, struct err *e);

/* write(2) all of it, in as many steps as it takes. Returns 0, or -1 with errno. */
int file_write_all(int fd, const void *data, size_t len);

/*
 * Remove what writers that were killed left aside in a folder: NAME.new.PID of a process that is no
 * more, or is this one. Called before this process writes there; what cannot be removed stays.
 */
void file_sweep(const char *folder);

/* rename(2), then fsync both folders. Errors: as errno says; ERR_NOT_FOUND when `from` is gone. */
int file_move(const char *from, const char *to, enum err_step step, struct err *e);

/* unlink(2), then fsync the folder. A file that is not there is no error. */
int file_remove(const char *path, enum err_step step, struct err *e);

/* Make path and what is missing above it, durably. An existing folder is no error. */
int file_make_folder(const char *path, mode_t mode, enum err_step step, struct err *e);

/* fsync(2) a folder. */
int file_sync_folder(const char *path, enum err_step step, struct err *e);

enum file_lock_kind {
    FILE_LOCK_ALONE,
    FILE_LOCK_SHARED, /* with others who share it */
};

/*
 * Take the lock file at path (made when missing, kept for ever); held until close(*ret_fd) or the
 * end of the process. It is waited for wait_ms milliseconds, and not for ever: whoever holds it may
 * have been stopped (Ctrl-Z). 0: not at all.
 * Errors: ERR_BUSY when another process holds it; ERR_IO ...
 */
int file_lock(const char *path, enum file_lock_kind kind, int64_t wait_ms, int *ret_fd,
              enum err_step step, struct err *e);

#endif
