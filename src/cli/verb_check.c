/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verb_check.c - Check Server: each step on a line as it comes, or one document at the end.
 */
#include <stdio.h>
#include <string.h>

#include "base/intl.h"
#include "base/loop.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/ctl.h"
#include "text/check_text.h"
#include "text/text.h"

#define INTERRUPT_MS 100 /* how often it is looked whether the operator has had enough */

struct checking {
    struct ctl *c;
    struct loop *loop;
    struct check *check;
    struct loop_timer *look;
    int title_cells, outcome_cells;
    bool printed[CHECK_COUNT];
};

/* --- text --------------------------------------------------------------------------------- */

static void measure(struct checking *w)
{
    for (int id = 0; id < CHECK_COUNT; id++)
        if (text_cells(text_check_title((enum check_id)id)) > w->title_cells)
            w->title_cells = text_cells(text_check_title((enum check_id)id));
    for (int o = 0; o < CHECK_OUTCOME_COUNT; o++)
        if (text_cells(text_check_outcome((enum check_outcome)o)) > w->outcome_cells)
            w->outcome_cells = text_cells(text_check_outcome((enum check_outcome)o));
}

/* One line under the findings. */
static void print_below(const struct checking *w, const char *label, const char *text)
{
    if (text[0] != '\0')
        printf("%*s%s%s%s\n", w->outcome_cells + w->title_cells + 4, "", label,
               label[0] != '\0' ? " " : "", text);
}

static void print_suites(const struct checking *w, const struct check_report *r)
{
    char line[160];

    for (size_t i = 0; i < TLS_SUITE_COUNT; i++) {
        str_format(line, sizeof(line), "%-40s %-12s %s", tls_suites[i].name,
                   tls_suites[i].deprecated ? _("deprecated") : _("recommended"),
                   text_check_suite(r->suites[i]));
        print_below(w, "", line);
    }
}

static void print_chain(const struct checking *w, const struct check_report *r)
{
    char line[CERT_NAME_MAX + 64], dates[128];

    for (size_t i = 0; i < r->chain_count; i++) {
        const struct cert_info *cert = &r->chain[i];

        text_check_dates(cert, dates, sizeof(dates));
        str_format(line, sizeof(line), "%zu. %s", i + 1, cert->subject);
        print_below(w, "", line);
        /* TRANSLATORS: followed by who issued a certificate */
        print_below(w, _("   issued by"), cert->issuer);
        str_format(line, sizeof(line), "   %s; %s%s", dates, cert->key,
                   cert->weak ? _(", weak") : "");
        print_below(w, "", line);
    }
}

static void print_item(struct checking *w, enum check_id id)
{
    const struct check_report *r = check_report(w->check);
    const char *outcome = text_check_outcome(r->items[id].outcome);
    const char *title = text_check_title(id);
    struct check_text t;

    text_check_item(r, id, &t);
    printf("%s%*s  %s%*s  %s\n", outcome, w->outcome_cells - text_cells(outcome), "", title,
           w->title_cells - text_cells(title), "", t.finding);
    print_below(w, "", t.remedy);
    print_below(w, _("The server said:"), t.reply);
    if (id == CHECK_CERTIFICATE)
        print_chain(w, r);
    if (id == CHECK_SUITES && r->items[id].outcome != CHECK_SKIPPED)
        print_suites(w, r);
    fflush(stdout);
}

static void on_item(void *arg, enum check_id id)
{
    struct checking *w = arg;
    enum check_outcome outcome = check_report(w->check)->items[id].outcome;

    if (ctl_json(w->c) || w->printed[id] || outcome <= CHECK_RUNNING || outcome == CHECK_SKIPPED)
        return;
    w->printed[id] = true;
    print_item(w, id);
}

/* --- the document ----------------------------------------------------------------------------- */

static void add_items(struct record *document, const struct check_report *r)
{
    for (int i = 0; i < CHECK_COUNT; i++) {
        enum check_id id = (enum check_id)i;
        const struct check_item *item = &r->items[id];
        struct record *step = record_add_item(document, "steps");
        struct check_text t;

        text_check_item(r, id, &t);
        record_set_str(step, "step", check_id_word(id));
        record_set_str(step, "outcome", check_outcome_word(item->outcome));
        record_set_str(step, "text", t.finding);
        record_set_str(step, "remedy", t.remedy);
        if (item->outcome == CHECK_SKIPPED && item->because != CHECK_COUNT)
            record_set_str(step, "because", check_id_word(item->because));
        else
            record_set_null(step, "because");
        ctl_add_error(step, "error", &item->err);
    }
}

static void add_abilities(struct record *document, const struct check_report *r)
{
    struct record *features = record_add_child(document, "features");

    record_set_bool(features, "resume", r->abilities.resume);
    record_set_bool(features, "times", r->abilities.times);
    record_set_bool(features, "hash", r->abilities.hash);
    record_set_bool(features, "utf8", r->abilities.utf8);
}

static void add_tls(struct record *document, const struct check_report *r)
{
    struct record *tls;

    if (r->tls.suite == NULL) {
        record_set_null(document, "tls");
    } else {
        tls = record_add_child(document, "tls");
        record_set_str(tls, "version", r->tls.version);
        record_set_str(tls, "suite", r->tls.suite);
        record_set_bool(tls, "deprecated", r->tls.deprecated);
    }
    record_set_str(document, "tls13", check_suite_word(r->tls13));
    record_set_str(document, "resumption", check_resumption_word(r->resumption));
    record_set_list(document, "suites");
    for (size_t i = 0; i < TLS_SUITE_COUNT && r->secure; i++) {
        struct record *suite = record_add_item(document, "suites");

        record_set_str(suite, "name", tls_suites[i].name);
        record_set_bool(suite, "deprecated", tls_suites[i].deprecated);
        record_set_str(suite, "offered", check_suite_word(r->suites[i]));
    }
    record_set_list(document, "certificates");
    for (size_t i = 0; i < r->chain_count; i++)
        ctl_add_certificate(record_add_item(document, "certificates"), &r->chain[i]);
}

static void add_names(struct record *verdict, const char *key, const bool wanted[TLS_SUITE_COUNT])
{
    record_set_list(verdict, key);
    for (size_t i = 0; i < TLS_SUITE_COUNT; i++)
        if (wanted[i])
            record_set_str(record_add_item(verdict, key), "name", tls_suites[i].name);
}

static void print_document(const struct check_report *r, int server)
{
    struct record *document = record_new(), *verdict;
    struct check_verdict v;
    char text[4 * TEXT_MAX];

    check_judge(r, &v);
    record_set_int(document, "server", server);
    record_set_bool(document, "ready", v.ready);
    record_set_bool(document, "secure", r->secure);
    record_set_str(document, "addresses", r->addresses);
    record_set_str(document, "greeting", r->greeting);
    record_set_list(document, "steps");
    add_items(document, r);
    add_tls(document, r);
    add_abilities(document, r);
    verdict = record_add_child(document, "verdict");
    text_check_verdict(r, text, sizeof(text));
    record_set_bool(verdict, "suites_known", v.suites_known);
    record_set_bool(verdict, "recommended_only", v.recommended_only);
    record_set_bool(verdict, "tls13", v.tls13);
    add_names(verdict, "enable", v.enable);
    add_names(verdict, "disable", v.disable);
    record_set_str(verdict, "text", text);
    ctl_print(document);
}

/* --- the verb -------------------------------------------------------------------------------- */

static void on_done(void *arg)
{
    struct checking *w = arg;

    loop_stop(w->loop);
}

static void on_look(void *arg)
{
    struct checking *w = arg;

    if (ctl_interrupted())
        check_stop(w->check); /* done() follows */
    else
        loop_timer_start(w->look, INTERRUPT_MS);
}

/* Those that were skipped for one reason, on one line. */
static void print_skipped(struct checking *w, enum check_id first)
{
    const struct check_report *r = check_report(w->check);
    const char *outcome = text_check_outcome(CHECK_SKIPPED);
    struct check_text t;
    bool begun = false;

    text_check_item(r, first, &t);
    printf("%s%*s  ", outcome, w->outcome_cells - text_cells(outcome), "");
    for (int id = (int)first; id < CHECK_COUNT; id++) {
        if (w->printed[id] || r->items[id].because != r->items[first].because)
            continue;
        printf("%s%s", begun ? ", " : "", text_check_title((enum check_id)id));
        w->printed[id] = begun = true;
    }
    printf("\n");
    print_below(w, "", t.finding);
}

/* What was skipped has its place at the end, with the verdict. */
static void print_rest(struct checking *w)
{
    const struct check_report *r = check_report(w->check);
    char text[4 * TEXT_MAX];

    for (int id = 0; id < CHECK_COUNT; id++)
        if (!w->printed[id])
            print_skipped(w, (enum check_id)id);
    if (r->items[CHECK_CERTIFICATE].outcome == CHECK_SKIPPED)
        print_chain(w, r);
    text_check_verdict(r, text, sizeof(text));
    printf("\n%s\n", text);
}

static int finish(struct checking *w, int server)
{
    const struct check_report *r = check_report(w->check);
    struct check_verdict v;
    struct err e;

    if (ctl_interrupted()) {
        err_set(&e, ERR_CANCELLED, STEP_NONE);
        return ctl_fail(w->c, &e, NULL);
    }
    if (ctl_json(w->c))
        print_document(r, server);
    else
        print_rest(w);
    check_judge(r, &v);
    return v.ready ? CTL_DONE : CTL_FAILED;
}

int verb_server_check(struct ctl *c)
{
    static const struct check_events events = {.item = on_item, .done = on_done};
    struct checking w = {.c = c};
    struct err e;
    int server = 0;
    int r = ctl_read_server(c, c->operands[0], &server);

    if (r != 0)
        return r;
    ctl_catch_interrupts();
    measure(&w);
    w.loop = loop_new();
    w.look = loop_timer_new(w.loop, on_look, &w);
    if (service_check(c->service, server, w.loop, &events, &w, &w.check, &e) < 0) {
        r = ctl_fail(c, &e, NULL);
    } else {
        loop_timer_start(w.look, INTERRUPT_MS);
        loop_run(w.loop);
        r = finish(&w, server);
    }
    check_free(w.check);
    loop_timer_free(w.look);
    loop_free(w.loop);
    return r;
}
