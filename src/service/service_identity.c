/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "base/log.h"
#include "service/service_private.h"

void service_identity(const struct service *svc, struct service_identity *ret_identity)
{
    struct err e;
    int r;

    memset(ret_identity, 0, sizeof(*ret_identity));
    ret_identity->address_count = own_addresses(ret_identity->addresses);
    r = host_key_read(svc->ssh_dir, &ret_identity->host_key, &e);
    ret_identity->has_host_key = r == 0;
    if (r < 0 && r != -ERR_NOT_FOUND)
        log_error("the SSH host key cannot be read: %s", err_word(e.code));
}
