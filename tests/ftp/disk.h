/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * disk.h - what a scripted server has stored: names and how much of the test file stands under
 * each. It may lie in memory that two processes share.
 *
 * Every file that the tests send has the same bytes: script_byte(i) is byte i.
 */
#ifndef NM_TESTS_DISK_H
#define NM_TESTS_DISK_H

#include <stdbool.h>
#include <stddef.h>

#define DISK_FILES 16

struct disk_file {
    char name[512]; /* "" for none */
    size_t size;
    bool equal; /* to the beginning of the test file */
};

struct disk {
    struct disk_file files[DISK_FILES];
};

unsigned char script_byte(size_t i);

/* Memory that a child process shares. Exits when there is none. */
struct disk *disk_new(void);
void disk_free(struct disk *d);

struct disk_file *disk_find(struct disk *d, const char *name); /* NULL when there is none */
void disk_put(struct disk *d, const char *name, size_t size, bool equal);
void disk_remove(struct disk *d, const char *name);
bool disk_rename(struct disk *d, const char *from, const char *to);

#endif
