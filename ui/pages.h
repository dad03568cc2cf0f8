/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pages.h - what the rows of menu_table.c lead to: the pages with behaviour of their own, and the
 * functions of forms that are more than their settings.
 */
#ifndef NM_UI_PAGES_H
#define NM_UI_PAGES_H

#include "base/buf.h"
#include "ui/menu.h"

extern const struct menu_page page_network;
extern const struct menu_page page_first_use;
extern const struct menu_page page_server;

/* menu_table_lan.c */
extern const struct menu_page page_wireless;
extern const struct menu_page page_manual_register;
extern const struct menu_page page_wired;
extern const struct menu_page page_wired_detail;
extern const struct menu_page page_usb;

/* page_auth.c: user name and password. */
void auth_input_password(struct menu *m, const struct menu_row *row);
void auth_generate(struct menu *m, const struct menu_row *row);
void auth_first_use_set(struct menu *m);

/* page_cert.c: what is in a bundle, as a page to read. */
void certificates_open(struct ui *ui, const char *name, const struct cert_bundle *bundle);

/* "Loaded, 212 days left" */
void certificates_short(const struct cert_bundle *bundle, char *dst, size_t size);

struct text_page;
/* One certificate at the end of a page to read. */
void certificate_add(struct text_page *t, const struct cert_info *cert);

/* page_check.c: [Check Server], with what is set for it. */
void check_open(struct ui *ui, int server);

/* page_attempts.c: [Access Attempts]. */
void attempts_open(struct menu *m, const struct menu_row *row);
void attempts_value(struct menu *m, const struct menu_row *row, char *dst, size_t size);

/* page_show.c: [Show Authentication]. */
void show_authentication(struct menu *m, const struct menu_row *row);

/* page_server.c: a server's form. */
enum server_armed { SERVER_KEEP, SERVER_LOAD, SERVER_CLEAR };
struct server_extra {
    enum server_armed armed; /* what [Set] does with the root certificate */
    struct buf pem;          /* what it would load: the very bytes that were shown */
};
void server_closed(struct menu *m);
bool server_secure(struct menu *m);
void server_secure_value(struct menu *m, const struct menu_row *row, char *dst, size_t size);
void server_encryption_changed(struct menu *m, const struct menu_row *row);
void server_certificate(struct menu *m, const struct menu_row *row);
void server_certificate_value(struct menu *m, const struct menu_row *row, char *dst, size_t size);
void server_status(struct menu *m, const struct menu_row *row);
void server_status_value(struct menu *m, const struct menu_row *row, char *dst, size_t size);
void server_check(struct menu *m, const struct menu_row *row);
void server_reset(struct menu *m, const struct menu_row *row);
void server_set(struct menu *m);
bool server_waiting(const struct menu *m);

/* page_transfer.c: [File Transfer]. */
void transfer_server_value(struct menu *m, const struct menu_row *row, char *dst, size_t size);
void transfer_default_server(struct menu *m, const struct menu_row *row);
void transfer_default_value(struct menu *m, const struct menu_row *row, char *dst, size_t size);
void transfer_jobs_value(struct menu *m, const struct menu_row *row, char *dst, size_t size);
void transfer_clear(struct menu *m, const struct menu_row *row);

/* page_clips.c, page_jobs.c */
void clips_open(struct menu *m, const struct menu_row *row);
void jobs_open(struct menu *m, const struct menu_row *row);

/* page_display.c */
void display_theme_changed(struct menu *m, const struct menu_row *row);
void display_language(struct menu *m, const struct menu_row *row);
void display_language_value(struct menu *m, const struct menu_row *row, char *dst, size_t size);

/* page_lan.c: the forms of addresses and networks. */
const char *lan_not_yet(const struct facts *f);
void lan_unknown_value(struct menu *m, const struct menu_row *row, char *dst, size_t size);
void lan_register_value(struct menu *m, const struct menu_row *row, char *dst, size_t size);
bool lan_access_point(struct menu *m);
bool lan_station(struct menu *m);
bool lan_dhcp(struct menu *m);
bool lan_static(struct menu *m);
bool lan_own_dns(struct menu *m);
bool lan_has_password(struct menu *m);
void lan_suggest(struct menu *m, const struct menu_row *row, char *dst, size_t size);
void lan_set(struct menu *m);
void lan_connect(struct menu *m);

/* page_network.c */
void network_reset(struct menu *m, const struct menu_row *row);
void network_disconnect(struct menu *m, const struct menu_row *row);
void disconnect_ask(struct ui *ui); /* F8 */
bool transfer_any_suspended(struct menu *m);
void transfer_resume_all(struct menu *m, const struct menu_row *row);
void precaution_row(struct menu *m, const struct menu_row *row);

/* page_backup.c: [Settings File]. */
struct backup_extra {
    char path[FILE_PATH_MAX];
    struct secret passphrase;    /* between the two times that it is typed */
    struct service_backup *file; /* that is being loaded */
};
void backup_save(struct menu *m, const struct menu_row *row);
void backup_load(struct menu *m, const struct menu_row *row);
void backup_closed(struct menu *m);

/* "3 Studio ingest": how lists name a server. */
void server_name(const struct settings *s, int server, char *dst, size_t size);

#endif
