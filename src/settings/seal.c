/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/seal.h"

#include <string.h>

#include <wolfssl/options.h>
#include <wolfssl/wolfcrypt/aes.h>
#include <wolfssl/wolfcrypt/pwdbased.h>

#include "base/random.h"

#define KEY_BYTES 32 /* AES-256 */

static bool sane(const struct seal *seal)
{
    return seal->log_n >= 10 && seal->log_n <= SEAL_LOG_N_MAX && seal->r == SEAL_R &&
           seal->p >= 1 && seal->p <= SEAL_P_MAX;
}

static int make_key(const struct seal *seal, const struct secret *passphrase,
                    unsigned char key[KEY_BYTES], struct err *e)
{
#ifdef HAVE_SCRYPT
    int r = wc_scrypt(key, (const byte *)passphrase->text, (int)passphrase->len, seal->salt,
                      SEAL_SALT, seal->log_n, seal->r, seal->p, KEY_BYTES);

    return r == 0 ? 0 : err_set(e, ERR_NO_MEMORY, STEP_SETTINGS);
#else
    (void)seal;
    (void)passphrase;
    memset(key, 0, KEY_BYTES);
    return err_set_args(e, ERR_UNAVAILABLE, STEP_SETTINGS, "scrypt", NULL);
#endif
}

/* The cipher with the key of seal and passphrase; wc_AesFree and wipe it. */
static int begin(const struct seal *seal, const struct secret *passphrase, Aes *aes, struct err *e)
{
    unsigned char key[KEY_BYTES];
    int r;

    memset(aes, 0, sizeof(*aes));
    r = make_key(seal, passphrase, key, e);
    if (r == 0 &&
        (wc_AesInit(aes, NULL, INVALID_DEVID) != 0 || wc_AesGcmSetKey(aes, key, sizeof(key)) != 0))
        r = err_set(e, ERR_INTERNAL, STEP_SETTINGS);
    explicit_bzero(key, sizeof(key));
    return r;
}

static void end(Aes *aes)
{
    wc_AesFree(aes);
    explicit_bzero(aes, sizeof(*aes));
}

int seal_close(const struct secret *passphrase, const void *text, size_t len, const void *bound,
               size_t bound_len, struct seal *ret_seal, struct buf *ret_sealed, struct err *e)
{
    struct seal seal = {.log_n = SEAL_LOG_N, .r = SEAL_R, .p = SEAL_P};
    char *room = buf_reserve(ret_sealed, len + SEAL_TAG);
    Aes aes;
    int r;

    if (room == NULL)
        return err_set(e, ERR_TOO_LARGE, STEP_SETTINGS);
    random_bytes(seal.salt, sizeof(seal.salt));
    random_bytes(seal.nonce, sizeof(seal.nonce));
    r = begin(&seal, passphrase, &aes, e);
    if (r == 0 && wc_AesGcmEncrypt(&aes, (byte *)room, text, (word32)len, seal.nonce, SEAL_NONCE,
                                   (byte *)room + len, SEAL_TAG, bound, (word32)bound_len) != 0)
        r = err_set(e, ERR_INTERNAL, STEP_SETTINGS);
    end(&aes);
    if (r < 0)
        return r;
    buf_commit(ret_sealed, len + SEAL_TAG);
    *ret_seal = seal;
    return 0;
}

int seal_open(const struct seal *seal, const struct secret *passphrase, const void *sealed,
              size_t len, const void *bound, size_t bound_len, struct buf *ret_text, struct err *e)
{
    char *room = NULL;
    size_t text_len;
    Aes aes;
    int r;

    if (!sane(seal) || len <= SEAL_TAG)
        return err_set_args(e, ERR_SETTINGS_FILE, STEP_SETTINGS, "secrets", NULL);
    text_len = len - SEAL_TAG;
    room = buf_reserve(ret_text, text_len);
    if (room == NULL)
        return err_set(e, ERR_TOO_LARGE, STEP_SETTINGS);
    r = begin(seal, passphrase, &aes, e);
    if (r == 0 &&
        wc_AesGcmDecrypt(&aes, (byte *)room, sealed, (word32)text_len, seal->nonce, SEAL_NONCE,
                         (const byte *)sealed + text_len, SEAL_TAG, bound, (word32)bound_len) != 0)
        r = err_set(e, ERR_PASSPHRASE, STEP_SETTINGS);
    end(&aes);
    if (r == 0)
        buf_commit(ret_text, text_len);
    else
        explicit_bzero(room, text_len);
    return r;
}
