/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verb_cert.c - root certificates of servers, and the cipher suites.
 */
#include <stdio.h>
#include <time.h>

#include "base/intl.h"
#include "base/str.h"
#include "cert/cert.h"
#include "cli/ctl.h"
#include "net/suites.h"
#include "text/check_text.h"
#include "text/text.h"

#define FINGERPRINT_MAX 96

/* --- certificates --------------------------------------------------------------------------------
 */

void ctl_add_certificate(struct record *r, const struct cert_info *cert)
{
    char fingerprint[FINGERPRINT_MAX];

    cert_fingerprint(cert, fingerprint, sizeof(fingerprint));
    record_set_str(r, "subject", cert->subject);
    record_set_str(r, "issuer", cert->issuer);
    ctl_add_time(r, "not_before", cert->not_before);
    ctl_add_time(r, "not_after", cert->not_after);
    record_set_int(r, "days_left", cert_days_left(cert, time(NULL)));
    record_set_str(r, "sha256", fingerprint);
    record_set_str(r, "key", cert->key);
    record_set_bool(r, "ca", cert->is_ca);
    record_set_bool(r, "self_signed", cert->self_signed);
    record_set_bool(r, "weak", cert->weak);
}

static void print_certificate(const struct cert_info *cert)
{
    char fingerprint[FINGERPRINT_MAX], dates[128], key[96];
    struct ctl_table t = {.rows = 0};

    cert_fingerprint(cert, fingerprint, sizeof(fingerprint));
    text_check_dates(cert, dates, sizeof(dates));
    str_format(key, sizeof(key), "%s%s%s", cert->key,
               cert->is_ca ? _(", certificate authority") : "",
               cert->weak ? _(", weak: ask for one with SHA-256 and a longer key") : "");
    ctl_table_row(&t, 2, (const char *[]){_("Subject"), cert->subject});
    ctl_table_row(&t, 2, (const char *[]){_("Issuer"), cert->issuer});
    ctl_table_row(&t, 2, (const char *[]){_("Valid"), dates});
    ctl_table_row(&t, 2, (const char *[]){_("SHA-256"), fingerprint});
    ctl_table_row(&t, 2, (const char *[]){_("Key"), key});
    ctl_table_print(&t);
}

static int print_bundle(const struct ctl *c, int server, struct cert_bundle *bundle)
{
    struct record *document;

    if (ctl_json(c)) {
        document = record_new();
        record_set_int(document, "server", server);
        record_set_list(document, "certificates");
        for (size_t i = 0; i < bundle->count; i++)
            ctl_add_certificate(record_add_item(document, "certificates"), &bundle->certs[i]);
        ctl_print(document);
    } else {
        for (size_t i = 0; i < bundle->count; i++) {
            if (i > 0)
                putchar('\n');
            print_certificate(&bundle->certs[i]);
        }
    }
    cert_bundle_done(bundle);
    return CTL_DONE;
}

/* No certificate is an answer here, not a transfer that cannot go: it has its own words. */
static int none_installed(const struct ctl *c, int server, const struct err *e)
{
    struct record *document;
    char text[128];

    str_format(text, sizeof(text), _("server %d has no root certificate"), server);
    ctl_say("%s", text);
    if (ctl_json(c)) {
        document = record_new();
        ctl_add_error_text(document, "error", e, text);
        ctl_print(document);
    }
    return CTL_NOT_FOUND;
}

/* What is installed for a server. */
static int show(struct ctl *c, int server)
{
    struct cert_bundle bundle;
    struct err e;
    int r = service_certificate(c->service, server, &bundle, &e);

    if (r == -ERR_NO_CERTIFICATE)
        return none_installed(c, server, &e);
    return r < 0 ? ctl_fail(c, &e, NULL) : print_bundle(c, server, &bundle);
}

int verb_cert_show(struct ctl *c)
{
    int server = 0;
    int r = ctl_read_server(c, c->operands[0], &server);

    return r != 0 ? r : show(c, server);
}

int verb_cert_load(struct ctl *c)
{
    struct err e;
    int server = 0;
    int r = ctl_read_server(c, c->operands[0], &server);

    if (r != 0)
        return r;
    if (service_certificate_load(c->service, server, c->file, &e) < 0)
        return ctl_fail(c, &e, NULL);
    return show(c, server);
}

int verb_cert_clear(struct ctl *c)
{
    struct record *document;
    struct err e;
    int server = 0;
    int r = ctl_read_server(c, c->operands[0], &server);

    if (r != 0)
        return r;
    if (service_certificate_clear(c->service, server, &e) < 0)
        return ctl_fail(c, &e, NULL);
    if (!ctl_json(c))
        return CTL_DONE;
    document = record_new();
    record_set_int(document, "server", server);
    record_set_list(document, "certificates");
    return ctl_print(document);
}

/* --- suites --------------------------------------------------------------------------------------
 */

static int suites_as_json(void)
{
    struct record *document = record_new();

    for (int i = 0; i < TLS_SUITE_COUNT; i++) {
        const struct tls_suite *suite = &tls_suites[i];
        struct record *item = record_add_item(document, "suites");

        record_set_str(item, "name", suite->name);
        record_set_bool(item, "recommended", !suite->deprecated);
        record_set_bool(item, "deprecated", suite->deprecated);
        record_set_bool(item, "offered", tls_suite_offered(suite));
        record_set_str(item, "why", suite->why);
    }
    return ctl_print(document);
}

int verb_suites(struct ctl *c)
{
    struct ctl_table t = {.rows = 0};

    if (ctl_json(c))
        return suites_as_json();
    for (int i = 0; i < TLS_SUITE_COUNT; i++) {
        const struct tls_suite *suite = &tls_suites[i];

        ctl_table_row(&t, 4,
                      (const char *[]){suite->name,
                                       suite->deprecated ? _("deprecated") : _("recommended"),
                                       tls_suite_offered(suite) ? _("offered") : _("not offered"),
                                       text_suite_why(suite)});
    }
    ctl_table_print(&t);
    return CTL_DONE;
}
