/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "disk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

unsigned char script_byte(size_t i)
{
    return (unsigned char)(i * 31 + (i >> 8) * 7 + (i >> 16));
}

struct disk *disk_new(void)
{
    struct disk *d =
        mmap(NULL, sizeof(*d), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (d == MAP_FAILED) {
        perror("disk_new");
        exit(2);
    }
    return d;
}

void disk_free(struct disk *d)
{
    if (d != NULL)
        munmap(d, sizeof(*d));
}

struct disk_file *disk_find(struct disk *d, const char *name)
{
    for (size_t i = 0; i < DISK_FILES; i++)
        if (d->files[i].name[0] != '\0' && strcmp(d->files[i].name, name) == 0)
            return &d->files[i];
    return NULL;
}

void disk_put(struct disk *d, const char *name, size_t size, bool equal)
{
    struct disk_file *file = disk_find(d, name);

    for (size_t i = 0; i < DISK_FILES && file == NULL; i++)
        if (d->files[i].name[0] == '\0')
            file = &d->files[i];
    if (file == NULL) {
        fprintf(stderr, "  server: the disk has no room for %s\n", name);
        exit(2);
    }
    snprintf(file->name, sizeof(file->name), "%s", name);
    file->size = size;
    file->equal = equal;
}

void disk_remove(struct disk *d, const char *name)
{
    struct disk_file *file = disk_find(d, name);

    if (file != NULL)
        file->name[0] = '\0';
}

bool disk_rename(struct disk *d, const char *from, const char *to)
{
    struct disk_file *file = disk_find(d, from);

    if (file == NULL)
        return false;
    if (strcmp(from, to) != 0)
        disk_remove(d, to);
    snprintf(file->name, sizeof(file->name), "%s", to);
    return true;
}
