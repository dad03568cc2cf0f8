/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * limits - what no upload can be faster than on this machine, for the benches' table.
 *
 *   limits loopback MB      plain bytes through a TCP connection to a child that discards them
 *   limits cipher MB        AES-256-GCM of wolfSSL in records of 16 KiB, nothing else
 *
 * One line: "WALL CPU", seconds; CPU of the sending side alone.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <wolfssl/options.h>
#include <wolfssl/wolfcrypt/aes.h>

#define MB     1048576L
#define RECORD 16384
#define CHUNK  (256 * 1024)

static char chunk[CHUNK];

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void discard(int listener)
{
    int fd = accept(listener, NULL, NULL);

    while (read(fd, chunk, sizeof(chunk)) > 0)
        continue;
    _exit(0);
}

static void loopback(long mb)
{
    struct sockaddr_in here = {.sin_family = AF_INET};
    socklen_t len = sizeof(here);
    int listener = socket(AF_INET, SOCK_STREAM, 0), fd = socket(AF_INET, SOCK_STREAM, 0);
    pid_t pid;

    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&here, sizeof(here)) < 0 || listen(listener, 1) < 0 ||
        getsockname(listener, (struct sockaddr *)&here, &len) < 0 || (pid = fork()) < 0)
        die("listen");
    if (pid == 0) {
        close(fd);
        discard(listener);
    }
    if (connect(fd, (struct sockaddr *)&here, sizeof(here)) < 0)
        die("connect");
    for (long left = mb * MB; left > 0; left -= CHUNK)
        if (send(fd, chunk, sizeof(chunk), 0) != (ssize_t)sizeof(chunk))
            die("send");
    close(fd);
    waitpid(pid, NULL, 0);
}

static void cipher(long mb)
{
    static unsigned char key[32], iv[12], aad[13], tag[16], out[RECORD];
    Aes aes;

    if (wc_AesInit(&aes, NULL, INVALID_DEVID) != 0 || wc_AesGcmSetKey(&aes, key, sizeof(key)) != 0)
        exit(1);
    for (long left = mb * MB; left > 0; left -= RECORD)
        if (wc_AesGcmEncrypt(&aes, out, (unsigned char *)chunk, RECORD, iv, sizeof(iv), tag,
                             sizeof(tag), aad, sizeof(aad)) != 0)
            exit(1);
    wc_AesFree(&aes);
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
    struct timespec begin, end;
    struct rusage used;
    long mb = argc == 3 ? strtol(argv[2], NULL, 10) : 0;

    if (mb <= 0)
        return 2;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    if (strcmp(argv[1], "cipher") == 0)
        cipher(mb);
    else
        loopback(mb);
    clock_gettime(CLOCK_MONOTONIC, &end);
    getrusage(RUSAGE_SELF, &used);
    printf("%.6f %.6f\n",
           (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9,
           seconds(used.ru_utime) + seconds(used.ru_stime));
    return 0;
}
