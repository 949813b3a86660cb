/* One pair as a worker's description gives it. */
#ifndef ZCB_DRIVER_PLANNED_PAIR_H
#define ZCB_DRIVER_PLANNED_PAIR_H

#include "base/error.h"
#include "driver/json_fields.h"
#include "store/run.h"

/* Fills *out from one object of a description's "pairs"; missing sizes get the defaults 64 B
 * and 64 MiB, missing alternatives "view"; a file below the share folder's bench/ is made
 * relative to it. 0, or -1 with *out empty. */
int zcb_planned_pair_parse(const json_t *object, zcb_planned_pair *out, zcb_error *error);

/* Releases the texts of *pair and zeroes it. */
void zcb_planned_pair_clear(zcb_planned_pair *pair);

/* Copies `from` (texts too) into *to, which is taken as empty: 0, or -1 with *to empty. */
int zcb_planned_pair_copy(const zcb_planned_pair *from, zcb_planned_pair *to, zcb_error *error);

/* 1 for work that the instrument is tried on (base/selftest.h): no question of a user's, so it
 * is measured where it is named in full and shown nowhere. */
int zcb_planned_pair_is_instruments(const zcb_planned_pair *pair);

/* 1 when `word` of a command line means `pair`: its name, id, a glob or `all` — one of the
 * instrument's own its name only. */
int zcb_planned_pair_matches(const zcb_planned_pair *pair, const char *word);

/* Path of the file with a pair's code, owned by the caller; NULL when memory is short. */
char *zcb_pair_file_path(const zcb_planned_pair *pair, zcb_error *error);

#endif
