/* Measuring code that stands in no pair file yet: pairs of the user's own are written, proved
 * before anything is left on disk, and then measured like any other. */
#ifndef ZCB_DRIVER_USER_RUN_H
#define ZCB_DRIVER_USER_RUN_H

#include "base/error.h"
#include "driver/pair_text.h"
#include "driver/session.h"

/* Refuses the options of a run that have no place beside code of the user's own: PAIR, --pairs
 * and
 * --resume. 0, or -1 and exit code 2. */
int zcb_user_run_check(const zcb_run_options *options, const char *command, zcb_error *error);

/* Writes `pairs` as files, plans and proves them. 0: one of the first `needed` can be measured;
 * what can't is told. -1 with exit code 2: the user's code has a mistake, told at its line;
 * with 5: the proof refused all, told why. Nothing is left on disk but files in *private_dir,
 * made here. */
int zcb_user_run_prove(zcb_session *session, const zcb_pair_text *pairs, size_t count,
                       size_t needed, char **private_dir, zcb_error *error);

/* After zcb_user_run_prove: makes the run's folder with the pair files in it, so that the run
 * can be resumed and repeated. `words` are the command's name and the options of a run as
 * given. 0 or -1. */
int zcb_user_run_open(zcb_session *session, const zcb_pair_text *pairs, size_t count,
                      const zcb_texts *words, zcb_error *error);

/* Removes *private_dir with the pair files in it, and frees the name; NULL is allowed. */
void zcb_user_run_remove(char **private_dir);

#endif
