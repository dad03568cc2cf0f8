/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ftpes/command.h"

#include <string.h>

#define VERB_MAX 16 /* bytes of a verb, the space and CR LF */

bool command_argument_ok(const char *arg)
{
    for (const char *p = arg; *p != '\0'; p++) {
        unsigned char c = (unsigned char)*p;

        if (c < 0x20 || c == 0x7f || c == 0xff)
            return false;
    }
    return strlen(arg) <= COMMAND_MAX - VERB_MAX;
}

int command_build(struct buf *line, const char *verb, const char *arg, struct err *e)
{
    int r;

    if (arg != NULL && !command_argument_ok(arg))
        return err_set_args(e, ERR_NAME, STEP_COMMAND, verb, NULL);
    r = buf_printf(line, "%s%s%s\r\n", verb, arg != NULL ? " " : "", arg != NULL ? arg : "");
    return r < 0 ? err_set(e, ERR_NO_MEMORY, STEP_COMMAND) : 0;
}
