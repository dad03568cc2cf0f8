/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ftpes_put - drive the upload engine by hand or from a test.
 *
 *   ftpes_put [-a] [-d FOLDER] [-e overwrite|keep|skip] [-p compatible|recommended|tls13] [-r ID]
 *             [-t MS] [-v] HOST PORT CA|- USER FILE...
 *
 * The password is the first line of standard input. CA "-" is plain FTP; -a is active mode; -r goes
 * on with what may stand under the temporary name of ID; -t sets every deadline. The files keep
 * their times. BYTES are those that went out. One line of output for each file and one for the
 * session:
 *   sent NAME BYTES TLSVERSION SUITE full|resumed FROM        skipped NAME
 * (whether the data connection resumed the TLS session; at which byte the upload began)
 *   failed FILE CODE STEP "REPLY" "ARG0" "ARG1"
 *   closed CODE ...
 * Exit status: 0 when every file was sent, 1 when not, 2 for wrong arguments.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "ftpes/ftpes.h"

#define TRUST_MAX (4 * 1024 * 1024)

static struct {
    struct loop *loop;
    struct ftpes_session *session;
    const char *folder, *id;
    enum ftpes_exists exists;
    char **files;
    int count, next, sent;
    int fd;
} put;

static void print_error(const char *what, const struct err *err)
{
    printf("%s %s %s \"%s\" \"%s\" \"%s\"\n", what, err_word(err->code), err_step_word(err->step),
           err->reply, err->arg[0], err->arg[1]);
    fflush(stdout);
}

static void on_ready(void *arg)
{
    struct ftpes_task task = {.folder = put.folder, .exists = put.exists};
    char id[24];
    struct stat st;
    struct err err;

    (void)arg;
    if (put.next == put.count) {
        ftpes_session_quit(put.session);
        return;
    }
    put.fd = open(put.files[put.next], O_RDONLY | O_CLOEXEC);
    if (put.fd < 0 || fstat(put.fd, &st) < 0) {
        perror(put.files[put.next]);
        exit(2);
    }
    str_format(id, sizeof(id), "%d%d", (int)getpid(), put.next);
    task.fd = put.fd;
    task.size = st.st_size;
    task.name = str_base_name(put.files[put.next]);
    task.temp_id = put.id != NULL ? put.id : id;
    task.resume = put.id != NULL;
    task.mtime = st.st_mtime;
    if (ftpes_session_put(put.session, &task, &err) < 0) {
        print_error("failed", &err);
        exit(1);
    }
}

static void on_progress(void *arg, int64_t sent, int64_t from)
{
    (void)arg;
    (void)from;
    log_debug("progress %lld", (long long)sent);
}

static void on_done(void *arg, const struct ftpes_result *result, const struct err *err)
{
    char what[512];

    (void)arg;
    close(put.fd);
    str_format(what, sizeof(what), "failed %s", str_base_name(put.files[put.next]));
    if (err != NULL)
        print_error(what, err);
    else if (result->skipped)
        printf("skipped %s\n", result->name);
    else
        printf("sent %s %lld %s %s %s %lld\n", result->name, (long long)result->sent,
               result->tls.version != NULL ? result->tls.version : "plain",
               result->tls.suite != NULL ? result->tls.suite : "-",
               result->resumed ? "resumed" : "full", (long long)result->continued);
    fflush(stdout);
    put.sent += err == NULL;
    put.next++;
}

static void on_closed(void *arg, const struct err *err)
{
    (void)arg;
    if (err != NULL)
        print_error("closed", err);
    ftpes_session_free(put.session);
    put.session = NULL;
    loop_stop(put.loop);
}

static int choice(const char *word, const char *const *words, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return i;
    fprintf(stderr, "ftpes_put: %s?\n", word);
    exit(2);
}

int main(int argc, char **argv)
{
    static const char *const exists[] = {"overwrite", "keep", "skip"};
    static const char *const policies[] = {"compatible", "recommended", "tls13"};
    static const struct ftpes_events events = {
        .ready = on_ready, .progress = on_progress, .done = on_done, .closed = on_closed};
    struct ftpes_params params = {.times = FTPES_TIMES_DEFAULT, .passive = true};
    struct secret password = SECRET_EMPTY;
    struct buf trust;
    struct err err;
    long number;
    int option;

    buf_init(&trust, TRUST_MAX);
    put.folder = "";
    while ((option = getopt(argc, argv, "ad:e:p:r:t:v")) != -1) {
        switch (option) {
        case 'a':
            params.passive = false;
            break;
        case 'd':
            put.folder = optarg;
            break;
        case 'e':
            put.exists = (enum ftpes_exists)choice(optarg, exists, ARRAY_LEN(exists));
            break;
        case 'p':
            params.policy = (enum tls_policy)choice(optarg, policies, ARRAY_LEN(policies));
            break;
        case 'r':
            put.id = optarg;
            break;
        case 't':
            if (!str_to_long(optarg, 1, 1000000, &number))
                return 2;
            params.times = (struct ftpes_times){number, number, number, number, number, number};
            break;
        case 'v':
            log_to_stderr("ftpes_put", LOG_LEVEL_DEBUG);
            break;
        default:
            return 2;
        }
    }
    if (argc - optind < 4 || !str_to_long(argv[optind + 1], 1, 65535, &number))
        return 2;
    params.host = argv[optind];
    params.port = (uint16_t)number;
    params.user = argv[optind + 3];
    params.password = &password;
    params.secure = strcmp(argv[optind + 2], "-") != 0;
    if (params.secure && file_read(argv[optind + 2], &trust, STEP_CERTIFICATE, &err) < 0) {
        print_error("closed", &err);
        return 1;
    }
    params.trust = trust.data;
    params.trust_len = trust.len;
    put.files = argv + optind + 4;
    put.count = argc - optind - 4;
    if (secret_read_line(&password, STDIN_FILENO) < 0)
        return 2;

    put.loop = loop_new();
    if (ftpes_session_new(&put.session, put.loop, &params, &events, NULL, &err) < 0)
        print_error("closed", &err);
    else
        loop_run(put.loop);
    loop_free(put.loop);
    buf_done(&trust);
    secret_wipe(&password);
    return put.sent == put.count ? 0 : 1;
}
