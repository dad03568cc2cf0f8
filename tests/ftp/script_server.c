/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "script_play.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <fnmatch.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

bool play_complain(const struct play *p, const char *what, const char *detail)
{
    fprintf(stderr, "  server: at \"%s\": %s%s%s\n", p->line, what, detail ? ": " : "",
            detail ? detail : "");
    return false;
}

int script_listen(int *ret_fd, bool ipv6)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    struct sockaddr *address = ipv6 ? (struct sockaddr *)&v6 : (struct sockaddr *)&v4;
    socklen_t len = ipv6 ? sizeof(v6) : sizeof(v4);
    int fd = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || bind(fd, address, len) < 0 || listen(fd, 4) < 0 ||
        getsockname(fd, address, &len) < 0) {
        perror("script_listen");
        exit(77);
    }
    *ret_fd = fd;
    return ntohs(ipv6 ? v6.sin6_port : v4.sin_port);
}

static void no_delay(int fd)
{
    int one = 1;

    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
}

/* --- text ------------------------------------------------------------------------------------ */

static int hex(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

/* Expand a script's text. Returns its length. */
static size_t expand(struct play *p, char dst[TEXT_MAX], const char *text)
{
    size_t n = 0;

    for (; *text != '\0' && n < TEXT_MAX - 16; text++) {
        if (*text == '\\') {
            switch (*++text) {
            case 'r':
                dst[n++] = '\r';
                break;
            case 'n':
                dst[n++] = '\n';
                break;
            case 't':
                dst[n++] = '\t';
                break;
            case 'e':
                dst[n++] = '\033';
                break;
            case '0':
                dst[n++] = '\0';
                break;
            case 'x':
                dst[n++] = (char)(hex(text[1]) * 16 + hex(text[2]));
                text += 2;
                break;
            default:
                dst[n++] = *text;
            }
        } else if (*text == '%' && text[1] != '\0' && strchr("PHL", text[1]) != NULL) {
            int port = play_data_port(p);

            text++;
            n += (size_t)snprintf(dst + n, TEXT_MAX - n, "%d",
                                  *text == 'P'   ? port
                                  : *text == 'H' ? port / 256
                                                 : port % 256);
        } else {
            dst[n++] = *text;
        }
    }
    return n;
}

/* --- the conversation ------------------------------------------------------------------------- */

/* A client that has gone may be what the script is about: its later lines will tell. */
static bool say_text(struct play *p, const char *text, const char *end)
{
    char bytes[TEXT_MAX];
    size_t len = expand(p, bytes, text);

    play_obey(p, text);
    memcpy(bytes + len, end, strlen(end));
    link_write(&p->control, bytes, len + strlen(end));
    return true;
}

static bool say(struct play *p, const char *text)
{
    return say_text(p, text, "\r\n");
}

static bool say_as_is(struct play *p, const char *text)
{
    return say_text(p, text, "");
}

static bool repeat(struct play *p, unsigned long times, unsigned long ms, const char *text)
{
    char bytes[TEXT_MAX];
    size_t len = expand(p, bytes, text);

    for (; times > 0 && link_write(&p->control, bytes, len); times--)
        usleep((useconds_t)ms * 1000);
    return true;
}

static bool flood(struct play *p, const char *arg)
{
    char *text;
    unsigned long times = strtoul(arg, &text, 10);

    return repeat(p, times, 0, *text == ' ' ? text + 1 : text);
}

static bool drip(struct play *p, const char *arg)
{
    char *text;
    unsigned long times = strtoul(arg, &text, 10), ms = strtoul(text, &text, 10);

    return repeat(p, times, ms, *text == ' ' ? text + 1 : text);
}

static bool hear(struct play *p, const char *glob)
{
    size_t n = 0;
    char c;

    while (n < TEXT_MAX - 1 && link_read(&p->control, &c, 1) == 1 && c != '\n')
        p->command[n++] = c;
    if (n > 0 && p->command[n - 1] == '\r')
        n--;
    p->command[n] = '\0';
    play_note(p);
    if (fnmatch(glob, p->command, 0) != 0)
        return play_complain(p, "heard", p->command);
    return true;
}

static bool hear_eof(struct play *p, const char *arg)
{
    char bytes[256];
    ssize_t n = link_read(&p->control, bytes, sizeof(bytes) - 1);

    (void)arg;
    if (n <= 0)
        return true;
    bytes[n] = '\0';
    return play_complain(p, "heard", bytes);
}

static bool late(struct play *p, const char *arg)
{
    (void)p;
    return usleep((useconds_t)strtoul(arg, NULL, 10) * 1000) == 0;
}

/* --- TLS ------------------------------------------------------------------------------------- */

bool play_secure(struct play *p, struct link *l, const char *arg)
{
    struct link_tls tls = {.cert = "rsa", .version = p->server->tls_version};
    char words[TEXT_MAX], *save = NULL;
    bool fails = false, may_fail = false, good;

    snprintf(words, sizeof(words), "%s", arg);
    for (char *w = strtok_r(words, " ", &save); w != NULL; w = strtok_r(NULL, " ", &save)) {
        if (strcmp(w, "no-resume") == 0)
            tls.no_resume = true;
        else if (strcmp(w, "ask-client") == 0)
            tls.ask_client = true;
        else if (strcmp(w, "fails") == 0)
            fails = true;
        else if (strcmp(w, "may-fail") == 0)
            may_fail = true;
        else if (strcmp(w, "chain") == 0)
            tls.chain = (unsigned)strtoul(strtok_r(NULL, " ", &save), NULL, 10);
        else
            tls.cert = w;
    }
    good = link_secure(l, p->server->certs, &tls);
    if (good == fails && !may_fail)
        return play_complain(p, fails ? "the handshake succeeds" : "the handshake fails", NULL);
    return true;
}

static bool auth(struct play *p, const char *arg)
{
    if (!p->server->secure)
        return true;
    return hear(p, "AUTH TLS") && say(p, "234 go") && play_secure(p, &p->control, arg);
}

static bool protect(struct play *p, const char *arg)
{
    (void)arg;
    if (!p->server->secure)
        return true;
    return hear(p, "PBSZ 0") && say(p, "200 ok") && hear(p, "PROT P") && say(p, "200 ok");
}

/* --- what both connections know --------------------------------------------------------------- */

static bool set_cut(struct link *l, enum link_cut cut, const char *arg)
{
    l->cut = cut;
    l->cut_after = strtoul(arg, NULL, 10);
    return true;
}

static bool cut(struct play *p, struct link *l, const char *arg)
{
    (void)p;
    return set_cut(l, LINK_CUT_CLOSE, arg);
}

static bool cut_reset(struct play *p, struct link *l, const char *arg)
{
    (void)p;
    return set_cut(l, LINK_CUT_RESET, arg);
}

static bool stall(struct play *p, struct link *l, const char *arg)
{
    (void)p;
    return set_cut(l, LINK_CUT_STALL, arg);
}

static bool flip(struct play *p, struct link *l, const char *arg)
{
    (void)p;
    return set_cut(l, LINK_CUT_FLIP, arg);
}

static bool slow(struct play *p, struct link *l, const char *arg)
{
    (void)p;
    l->pause_ms = (unsigned)strtoul(arg, NULL, 10);
    return true;
}

static bool raw(struct play *p, struct link *l, const char *arg)
{
    char bytes[TEXT_MAX];
    size_t len = expand(p, bytes, arg);

    link_write_raw(l, bytes, len);
    return true;
}

static bool renegotiate(struct play *p, struct link *l, const char *arg)
{
    (void)arg;
    return link_renegotiate(l) || play_complain(p, "no TLS there", NULL);
}

static bool alert(struct play *p, struct link *l, const char *arg)
{
    (void)arg;
    return link_alert(l) || play_complain(p, "no TLS there", NULL);
}

static bool drain(struct play *p, struct link *l, const char *arg)
{
    char bytes[1024];

    (void)p;
    (void)arg;
    while (link_read(l, bytes, sizeof(bytes)) > 0)
        ;
    return true;
}

/* Wait for the client's first byte, and leave it there. */
static bool hello(struct play *p, struct link *l, const char *arg)
{
    char byte;

    (void)arg;
    return recv(l->fd, &byte, 1, MSG_PEEK) == 1 || play_complain(p, "no handshake", NULL);
}

static bool end_close(struct play *p, struct link *l, const char *arg)
{
    (void)p;
    (void)arg;
    link_close(l);
    return true;
}

static bool end_drop(struct play *p, struct link *l, const char *arg)
{
    (void)p;
    (void)arg;
    link_drop(l);
    return true;
}

static bool end_reset(struct play *p, struct link *l, const char *arg)
{
    (void)p;
    (void)arg;
    link_reset(l);
    return true;
}

/* --- the script ------------------------------------------------------------------------------ */

static const struct {
    const char *word;
    bool (*play)(struct play *p, const char *arg);
} words[] = {
    {">", say},
    {">>", say_as_is},
    {"<", hear},
    {"flood", flood},
    {"drip", drip},
    {"auth", auth},
    {"protect", protect},
    {"late", late},
    {"eof", hear_eof},
    {"accept", play_accept},
    {"dial", play_dial},
    {"data", play_data},
    {"broken", play_broken},
    {"give", play_give},
    {"give-other", play_give_other},
    {"refuse", play_refuse},
    {"have", play_have},
    {"sip", play_sip},
    {"hole", play_hole},
};

static const struct {
    const char *word; /* and "data-" before it */
    bool (*play)(struct play *p, struct link *l, const char *arg);
} link_words[] = {
    {"tls", play_secure},
    {"cut", cut},
    {"cut-reset", cut_reset},
    {"stall", stall},
    {"flip", flip},
    {"slow", slow},
    {"raw", raw},
    {"renegotiate", renegotiate},
    {"alert", alert},
    {"hello", hello},
    {"drain", drain},
    {"close", end_close},
    {"drop", end_drop},
    {"reset", end_reset},
};

static bool word_is(const char *line, size_t len, const char *word)
{
    return strlen(word) == len && memcmp(line, word, len) == 0;
}

static bool play_line(struct play *p, const char *line)
{
    size_t len = strcspn(line, " ");
    const char *arg = line[len] == ' ' ? line + len + 1 : line + len;
    bool data = strncmp(line, "data-", 5) == 0;

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (word_is(line, len, words[i].word))
            return words[i].play(p, arg);
    for (size_t i = 0; i < sizeof(link_words) / sizeof(link_words[0]); i++)
        if (word_is(line + (data ? 5 : 0), len - (data ? 5 : 0), link_words[i].word))
            return link_words[i].play(p, data ? &p->data : &p->control, arg);
    return play_complain(p, "not a line of a script", NULL);
}

bool script_play(const struct script_server *server, char **lines, size_t count)
{
    struct play p = {.server = server, .data_listen = -1, .line = "connect"};
    struct sockaddr_storage peer;
    socklen_t len = sizeof(peer);
    int fd = accept(server->listen_fd, (struct sockaddr *)&peer, &len);
    bool good = true;

    if (fd < 0)
        return play_complain(&p, strerror(errno), NULL);
    p.ipv6 = peer.ss_family == AF_INET6;
    no_delay(fd);
    link_adopt(&p.data, -1);
    link_adopt(&p.control, fd);
    p.control.bytewise = p.data.bytewise = server->bytewise;
    for (size_t i = 0; good && i < count; i++) {
        p.line = lines[i];
        good = play_line(&p, lines[i]);
    }
    return good;
}
