/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/check_text.h"

#include <string.h>
#include <time.h>

#include "base/intl.h"
#include "base/str.h"
#include "text/text.h"

/* --- words ------------------------------------------------------------------------------- */

const char *text_check_title(enum check_id id)
{
    static const char *const titles[CHECK_COUNT] = {
        [CHECK_ADDRESS] = N_("Address"),
        [CHECK_CONNECT] = N_("Connection"),
        [CHECK_GREETING] = N_("Greeting"),
        [CHECK_AUTH] = N_("Secure FTP"),
        [CHECK_TLS] = N_("TLS"),
        [CHECK_CERTIFICATE] = N_("Certificate"),
        [CHECK_SUITES] = N_("Cipher Suites"),
        [CHECK_TLS13] = N_("TLS 1.3"),
        [CHECK_LOGIN] = N_("Login"),
        [CHECK_PROTECT] = N_("Data Encryption"),
        [CHECK_SETUP] = N_("Preparation"),
        [CHECK_FOLDER] = N_("Folder"),
        [CHECK_PASSIVE] = N_("Passive Mode"),
        [CHECK_ACTIVE] = N_("Active Mode"),
        [CHECK_WRITE] = N_("Write"),
        [CHECK_RENAME] = N_("Rename"),
        [CHECK_DELETE] = N_("Delete"),
        [CHECK_RESUMPTION] = N_("TLS Resumption"),
    };

    return _(titles[id]);
}

const char *text_check_outcome(enum check_outcome outcome)
{
    switch (outcome) {
    case CHECK_WAITING:
    case CHECK_OUTCOME_COUNT:
        break;
    case CHECK_RUNNING:
        return "...";
    case CHECK_OK:
        return _("OK");
    case CHECK_NOTE:
        return _("Note");
    case CHECK_WARNING:
        return _("Warning");
    case CHECK_FAILED:
        return _("FAILED");
    case CHECK_SKIPPED:
        return _("Skipped");
    }
    return "";
}

const char *text_check_suite(enum check_suite suite)
{
    switch (suite) {
    case CHECK_SUITE_UNTRIED:
        break;
    case CHECK_SUITE_YES:
        return _("offered");
    case CHECK_SUITE_NO:
        return _("not offered");
    case CHECK_SUITE_REFUSED:
        return _("offered, but refused: its key or certificate is no good");
    case CHECK_SUITE_UNKNOWN:
        return _("unknown");
    }
    return _("not tried");
}

void text_check_dates(const struct cert_info *cert, char *dst, size_t size)
{
    long days = cert_days_left(cert, time(NULL));
    char from[32], until[32];

    text_time(from, sizeof(from), cert->not_before);
    text_time(until, sizeof(until), cert->not_after);
    if (days < 0)
        str_format(dst, size, _("%s to %s: expired"), from, until);
    else if (cert->not_before > time(NULL))
        str_format(dst, size, _("%s to %s: not valid yet"), from, until);
    else
        str_format(
            dst, size,
            ngettext("%s to %s: %ld day left", "%s to %s: %ld days left", (unsigned long)days),
            from, until, days);
}

/* Add a sentence on a line of its own. */
static void add_line(char *dst, size_t size, const char *line)
{
    size_t used = strlen(dst);

    str_format(dst + used, size - used, "%s%s", used > 0 ? "\n" : "", line);
}

/* --- what was found ------------------------------------------------------------------------ */

static void count_suites(const struct check_report *r, int ret_yes[2])
{
    ret_yes[0] = ret_yes[1] = 0;
    for (size_t i = 0; i < TLS_SUITE_COUNT; i++)
        if (r->suites[i] == CHECK_SUITE_YES)
            ret_yes[tls_suites[i].deprecated]++;
}

static void find_tls(const struct check_report *r, char *dst, size_t size)
{
    const struct tls_suite *suite = r->tls.suite != NULL ? tls_suite_find(r->tls.suite) : NULL;

    if (r->tls.suite == NULL)
        return;
    if (suite != NULL && suite->deprecated)
        str_format(dst, size, _("%s, %s: deprecated (%s)."), r->tls.version, r->tls.suite,
                   text_suite_why(suite));
    else
        str_format(dst, size, _("%s, %s."), r->tls.version, r->tls.suite);
}

static void find_certificate(const struct check_report *r, char *dst, size_t size)
{
    const struct cert_info *least = &r->chain[0];
    long days;

    for (size_t i = 1; i < r->chain_count; i++)
        if (r->chain[i].not_after < least->not_after)
            least = &r->chain[i];
    days = cert_days_left(least, time(NULL));
    if (r->chain_count == 0)
        str_copy(dst, size, _("It is trusted."));
    else
        str_format(dst, size,
                   ngettext("It is trusted: %s, %ld day left.", "It is trusted: %s, %ld days left.",
                            (unsigned long)days),
                   r->chain[0].subject, days);
}

static void find_suites(const struct check_report *r, enum check_outcome outcome, char *dst,
                        size_t size)
{
    int yes[2], tried = 0;

    for (size_t i = 0; i < TLS_SUITE_COUNT; i++)
        tried += r->suites[i] != CHECK_SUITE_UNTRIED;
    if (outcome == CHECK_RUNNING) {
        str_format(dst, size, _("%d of %d tried."), tried, TLS_SUITE_COUNT);
        return;
    }
    count_suites(r, yes);
    str_format(dst, size, _("The server offers %d of 3 recommended and %d of 12 deprecated."),
               yes[0], yes[1]);
}

static const char *find_resumption(const struct check_report *r)
{
    switch (r->resumption) {
    case CHECK_RESUMPTION_UNKNOWN:
        break;
    case CHECK_RESUMPTION_REQUIRED:
        return _("Required by the server, and done.");
    case CHECK_RESUMPTION_USED:
        return _("Done; the server does not insist on it.");
    case CHECK_RESUMPTION_NONE:
        return _("Not done by the server, which shows the same certificate on every connection "
                 "instead. That is secure, and slower for many small files.");
    }
    return "";
}

static void find_abilities(const struct check_report *r, char *dst, size_t size)
{
    const struct {
        bool can;
        const char *what;
    } rows[] = {
        {r->abilities.resume, N_("It can continue an interrupted file (REST).")},
        {r->abilities.times, N_("It can keep the times of clips (MFMT, MDTM).")},
        {r->abilities.hash, N_("It can compute a checksum of a file.")},
        {r->abilities.utf8, N_("It knows names in UTF-8.")},
    };

    str_copy(dst, size, _("Files can be sent as they are (TYPE I)."));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (rows[i].can)
            str_format(dst + strlen(dst), size - strlen(dst), " %s", _(rows[i].what));
}

/* What an item found that has no error. */
static void find(const struct check_report *r, enum check_id id, char *dst, size_t size)
{
    switch (id) {
    case CHECK_ADDRESS:
        str_copy(dst, size, r->addresses);
        break;
    case CHECK_CONNECT:
        str_format(dst, size, _("%s answers at port %u."), r->peer, (unsigned)r->port);
        break;
    case CHECK_GREETING:
        str_copy(dst, size, r->greeting[0] != '\0' ? r->greeting : _("It has no words."));
        break;
    case CHECK_AUTH:
        str_copy(dst, size,
                 r->secure ? _("The server takes AUTH TLS.")
                           : _("Not encrypted: [Using Secure Protocol] is Off. Others on the "
                               "network can read the password and the clips."));
        break;
    case CHECK_TLS:
        find_tls(r, dst, size);
        break;
    case CHECK_CERTIFICATE:
        find_certificate(r, dst, size);
        break;
    case CHECK_SUITES:
        find_suites(r, r->items[id].outcome, dst, size);
        break;
    case CHECK_TLS13:
        str_copy(dst, size,
                 r->tls13 == CHECK_SUITE_YES ? _("The server offers it.")
                                             : _("The server does not offer it."));
        break;
    case CHECK_LOGIN:
        str_copy(dst, size, _("The server took the user name and password."));
        break;
    case CHECK_PROTECT:
        str_copy(dst, size, _("Data connections are encrypted (PROT P)."));
        break;
    case CHECK_SETUP:
        find_abilities(r, dst, size);
        break;
    case CHECK_FOLDER:
        if (r->folder[0] != '\0')
            str_format(dst, size, _("%s can be entered."), r->folder);
        else
            str_copy(dst, size, _("The folder where the login ends."));
        break;
    case CHECK_PASSIVE:
    case CHECK_ACTIVE:
        str_copy(dst, size,
                 (id == CHECK_PASSIVE) == r->passive
                     ? _("The data connection works.")
                     : _("The data connection works in this mode, too."));
        break;
    case CHECK_WRITE:
        str_copy(dst, size, _("A small test file was stored, and its size is right."));
        break;
    case CHECK_RENAME:
        str_copy(dst, size, _("The test file was renamed."));
        break;
    case CHECK_DELETE:
        str_copy(dst, size, _("The test file was deleted again."));
        break;
    case CHECK_RESUMPTION:
        str_copy(dst, size, find_resumption(r));
        break;
    case CHECK_COUNT:
        break;
    }
}

static void find_skipped(const struct check_report *r, const struct check_item *item, char *dst,
                         size_t size)
{
    if (item->because == CHECK_COUNT)
        str_copy(dst, size, _("The check ended before."));
    else if (item->because == CHECK_AUTH && !r->secure)
        str_copy(dst, size, _("Nothing is encrypted."));
    else
        str_format(dst, size, _("Not tried, because of: %s."), text_check_title(item->because));
}

/* --- what to do --------------------------------------------------------------------------- */

#define REMEDY_LOG N_("Check the network and the server's log, then check again.")

/* Errors whose remedy for a job ("it will be tried again") is none for a check. */
static const struct {
    enum err_code code;
    const char *remedy;
} remedies[] = {
    {ERR_TIMEOUT, N_("Check the network and the server, then check again.")},
    {ERR_CLOSED, REMEDY_LOG},
    {ERR_PROTOCOL, REMEDY_LOG},
    {ERR_ABORTED, REMEDY_LOG},
    {ERR_STALLED, REMEDY_LOG},
    {ERR_OUTCOME_UNKNOWN, REMEDY_LOG},
    {ERR_NO_GREETING,
     N_("Check [Port]: explicit FTPS (FTPES) normally uses 21; 990 is implicit FTPS, "
        "which this unit does not use.")},
    {ERR_SIZE_DIFFERS, N_("Check the server's disk, then check again.")},
    {ERR_SERVER_FULL, N_("Make room on the server, then check again.")},
    {ERR_DATA_REFUSED, N_("Check the server's log and firewall, then check again.")},
    {ERR_SERVER_BUSY, N_("Check again later. If it lasts, ask for a higher limit of connections.")},
    {ERR_NO_CERTIFICATE, N_("Put certification.pem in the root of a memory card, set [Root "
                            "Certificate] to Load, then [Set].")},
};

static const char *remedy_of(enum err_code code)
{
    for (size_t i = 0; i < ARRAY_LEN(remedies); i++)
        if (remedies[i].code == code)
            return _(remedies[i].remedy);
    return NULL;
}

static const char *remedy_without_error(const struct check_report *r, enum check_id id)
{
    int yes[2];

    if (r->items[id].outcome != CHECK_WARNING && r->items[id].outcome != CHECK_FAILED)
        return "";
    count_suites(r, yes);
    if (id == CHECK_AUTH)
        return _("Set [Using Secure Protocol] to On, and load the server's root certificate.");
    if (id == CHECK_TLS && yes[0] > 0)
        return _("The server also offers a recommended suite: set [Encryption] to [Recommended "
                 "Only], and ask for the deprecated ones to be disabled on the server.");
    if (id == CHECK_TLS)
        return _("Ask for the recommended suites to be enabled on the server.");
    if (id == CHECK_CERTIFICATE)
        return _("Ask the server's administrator for a new certificate in good time, signed with "
                 "SHA-256 or better.");
    if (id == CHECK_SUITES)
        return _("The result names what to enable and disable on the server.");
    return "";
}

/* An item with an error: the error's sentences, with remedies that suit a check. */
static void tell_err(const struct check_report *r, enum check_id id, struct check_text *ret_text)
{
    const struct check_item *item = &r->items[id];
    const char *remedy = remedy_of(item->err.code);
    struct err_text t;

    text_of_err(&item->err, &t);
    str_copy(ret_text->finding, sizeof(ret_text->finding), t.cause);
    str_copy(ret_text->reply, sizeof(ret_text->reply), t.reply);
    str_copy(ret_text->remedy, sizeof(ret_text->remedy), remedy != NULL ? remedy : t.remedy);
    if (id == CHECK_LOGIN && !r->secure && item->err.code == ERR_LOGIN)
        str_copy(ret_text->remedy, sizeof(ret_text->remedy),
                 _("Check [User Name] and [Password]. The server may also insist on encryption: "
                   "set [Using Secure Protocol] to On."));
    if (item->outcome != CHECK_NOTE)
        return;
    if (id == CHECK_PASSIVE)
        str_copy(ret_text->remedy, sizeof(ret_text->remedy),
                 _("Leave [Passive Mode] Off for this server."));
    else if (id == CHECK_ACTIVE)
        str_copy(ret_text->remedy, sizeof(ret_text->remedy),
                 _("Leave [Passive Mode] On for this server."));
}

void text_check_item(const struct check_report *r, enum check_id id, struct check_text *ret_text)
{
    const struct check_item *item = &r->items[id];

    memset(ret_text, 0, sizeof(*ret_text));
    switch (item->outcome) {
    case CHECK_WAITING:
    case CHECK_OUTCOME_COUNT:
        return;
    case CHECK_RUNNING:
        if (id == CHECK_SUITES)
            find(r, id, ret_text->finding, sizeof(ret_text->finding));
        return;
    case CHECK_SKIPPED:
        find_skipped(r, item, ret_text->finding, sizeof(ret_text->finding));
        return;
    case CHECK_OK:
    case CHECK_NOTE:
    case CHECK_WARNING:
    case CHECK_FAILED:
        break;
    }
    if (item->err.code != ERR_NONE) {
        tell_err(r, id, ret_text);
        return;
    }
    find(r, id, ret_text->finding, sizeof(ret_text->finding));
    str_copy(ret_text->remedy, sizeof(ret_text->remedy), remedy_without_error(r, id));
}

/* --- the verdict --------------------------------------------------------------------------- */

static void add_suites(const bool wanted[TLS_SUITE_COUNT], char *dst, size_t size)
{
    for (size_t i = 0; i < TLS_SUITE_COUNT; i++)
        if (wanted[i])
            add_line(dst, size, tls_suites[i].name);
}

static void add_suites_verdict(const struct check_verdict *v, char *dst, size_t size)
{
    if (v->enable_count > 0) {
        add_line(dst, size, _("Enable on the server (recommended):"));
        add_suites(v->enable, dst, size);
    }
    if (v->disable_count > 0) {
        add_line(dst, size, _("Disable on the server (deprecated):"));
        add_suites(v->disable, dst, size);
    }
    if (v->disable_count == 0 && v->recommended_only)
        add_line(dst, size,
                 _("The server offers recommended suites only: nothing is to be changed there."));
    if (v->recommended_only)
        add_line(dst, size, _("[Encryption]: [Recommended Only] suits this server."));
    else
        add_line(dst, size, _("[Encryption]: [Recommended Only] does not suit this server."));
    if (v->tls13)
        add_line(dst, size, _("[Encryption]: [TLS 1.3] suits this server."));
}

static void add_not_ready(const struct check_report *r, char *dst, size_t size)
{
    char line[160];

    for (int id = 0; id < CHECK_COUNT; id++) {
        if (r->items[id].outcome != CHECK_FAILED)
            continue;
        str_format(line, sizeof(line), _("Uploads to this server will not work: see %s."),
                   text_check_title((enum check_id)id));
        add_line(dst, size, line);
        return;
    }
    add_line(dst, size, _("It is not known whether uploads to this server will work."));
}

void text_check_verdict(const struct check_report *r, char *dst, size_t size)
{
    struct check_verdict v;

    check_judge(r, &v);
    dst[0] = '\0';
    if (v.ready)
        add_line(dst, size, _("Uploads to this server will work."));
    else
        add_not_ready(r, dst, size);
    if (!r->secure)
        add_line(dst, size, _("Nothing is encrypted: do not use it where others may listen."));
    else if (v.suites_known)
        add_suites_verdict(&v, dst, size);
}
