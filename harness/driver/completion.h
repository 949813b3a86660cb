/* What may stand next on a command line: the shells' completions ask, so that they offer what
 * this very program takes. */
#ifndef ZCB_DRIVER_COMPLETION_H
#define ZCB_DRIVER_COMPLETION_H

#include <stdio.h>

/* Writes what the last of `words` (those after `zcbench`; the last may be "" or begun, the
 * others are complete) may become, a line each: the whole word, a tab, what it means (may be
 * empty). A line ":files SUFFIX" or ":folders" instead leaves names of files to the shell.
 * Nothing where nothing fits. Starts no interpreter and no worker. */
void zcb_completion_write(FILE *stream, int count, const char *const *words);

#endif
