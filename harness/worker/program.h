/* The registered C pairs as an ordinary Google Benchmark program, in this process and its
 * interpreter. */
#ifndef ZCB_WORKER_PROGRAM_H
#define ZCB_WORKER_PROGRAM_H

#include "base/error.h"

/* Runs every pair of bench/, each arm at each of `sizes` (bytes, parted by commas) that the
 * pair takes, as <pair>/<arm>/<size>, with Google Benchmark's flags flags[0] … flags[count -
 * 1]. Python is up, and what stands in `modules` is imported; a pair that needs more is left
 * out with a note on stderr. Each pair is proved in a child before its first timing; one that
 * is refused is an error in its rows. 0, or -1: an unknown flag or a size that is none (exit
 * code 2), nothing to run (5). */
int zcb_program(const char *modules, const char *sizes, char *const *flags, int count,
                zcb_error *error);

#endif
