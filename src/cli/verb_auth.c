/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verb_auth.c - the unit's own user name and password.
 *
 * The password never passes through stdio or json-c, which leave copies: answers that hold it are
 * built in a struct buf and written directly.
 */
#include <errno.h>
#include <langinfo.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "access/access.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/intl.h"
#include "cli/ctl.h"
#include "qr/qr.h"

#define ANSWER_MAX (256 * 1024) /* bytes; the largest code drawn is a tenth of it */

/* Black on white, whatever the terminal's own colours are: a light code on dark is not read. */
#define BLACK_ON_WHITE "\033[30;47m"
#define WHITE_ON_BLACK "\033[37;40m"
#define OWN_COLOURS    "\033[0m"

/* Errors: ERR_IO. */
static int write_out(const struct buf *b, struct err *e)
{
    fflush(stdout);
    if (file_write_all(STDOUT_FILENO, b->data, b->len) < 0)
        return err_set_errno(e, STEP_COMMAND, errno, NULL);
    return 0;
}

/* --- drawing the code ----------------------------------------------------------------------------
 */

/* One text row of QR_SPACES: a run of spaces for each colour. */
static int append_spaces(const char *row, struct buf *b)
{
    char colour = '\0';
    int r = 0;

    for (; *row != '\0' && r == 0; row++) {
        if (*row != colour)
            r = buf_printf(b, "%s", *row == 'X' ? WHITE_ON_BLACK : BLACK_ON_WHITE);
        colour = *row;
        if (r == 0)
            r = buf_append(b, " ", 1);
    }
    return r;
}

static int append_row(const struct qr_code *code, enum qr_form form, int y, struct buf *b)
{
    struct buf row;
    int r;

    buf_init(&row, 4096);
    r = qr_row(code, form, y, &row);
    if (r == 0 && form == QR_SPACES)
        r = append_spaces(buf_str(&row), b);
    else if (r == 0)
        r = buf_printf(b, BLACK_ON_WHITE "%s", buf_str(&row));
    buf_done(&row);
    return r < 0 ? r : buf_printf(b, OWN_COLOURS "\n");
}

/* Draw the code for auth into b, as large as the terminal can show. */
static int draw(const struct qr_auth *auth, struct buf *b, struct err *e)
{
    bool utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    enum qr_form form = utf8 ? QR_HALF_BLOCKS : QR_SPACES;
    struct winsize size = {.ws_row = 0};
    struct qr_code code;
    int r;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0 || size.ws_row == 0)
        size = (struct winsize){.ws_col = 400, .ws_row = 400}; /* a file or a pipe */
    r = qr_auth_code(auth, form, size.ws_col, size.ws_row, &code, e);
    if (r < 0)
        return r;
    for (int y = 0; y < qr_rows(&code, form) && r == 0; y++)
        r = append_row(&code, form, y, b);
    qr_done(&code);
    return r < 0 ? err_set(e, err_code_of(r), STEP_AUTHENTICATION) : 0;
}

/* --- auth show -----------------------------------------------------------------------------------
 */

/* A JSON string. All bytes are ASCII: the rules of user names and passwords see to it. */
static int append_json(struct buf *b, const char *key, const char *value, const char *after)
{
    int r = buf_printf(b, "\"%s\":\"", key);

    for (; *value != '\0' && r == 0; value++)
        r = buf_printf(b, "%s%c", *value == '"' || *value == '\\' ? "\\" : "", *value);
    return r < 0 ? r : buf_printf(b, "\"%s", after);
}

static int append_document(const struct qr_auth *auth, const char *host_key, const char *payload,
                           struct buf *b)
{
    int r = buf_append(b, "{", 1);

    if (r == 0)
        r = append_json(b, "user", auth->user, ",");
    if (r == 0)
        r = append_json(b, "password", auth->password->text, ",");
    if (r == 0 && auth->address != NULL)
        r = append_json(b, "address", auth->address, ",");
    if (r == 0 && host_key != NULL)
        r = append_json(b, "host_key", host_key, ",");
    return r < 0 ? r : append_json(b, "payload", payload, "}\n");
}

static int append_text(const struct qr_auth *auth, const char *host_key, const char *payload,
                       struct buf *b)
{
    int r = buf_printf(b, _("User name: %s\nPassword:  %s\n"), auth->user, auth->password->text);

    if (r == 0 && auth->address != NULL)
        r = buf_printf(b, _("Address:   %s\n"), auth->address);
    if (r == 0 && host_key != NULL)
        r = buf_printf(b, _("Host key:  %s\n"), host_key);
    return r < 0 ? r : buf_printf(b, _("QR code:   %s\n"), payload);
}

/* User name, password, address, host key (NULL: none) and payload, as text or document. */
static int answer(const struct ctl *c, const struct qr_auth *auth, const char *host_key,
                  struct err *e)
{
    struct buf b, payload;
    int r;

    buf_init(&b, ANSWER_MAX);
    buf_init(&payload, ANSWER_MAX);
    r = qr_auth_payload(auth, true, &payload, e);
    if (r == 0) {
        r = ctl_json(c) ? append_document(auth, host_key, buf_str(&payload), &b)
                        : append_text(auth, host_key, buf_str(&payload), &b);
        r = r < 0 ? err_set(e, err_code_of(r), STEP_AUTHENTICATION) : write_out(&b, e);
    }
    buf_done(&payload);
    buf_done(&b);
    return r;
}

static int show_code(const struct ctl *c, const struct qr_auth *auth)
{
    struct buf b;
    struct err e;
    int r;

    buf_init(&b, ANSWER_MAX);
    r = draw(auth, &b, &e);
    if (r == 0)
        r = write_out(&b, &e);
    buf_done(&b);
    if (r == 0)
        return CTL_DONE;
    if (r != -ERR_TOO_LARGE)
        return ctl_fail(c, &e, NULL);
    ctl_say(_("the code needs a terminal of at least %s columns and %s rows"), e.arg[0], e.arg[1]);
    return CTL_FAILED;
}

int verb_auth_show(struct ctl *c)
{
    struct qr_auth auth = {
        .user = service_user(c->service),
        .password = service_password(c->service),
    };
    struct service_identity identity;
    char host_key[HOST_KEY_LINE_MAX];
    struct err e;

    if ((c->given & CTL_YES) == 0) {
        if (!isatty(STDIN_FILENO))
            return ctl_wrong_use(c, _("this shows the password: give --yes when no one is "
                                      "watching"));
        if (!ctl_confirm(_("The password will be shown. Is no one watching?")))
            return CTL_FAILED;
    }
    service_identity(c->service, &identity);
    if (identity.address_count > 0)
        auth.address = identity.addresses[0];
    if (identity.has_host_key) {
        auth.fingerprint = identity.host_key.qr;
        host_key_line(&identity.host_key, host_key, sizeof(host_key));
    }
    if (answer(c, &auth, identity.has_host_key ? host_key : NULL, &e) < 0)
        return ctl_fail(c, &e, NULL);
    if ((c->given & CTL_QR) != 0 && !ctl_json(c))
        return show_code(c, &auth);
    return CTL_DONE;
}

/* --- changing it ---------------------------------------------------------------------------------
 */

static int change(struct ctl *c, const char *user, const struct secret *password)
{
    struct record *document;
    struct err e;

    if (service_set_authentication(c->service, user, password, &e) < 0)
        return ctl_fail(c, &e, password != NULL ? _("Password") : _("User name"));
    if (!ctl_json(c))
        return CTL_DONE;
    document = record_new();
    record_set_str(document, "user", service_user(c->service));
    record_set_bool(document, "password_set", service_password_set(c->service));
    return ctl_print(document);
}

int verb_auth_user(struct ctl *c)
{
    return change(c, c->operands[0], NULL);
}

int verb_auth_password(struct ctl *c)
{
    struct secret password = SECRET_EMPTY;
    int r = ctl_read_secret(c, c->operand_count > 0 ? c->operands[0] : NULL, true, &password);

    if (r == 0)
        r = change(c, NULL, &password);
    secret_wipe(&password);
    return r;
}

int verb_auth_generate(struct ctl *c)
{
    struct secret password = SECRET_EMPTY;
    int r;

    access_generate(&password);
    r = change(c, NULL, &password);
    secret_wipe(&password);
    if (r == CTL_DONE && !ctl_json(c))
        ctl_say(_("a new password is set; netmenuctl auth show shows it"));
    return r;
}
