/* See console.h. */
#include "driver/console.h"

#include "report/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int bar_is_shown;

void zcb_bar(const char *text)
{
    if (text[0] == '\0' && !bar_is_shown) {
        return;
    }
    fprintf(stderr, "\r\033[K%s", text);
    fflush(stderr);
    bar_is_shown = text[0] != '\0';
}

void zcb_note(const char *format, ...)
{
    char text[2048], visible[4096];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    zcb_bar("");
    fprintf(stderr, "%s\n", zcb_text_visible(text, visible, sizeof visible));
    fflush(stderr);
}

int zcb_complain(const char *command, const zcb_error *error)
{
    if (error->exit_code != ZCB_EXIT_SIGPIPE) {
        zcb_note("%s: %s", command, error->text);
    }
    return (int)error->exit_code;
}

unsigned zcb_columns(int fd, unsigned fallback)
{
    struct winsize size = {0};
    if (isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    return fallback;
}
