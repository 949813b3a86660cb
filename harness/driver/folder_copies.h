/* Second copies of what an unfinished run can't go on without: should run.json or cells.csv be
 * cut short in spite of being synced and renamed, the run is still completed. Hidden in the
 * run's folder, gone once the run is complete and told. */
#ifndef ZCB_DRIVER_FOLDER_COPIES_H
#define ZCB_DRIVER_FOLDER_COPIES_H

#include "base/error.h"
#include "driver/session.h"

/* Writes both copies, to be called before the files themselves are written: 0 or -1. */
int zcb_copies_write(const zcb_session *session, zcb_error *error);

/* Removes the copies of folder `dir`. */
void zcb_copies_remove(const char *dir);

/* 1 when folder `dir` still has its copies: its run was never told to the end. */
int zcb_copies_exist(const char *dir);

/* 1 when `name` is a copy's that says nothing by itself: a run without its run.json and that
 * file's copy never began. */
int zcb_copy_is_remains(const char *name);

/* Makes the locked folder `dir` of an unfinished run readable again: temporary files are gone,
 * a run.json that can't be read and a cells.csv that has lost rows are replaced by their
 * copies, torn last lines of the other small tables are cut off. What was done is noted. A
 * complete run's folder is left as it is. 0, or -1 when a file can't be replaced. */
int zcb_copies_mend(const char *dir, zcb_error *error);

#endif
