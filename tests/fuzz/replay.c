/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Feed a fuzz harness without a fuzzer: every file of its corpus (FUZZ_CORPUS, or the files and
 * folders given), whole, cut short at many lengths, and changed at random places. The changes come
 * from a fixed seed, so that a failure comes back; the input that failed is named.
 */
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_MAX 65536 /* bytes of a corpus file that are used */
#define CUTS     200
#define CHANGES  1500 /* changed copies of each file */

static unsigned inputs;

/* xorshift32: good enough to choose places, and the same everywhere. */
static uint32_t next_random(void)
{
    static uint32_t state = 2463534242u;

    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

/* A copy of exactly this size, so that a sanitizer sees a read past the end. */
static void feed(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size > 0 ? size : 1);

    if (copy == NULL)
        abort();
    memcpy(copy, data, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
    inputs++;
}

static void feed_changed(const uint8_t *data, size_t size)
{
    uint8_t changed[FILE_MAX];

    memcpy(changed, data, size);
    for (uint32_t n = next_random() % 4 + 1; n > 0 && size > 0; n--) {
        size_t at = next_random() % size, len = next_random() % 8 + 1;

        if (len > size - at)
            len = size - at;
        switch (next_random() % 4) {
        case 0: /* a bit */
            changed[at] ^= (uint8_t)(1u << next_random() % 8);
            break;
        case 1: /* a byte */
            changed[at] = (uint8_t)next_random();
            break;
        case 2: /* bytes from elsewhere */
            memmove(changed + at, changed + next_random() % (size - len + 1), len);
            break;
        default: /* some taken out */
            memmove(changed + at, changed + at + len, size - at - len);
            size -= len;
            break;
        }
    }
    feed(changed, size);
}

static void replay_file(const char *path)
{
    static uint8_t data[FILE_MAX];
    FILE *f = fopen(path, "re");
    size_t size;

    if (f == NULL) {
        perror(path);
        exit(1);
    }
    size = fread(data, 1, sizeof(data), f);
    fclose(f);
    printf("%s\n", path);
    fflush(stdout); /* the last line names the file when the harness aborts */
    feed(data, size);
    for (size_t i = 0; i < CUTS; i++)
        feed(data, size * i / CUTS);
    for (int i = 0; i < CHANGES; i++)
        feed_changed(data, size);
}

static void replay(const char *path)
{
    struct dirent **names;
    struct stat st;
    char below[4096];
    int count;

    if (stat(path, &st) < 0 || !S_ISDIR(st.st_mode)) {
        replay_file(path);
        return;
    }
    count = scandir(path, &names, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        if (names[i]->d_name[0] != '.') {
            snprintf(below, sizeof(below), "%s/%s", path, names[i]->d_name);
            replay_file(below);
        }
        free(names[i]);
    }
    if (count >= 0)
        free(names);
}

int main(int argc, char **argv)
{
    if (argc == 1)
        replay(FUZZ_CORPUS);
    for (int i = 1; i < argc; i++)
        replay(argv[i]);
    printf("%u inputs\n", inputs);
    return inputs > 0 ? 0 : 1;
}
