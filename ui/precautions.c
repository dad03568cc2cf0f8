/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/precautions.h"

#include <string.h>

#include "base/intl.h"
#include "base/str.h"
#include "ui/text_page.h"

static const struct precaution precautions[TIP_COUNT] = {
    [TIP_NETWORKS] =
        {
            .title = N_("Before You Connect"),
            .sentences = N_("Connect only to networks that you know to be protected, with a router "
                            "or firewall in between. Others in the network may try to reach this "
                            "unit."),
            .text = N_(
                "Whoever is in the same network may be able to reach this unit, and on wireless "
                "networks anyone within range can listen. Find out how a network is protected "
                "before you connect to it.\n\nConnect by way of a router or firewall that somebody "
                "looks after. This unit is a camera, not a router: it has no means of its own "
                "against a flood of traffic from outside.\n\nIf anything seems odd - transfers "
                "that "
                "nobody started, a unit that answers slowly, wrong passwords that nobody typed - "
                "press F8 (Disconnect All) first and look for the cause then."),
        },
    [TIP_INTERNET] =
        {
            .title = N_("The Internet"),
            .sentences = N_("Reach the Internet only by way of a router that is set up for it; "
                            "free Wi-Fi is no such thing."),
            .text = N_(
                "Never put this unit on the Internet directly, with an address that the whole "
                "world can reach. Put a router in between that lets connections out and none "
                "in.\n\nFree Wi-Fi in hotels, stations and cafes protects its guests from nobody, "
                "least of all from each other. Use an access point or phone of your own "
                "instead.\n\nWhere you have to use someone else's network, ask whoever runs it, "
                "use "
                "only servers with Using Secure Protocol On, and disconnect when you are done."),
        },
    [TIP_AUTHENTICATION] =
        {
            .title = N_("User Name and Password"),
            .sentences = N_("Let no one see the screen while a password is entered or shown, and "
                            "no one photograph the QR code."),
            .text = N_(
                "Whoever has this unit's user name and password can do everything over the "
                "network that you can. They have to be set before the unit may use a "
                "network.\n\nLook round before you enter or show them: a glance or a picture from "
                "a "
                "phone is enough, and the QR code holds the password itself. What is shown hides "
                "by "
                "itself after a minute.\n\nGenerate Password makes one that nobody can guess. Make "
                "a new one when somebody who knew the old one leaves the production, and before "
                "the unit goes to someone else.\n\nAfter several wrong passwords the unit refuses "
                "to communicate for a while. That is meant so; connect again from the beginning."),
        },
    [TIP_WIRELESS] =
        {
            .title = N_("Wireless LAN"),
            .sentences = N_("Use access points with WPA2 or WPA3. With Security None everyone "
                            "within range can read what is sent, and pretend to be the network."),
            .text = N_(
                "Radio does not end at the wall. Without encryption (Security None) everyone "
                "within range can read what this unit sends and receives, change it, and attack "
                "the unit itself.\n\nUse access points with WPA3, or WPA2 with a long password. "
                "Before a connection without encryption this unit asks; say no unless there is no "
                "other way.\n\nAccess points that know nothing but WEP or the first WPA are not "
                "used at all: both have been broken. Their owner has to replace them or change "
                "their settings."),
        },
    [TIP_USB] =
        {
            .title = N_("USB Tethering"),
            .sentences = N_("Connect only smartphones that you trust; one of unknown origin can "
                            "read and change what passes through it."),
            .text = N_(
                "With USB tethering a smartphone is the unit's way to the network: it sees "
                "everything that is not encrypted, and can attack the unit from close by.\n\n"
                "Connect only phones whose owner you know, and none that you found, were lent by "
                "strangers, or that run software of unknown origin."),
        },
    [TIP_ENCRYPTION] =
        {
            .title = N_("Secure File Transfer"),
            .sentences = N_("Turn Using Secure Protocol on and load the server's root certificate. "
                            "Ask for the recommended algorithms to be enabled on the server."),
            .text = N_(
                "Without Using Secure Protocol the server's user name and password and every clip "
                "cross the network in the clear. With it (FTPES) they are encrypted, and the "
                "server has to prove by its certificate that it is the right one: load the root "
                "certificate that it was issued under, certification.pem on a memory "
                "card.\n\nWhich algorithm is used is agreed with the server. Fifteen are supported "
                "so that old servers can be used, too. Three of them are recommended: ECDHE with "
                "AES-GCM. The other twelve (those with CBC, DHE, static RSA or SHA-1) are "
                "deprecated: it is more likely that somebody can decrypt or change what is sent, "
                "and they may be gone in a later version.\n\nBefore an important transfer look at "
                "what was agreed in the details of a job. On the server enable the recommended "
                "algorithms only. On this unit Encryption: Recommended Only refuses the others."),
        },
    [TIP_SETTINGS_FILE] =
        {
            .title = N_("Settings Files"),
            .sentences = N_("Load settings only from people you trust, and read what will change. "
                            "A passphrase is only as good as it is long."),
            .text = N_(
                "A settings file can lead this unit to other servers. Load only files whose origin "
                "you know, and read the list of changes before Execute.\n\nPasswords go into a "
                "file "
                "only under a passphrase. Whoever finds the card can try passphrases for as long "
                "as he likes: use four or five words, and tell them on another way than the "
                "card.\n\nThe unit's own user name and password are never in the file. Delete the "
                "file from the card when it has done its work."),
        },
};

const struct precaution *precaution_of(enum tip tip)
{
    return &precautions[tip];
}

void precaution_open(struct ui *ui, enum tip tip)
{
    const struct precaution *p = precaution_of(tip);
    struct text_page *t = text_page_new(_(p->title));
    const char *text = _(p->text), *next;
    char paragraph[1024];

    for (; text[0] != '\0'; text = next) {
        const char *end = strstr(text, "\n\n");

        next = end != NULL ? end + 2 : text + strlen(text);
        str_format(paragraph, sizeof(paragraph), "%.*s",
                   (int)(end != NULL ? (size_t)(end - text) : strlen(text)), text);
        text_page_add(t, "", paragraph);
        text_page_add(t, "", "");
    }
    text_page_open(ui, t, NULL, "");
}
