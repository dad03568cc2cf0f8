/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/unit.h"

#include <sys/time.h>

#include "media/media.h"

static void test_kinds(void **state)
{
    static const struct {
        const char *path;
        enum media_kind kind;
    } rows[] = {
        {"XDROOT/Clip/A001C001_261122.MXF", MEDIA_ORIGINAL},
        {"XDROOT/Sub/A001C001_261122S03.MP4", MEDIA_PROXY},
        {"PRIVATE/M4ROOT/CLIP/C0001.MP4", MEDIA_ORIGINAL},
        {"PRIVATE/M4ROOT/SUB/C0001S03.MP4", MEDIA_PROXY},
        {"PRIVATE/M4ROOT/CLIP/C0001M01.XML", MEDIA_OTHER},
        {"PRIVATE/M4ROOT/THMBNL/C0001T01.JPG", MEDIA_OTHER},
        {"A001.RDM/A001_C001.RDC/A001_C001_001.R3D", MEDIA_ORIGINAL},
        {"Proxy/A001C001.mov", MEDIA_PROXY},
        {"A001_Proxy.MOV", MEDIA_PROXY},
        {"a001-proxy.mp4", MEDIA_PROXY},
        {"A001C001S03.MP4", MEDIA_PROXY},
        {"A001C001.MXF", MEDIA_ORIGINAL},
        {"a001.mxf", MEDIA_ORIGINAL},
        {"S03.MP4", MEDIA_ORIGINAL}, /* nothing before the mark */
        {"Subway/A001.MXF", MEDIA_ORIGINAL},
        {"A001.Sub.MXF", MEDIA_ORIGINAL},
        {"certification.pem", MEDIA_OTHER},
        {"MXF", MEDIA_OTHER},
        {".MXF", MEDIA_OTHER},
        {"._A001.MXF", MEDIA_OTHER},
        {"A001.MXF.part", MEDIA_OTHER},
        {"A001.", MEDIA_OTHER},
        {"", MEDIA_OTHER},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (media_kind_of(rows[i].path) != rows[i].kind)
            fail_msg("%s: %s", rows[i].path, media_kind_word(media_kind_of(rows[i].path)));
}

static struct media_card card_at(const char *path)
{
    struct media_card card;

    media_cards(&path, 1, &card);
    return card;
}

static void test_cards(void **state)
{
    static const char *const paths[] = {"none", "slot-b", "file"};
    struct media_card cards[3], again[3];
    char path[FILE_PATH_MAX] = "old";
    struct err e;

    (void)state;
    unit_write_text("file", "x");
    media_cards(paths, 3, cards);
    assert_err(media_find(cards, 3, "certification.pem", path, &e), e, ERR_NO_CARD);
    assert_err(media_find(cards, 0, "certification.pem", path, &e), e, ERR_NO_CARD);
    assert_int_equal(mkdir("slot-b", 0700), 0);
    media_cards(paths, 3, again);
    assert_false(media_same_card(&cards[1], &again[1]));
    assert_false(again[0].present);
    assert_true(again[1].present);
    assert_false(again[2].present);
    assert_int_equal(again[1].letter, 'B');
    assert_string_equal(again[1].path, "slot-b");
    assert_err(media_find(again, 3, "certification.pem", path, &e), e, ERR_NOT_FOUND);
    assert_string_equal(e.arg[0], "certification.pem");
    assert_string_equal(path, "old");
    media_cards(paths, 3, cards);
    assert_true(media_same_card(&cards[1], &again[1]));
}

/* The first card that has it, whatever it is: a link is for the reader to refuse. */
static void test_find(void **state)
{
    static const char *const paths[] = {"a", "b", "c"};
    struct media_card cards[3];
    char path[FILE_PATH_MAX];

    (void)state;
    assert_int_equal(mkdir("a", 0700), 0);
    assert_int_equal(mkdir("b", 0700), 0);
    assert_int_equal(mkdir("c", 0700), 0);
    unit_write_text("c/certification.pem", "x");
    media_cards(paths, 3, cards);
    assert_ok(media_find(cards, 3, "certification.pem", path, NULL));
    assert_string_equal(path, "c/certification.pem");
    assert_int_equal(symlink("/dev/zero", "b/certification.pem"), 0);
    assert_ok(media_find(cards, 3, "certification.pem", path, NULL));
    assert_string_equal(path, "b/certification.pem");
}

static void make(const char *path, const char *text)
{
    char folder[FILE_PATH_MAX];

    str_copy(folder, sizeof(folder), path);
    *strrchr(folder, '/') = '\0';
    assert_ok(file_make_folder(folder, 0700, STEP_CARD, NULL));
    unit_write_text(path, text);
}

static void test_list(void **state)
{
    static const struct {
        const char *path;
        enum media_kind kind;
        int64_t bytes;
    } want[] = {
        {"XDROOT/Clip/A001C001.MXF", MEDIA_ORIGINAL, 3},
        {"XDROOT/Sub/A001C001S03.MP4", MEDIA_PROXY, 1},
        {"XDROOT/Clip/A001C002.MXF", MEDIA_ORIGINAL, 0},
        {"A002.MOV", MEDIA_ORIGINAL, 2},
        {"PRIVATE/M4ROOT/CLIP/C0001.MP4", MEDIA_ORIGINAL, 4},
        {"copy/C0001.MP4", MEDIA_ORIGINAL, 5},
        {"caf\xe9.mxf", MEDIA_ORIGINAL, 1},
    };
    const struct timeval times[2] = {{.tv_sec = 1234567890}, {.tv_sec = 1234567890}};
    struct media_card card;
    struct media_clips clips;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(want); i++) {
        char path[FILE_PATH_MAX];

        str_format(path, sizeof(path), "card/%s", want[i].path);
        make(path, &"12345"[5 - want[i].bytes]);
        assert_int_equal(utimes(path, times), 0);
    }
    make("card/XDROOT/Clip/A001C001M01.XML", "x");
    make("card/.Trashes/A001C009.MXF", "x");
    make("card/XDROOT/Clip/._A001C001.MXF", "x");
    make("outside/B001.MXF", "x");
    assert_int_equal(symlink("../outside/B001.MXF", "card/B001.MXF"), 0);
    assert_int_equal(symlink("../outside", "card/outside"), 0);
    assert_int_equal(symlink("card", "link"), 0);
    assert_int_equal(mkfifo("card/pipe.MXF", 0600), 0);
    assert_int_equal(mkdir("card/folder.MXF", 0700), 0);
    card = card_at("link"); /* a slot may be named by a link */
    assert_ok(media_list(&card, &clips, NULL));
    assert_false(clips.incomplete);
    assert_int_equal(clips.count, ARRAY_LEN(want));
    for (size_t i = 0; i < clips.count; i++) {
        assert_string_equal(clips.clips[i].path, want[i].path);
        assert_string_equal(clips.clips[i].name, str_base_name(want[i].path));
        assert_int_equal(clips.clips[i].kind, want[i].kind);
        assert_int_equal(clips.clips[i].bytes, want[i].bytes);
        assert_int_equal(clips.clips[i].mtime, 1234567890);
    }
    media_clips_done(&clips);
    media_clips_done(&clips);
}

static void test_list_refused(void **state)
{
    struct media_card card = card_at("none");
    struct media_clips clips = {.count = 9};
    struct err e;

    (void)state;
    assert_err(media_list(&card, &clips, &e), e, ERR_NO_CARD);
    assert_string_equal(e.arg[0], "A");
    assert_int_equal(clips.count, 9);
    assert_int_equal(mkdir("empty", 0700), 0);
    card = card_at("empty");
    assert_ok(media_list(&card, &clips, &e));
    assert_int_equal(clips.count, 0);
    media_clips_done(&clips);
    assert_int_equal(rmdir("empty"), 0); /* pulled between looking and listing */
    assert_err(media_list(&card, &clips, &e), e, ERR_NO_CARD);
}

static void test_depth(void **state)
{
    char path[FILE_PATH_MAX] = "card";
    struct media_card card;
    struct media_clips clips;

    (void)state;
    for (int i = 0; i <= MEDIA_DEPTH_MAX; i++) {
        size_t len = strlen(path);

        assert_int_equal(mkdir(path, 0700), 0);
        str_format(path + len, sizeof(path) - len, "/A%d.MXF", i);
        unit_write_text(path, "");
        str_format(path + len, sizeof(path) - len, "/d");
    }
    card = card_at("card");
    assert_ok(media_list(&card, &clips, NULL));
    assert_int_equal(clips.count, MEDIA_DEPTH_MAX + 1);
    assert_false(clips.incomplete);
    media_clips_done(&clips);
    assert_int_equal(mkdir(path, 0700), 0); /* one deeper */
    assert_ok(media_list(&card, &clips, NULL));
    assert_int_equal(clips.count, MEDIA_DEPTH_MAX + 1);
    assert_true(clips.incomplete);
    media_clips_done(&clips);
}

static void test_ceiling(void **state)
{
    struct media_card card;
    struct media_clips clips;
    char path[64];

    (void)state;
    make("card/00000.MXF", "");
    for (int i = 1; i <= MEDIA_CLIPS_MAX; i++) {
        str_format(path, sizeof(path), "card/%05d.MXF", i);
        assert_int_equal(link("card/00000.MXF", path), 0);
    }
    card = card_at("card");
    assert_ok(media_list(&card, &clips, NULL));
    assert_int_equal(clips.count, MEDIA_CLIPS_MAX);
    assert_true(clips.incomplete);
    media_clips_done(&clips);
    assert_int_equal(unlink(path), 0);
    assert_ok(media_list(&card, &clips, NULL));
    assert_int_equal(clips.count, MEDIA_CLIPS_MAX);
    assert_false(clips.incomplete);
    for (size_t i = 0; i < clips.count; i++)
        assert_int_equal(atol(clips.clips[i].name), i);
    media_clips_done(&clips);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, unit_enter, unit_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds), IN_FOLDER(test_cards),        IN_FOLDER(test_find),
        IN_FOLDER(test_list),         IN_FOLDER(test_list_refused), IN_FOLDER(test_depth),
        IN_FOLDER(test_ceiling),
    };

    return cmocka_run_group_tests_name("media", tests, NULL, NULL);
}
