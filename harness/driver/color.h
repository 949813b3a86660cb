/* Whether to send colours: --color over NO_COLOR over CLICOLOR_FORCE over "is it a terminal".
 */
#ifndef ZCB_DRIVER_COLOR_H
#define ZCB_DRIVER_COLOR_H

typedef enum zcb_color {
    ZCB_COLOR_UNSET,
    ZCB_COLOR_AUTO,
    ZCB_COLOR_ALWAYS,
    ZCB_COLOR_NEVER
} zcb_color;

/* auto, always, never: 0 and *out set, or -1. */
int zcb_color_parse(const char *text, zcb_color *out);

/* 1 when `fd` is a terminal that obeys control sequences: TERM is set and not "dumb". */
int zcb_is_capable_terminal(int fd);

/* 1 when colours go to file descriptor `fd`. `auto` asks the terminal and ignores the
 * environment. */
int zcb_color_wanted(zcb_color asked, int fd);

#endif
