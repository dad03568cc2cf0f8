/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netmenu_transfer.c - the background sender as a program. What it does: service/sender.h.
 */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/intl.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/secret.h"
#include "base/str.h"
#include "service/sender.h"
#include "text/text.h"

#define PROGRAM      "netmenu-transfer"
#define STAY_LOOK_MS 1000 /* --stay: between two looks whether another sender has ended */

/* As those of netmenuctl; BUSY is for who starts one too many. */
enum {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,
    EXIT_WRONG_USE = 2,
    EXIT_BUSY = 6,
};

struct options {
    struct service_paths paths;
    bool stay, debug;
};

enum {
    OPTION_STATE_DIR = 256,
    OPTION_RUN_DIR,
    OPTION_CARD,
    OPTION_STAY,
    OPTION_DEBUG,
    OPTION_VERSION,
    OPTION_HELP,
};

static const struct option long_options[] = {
    {"state-dir", required_argument, NULL, OPTION_STATE_DIR},
    {"run-dir", required_argument, NULL, OPTION_RUN_DIR},
    {"card", required_argument, NULL, OPTION_CARD},
    {"stay", no_argument, NULL, OPTION_STAY},
    {"debug", no_argument, NULL, OPTION_DEBUG},
    {"version", no_argument, NULL, OPTION_VERSION},
    {"help", no_argument, NULL, OPTION_HELP},
    {NULL, 0, NULL, 0},
};

static void print_help(void)
{
    printf(
        _("Usage: %s [OPTION]...\n"
          "Send the queued files of netmenu in the background. netmenu and netmenuctl start it\n"
          "by themselves; it ends when there is nothing to send.\n"
          "\n"
          "  --state-dir DIR  settings, certificates and queue (%s)\n"
          "  --run-dir DIR    status and lock (%s)\n"
          "  --card DIR       mount point of a memory card, slot A first; may be given %d times\n"
          "  --stay           do not end when there is nothing to send; wait for another one's "
          "end\n"
          "  --debug          log to the terminal, with the conversation with the server\n"
          "  --version        print the version and exit\n"
          "  --help           print this text and exit\n"
          "\n"
          "Exit status: 0 ended in order; 1 failed; 2 wrong use; 6 another one is running.\n"),
        PROGRAM, NM_STATE_DIR, NM_RUN_DIR, SERVICE_CARDS_MAX);
}

static int wrong_use(void)
{
    fprintf(stderr, _("Try '%s --help' for more information.\n"), PROGRAM);
    return EXIT_WRONG_USE;
}

/* -1: go on; else the exit status. */
static int parse_options(int argc, char **argv, struct options *o)
{
    int c;

    *o = (struct options){.stay = false};
    while ((c = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        switch (c) {
        case OPTION_STATE_DIR:
            o->paths.state_dir = optarg;
            break;
        case OPTION_RUN_DIR:
            o->paths.run_dir = optarg;
            break;
        case OPTION_CARD:
            if (!service_paths_add_card(&o->paths, optarg))
                return wrong_use();
            break;
        case OPTION_STAY:
            o->stay = true;
            break;
        case OPTION_DEBUG:
            o->debug = true;
            break;
        case OPTION_VERSION:
            printf("%s %s\n", PROGRAM, PACKAGE_VERSION);
            return EXIT_DONE;
        case OPTION_HELP:
            print_help();
            return EXIT_DONE;
        default:
            return wrong_use();
        }
    }
    if (optind < argc)
        return wrong_use();
    service_paths_complete(&o->paths);
    return -1;
}

/* The diary in the state folder, or on the terminal. A full disk costs the diary only. */
static void open_log(const struct options *o)
{
    char folder[FILE_PATH_MAX], path[FILE_PATH_MAX];

    if (o->debug)
        log_to_stderr(PROGRAM, LOG_LEVEL_DEBUG);
    else if (service_paths_check(&o->paths, NULL) == 0 && /* else run() tells */
             file_path(folder, o->paths.state_dir, "log", NULL) == 0 &&
             file_path(path, folder, "transfer.log", NULL) == 0 &&
             file_make_folder(folder, 0700, STEP_SENDER, NULL) == 0)
        log_open(path, PROGRAM, LOG_LEVEL_INFO, NULL);
}

static void on_signal(void *arg)
{
    sender_stop(arg);
}

/*
 * With --stay, one that comes while another runs waits for its turn: to end would make systemd
 * start it again at once, until it gives up.
 */
static int new_sender(const struct options *o, struct loop *loop, const struct sender_times *times,
                      struct sender **ret_sd, struct err *e)
{
    const struct timespec pause = {.tv_sec = STAY_LOOK_MS / 1000,
                                   .tv_nsec = STAY_LOOK_MS % 1000 * 1000000L};
    bool told = false;
    int r;

    while ((r = sender_new(ret_sd, loop, &o->paths, times, e)) == -ERR_BUSY && o->stay) {
        if (!told)
            log_info("another sender runs, pid %s; waiting for its end", e->arg[0]);
        told = true;
        nanosleep(&pause, NULL);
    }
    return r;
}

static int run(const struct options *o)
{
    struct sender_times times = SENDER_TIMES_DEFAULT;
    struct loop_signal *term, *interrupt;
    struct loop *loop = loop_new();
    struct sender *sd = NULL;
    char line[2 * TEXT_MAX];
    struct err e;
    int r;

    if (o->stay)
        times.idle_exit = 0;
    r = new_sender(o, loop, &times, &sd, &e);
    if (r < 0) {
        text_err_line(&e, line, sizeof(line));
        log_error("%s", line);
        fprintf(stderr, "%s: %s\n", PROGRAM, line);
        loop_free(loop);
        return r == -ERR_BUSY ? EXIT_BUSY : EXIT_FAILED;
    }
    term = loop_signal_new(loop, SIGTERM, on_signal, sd);
    interrupt = loop_signal_new(loop, SIGINT, on_signal, sd);
    loop_run(loop);
    loop_signal_free(term);
    loop_signal_free(interrupt);
    sender_free(sd);
    loop_free(loop);
    return EXIT_DONE;
}

int main(int argc, char **argv)
{
    struct options o;
    int status;

    setlocale(LC_ALL, "");
    bindtextdomain(PACKAGE, LOCALEDIR);
    textdomain(PACKAGE);
    secret_protect_process();
    umask(077);
    signal(SIGPIPE, SIG_IGN);
    status = parse_options(argc, argv, &o);
    if (status >= 0)
        return status;
    open_log(&o);
    status = run(&o);
    log_close();
    return status;
}
