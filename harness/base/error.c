/* See error.h. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

int zcb_fail(zcb_error *error, zcb_exit exit_code, const char *format, ...)
{
    if (error == NULL) {
        return -1;
    }
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->text, sizeof error->text, format, arguments);
    va_end(arguments);
    for (char *c = error->text; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7f) {
            *c = ' ';
        }
    }
    error->exit_code = exit_code;
    return -1;
}
