/* SPDX-License-Identifier: GPL-2.0-or-later */
/* page_cert.c - certificates as people read them. */
#include <string.h>
#include <time.h>

#include "base/intl.h"
#include "base/str.h"
#include "text/text.h"
#include "ui/pages.h"
#include "ui/text_page.h"
#include "ui/ui.h"

#define SHOWN_MAX 6 /* a page is no place for two hundred */

static void days_text(const struct cert_info *c, char *dst, size_t size)
{
    long days = cert_days_left(c, time(NULL));

    if (time(NULL) < c->not_before)
        str_copy(dst, size, _("not valid yet: check the clock"));
    else if (days < 0)
        str_copy(dst, size, _("expired"));
    else
        str_format(dst, size, ngettext("%ld day left", "%ld days left", (unsigned long)days), days);
}

void certificates_short(const struct cert_bundle *bundle, char *dst, size_t size)
{
    const struct cert_info *least = &bundle->certs[0];
    char days[64];

    for (size_t i = 1; i < bundle->count; i++)
        if (bundle->certs[i].not_after < least->not_after)
            least = &bundle->certs[i];
    days_text(least, days, sizeof(days));
    str_format(dst, size, _("Loaded, %s"), days);
}

/* "3A:20:5C:F3 85:9F:56:81 ...": as openssl prints it, with places where a line may end. */
static void fingerprint(const struct cert_info *c, char *dst, size_t size)
{
    cert_fingerprint(c, dst, size);
    for (size_t i = 11; i < strlen(dst); i += 12)
        dst[i] = ' ';
}

void certificate_add(struct text_page *t, const struct cert_info *c)
{
    char from[40], until[40], days[64], line[160], sha[96];

    text_page_add(t, _("Subject"), c->subject);
    text_page_add(t, _("Issuer"), c->self_signed ? _("itself (a root certificate)") : c->issuer);
    text_time(from, sizeof(from), c->not_before);
    text_time(until, sizeof(until), c->not_after);
    days_text(c, days, sizeof(days));
    text_page_add(t, _("Valid from"), from);
    str_format(line, sizeof(line), "%s (%s)", until, days);
    text_page_add(t, _("Valid until"), line);
    text_page_add(t, _("Key"), c->key);
    fingerprint(c, sha, sizeof(sha));
    text_page_add(t, _("SHA-256"), sha);
    if (c->weak)
        text_page_add(t, _("Weak"),
                      _("Signed by MD5 or SHA-1, or with a short key: ask for a new one."));
}

void certificates_open(struct ui *ui, const char *name, const struct cert_bundle *bundle)
{
    struct text_page *t = text_page_new(name);
    char line[120];

    for (size_t i = 0; i < bundle->count && i < SHOWN_MAX; i++) {
        if (bundle->count > 1) {
            str_format(line, sizeof(line), _("Certificate %zu of %zu"), i + 1, bundle->count);
            text_page_add(t, line, "");
        }
        certificate_add(t, &bundle->certs[i]);
        if (!bundle->certs[i].is_ca)
            text_page_add(t, _("Note"),
                          _("It is a server's own certificate and vouches for that server alone."));
        text_page_add(t, "", "");
    }
    if (bundle->count > SHOWN_MAX) {
        str_format(line, sizeof(line), _("And %zu more."), bundle->count - SHOWN_MAX);
        text_page_add(t, "", line);
    }
    text_page_open(ui, t, NULL, "");
}
