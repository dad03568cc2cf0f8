/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "service/service_private.h"

int service_authenticate(struct service *svc, const struct gate_attempt *attempt, struct err *e)
{
    const struct gate gate = GATE_AT(svc->state_dir);

    service_refresh(svc);
    return gate_check(&gate, attempt, service_user(svc), service_password(svc), e);
}

int service_gate(struct service *svc, struct gate_state *ret_state, struct err *e)
{
    const struct gate gate = GATE_AT(svc->state_dir);

    return gate_look(&gate, ret_state, e);
}

void service_lock(struct service *svc, struct service_lock *ret_lock)
{
    struct gate_state state;
    int64_t left_ms;

    *ret_lock = (struct service_lock){.state = SERVICE_LOCK_DAMAGED};
    if (service_gate(svc, &state, NULL) < 0)
        return;
    left_ms = gate_state_account_left(&state, &gate_policy);
    ret_lock->failures = state.account.failures;
    ret_lock->refused = state.refused;
    if (left_ms == 0)
        ret_lock->state = SERVICE_LOCK_OPEN;
    else
        ret_lock->state = left_ms == INT64_MAX ? SERVICE_LOCK_STOPPED : SERVICE_LOCK_WAITING;
    if (ret_lock->state == SERVICE_LOCK_WAITING)
        ret_lock->left_ms = left_ms;
}

int service_lock_lift(struct service *svc, const char *by, struct err *e)
{
    const struct gate gate = GATE_AT(svc->state_dir);

    return gate_lift(&gate, by, e);
}
