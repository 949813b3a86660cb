/* What zcbench says about itself as a whole: the overview that `zcbench --help` prints and the
 * lists that the manual page shares with it. */
#ifndef ZCB_DRIVER_HELP_H
#define ZCB_DRIVER_HELP_H

#include <stdio.h>

/* A name and what it means. */
typedef struct zcb_term {
    const char *name, *meaning;
} zcb_term;

/* The question zcbench answers, one sentence in lines of 80 columns. Static storage, as the lists, which end with a
 * NULL name. */
const char *zcb_help_question(void);
const zcb_term *zcb_help_exit_codes(void);
const zcb_term *zcb_help_environment(void);
const zcb_term *zcb_help_files(void);

/* The overview: commands, a line each, and where to start. */
void zcb_help_overview(FILE *stream);

/* Writes the manual page, zcbench(1), in roff with the man macros: made of the commands' own
 * tables and texts. */
void zcb_manual_write(FILE *stream);

#endif
