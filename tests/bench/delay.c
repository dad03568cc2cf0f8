/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * delay - a far-away host on a machine whose kernel has no netem: for the benchmarks.
 *
 *   delay DEVICE MS
 *
 * Makes the TUN interface DEVICE and prints "ready". Each IPv4 packet that is sent to it comes back
 * MS milliseconds later with source and destination exchanged. So whoever connects from address A
 * of the interface to any address B behind it reaches A itself, by two paths of MS each: the
 * exchange is its own inverse, and neither checksum changes by it. Give the interface an address
 * and set it up, best in a network namespace of its own:
 *
 *   ip address add 10.99.0.1/24 dev DEVICE && ip link set DEVICE up
 *
 * and 10.99.0.2 is this machine, 2 x MS of round trip away. It ends with its last descriptor: kill
 * it by its pid. Needs CAP_NET_ADMIN.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define PACKET_MAX 2048  /* bytes: the interface keeps its MTU of 1500 */
#define HELD_MAX   65536 /* packets under way; more are lost, as on a full line */

#define SOURCE_AT      12 /* in the header (RFC 791 section 3.1) */
#define DESTINATION_AT 16

struct packet {
    int64_t due; /* nanoseconds */
    size_t len;
    unsigned char bytes[PACKET_MAX];
};

static struct packet *held; /* a ring of HELD_MAX, in the order in which they came */
static size_t first, count;

static int64_t now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int make_interface(const char *name)
{
    struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
    int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);

    snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
    if (fd < 0 || ioctl(fd, TUNSETIFF, &request) < 0) {
        perror("delay: /dev/net/tun");
        exit(77);
    }
    return fd;
}

static void exchange_addresses(unsigned char *packet)
{
    unsigned char address[4];

    memcpy(address, packet + SOURCE_AT, sizeof(address));
    memcpy(packet + SOURCE_AT, packet + DESTINATION_AT, sizeof(address));
    memcpy(packet + DESTINATION_AT, address, sizeof(address));
}

/* Take what is sent to the interface. */
static void take(int fd, int64_t delay)
{
    while (count < HELD_MAX) {
        struct packet *p = &held[(first + count) % HELD_MAX];
        ssize_t n = read(fd, p->bytes, sizeof(p->bytes));

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return;
        if (n < 20 || p->bytes[0] >> 4 != 4)
            continue; /* IPv6 looks for routers */
        exchange_addresses(p->bytes);
        p->len = (size_t)n;
        p->due = now_ns() + delay;
        count++;
    }
}

/* Deliver what is due. Returns the nanoseconds until the next is, -1: there is none. */
static int64_t deliver(int fd)
{
    int64_t now = now_ns();

    while (count > 0 && held[first].due <= now) {
        if (write(fd, held[first].bytes, held[first].len) < 0 && errno == EINTR)
            continue; /* what the interface does not take is lost */
        first = (first + 1) % HELD_MAX;
        count--;
    }
    return count > 0 ? held[first].due - now : -1;
}

int main(int argc, char **argv)
{
    int64_t delay, wait;
    struct pollfd io = {.events = POLLIN};

    if (argc != 3 || (delay = strtol(argv[2], NULL, 10) * 1000000) <= 0) {
        fprintf(stderr, "usage: delay DEVICE MS\n");
        return 2;
    }
    io.fd = make_interface(argv[1]);
    held = calloc(HELD_MAX, sizeof(*held));
    if (held == NULL)
        return 1;
    puts("ready");
    fflush(stdout);
    for (;;) {
        struct timespec pause;

        wait = deliver(io.fd);
        pause = (struct timespec){.tv_sec = wait / 1000000000, .tv_nsec = wait % 1000000000};
        if (ppoll(&io, 1, wait >= 0 ? &pause : NULL, NULL) < 0 && errno != EINTR)
            return 1;
        take(io.fd, delay);
    }
}
