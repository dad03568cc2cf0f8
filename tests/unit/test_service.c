/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include <time.h>

#include "base/record.h"
#include "service/service.h"
#include "service/service_private.h"

static struct service *open_service(void)
{
    const struct service_paths paths = {
        .state_dir = "state", .run_dir = "run", .cards = {"card-a", "card-b"}, .card_count = 2};
    struct service *svc = NULL;

    assert_ok(service_open(&paths, &svc, NULL));
    return svc;
}

static void set(struct service *svc, enum setting_id id, int server, const char *value)
{
    struct setting_change change = {.id = id, .server = server, .value = value};

    assert_ok(service_apply(svc, &change, 1, NULL));
}

static void set_password(struct service *svc)
{
    struct secret password = SECRET_EMPTY;

    assert_ok(secret_set(&password, "abcdefg1", 8));
    assert_ok(service_set_authentication(svc, "operator", &password, NULL));
}

/* A unit that may send to server 1, in clear. */
static struct service *open_ready(void)
{
    struct service *svc = open_service();

    set_password(svc);
    set(svc, SET_SERVER_HOST, 1, "ftp.example.com");
    return svc;
}

static int queue_one(struct service *svc, const char *path, char id[JOB_ID_MAX], struct err *e)
{
    const struct service_file file = {.path = path, .folder = "", .priority = JOB_ORIGINAL};
    char ids[1][JOB_ID_MAX];
    int r = service_queue(svc, 0, &file, 1, ids, e);

    if (r == 0 && id != NULL)
        str_copy(id, JOB_ID_MAX, ids[0]);
    return r;
}

static size_t job_count(struct service *svc)
{
    size_t counts[JOB_STATE_COUNT], sum = 0;

    assert_ok(spool_count(service_spool(svc), counts, NULL));
    for (size_t i = 0; i < JOB_STATE_COUNT; i++)
        sum += counts[i];
    return sum;
}

/* --- opening and settings ------------------------------------------------------------------- */

static void test_open(void **state)
{
    static const char *const folders[] = {"state", "run", "state/certificates",
                                          "state/spool/ready"};
    struct service *svc = open_service();
    struct stat st;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
        assert_int_equal(stat(folders[i], &st), 0);
        assert_int_equal(st.st_mode & 07777, 0700);
    }
    assert_false(service_password_set(svc));
    assert_false(service_told(svc).settings_lost);
    service_free(svc);
    service_free(NULL);
}

static void test_open_refused(void **state)
{
    struct service_paths paths = {.state_dir = "plain", .run_dir = "run"};
    struct service *svc = NULL;
    struct err e;

    (void)state;
    unit_write_text("plain", "");
    assert_err(service_open(&paths, &svc, &e), e, ERR_NOT_FOUND);
    paths.state_dir = "plain/below";
    assert_err(service_open(&paths, &svc, &e), e, ERR_NOT_FOUND);
}

/* root in the folders of another user: refused before anything is written there. */
static void test_open_others(void **state)
{
    struct service_paths paths = {.state_dir = "state", .run_dir = "run"};
    struct service *svc = NULL;
    struct err e;

    (void)state;
    if (geteuid() != 0)
        skip();
    assert_int_equal(mkdir("state", 0700), 0);
    assert_int_equal(chown("state", 65534, 65534), 0);
    assert_err(service_open(&paths, &svc, &e), e, ERR_OTHER_USER);
    assert_string_equal(e.arg[0], "state");
    assert_string_not_equal(e.arg[1], "");
    assert_int_equal(rmdir("state"), 0); /* empty */
    assert_false(unit_exists("run"));
    assert_int_equal(mkdir("run", 0700), 0);
    assert_int_equal(chown("run", 12345, 12345), 0);
    assert_err(service_open(&paths, &svc, &e), e, ERR_OTHER_USER);
    assert_string_equal(e.arg[1], "12345");
    assert_false(unit_exists("state"));
}

/* What killed writers left, passwords perhaps. */
static void test_open_sweeps(void **state)
{
    struct service *svc = open_service();

    (void)state;
    service_free(svc);
    unit_write_text("state/secrets.new.99999999", "");
    unit_write_text("state/certificates/server-1.pem.new.99999999", "");
    unit_write_text("run/transfer.json.new.99999999", "");
    svc = open_service();
    assert_false(unit_exists("state/secrets.new.99999999"));
    assert_false(unit_exists("state/certificates/server-1.pem.new.99999999"));
    assert_false(unit_exists("run/transfer.json.new.99999999"));
    service_free(svc);
}

static void test_told(void **state)
{
    struct service *svc;

    (void)state;
    assert_int_equal(mkdir("state", 0700), 0);
    unit_write_text("state/settings.json", "{\"format\":");
    svc = open_service();
    assert_true(service_told(svc).settings_lost);
    assert_false(service_told(svc).settings_lost);
    service_free(svc);
}

/* What one process changes, another sees once it looks. */
static void test_refresh(void **state)
{
    struct service *mine = open_service(), *other = open_service();
    int64_t stamp = service_server_stamp(mine, 1);

    (void)state;
    assert_false(service_refresh(mine));
    set_password(other);
    assert_false(service_password_set(mine));
    assert_true(service_refresh(mine));
    assert_false(service_refresh(mine));
    assert_true(service_password_set(mine));
    assert_string_equal(service_user(mine), "operator");
    assert_true(secret_equal(service_password(mine), service_password(other)));
    assert_true(service_server_stamp(mine, 1) != stamp);
    service_free(mine);
    service_free(other);
}

static void test_authentication_rules(void **state)
{
    struct service *svc = open_service();
    struct secret bad = SECRET_EMPTY;
    struct err e;

    (void)state;
    assert_ok(secret_set(&bad, "short1", 6));
    assert_err(service_set_authentication(svc, "operator", &bad, &e), e, ERR_VALUE_LENGTH);
    assert_false(service_password_set(svc));
    assert_string_not_equal(service_user(svc), "operator");
    set_password(svc);
    assert_ok(service_set_authentication(svc, "other", NULL, NULL));
    assert_string_equal(service_user(svc), "other");
    assert_true(service_password_set(svc));
    service_free(svc);
}

/* --- what must be there first ------------------------------------------------------------------
 */

static void test_ready(void **state)
{
    struct service *svc = open_service();
    struct ftpes_params params;
    struct buf trust;
    struct err e;

    (void)state;
    unit_write_text("clip", "x");
    buf_init(&trust, CERT_FILE_MAX);
    assert_err(service_server_ready(svc, 1, &e), e, ERR_NO_PASSWORD);
    assert_err(queue_one(svc, "clip", NULL, &e), e, ERR_NO_PASSWORD);
    set_password(svc);
    assert_err(service_server_ready(svc, 1, &e), e, ERR_NO_SERVER);
    assert_string_equal(e.arg[0], "1");
    assert_err(service_server_ready(svc, 99, &e), e, ERR_NO_SERVER);
    assert_err(queue_one(svc, "clip", NULL, &e), e, ERR_NO_SERVER);
    set(svc, SET_SERVER_HOST, 2, "ftp.example.com");
    set(svc, SET_SERVER_PORT, 2, "2121");
    set(svc, SET_TRANSFER_DEFAULT_SERVER, 0, "2");
    assert_ok(service_server_ready(svc, 2, NULL));
    assert_ok(service_server_ready(svc, 0, NULL));
    assert_ok(service_server_params(svc, 2, &params, &trust, NULL));
    assert_string_equal(params.host, "ftp.example.com");
    assert_int_equal(params.port, 2121);
    assert_false(params.secure);
    assert_null(params.trust);
    set(svc, SET_SERVER_SECURE, 2, "on");
    assert_err(service_server_ready(svc, 0, &e), e, ERR_NO_CERTIFICATE);
    assert_err(queue_one(svc, "clip", NULL, &e), e, ERR_NO_CERTIFICATE);
    unit_write_text("state/certificates/server-2.pem", "pem");
    assert_ok(service_server_params(svc, 2, &params, &trust, NULL));
    assert_true(params.secure);
    assert_int_equal(params.trust_len, 3);
    assert_int_equal(job_count(svc), 0);
    buf_done(&trust);
    service_free(svc);
}

/* --- certificates --------------------------------------------------------------------------- */

static void copy(const char *from, const char *to)
{
    struct buf b;

    buf_init(&b, CERT_FILE_MAX);
    assert_ok(file_read(from, &b, STEP_CERTIFICATE, NULL));
    unit_write(to, b.data, b.len);
    buf_done(&b);
}

static void test_certificate(void **state)
{
    struct service *svc = open_service();
    struct media_card cards[SERVICE_CARDS_MAX];
    struct cert_bundle bundle;
    char good[JOB_PATH_MAX];
    int64_t stamp;
    struct buf pem;
    struct err e;

    (void)state;
    str_format(good, sizeof(good), "%s/tests/unit/data/cert/root.pem", getenv("top_srcdir"));
    buf_init(&pem, CERT_FILE_MAX);
    assert_int_equal(service_cards(svc, cards), 2);
    assert_false(cards[0].present);
    assert_err(service_certificate_load(svc, 3, NULL, &e), e, ERR_NO_CARD);
    assert_int_equal(mkdir("card-b", 0700), 0);
    assert_err(service_certificate_load(svc, 3, NULL, &e), e, ERR_NO_CERTIFICATE_FILE);
    assert_err(service_certificate(svc, 3, &bundle, &e), e, ERR_NO_CERTIFICATE);
    copy(good, "card-b/" CERT_FILE_NAME);
    assert_ok(service_certificate_check(svc, NULL, &pem, &bundle, NULL));
    assert_true(bundle.count > 0);
    cert_bundle_done(&bundle);
    assert_err(service_certificate(svc, 3, &bundle, &e), e, ERR_NO_CERTIFICATE);

    stamp = service_server_stamp(svc, 3);
    assert_ok(service_certificate_load(svc, 3, NULL, NULL));
    assert_true(service_server_stamp(svc, 3) != stamp);
    assert_ok(service_certificate(svc, 3, &bundle, NULL));
    cert_bundle_done(&bundle);
    unit_write_text("bad.pem", "garbage");
    assert_err(service_certificate_load(svc, 3, "bad.pem", &e), e, ERR_CERT_NOT_PEM);
    assert_err(service_certificate_load(svc, 99, good, &e), e, ERR_NO_SERVER);
    assert_ok(service_certificate(svc, 3, &bundle, NULL)); /* the old one stays */
    cert_bundle_done(&bundle);
    assert_ok(service_certificate_load(svc, 0, good, NULL));
    assert_ok(service_certificate(svc, 1, &bundle, NULL));
    cert_bundle_done(&bundle);
    assert_ok(service_certificate_clear(svc, 3, NULL));
    assert_ok(service_certificate_clear(svc, 3, NULL));
    assert_err(service_certificate(svc, 3, &bundle, &e), e, ERR_NO_CERTIFICATE);
    buf_done(&pem);
    service_free(svc);
}

/* --- queueing ------------------------------------------------------------------------------------
 */

static void test_queue(void **state)
{
    struct service *svc = open_ready();
    struct service_file files[3];
    char ids[3][JOB_ID_MAX], real[JOB_PATH_MAX], path[JOB_PATH_MAX + 32];
    struct job job;
    struct stat st;

    (void)state;
    assert_int_equal(mkdir("card", 0700), 0);
    assert_int_equal(symlink("card", "way"), 0);
    unit_write_text("card/A001.mxf", "twelve bytes");
    unit_write_text("card/B \xff.mxf", "");
    files[0] = (struct service_file){.path = "card/A001.mxf", .priority = JOB_ORIGINAL};
    files[1] = (struct service_file){
        .path = "way/A001.mxf", .folder = "Main/day 1", .priority = JOB_PROXY};
    files[2] =
        (struct service_file){.path = "card/B \xff.mxf", .folder = "", .priority = JOB_ORIGINAL};
    assert_ok(service_queue(svc, 0, files, 3, ids, NULL));
    assert_non_null(getcwd(real, sizeof(real)));

    assert_ok(spool_read(service_spool(svc), ids[0], &job, NULL));
    str_format(path, sizeof(path), "%s/card/A001.mxf", real);
    assert_string_equal(job.path, path);
    assert_string_equal(job.name, "A001.mxf");
    assert_string_equal(job.folder, "");
    assert_int_equal(job.bytes, 12);
    assert_int_equal(stat("card/A001.mxf", &st), 0);
    assert_int_equal(job.mtime, st.st_mtime);
    assert_int_equal(job.server, 1);
    assert_int_equal(job.state, JOB_WAITING);

    assert_ok(spool_read(service_spool(svc), ids[1], &job, NULL));
    assert_string_equal(job.path, path);
    assert_string_equal(job.folder, "Main/day 1");
    assert_int_equal(job.priority, JOB_PROXY);

    assert_ok(spool_read(service_spool(svc), ids[2], &job, NULL));
    assert_string_equal(job.name, "B \xff.mxf");
    assert_int_equal(job.bytes, 0);

    assert_ok(service_queue(svc, 1, files, 3, NULL, NULL));
    assert_ok(service_queue(svc, 1, files, 0, NULL, NULL));
    assert_int_equal(job_count(svc), 6);
    service_free(svc);
}

/* One file that cannot be sent: none is queued, and the error names it. */
static void test_queue_refuses(void **state)
{
    static const struct {
        const char *path, *folder;
        enum err_code want;
    } cases[] = {
        {"none", "", ERR_CLIP_GONE},
        {"none/clip", "", ERR_CLIP_GONE},
        {"good/clip", "", ERR_CLIP_GONE},
        {"folder", "", ERR_NOT_REGULAR},
        {"link", "", ERR_NOT_REGULAR},
        {"fifo", "", ERR_NOT_REGULAR},
        {"/dev/zero", "", ERR_NOT_REGULAR},
        {"a\nb", "", ERR_NAME},
        {"a\x7f"
         "b",
         "", ERR_NAME},
        {"folder/", "", ERR_NAME},
        {"..", "", ERR_NAME},
        {"", "", ERR_NAME},
        {"good", "..", ERR_FOLDER_NAME},
        {"good", "a/../b", ERR_FOLDER_NAME},
        {"good", "/a", ERR_FOLDER_NAME},
        {"good", "a//b", ERR_FOLDER_NAME},
        {"good", "a\rb", ERR_FOLDER_NAME},
    };
    struct service *svc = open_ready();
    struct service_file files[2] = {{.path = "good", .priority = JOB_ORIGINAL}};
    struct err e;

    (void)state;
    unit_write_text("good", "x");
    unit_write_text("a\nb", "x");
    unit_write_text("a\x7f"
                    "b",
                    "x");
    assert_int_equal(mkdir("folder", 0700), 0);
    assert_int_equal(symlink("good", "link"), 0);
    assert_int_equal(mkfifo("fifo", 0600), 0);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        files[1] = (struct service_file){
            .path = cases[i].path, .folder = cases[i].folder, .priority = JOB_ORIGINAL};
        assert_err(service_queue(svc, 1, files, 2, NULL, &e), e, cases[i].want);
        assert_int_equal(job_count(svc), 0);
    }
    assert_err(queue_one(svc, "none", NULL, &e), e, ERR_CLIP_GONE);
    assert_string_equal(e.arg[0], "none");
    assert_int_equal(e.step, STEP_CLIP);
    service_free(svc);
}

/* --- jobs
 * ------------------------------------------------------------------------------------------ */

typedef int job_verb(struct service *svc, const char *id, struct err *e);

/* What each verb makes of a job in each state; JOB_STATE_COUNT: refused. */
static void test_verbs(void **state)
{
    static const struct {
        job_verb *verb;
        enum job_state from, to;
    } cases[] = {
        {service_job_suspend, JOB_WAITING, JOB_SUSPENDED},
        {service_job_suspend, JOB_DEFERRED, JOB_SUSPENDED},
        {service_job_suspend, JOB_SUSPENDED, JOB_SUSPENDED},
        {service_job_suspend, JOB_COMPLETED, JOB_STATE_COUNT},
        {service_job_suspend, JOB_FAILED, JOB_STATE_COUNT},
        {service_job_resume, JOB_SUSPENDED, JOB_WAITING},
        {service_job_resume, JOB_WAITING, JOB_STATE_COUNT},
        {service_job_resume, JOB_FAILED, JOB_STATE_COUNT},
        {service_job_retry, JOB_FAILED, JOB_WAITING},
        {service_job_retry, JOB_DEFERRED, JOB_WAITING},
        {service_job_retry, JOB_COMPLETED, JOB_STATE_COUNT},
        {service_job_retry, JOB_SUSPENDED, JOB_STATE_COUNT},
    };
    struct service *svc = open_ready();
    char id[JOB_ID_MAX];
    struct job job;
    struct err e;

    (void)state;
    unit_write_text("clip", "x");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_ok(queue_one(svc, "clip", id, NULL));
        assert_ok(spool_read(service_spool(svc), id, &job, NULL));
        job.deferrals = 5;
        job.next = 1900000000;
        if (cases[i].from != JOB_WAITING)
            assert_ok(spool_move(service_spool(svc), &job, cases[i].from, NULL));
        if (cases[i].to == JOB_STATE_COUNT) {
            assert_err(cases[i].verb(svc, id, &e), e, ERR_UNAVAILABLE);
            assert_string_equal(e.arg[1], job_state_word(cases[i].from));
            continue;
        }
        assert_ok(cases[i].verb(svc, id, NULL));
        assert_ok(spool_read(service_spool(svc), id, &job, NULL));
        assert_int_equal(job.state, cases[i].to);
        if (cases[i].verb != service_job_suspend) {
            assert_true(job.retry);
            assert_int_equal(job.deferrals, 0);
            assert_int_equal(job.next, 0);
        }
    }
    assert_err(service_job_retry(svc, "5-019f3c2a77d1-00000a3f1-s1", &e), e, ERR_NOT_FOUND);
    assert_err(service_job_delete(svc, "../x", &e), e, ERR_NOT_FOUND);
    service_free(svc);
}

/* An active job belongs to the sender: it is asked. */
static void test_verbs_ask(void **state)
{
    struct service *svc = open_ready();
    struct spool *sp = service_spool(svc);
    enum job_request request;
    char id[JOB_ID_MAX], asked[JOB_ID_MAX];
    struct job job;
    struct err e;
    int lock;

    (void)state;
    unit_write_text("clip", "x");
    assert_ok(service_sender_lock(svc, &lock, NULL)); /* as a sender would */
    assert_ok(queue_one(svc, "clip", id, NULL));
    assert_ok(spool_read(sp, id, &job, NULL));
    assert_ok(spool_move(sp, &job, JOB_TRANSFERRING, NULL));
    assert_ok(service_job_suspend(svc, id, NULL));
    assert_true(spool_next_request(sp, asked, &request));
    assert_string_equal(asked, id);
    assert_int_equal(request, JOB_REQUEST_SUSPEND);
    assert_ok(spool_request_done(sp, id, request, NULL));
    assert_ok(service_job_delete(svc, id, NULL));
    assert_true(spool_next_request(sp, asked, &request));
    assert_int_equal(request, JOB_REQUEST_DELETE);
    assert_err(service_job_retry(svc, id, &e), e, ERR_UNAVAILABLE);
    assert_err(service_job_resume(svc, id, &e), e, ERR_UNAVAILABLE);
    assert_ok(spool_read(sp, id, &job, NULL));
    assert_int_equal(job.state, JOB_TRANSFERRING);
    close(lock);
    service_free(svc);
}

static void test_clear(void **state)
{
    static const enum job_state states[] = {JOB_WAITING, JOB_COMPLETED, JOB_FAILED, JOB_COMPLETED,
                                            JOB_SUSPENDED};
    struct service *svc = open_ready();
    char id[JOB_ID_MAX];
    struct job job;

    (void)state;
    unit_write_text("clip", "x");
    for (size_t i = 0; i < ARRAY_LEN(states); i++) {
        assert_ok(queue_one(svc, "clip", id, NULL));
        assert_ok(spool_read(service_spool(svc), id, &job, NULL));
        if (states[i] != JOB_WAITING)
            assert_ok(spool_move(service_spool(svc), &job, states[i], NULL));
    }
    assert_ok(service_jobs_clear(svc, true, NULL));
    assert_int_equal(job_count(svc), 3);
    assert_ok(service_jobs_clear(svc, false, NULL));
    assert_int_equal(job_count(svc), 0);
    service_free(svc);
}

/* --- the sender --------------------------------------------------------------------------------
 */

static void write_status(long pid)
{
    struct record *r = record_new(), *item;

    record_set_int(r, "pid", pid);
    record_set_int(r, "rate", 7);
    item = record_add_item(r, "active");
    record_set_str(item, "id", "5-019f3c2a77d1-00000a3f1-s1");
    record_set_int(item, "sent", 5);
    record_set_int(item, "bytes", 10);
    record_set_int(item, "rate", 7);
    assert_ok(record_save_volatile(r, "run/transfer.json", STEP_SENDER, NULL));
    record_free(r);
}

static void test_sender_status(void **state)
{
    struct service *svc = open_service(), *other = open_service();
    struct sender_status status;
    int lock, second;
    struct err e;
    char pid[24];

    (void)state;
    write_status(getpid());
    service_sender_status(svc, &status);
    assert_false(status.running);
    assert_int_equal(status.active_count, 0);

    assert_ok(service_sender_lock(other, &lock, NULL));
    assert_err(service_sender_lock(svc, &second, &e), e, ERR_BUSY);
    str_format(pid, sizeof(pid), "%ld", (long)getpid());
    assert_string_equal(e.arg[0], pid);
    service_sender_status(svc, &status);
    assert_true(status.running);
    assert_int_equal(status.pid, getpid());
    assert_int_equal(status.active_count, 1);
    assert_string_equal(status.active[0].id, "5-019f3c2a77d1-00000a3f1-s1");
    assert_int_equal(status.active[0].sent, 5);
    assert_int_equal(status.active[0].bytes, 10);
    assert_int_equal(status.rate, 7);

    write_status(getpid() + 1); /* left by another one that was killed */
    service_sender_status(svc, &status);
    assert_true(status.running);
    assert_int_equal(status.active_count, 0);

    unit_write_text("run/transfer.json", "{");
    service_sender_status(svc, &status);
    assert_true(status.running);
    close(lock);
    service_sender_status(svc, &status);
    assert_false(status.running);
    service_free(svc);
    service_free(other);
}

/* Disconnect All: nothing that waits goes on by itself, and all of it does when it is told to. */
static void test_suspend_and_resume_all(void **state)
{
    struct service *svc = open_ready();
    char id[JOB_ID_MAX];
    size_t count = 9;
    struct job job;

    (void)state;
    assert_ok(service_jobs_suspend_all(svc, &count, NULL));
    assert_int_equal(count, 0);
    unit_write_text("a.mxf", "clip");
    for (int i = 0; i < 3; i++)
        assert_ok(queue_one(svc, "a.mxf", id, NULL));
    assert_ok(service_job_suspend(svc, id, NULL));
    assert_ok(service_jobs_suspend_all(svc, &count, NULL));
    assert_int_equal(count, 2); /* the third was suspended before */
    assert_ok(spool_read(service_spool(svc), id, &job, NULL));
    assert_int_equal(job.state, JOB_SUSPENDED);
    assert_ok(service_jobs_resume_all(svc, &count, NULL));
    assert_int_equal(count, 3);
    assert_ok(spool_read(service_spool(svc), id, &job, NULL));
    assert_int_equal(job.state, JOB_WAITING);
    service_free(svc);
}

int main(void)
{
#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, unit_enter, unit_leave)
    const struct CMUnitTest tests[] = {
        FILE_TEST(test_open),         FILE_TEST(test_suspend_and_resume_all),
        FILE_TEST(test_open_refused), FILE_TEST(test_open_others),
        FILE_TEST(test_open_sweeps),  FILE_TEST(test_told),
        FILE_TEST(test_refresh),      FILE_TEST(test_authentication_rules),
        FILE_TEST(test_ready),        FILE_TEST(test_certificate),
        FILE_TEST(test_queue),        FILE_TEST(test_queue_refuses),
        FILE_TEST(test_verbs),        FILE_TEST(test_verbs_ask),
        FILE_TEST(test_clear),        FILE_TEST(test_sender_status),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
