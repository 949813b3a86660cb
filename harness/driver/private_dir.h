/* Folders of our own under TMPDIR, for what must not lie in a run's folder (yet). A killed zcbench
 * leaves its folder behind; the next one removes it. */
#ifndef ZCB_DRIVER_PRIVATE_DIR_H
#define ZCB_DRIVER_PRIVATE_DIR_H

#include "base/error.h"

/* Makes TMPDIR/zcbench-<use>-XXXXXX (TMPDIR: /tmp unless it is absolute), where `locks` is set holding
 * its lock for as long as this process lives: a folder without a lock may be removed at any time, as a
 * run's folder that is locked, and if need be made again, later. Removes first what killed processes of
 * this user left of the same use. The path, owned by the caller, or NULL with `exit_code` in `error`. */
char *zcb_private_dir_make(const char *use, int locks, zcb_exit exit_code, zcb_error *error);

/* Removes the flat folder `path` and the files in it. What can't be removed stays. */
void zcb_private_dir_remove(const char *path);

#endif
