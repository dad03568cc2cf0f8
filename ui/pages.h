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

/* page_auth.c: user name and password. */
void auth_input_password(struct menu *m, const struct menu_row *row);
void auth_generate(struct menu *m, const struct menu_row *row);
void auth_first_use_set(struct menu *m);

/* page_cert.c: what is in a bundle, as a page to read. */
void certificates_open(struct ui *ui, const char *name, const struct cert_bundle *bundle);

/* "Loaded, 212 days left" */
void certificates_short(const struct cert_bundle *bundle, char *dst, size_t size);

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

/* "3 Studio ingest": how lists name a server. */
void server_name(const struct settings *s, int server, char *dst, size_t size);

#endif
