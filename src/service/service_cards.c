/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "service/service_private.h"

size_t service_cards(struct service *svc, struct media_card ret_cards[SERVICE_CARDS_MAX])
{
    const char *paths[SERVICE_CARDS_MAX];

    for (size_t i = 0; i < svc->card_count; i++)
        paths[i] = svc->cards[i];
    media_cards(paths, svc->card_count, ret_cards);
    return svc->card_count;
}

int service_card_certificate(struct service *svc, char ret_path[FILE_PATH_MAX], struct err *e)
{
    struct media_card cards[SERVICE_CARDS_MAX];
    size_t count = service_cards(svc, cards);
    int r = media_find(cards, count, CERT_FILE_NAME, ret_path, e);

    if (r == -ERR_NOT_FOUND)
        r = err_set_args(e, ERR_NO_CERTIFICATE_FILE, STEP_CARD, CERT_FILE_NAME, NULL);
    return r;
}
