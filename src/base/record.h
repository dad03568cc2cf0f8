/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * record.h - one JSON object: the format of settings, jobs, status and --json.
 *
 * Purpose: the only module that knows json-c. A record holds strings, numbers, switches, records
 * and lists of records under keys, in the order they were set. Bytes that are not UTF-8 (a file
 * name) stand as a shown form under KEY and as hex under KEY_hex; record_bytes() gives the bytes.
 *
 * Calling sequence: r = record_new(); record_set_str(r, "host", ...); record_save(r, path, ...);
 * record_free(r). Or record_load(&r, path, ...).
 *
 * Ownership: record_new, record_parse, record_load give a record to free. A child belongs to its
 * parent; strings stay valid until the record changes or is freed. Setting without memory aborts,
 * as a half-filled record must never be saved. Secrets never go in: json-c leaves copies.
 */
#ifndef NM_BASE_RECORD_H
#define NM_BASE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define RECORD_FILE_MAX (1024 * 1024)      /* bytes of a record file */
#define RECORD_TEXT_MAX (16 * 1024 * 1024) /* bytes that record_parse takes; callers have less */

struct record;

struct record *record_new(void);
void record_free(struct record *r);

/* Errors: ERR_DAMAGED when it is not exactly one JSON object of sane depth. */
int record_parse(struct record **ret_r, const char *text, size_t len, enum err_step step,
                 struct err *e);

/* Errors: those of file_read; ERR_DAMAGED (arg: path). */
int record_load(struct record **ret_r, const char *path, enum err_step step, struct err *e);

/* Write durably, mode 0600. Errors: those of file_write. */
int record_save(const struct record *r, const char *path, enum err_step step, struct err *e);

/* Write without waiting for the disk, mode 0600. Errors: those of file_write_volatile. */
int record_save_volatile(const struct record *r, const char *path, enum err_step step,
                         struct err *e);

/* The record as one line, or indented; with a final LF. Errors: those of buf_append. */
int record_format(const struct record *r, bool indented, struct buf *b);

void record_set_str(struct record *r, const char *key, const char *value);
void record_set_int(struct record *r, const char *key, int64_t value);
void record_set_bool(struct record *r, const char *key, bool value);
void record_set_null(struct record *r, const char *key);

/* Bytes of any kind but NUL; see above. */
void record_set_bytes(struct record *r, const char *key, const char *bytes);

/* A new child record under key. It belongs to r. */
struct record *record_add_child(struct record *r, const char *key);

/* A new record at the end of the list under key; the list is made at the first call. */
struct record *record_add_item(struct record *r, const char *key);

/* An empty list under key, unless there is one. */
void record_set_list(struct record *r, const char *key);

/* The value, or fallback when there is none of this kind. */
const char *record_str(const struct record *r, const char *key, const char *fallback);
int64_t record_int(const struct record *r, const char *key, int64_t fallback);
bool record_bool(const struct record *r, const char *key, bool fallback);

/* The bytes set by record_set_bytes, into dst. False when there are none or they do not fit. */
bool record_bytes(const struct record *r, const char *key, char *dst, size_t size);

/* Children are views that belong to r; NULL when there is none. */
struct record *record_child(const struct record *r, const char *key);
size_t record_count(const struct record *r, const char *key);
struct record *record_item(const struct record *r, const char *key, size_t index);

/* Call fn for each key with a string, number or switch, the value as text. */
void record_each(const struct record *r, void (*fn)(void *arg, const char *key, const char *value),
                 void *arg);

/* Call fn for every key; plain: what record_each would tell. For those who take no unknown keys. */
void record_each_key(const struct record *r, void (*fn)(void *arg, const char *key, bool plain),
                     void *arg);

/* An error as a child {"code","step","reply","errno",...} under key, and back. */
void record_set_err(struct record *r, const char *key, const struct err *err);
bool record_err(const struct record *r, const char *key, struct err *ret_err);

#endif
