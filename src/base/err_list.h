/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * err_list.h - every error and every step, once.
 *
 * ERR_LIST(X):  X(name, word, class). The word is what scripts see (`"code"` in JSON) and never
 * changes. The class says what a sender does about it (enum err_class in err.h). The sentences for
 * people stand in src/text/err_sentences.c, one for each name; a missing one does not compile.
 *
 * STEP_LIST(X): X(name, word): what was being done when it failed.
 */
#ifndef NM_BASE_ERR_LIST_H
#define NM_BASE_ERR_LIST_H

#define ERR_LIST(X)                                                                       \
    /* the machine */                                                                     \
    X(ERR_NO_MEMORY, "no-memory", RETRY)                                                  \
    X(ERR_IO, "io", RETRY)                                                                \
    X(ERR_DISK_FULL, "disk-full", RETRY)                                                  \
    X(ERR_PERMISSION, "permission", LOCAL)                                                \
    X(ERR_OTHER_USER, "other-user", LOCAL)                                                \
    X(ERR_NOT_FOUND, "not-found", LOCAL)                                                  \
    X(ERR_EXISTS, "exists", LOCAL)                                                        \
    X(ERR_AMBIGUOUS, "ambiguous", LOCAL)                                                  \
    X(ERR_BUSY, "busy", LOCAL)                                                            \
    X(ERR_TOO_LARGE, "too-large", LOCAL)                                                  \
    X(ERR_DAMAGED, "damaged", LOCAL)                                                      \
    X(ERR_CANCELLED, "cancelled", LOCAL)                                                  \
    X(ERR_INTERNAL, "internal", LOCAL)                                                    \
    X(ERR_USAGE, "usage", LOCAL)                                                          \
    X(ERR_UNAVAILABLE, "unavailable", LOCAL)                                              \
    /* values: the rule that was broken; the arguments carry its numbers or characters */ \
    X(ERR_VALUE_LENGTH, "value-length", LOCAL)                                            \
    X(ERR_VALUE_CHARACTER, "value-character", LOCAL)                                      \
    X(ERR_VALUE_LETTER_DIGIT, "value-letter-digit", LOCAL)                                \
    X(ERR_VALUE_RANGE, "value-range", LOCAL)                                              \
    X(ERR_VALUE_CHOICE, "value-choice", LOCAL)                                            \
    X(ERR_VALUE_ADDRESS, "value-address", LOCAL)                                          \
    X(ERR_VALUE_HOST, "value-host", LOCAL)                                                \
    X(ERR_VALUE_UTF8, "value-utf8", LOCAL)                                                \
    X(ERR_VALUE_IPV4, "value-ipv4", LOCAL)                                                \
    X(ERR_VALUE_MASK, "value-mask", LOCAL)                                                \
    X(ERR_VALUE_NO_HOST, "value-no-host", LOCAL)                                          \
    X(ERR_VALUE_GATEWAY, "value-gateway", LOCAL)                                          \
    X(ERR_VALUE_COUNTRY, "value-country", LOCAL)                                          \
    X(ERR_UNKNOWN_KEY, "unknown-key", LOCAL)                                              \
    /* what must be there first */                                                        \
    X(ERR_NO_PASSWORD, "no-password", LOCAL)                                              \
    X(ERR_AUTH_WRONG, "auth-wrong", LOCAL)                                                \
    X(ERR_AUTH_LOCKED, "auth-locked", LOCAL)                                              \
    X(ERR_AUTH_STOPPED, "auth-stopped", LOCAL)                                            \
    X(ERR_AUTH_RECORD, "auth-record", LOCAL)                                              \
    X(ERR_NO_SERVER, "no-server", SERVER)                                                 \
    X(ERR_NO_CERTIFICATE, "no-certificate", SERVER)                                       \
    /* the settings file */                                                               \
    X(ERR_NO_SETTINGS_FILE, "no-settings-file", LOCAL)                                    \
    X(ERR_SETTINGS_FILE, "settings-file", LOCAL)                                          \
    X(ERR_SETTINGS_FILE_NEWER, "settings-file-newer", LOCAL)                              \
    X(ERR_PASSPHRASE, "wrong-passphrase", LOCAL)                                          \
    X(ERR_CHANGED_MEANWHILE, "changed-meanwhile", LOCAL)                                  \
    /* memory cards and clips */                                                          \
    X(ERR_NO_CARD, "no-card", LOCAL)                                                      \
    X(ERR_NO_CERTIFICATE_FILE, "no-certificate-file", LOCAL)                              \
    X(ERR_NOT_REGULAR, "not-a-file", FILE)                                                \
    X(ERR_CLIP_GONE, "clip-gone", FILE)                                                   \
    X(ERR_CLIP_UNREADABLE, "clip-unreadable", FILE)                                       \
    X(ERR_CLIP_CHANGED, "clip-changed", FILE)                                             \
    X(ERR_NAME, "bad-name", FILE)                                                         \
    X(ERR_FOLDER_NAME, "bad-folder", FILE)                                                \
    /* certification.pem */                                                               \
    X(ERR_CERT_EMPTY, "certificate-empty", LOCAL)                                         \
    X(ERR_CERT_TOO_LARGE, "certificate-too-large", LOCAL)                                 \
    X(ERR_CERT_TOO_MANY, "certificate-too-many", LOCAL)                                   \
    X(ERR_CERT_PRIVATE_KEY, "certificate-private-key", LOCAL)                             \
    X(ERR_CERT_DER, "certificate-der", LOCAL)                                             \
    X(ERR_CERT_NOT_PEM, "certificate-not-pem", LOCAL)                                     \
    X(ERR_CERT_MALFORMED, "certificate-malformed", LOCAL)                                 \
    X(ERR_CERT_OTHER_KIND, "certificate-other-kind", LOCAL)                               \
    X(ERR_CERT_UNSUPPORTED, "certificate-unsupported", LOCAL)                             \
    /* the way to the server */                                                           \
    X(ERR_RESOLVE, "resolve", RETRY)                                                      \
    X(ERR_CONNECT_REFUSED, "connect-refused", RETRY)                                      \
    X(ERR_CONNECT_TIMEOUT, "connect-timeout", RETRY)                                      \
    X(ERR_UNREACHABLE, "unreachable", RETRY)                                              \
    X(ERR_TIMEOUT, "timeout", RETRY)                                                      \
    X(ERR_CLOSED, "closed", RETRY)                                                        \
    /* TLS */                                                                             \
    X(ERR_TLS, "tls", RETRY)                                                              \
    X(ERR_TLS_NO_SUITE, "tls-no-suite", SERVER)                                           \
    X(ERR_TLS_VERSION, "tls-version", SERVER)                                             \
    X(ERR_TLS_WEAK, "tls-weak", SERVER)                                                   \
    X(ERR_TLS_UNKNOWN_ISSUER, "tls-unknown-issuer", SERVER)                               \
    X(ERR_TLS_SELF_SIGNED, "tls-self-signed", SERVER)                                     \
    X(ERR_TLS_EXPIRED, "tls-expired", SERVER)                                             \
    X(ERR_TLS_NOT_YET_VALID, "tls-not-yet-valid", SERVER)                                 \
    X(ERR_TLS_WRONG_HOST, "tls-wrong-host", SERVER)                                       \
    X(ERR_TLS_SIGNATURE, "tls-signature", SERVER)                                         \
    X(ERR_TLS_UNSUITABLE, "tls-unsuitable", SERVER)                                       \
    X(ERR_TLS_CLIENT_CERTIFICATE, "tls-client-certificate", SERVER)                       \
    X(ERR_TLS_INJECTION, "tls-injection", SERVER)                                         \
    X(ERR_TLS_DATA_PEER, "tls-data-peer", SERVER)                                         \
    /* the conversation */                                                                \
    X(ERR_NOT_FTP, "not-ftp", SERVER)                                                     \
    X(ERR_NO_GREETING, "no-greeting", RETRY)                                              \
    X(ERR_IMPLICIT_TLS, "implicit-tls", SERVER)                                           \
    X(ERR_REPLY_TOO_LONG, "reply-too-long", SERVER)                                       \
    X(ERR_PROTOCOL, "protocol", RETRY)                                                    \
    X(ERR_SERVER_BUSY, "server-busy", RETRY)                                              \
    X(ERR_NO_SECURE, "no-secure-ftp", SERVER)                                             \
    X(ERR_LOGIN, "login-refused", SERVER)                                                 \
    X(ERR_ACCOUNT, "account-wanted", SERVER)                                              \
    X(ERR_PROT, "protection-refused", SERVER)                                             \
    X(ERR_BINARY, "binary-refused", SERVER)                                               \
    X(ERR_FOLDER, "folder-refused", FILE)                                                 \
    X(ERR_PASSIVE, "passive-refused", RETRY)                                              \
    X(ERR_DATA_UNREACHABLE, "data-unreachable", RETRY)                                    \
    X(ERR_DATA_REFUSED, "data-refused", RETRY)                                            \
    X(ERR_SESSION_REUSE, "session-reuse", SERVER)                                         \
    X(ERR_STORE, "store-refused", FILE)                                                   \
    X(ERR_SERVER_FULL, "server-full", RETRY)                                              \
    X(ERR_ABORTED, "transfer-aborted", RETRY)                                             \
    X(ERR_STALLED, "stalled", RETRY)                                                      \
    X(ERR_SIZE_DIFFERS, "size-differs", RETRY)                                            \
    X(ERR_PART_DIFFERS, "part-differs", RETRY)                                            \
    X(ERR_RENAME, "rename-refused", FILE)                                                 \
    X(ERR_DELETE, "delete-refused", FILE)                                                 \
    X(ERR_OUTCOME_UNKNOWN, "outcome-unknown", RETRY)

#define STEP_LIST(X)                         \
    X(STEP_NONE, "none")                     \
    X(STEP_COMMAND, "command")               \
    X(STEP_SETTINGS, "settings")             \
    X(STEP_AUTHENTICATION, "authentication") \
    X(STEP_CERTIFICATE, "certificate")       \
    X(STEP_CARD, "card")                     \
    X(STEP_CLIP, "clip")                     \
    X(STEP_QUEUE, "queue")                   \
    X(STEP_SENDER, "sender")                 \
    X(STEP_RESOLVE, "resolve")               \
    X(STEP_CONNECT, "connect")               \
    X(STEP_GREETING, "greeting")             \
    X(STEP_AUTH_TLS, "auth-tls")             \
    X(STEP_HANDSHAKE, "handshake")           \
    X(STEP_LOGIN, "login")                   \
    X(STEP_PROTECT, "protect")               \
    X(STEP_SETUP, "setup")                   \
    X(STEP_FOLDER, "folder")                 \
    X(STEP_DATA_CONNECT, "data-connect")     \
    X(STEP_DATA_HANDSHAKE, "data-handshake") \
    X(STEP_RESUME, "resume")                 \
    X(STEP_STORE, "store")                   \
    X(STEP_SEND, "send")                     \
    X(STEP_FINISH, "finish")                 \
    X(STEP_SIZE, "size")                     \
    X(STEP_RENAME, "rename")                 \
    X(STEP_DELETE, "delete")                 \
    X(STEP_QUIT, "quit")

#endif
