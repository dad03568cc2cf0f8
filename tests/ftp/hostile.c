/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hostile.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define COMMANDS_MAX 400 /* of one session */

/* --- dice ------------------------------------------------------------------------------------- */

/* splitmix64 */
static uint64_t next(struct hostile *h)
{
    uint64_t z = h->random += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

unsigned hostile_random(struct hostile *h, unsigned n)
{
    return (unsigned)(next(h) % n);
}

bool hostile_percent(struct hostile *h, unsigned percent)
{
    return hostile_random(h, 100) < percent;
}

void hostile_wrong(struct hostile *h, const char *what, const char *detail)
{
    fprintf(stderr, "  WRONG: %s: %s\n", what, detail);
    if (h->verdict->wrong[0] == '\0')
        snprintf(h->verdict->wrong, sizeof(h->verdict->wrong), "%s: %s", what, detail);
}

void hostile_note(struct hostile *h, const char *what)
{
    fprintf(stderr, "  server: %s\n", what);
    h->verdict->mischiefs++;
}

/* --- saying ----------------------------------------------------------------------------------- */

static void flood(struct hostile *h, const char *line, unsigned times)
{
    while (times-- > 0 && link_write(&h->control, line, strlen(line)))
        ;
}

static void say(struct hostile *h, const char *text)
{
    fprintf(stderr, "  server> %.300s\n", text);
    link_write(&h->control, text, strlen(text));
    link_write(&h->control, "\r\n", 2);
}

/* The same reply in many lines, some of them like others' ends. */
static void say_in_lines(struct hostile *h, const char *reply)
{
    char text[HOSTILE_LINE];

    snprintf(text, sizeof(text), "%.3s-first\r\n 230 in\r\n%.3s-more\r\n%.3d no\r\n%.3s\r\n%s",
             reply, reply, atoi(reply) == 550 ? 226 : 550, "999x", reply);
    say(h, text);
}

/* Break a connection from here on, in one of the ways of networks and of those who attack them. */
void hostile_break_link(struct hostile *h, struct link *l)
{
    static const enum link_cut cuts[] = {LINK_CUT_CLOSE, LINK_CUT_RESET, LINK_CUT_STALL,
                                         LINK_CUT_FLIP};

    switch (hostile_random(h, 7)) {
    case 0:
        hostile_note(h, "cut");
        l->cut = cuts[hostile_random(h, 4)];
        l->cut_after = hostile_random(h, l->ssl != NULL || !h->secure ? 60 : 1500);
        break;
    case 1:
        hostile_note(h, "close");
        link_close(l);
        break;
    case 2:
        hostile_note(h, "drop");
        link_drop(l);
        break;
    case 3:
        hostile_note(h, "reset");
        link_reset(l);
        break;
    case 4:
        hostile_note(h, "alert");
        if (l->ssl != NULL)
            link_alert(l);
        break;
    case 5:
        hostile_note(h, "new handshake");
        if (l->ssl != NULL)
            link_renegotiate(l);
        break;
    default:
        hostile_note(h, "clear text");
        if (l->fd >= 0)
            link_write_raw(l, "226 done\r\n", 10);
    }
}

static void random_reply(struct hostile *h)
{
    static const int codes[] = {110, 125, 150, 200, 202, 211, 213, 220, 226, 227, 229, 230, 234,
                                250, 257, 331, 332, 334, 350, 421, 425, 426, 450, 451, 452, 500,
                                501, 502, 503, 504, 521, 522, 530, 532, 534, 550, 551, 552, 553};
    char text[64];

    snprintf(text, sizeof(text), "%d at random",
             codes[hostile_random(h, sizeof(codes) / sizeof(codes[0]))]);
    say(h, text);
}

/* One that nobody asked for. Behind RNFR's a 2xx would pass for RNTO's: a lie that nobody finds. */
static void extra_reply(struct hostile *h)
{
    if (strncmp(h->command, "RNFR", 4) == 0)
        say(h, "450 nobody asked");
    else
        random_reply(h);
}

static void mischief(struct hostile *h, const char *reply)
{
    static const char *const rubbish[] = {
        "",         "what",         "2",        "99 x",   "600 x",    "200x", "-1 x",   "2000 x",
        "HTTP/1.1", "\x16\x03\x01", "\xff\xf4", "200\tx", "1\r\n2 x", "200-", "\033[2J"};

    hostile_note(h, "mischief");
    switch (hostile_random(h, 12)) {
    case 0: /* silence */
        break;
    case 1:
        say(h, rubbish[hostile_random(h, sizeof(rubbish) / sizeof(rubbish[0]))]);
        break;
    case 2: /* one too many */
        say(h, reply);
        extra_reply(h);
        break;
    case 3:
        extra_reply(h);
        say(h, reply);
        break;
    case 4:
        flood(h, "220-more\r\n", 1500);
        break;
    case 5:
        flood(h, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 2000);
        break;
    case 6:
        say(h, "421 I have enough of you");
        h->over = hostile_percent(h, 50);
        break;
    case 7:
        usleep(60000);
        say(h, reply);
        break;
    case 8:
        say_in_lines(h, reply);
        break;
    case 9:
        hostile_break_link(h, &h->control);
        say(h, reply);
        break;
    default:
        random_reply(h);
    }
}

/* The right reply, most of the time. */
void hostile_say(struct hostile *h, const char *reply)
{
    if (hostile_percent(h, h->malice))
        mischief(h, reply);
    else
        say(h, reply);
}

/* One of several that are all right; more of them are separated by '|'. */
static void say_one_of(struct hostile *h, const char *choice)
{
    char text[HOSTILE_LINE];
    unsigned count = 1;

    for (const char *p = choice; *p != '\0'; p++)
        count += *p == '|';
    for (unsigned n = hostile_random(h, count); n > 0; n--)
        choice = strchr(choice, '|') + 1;
    snprintf(text, sizeof(text), "%.*s", (int)strcspn(choice, "|"), choice);
    hostile_say(h, text);
}

/* --- answers that have to do with what there is ----------------------------------------------- */

static void size_reply(struct hostile *h, const char *name)
{
    const struct disk_file *file = disk_find(h->disk, name);
    char text[64];

    if (!h->lied && hostile_percent(h, 10)) {
        say_one_of(h, "500 what|502 no|504 no|450 busy|550 not now");
    } else if (file == NULL) {
        say_one_of(h, "550 no such file|550 not found");
    } else if (hostile_percent(h, h->malice)) {
        hostile_note(h, "another size");
        snprintf(text, sizeof(text), "213 %zu", h->size + 1 + hostile_random(h, 9));
        say(h, text);
    } else {
        snprintf(text, sizeof(text), "213 %zu", file->size);
        say(h, text);
    }
}

/* The hash of what is there; another one where other bytes are. */
static void hash_reply(struct hostile *h, const char *name, const char *code)
{
    const struct disk_file *file = disk_find(h->disk, name);
    unsigned char digest[EVP_MAX_MD_SIZE], *bytes;
    char text[256] = "";
    unsigned len = 0;

    if (file == NULL) {
        hostile_say(h, "550 no such file");
        return;
    }
    bytes = malloc(file->size + 1);
    for (size_t i = 0; i < file->size; i++)
        bytes[i] = (unsigned char)(script_byte(i) + !file->equal);
    EVP_Digest(bytes, file->size, digest, &len, EVP_sha256(), NULL);
    free(bytes);
    digest[0] = (unsigned char)(digest[0] + hostile_percent(h, h->malice));
    for (unsigned i = 0; i < len; i++)
        snprintf(text + 2 * i, sizeof(text) - 2 * i, "%02x", digest[i]);
    snprintf(text + 2 * len, sizeof(text) - 2 * len, " %.60s", name);
    memmove(text + 4, text, strlen(text) + 1 < sizeof(text) - 4 ? strlen(text) + 1 : 0);
    memcpy(text, code, 4);
    hostile_say(h, text);
}

/* It renames when it says so. */
static void rnto_reply(struct hostile *h, const char *name)
{
    if (hostile_percent(h, h->malice)) {
        hostile_note(h, "no new name");
        if (hostile_percent(h, 30))
            disk_rename(h->disk, h->rename, name); /* done, and told otherwise or not at all */
        say(h, hostile_percent(h, 50) ? "550 no" : hostile_percent(h, 50) ? "450 busy" : "553 no");
        if (hostile_percent(h, 30))
            hostile_break_link(h, &h->control);
    } else if (disk_rename(h->disk, h->rename, name)) {
        say(h, "250 renamed");
    } else {
        say(h, "550 no such file");
    }
}

static void dele_reply(struct hostile *h, const char *name)
{
    if (disk_find(h->disk, name) == NULL || hostile_percent(h, h->malice)) {
        say(h, "550 no");
        return;
    }
    disk_remove(h->disk, name);
    say(h, "250 gone");
}

static void feat_reply(struct hostile *h)
{
    static const char *const features[] = {
        " UTF8", " REST STREAM", " MFMT", " XSHA256", " HASH SHA-256*;MD5",
        " TVFS", "211-SIZE",     "\tMDTM"};
    char text[HOSTILE_LINE] = "211-Features:";

    if (hostile_percent(h, 30)) {
        say_one_of(h, "500 what|211 none|502 no|211-\r\n211 end");
        return;
    }
    for (size_t i = 0; i < sizeof(features) / sizeof(features[0]); i++)
        if (hostile_percent(h, 60)) {
            strcat(text, "\r\n");
            strcat(text, features[i]);
        }
    strcat(text, "\r\n211 End");
    hostile_say(h, text);
}

/* --- commands --------------------------------------------------------------------------------- */

static void auth_reply(struct hostile *h)
{
    static const char *const others[] = {"expired", "wronghost", "unknown", "selfsigned"};
    struct link_tls tls = {.cert = "rsa", .version = h->tls_version};

    if (hostile_percent(h, h->malice)) {
        hostile_note(h, "TLS refused");
        say_one_of(h, "500 no|502 no|504 no|530 no|200 ok|334 go|431 no|331 name|230 in");
        h->tls = false;
        return;
    }
    if (hostile_percent(h, h->malice)) {
        hostile_note(h, "clear text behind 234");
        link_write(&h->control, "234 go\r\n230 in\r\n", 16);
    } else {
        say(h, "234 go");
    }
    if (hostile_percent(h, h->malice))
        hostile_break_link(h, &h->control);
    if (hostile_percent(h, h->malice))
        tls.cert = others[hostile_random(h, 4)];
    tls.no_resume = hostile_percent(h, 10);
    tls.chain = hostile_percent(h, h->malice) ? 200 : 0;
    h->tls = link_secure(&h->control, h->certs, &tls);
    h->over = !h->tls;
    if (h->control.first_len > 0 && (h->control.first[0] < 0x14 || h->control.first[0] > 0x17))
        hostile_wrong(h, "no TLS where TLS should be", "control connection");
    h->untrusted = strcmp(tls.cert, "rsa") != 0;
}

/* What is allowed, and the right answers to what needs no thought. */
static const struct {
    const char *verb, *replies; /* NULL: answer() thinks */
} verbs[] = {
    {"AUTH TLS", NULL},
    {"USER", "331 password?|331 go on|230 in"},
    {"PASS", "230 in|202 in|230-a\r\n230 in"},
    {"PBSZ 0", "200 ok|500 what|503 no"},
    {"PROT P", "200 ok"},
    {"FEAT", NULL},
    {"OPTS", "200 ok|451 no|501 no"},
    {"TYPE I", "200 ok|226 ok"},
    {"PWD", "257 \"/home\"|257 \"/a \"\"b\"\"\" x|550 no|257 none|257 \"\""},
    {"CWD", "250 ok|250 ok|550 no"},
    {"MKD", "257 made|521 exists|550 no"},
    {"SIZE", NULL},
    {"EPSV", NULL},
    {"PASV", NULL},
    {"EPRT", "200 ok|200 ok|500 no"},
    {"PORT", "200 ok|200 ok|500 no"},
    {"REST", NULL},
    {"STOR", NULL},
    {"APPE", NULL},
    {"RETR", NULL},
    {"HASH", NULL},
    {"XSHA256", NULL},
    {"MFMT", "213 ok|550 no|500 no"},
    {"MDTM", "213 ok|550 no|500 no"},
    {"RNFR", NULL},
    {"RNTO", NULL},
    {"DELE", NULL},
    {"QUIT", "221 bye|500 no"},
};

static bool verb_is(const char *command, const char *verb, const char **ret_arg)
{
    size_t len = strlen(verb);

    if (strncmp(command, verb, len) != 0 || (command[len] != '\0' && command[len] != ' '))
        return false;
    *ret_arg = command + len + (command[len] == ' ');
    return true;
}

static void keep(char dst[HOSTILE_LINE], const char *text)
{
    snprintf(dst, HOSTILE_LINE, "%s", text);
}

static void think(struct hostile *h, const char *verb, const char *arg)
{
    const struct disk_file *file;
    size_t from;

    if (strcmp(verb, "AUTH TLS") == 0)
        auth_reply(h);
    else if (strcmp(verb, "FEAT") == 0)
        feat_reply(h);
    else if (strcmp(verb, "SIZE") == 0)
        size_reply(h, arg);
    else if (strcmp(verb, "EPSV") == 0 || strcmp(verb, "PASV") == 0)
        hostile_passive(h, verb[0] == 'E');
    else if (strcmp(verb, "HASH") == 0)
        hash_reply(h, arg, "213 ");
    else if (strcmp(verb, "XSHA256") == 0)
        hash_reply(h, arg, "250 ");
    else if (strcmp(verb, "DELE") == 0)
        dele_reply(h, arg);
    else if (strcmp(verb, "RNTO") == 0)
        rnto_reply(h, arg);
    else if (strcmp(verb, "RETR") == 0)
        hostile_retrieve(h, arg);
    if (strcmp(verb, "REST") == 0) {
        h->rest = strtoul(arg, NULL, 10);
        hostile_say(h, "350 from there");
    } else if (strcmp(verb, "RNFR") == 0) {
        keep(h->rename, arg);
        hostile_say(h, disk_find(h->disk, arg) != NULL ? "350 and?" : "550 no such file");
    } else if (strcmp(verb, "STOR") == 0 || strcmp(verb, "APPE") == 0) {
        file = disk_find(h->disk, arg);
        from = verb[0] == 'S' ? h->rest : file != NULL ? file->size : 0;
        h->rest = 0;
        hostile_store(h, arg, from);
    }
}

static void answer(struct hostile *h)
{
    const char *arg;

    if (strncmp(h->command, "EPRT", 4) == 0 || strncmp(h->command, "PORT", 4) == 0)
        keep(h->active, h->command);
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        if (!verb_is(h->command, verbs[i].verb, &arg))
            continue;
        if (verbs[i].replies != NULL)
            say_one_of(h, verbs[i].replies);
        else
            think(h, verbs[i].verb, arg);
        return;
    }
    hostile_wrong(h, "a command that has no place here", h->command);
}

/* Returns false when the client has gone. */
static bool hear(struct hostile *h)
{
    size_t n = 0;
    ssize_t got = 0;
    char c;

    while (n < HOSTILE_LINE - 1 && (got = link_read(&h->control, &c, 1)) == 1 && c != '\n')
        h->command[n++] = c;
    if (n == 0 && got != 1)
        return false;
    if (n > 0 && h->command[n - 1] == '\r')
        n--;
    h->command[n] = '\0';
    fprintf(stderr, "  server< %s\n", h->command);
    if (h->secure && !h->tls && strcmp(h->command, "AUTH TLS") != 0 && got == 1)
        hostile_wrong(h, "in clear", h->command);
    if (h->untrusted && got == 1)
        hostile_wrong(h, "to one that is not to be trusted", h->command);
    if (strcmp(h->command, "PWD") == 0)
        h->malice = h->malice_later;
    return got == 1;
}

void hostile_serve(struct hostile *h)
{
    int one = 1, fd = accept(h->listen_fd, NULL, NULL);

    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    h->random = h->seed;
    h->data_listen = -1;
    link_adopt(&h->data, -1);
    link_adopt(&h->control, fd);
    h->control.bytewise = hostile_percent(h, 20);
    say_one_of(h, "220 hello|220-hello\r\n220 there|220");
    while (!h->over && h->verdict->steps++ < COMMANDS_MAX && hear(h)) {
        h->data.bytewise = h->control.bytewise;
        answer(h);
    }
    link_close(&h->data);
    if (hostile_percent(h, 50))
        link_close(&h->control);
    else
        link_reset(&h->control);
}
