/* The words after `zcbench gate`. */
#ifndef ZCB_DRIVER_GATE_OPTIONS_H
#define ZCB_DRIVER_GATE_OPTIONS_H

#include "base/error.h"
#include "driver/common_options.h"
#include "store/run.h"

/* Zero value: nothing given. Owns its members. */
typedef struct zcb_gate_options {
    zcb_common_options common;
    char *base, *head; /* NULL where a baseline is given */
    char *baseline;    /* NULL where base and head are given */
    char *dir;         /* results/latest by default */
    int creates;       /* a baseline that is missing is written */
    int confirms;      /* fresh launches may be made */
    unsigned ignored;  /* parts of a fingerprint: 1 << part */
    zcb_texts allowed; /* [PAIR=]PERCENT, as given and checked */
} zcb_gate_options;

/* Parses argv (argv[0] is "zcbench gate"). 0, or -1 with *out empty. Prints and ends the
 * process for --help. */
int zcb_gate_options_parse(int argc, char **argv, zcb_gate_options *out, zcb_error *error);
void zcb_gate_options_clear(zcb_gate_options *options);

/* What is allowed for each pair of the run: the last --allow that names it, else the last
 * without a PAIR, else the mode's default. Owned by the caller; NULL with exit code 2 for a
 * PAIR that the run does not have. */
double *zcb_gate_options_allowed(const zcb_gate_options *options, const zcb_run *run,
                                 zcb_error *error);

#endif
