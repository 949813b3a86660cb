/* See color.h. */
#include "driver/color.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int zcb_color_parse(const char *text, zcb_color *out)
{
    static const char *const names[] = {"auto", "always", "never"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(text, names[i]) == 0) {
            *out = (zcb_color)(ZCB_COLOR_AUTO + i);
            return 0;
        }
    }
    return -1;
}

static int is_set(const char *value)
{
    return value != NULL && value[0] != '\0';
}

int zcb_is_capable_terminal(int fd)
{
    const char *term = getenv("TERM");
    return isatty(fd) && term != NULL && strcmp(term, "dumb") != 0;
}

int zcb_color_wanted(zcb_color asked, int fd)
{
    if (asked == ZCB_COLOR_ALWAYS || asked == ZCB_COLOR_NEVER) {
        return asked == ZCB_COLOR_ALWAYS;
    }
    if (asked == ZCB_COLOR_UNSET && is_set(getenv("NO_COLOR"))) {
        return 0;
    }
    const char *force = getenv("CLICOLOR_FORCE");
    if (asked == ZCB_COLOR_UNSET && is_set(force) && strcmp(force, "0") != 0) {
        return 1;
    }
    return zcb_is_capable_terminal(fd);
}
