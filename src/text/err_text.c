/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * err_text.c - a struct err as sentences. The sentences themselves: err_sentences.c.
 */
#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "text/text.h"
#include "text/text_private.h"

const char *step_sentence(enum err_step step)
{
    switch (step) {
    case STEP_NONE:
    case STEP_COUNT:
        break;
    case STEP_COMMAND:
        return N_("Command");
    case STEP_SETTINGS:
        return N_("Settings");
    case STEP_AUTHENTICATION:
        return N_("Authentication");
    case STEP_CERTIFICATE:
        return N_("Certificate");
    case STEP_CARD:
        return N_("Memory card");
    case STEP_CLIP:
        return N_("Clip");
    case STEP_QUEUE:
        return N_("Job list");
    case STEP_SENDER:
        return N_("Background sender");
    case STEP_RESOLVE:
        return N_("Finding the server");
    case STEP_CONNECT:
        return N_("Connecting to the server");
    case STEP_GREETING:
        return N_("Waiting for the server's greeting");
    case STEP_AUTH_TLS:
        return N_("Asking for encryption");
    case STEP_HANDSHAKE:
        return N_("Securing the connection");
    case STEP_LOGIN:
        return N_("Logging in to the server");
    case STEP_PROTECT:
        return N_("Asking for encrypted data connections");
    case STEP_SETUP:
        return N_("Preparing the transfer");
    case STEP_FOLDER:
        return N_("Opening the destination folder");
    case STEP_DATA_CONNECT:
        return N_("Opening the data connection");
    case STEP_DATA_HANDSHAKE:
        return N_("Securing the data connection");
    case STEP_RESUME:
        return N_("Checking what the server has of the file");
    case STEP_STORE:
        return N_("Beginning the file on the server");
    case STEP_SEND:
        return N_("Sending the file");
    case STEP_FINISH:
        return N_("Waiting for the server's confirmation");
    case STEP_SIZE:
        return N_("Comparing the size");
    case STEP_RENAME:
        return N_("Giving the file its name");
    case STEP_DELETE:
        return N_("Deleting the test file");
    case STEP_QUIT:
        return N_("Logging out");
    }
    return "";
}

/*
 * Fill %1$s and %2$s in. Not printf: a translation is foreign text and must not be able to read
 * arguments that are not there.
 */
static void expand(char *dst, size_t size, const char *template, const struct err *err)
{
    size_t used = 0;

    while (*template != '\0' && used + 1 < size) {
        bool mark = template[0] == '%' && (template[1] == '1' || template[1] == '2') &&
                    template[2] == '$' && template[3] == 's';

        if (mark) {
            str_copy(dst + used, size - used, err->arg[template[1] - '1']);
            used += strlen(dst + used);
            template += 4;
        } else {
            dst[used++] = *template ++;
        }
    }
    dst[used] = '\0';
}

/* gettext("") is the catalogue's header. */
static const char *translate(const char *text)
{
    return text[0] != '\0' ? gettext(text) : text;
}

void text_of_err(const struct err *err, struct err_text *ret_text)
{
    const struct err_sentence *s = err_sentence(err->code);
    char code[8];

    memset(ret_text, 0, sizeof(*ret_text));
    if (s == NULL)
        return;
    str_copy(ret_text->step, sizeof(ret_text->step), translate(step_sentence(err->step)));
    expand(ret_text->cause, sizeof(ret_text->cause),
           gettext(err->arg[0][0] == '\0' && s->cause_plain != NULL ? s->cause_plain : s->cause),
           err);
    if (s->remedy != NULL)
        str_copy(ret_text->remedy, sizeof(ret_text->remedy), gettext(s->remedy));
    if (err->reply_code == 0)
        return;
    str_format(code, sizeof(code), "%d", err->reply_code);
    if (str_starts(err->reply, code))
        str_copy(ret_text->reply, sizeof(ret_text->reply), err->reply);
    else
        str_format(ret_text->reply, sizeof(ret_text->reply), "%s%s%s", code,
                   err->reply[0] != '\0' ? " " : "", err->reply);
}

void text_err_line(const struct err *err, char *dst, size_t size)
{
    struct err_text t;

    text_of_err(err, &t);
    str_format(dst, size, "%s%s%s%s%s%s%s%s", t.step, t.step[0] != '\0' ? ": " : "", t.cause,
               t.remedy[0] != '\0' ? " " : "", t.remedy, t.reply[0] != '\0' ? " (" : "", t.reply,
               t.reply[0] != '\0' ? ")" : "");
}
