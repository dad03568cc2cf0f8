/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/intl.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/ctl.h"
#include "text/text.h"

#define DOCUMENT_MAX (64 * 1024 * 1024) /* bytes */

bool ctl_json(const struct ctl *c)
{
    return (c->given & CTL_JSON) != 0;
}

void ctl_say(const char *format, ...)
{
    va_list ap;

    fflush(stdout);
    fputs("netmenuctl: ", stderr);
    va_start(ap, format);
    vfprintf(stderr, format, ap);
    va_end(ap);
    fputc('\n', stderr);
}

int ctl_exit_of(enum err_code code)
{
    static const struct {
        enum err_code code;
        enum ctl_exit exit;
    } exits[] = {
        {ERR_USAGE, CTL_WRONG_USE},         {ERR_VALUE_LENGTH, CTL_INVALID},
        {ERR_VALUE_CHARACTER, CTL_INVALID}, {ERR_VALUE_LETTER_DIGIT, CTL_INVALID},
        {ERR_VALUE_RANGE, CTL_INVALID},     {ERR_VALUE_CHOICE, CTL_INVALID},
        {ERR_VALUE_ADDRESS, CTL_INVALID},   {ERR_VALUE_HOST, CTL_INVALID},
        {ERR_AMBIGUOUS, CTL_INVALID},       {ERR_VALUE_UTF8, CTL_INVALID},
        {ERR_NO_PASSWORD, CTL_REFUSED},     {ERR_FOLDER_NAME, CTL_INVALID},
        {ERR_UNKNOWN_KEY, CTL_NOT_FOUND},   {ERR_NOT_FOUND, CTL_NOT_FOUND},
        {ERR_NO_CARD, CTL_NOT_FOUND},       {ERR_NO_CERTIFICATE_FILE, CTL_NOT_FOUND},
        {ERR_CLIP_GONE, CTL_NOT_FOUND},     {ERR_AUTH_LOCKED, CTL_REFUSED},
        {ERR_AUTH_STOPPED, CTL_REFUSED},    {ERR_AUTH_RECORD, CTL_REFUSED},
    };

    for (size_t i = 0; i < ARRAY_LEN(exits); i++)
        if (exits[i].code == code)
            return exits[i].exit;
    return CTL_FAILED;
}

int ctl_print(struct record *document)
{
    struct buf b;
    int r;

    buf_init(&b, DOCUMENT_MAX);
    r = record_format(document, false, &b);
    if (r == 0)
        fwrite(b.data, 1, b.len, stdout);
    buf_done(&b);
    record_free(document);
    if (r < 0)
        ctl_say(_("the answer is too long to be given"));
    return r < 0 ? CTL_FAILED : CTL_DONE;
}

void ctl_print_item(struct record *item, bool first)
{
    struct buf b;

    buf_init(&b, DOCUMENT_MAX);
    if (record_format(item, false, &b) == 0) {
        if (!first)
            putchar(',');
        fwrite(b.data, 1, b.len - 1, stdout); /* without its LF: a document is one line */
    }
    buf_done(&b);
    record_free(item);
}

/* Cause and remedy as one text. */
static void join(const struct err_text *t, char *dst, size_t size)
{
    str_format(dst, size, "%s%s%s", t->cause, t->remedy[0] != '\0' ? " " : "", t->remedy);
}

void ctl_add_error_text(struct record *r, const char *key, const struct err *e, const char *text)
{
    struct record *child = record_add_child(r, key);
    struct err_text t;

    text_of_err(e, &t);
    record_set_str(child, "code", err_word(e->code));
    record_set_str(child, "step", err_step_word(e->step));
    record_set_str(child, "reply", t.reply);
    record_set_str(child, "text", text);
}

void ctl_add_error(struct record *r, const char *key, const struct err *e)
{
    struct err_text t;
    char text[2 * TEXT_MAX];

    if (e->code == ERR_NONE) {
        record_set_null(r, key);
        return;
    }
    text_of_err(e, &t);
    join(&t, text, sizeof(text));
    ctl_add_error_text(r, key, e, text);
}

void ctl_add_time(struct record *r, const char *key, time_t t)
{
    char text[CLOCK_TEXT_MAX];

    if (t > 0)
        record_set_str(r, key, clock_rfc3339(t, text));
    else
        record_set_null(r, key);
}

int ctl_fail(const struct ctl *c, const struct err *e, const char *subject)
{
    char safe[ERR_ARG_MAX] = "";
    struct record *document;
    struct err_text t;

    text_of_err(e, &t);
    if (subject != NULL)
        safe_text(safe, sizeof(safe), subject, strlen(subject));
    else
        str_copy(safe, sizeof(safe), t.step);
    ctl_say("%s%s%s", safe, safe[0] != '\0' ? ": " : "", t.cause);
    if (t.remedy[0] != '\0')
        fprintf(stderr, "  %s\n", t.remedy);
    if (t.reply[0] != '\0')
        /* TRANSLATORS: followed by the server's own words */
        fprintf(stderr, "  %s %s\n", _("The server said:"), t.reply);
    if (ctl_json(c)) {
        document = record_new();
        ctl_add_error(document, "error", e);
        ctl_print(document);
    }
    return ctl_exit_of(e->code);
}

int ctl_wrong_use(const struct ctl *c, const char *format, ...)
{
    const struct err e = {.code = ERR_USAGE, .step = STEP_COMMAND};
    char text[TEXT_MAX], safe[TEXT_MAX];
    struct record *document;
    va_list ap;

    va_start(ap, format);
    vsnprintf(text, sizeof(text), format, ap);
    va_end(ap);
    safe_text(safe, sizeof(safe), text, strlen(text));
    ctl_say("%s", safe);
    if (c->verb != NULL) {
        ctl_synopsis(c->verb, text, sizeof(text));
        fprintf(stderr, _("  Usage: netmenuctl %s\n  netmenuctl %s --help tells more.\n"), text,
                c->verb->words);
    } else {
        fputs(_("  netmenuctl --help shows all verbs and options.\n"), stderr);
    }
    if (ctl_json(c)) {
        document = record_new();
        ctl_add_error_text(document, "error", &e, safe);
        ctl_print(document);
    }
    return CTL_WRONG_USE;
}

void ctl_table_row(struct ctl_table *t, size_t columns, const char *const *cells)
{
    char **grown = reallocarray(t->cells, (t->rows + 1) * columns, sizeof(*grown));

    if (grown == NULL)
        abort();
    t->cells = grown;
    t->columns = columns;
    for (size_t i = 0; i < columns; i++) {
        const char *cell = cells[i] != NULL ? cells[i] : "";
        size_t size = 4 * strlen(cell) + 1;
        char *safe = malloc(size);

        if (safe == NULL)
            abort();
        safe_text(safe, size, cell, strlen(cell));
        t->cells[t->rows * columns + i] = safe;
    }
    t->rows++;
}

void ctl_table_print(struct ctl_table *t)
{
    int widths[CTL_COLUMNS_MAX] = {0};

    for (size_t i = 0; i < t->rows * t->columns; i++) {
        int cells = text_cells(t->cells[i]);

        if (cells > widths[i % t->columns])
            widths[i % t->columns] = cells;
    }
    for (size_t i = 0; i < t->rows * t->columns; i++) {
        bool last = i % t->columns == t->columns - 1;
        int pad = last ? 0 : widths[i % t->columns] - text_cells(t->cells[i]) + 2;

        printf("%s%*s%s", t->cells[i], pad, "", last ? "\n" : "");
        free(t->cells[i]);
    }
    free(t->cells);
    *t = (struct ctl_table){0};
}
