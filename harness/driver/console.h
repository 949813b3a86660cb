/* Progress and notes: everything that goes to stderr passes here. */
#ifndef ZCB_DRIVER_CONSOLE_H
#define ZCB_DRIVER_CONSOLE_H

#include "base/error.h"

/* One line on stderr, control characters made harmless; a progress bar in the way is wiped
 * first. */
void zcb_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* "zcbench run: what is wrong" on stderr. Returns the error's exit code. */
int zcb_complain(const char *command, const zcb_error *error);

/* Shows `text` (no newline) as the bar at the bottom of the terminal, replacing the last one;
 * "" wipes it. */
void zcb_bar(const char *text);

/* Columns of the terminal on `fd`, or `fallback` when it is none. */
unsigned zcb_columns(int fd, unsigned fallback);

#endif
