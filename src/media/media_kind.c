/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "media/media.h"

/* Files with one of these extensions are clips. */
static const char *const extensions[] = {
    "MXF",  /* XAVC, XDCAM, ProRes in MXF; also Canon, Panasonic, ARRI */
    "MP4",  /* XAVC S, HEVC, and most proxies */
    "MOV",  /* ProRes and others in QuickTime */
    "R3D",  /* REDCODE RAW */
    "BRAW", /* Blackmagic RAW */
    "ARI",  /* ARRIRAW frames */
    "ARX",  /* ARRIRAW HDE */
    "CRM",  /* Cinema RAW Light */
    "MTS",  /* AVCHD */
};

/* Of those, these are proxies: in a folder of this name, or with this at the end of the name. */
static const struct {
    const char *folder;
    const char *end; /* before the extension */
    const char *seen_on;
} proxies[] = {
    {"Sub", NULL, "XDROOT/Sub and PRIVATE/M4ROOT/SUB"},
    {"Proxy", NULL, "cards of several makers"},
    {"Proxies", NULL, "folders made by hand"},
    {NULL, "S03", "A001C001_261122S03.MP4, copied out of its folder"},
    {NULL, "_Proxy", "A001_Proxy.MOV"},
    {NULL, "-Proxy", "A001-proxy.mp4"},
};

static bool is_extension(const char *extension)
{
    for (size_t i = 0; i < ARRAY_LEN(extensions); i++)
        if (strcasecmp(extension, extensions[i]) == 0)
            return true;
    return false;
}

/* Whether one of the folders of path has this name. */
static bool is_below(const char *path, const char *folder)
{
    size_t len = strlen(folder);

    for (const char *slash; (slash = strchr(path, '/')) != NULL; path = slash + 1)
        if ((size_t)(slash - path) == len && strncasecmp(path, folder, len) == 0)
            return true;
    return false;
}

/* Whether the name before its extension has more than `end`, and ends in it. */
static bool ends_in(const char *name, size_t stem, const char *end)
{
    size_t len = strlen(end);

    return stem > len && strncasecmp(name + stem - len, end, len) == 0;
}

enum media_kind media_kind_of(const char *path)
{
    const char *name = str_base_name(path), *dot = strrchr(name, '.');

    if (dot == NULL || dot == name || name[0] == '.' || !is_extension(dot + 1))
        return MEDIA_OTHER;
    for (size_t i = 0; i < ARRAY_LEN(proxies); i++)
        if (proxies[i].folder != NULL ? is_below(path, proxies[i].folder)
                                      : ends_in(name, (size_t)(dot - name), proxies[i].end))
            return MEDIA_PROXY;
    return MEDIA_ORIGINAL;
}

const char *media_kind_word(enum media_kind kind)
{
    static const char *const words[] = {
        [MEDIA_OTHER] = "other", [MEDIA_ORIGINAL] = "original", [MEDIA_PROXY] = "proxy"};

    return words[kind];
}
