/* The folder of a run: made once, locked while we write, its recorded tables kept whole. */
#ifndef ZCB_DRIVER_RUN_FOLDER_H
#define ZCB_DRIVER_RUN_FOLDER_H

#include "base/error.h"
#include "driver/session.h"

/* Whether a run could write into `out` (NULL: under results/): new or empty, a folder,
 * writable. Makes nothing. 0, or -1 with exit code 2. */
int zcb_folder_check(const char *out, zcb_error *error);

/* 0 when `dir` is a folder, else -1 with exit code 2 and how to come by a run; whether a run is
 * in it is for its reader to say. */
int zcb_folder_check_run(const char *dir, zcb_error *error);

/* Makes the folder `path` and its parents, where they are not there yet. 0, or -1. */
int zcb_folder_make(const char *path, zcb_error *error);

/* Makes the folder (`--out`, else results/<run id>) and locks it: sets run_id, dir, lock_fd. A
 * folder that somebody else has taken meanwhile is an error with exit code 2. */
int zcb_folder_create(zcb_session *session, zcb_error *error);

/* Takes a run back that could not begin: what zcb_folder_write wrote is gone, and the folder if
 * this command made it. */
void zcb_folder_abandon(zcb_session *session);

/* Locks the existing folder `dir` for a resumed run and mends what was cut short in it: sets
 * dir and lock_fd. */
int zcb_folder_open(zcb_session *session, const char *dir, zcb_error *error);

/* Opens samples.csv for appending, cut to `truncate_to` bytes when that is above 0. */
int zcb_folder_open_samples(zcb_session *session, uint64_t truncate_to, zcb_error *error);

/* Writes run.json, launches.csv and cells.csv as things stand, each whole or as it was. */
int zcb_folder_write(zcb_session *session, zcb_error *error);

/* Ends the recording of a run whose measuring gave `result`, 0 or -1 with `error` filled: closes
 * samples.csv, marks the run complete where it was 0, writes the tables a last time. `result`, or
 * -1 when that failed; an earlier error stays the one that is told. */
int zcb_folder_settle(zcb_session *session, int result, zcb_error *error);

/* Points <parent>/latest at the folder, atomically: 0, or -1. */
int zcb_folder_set_latest(const zcb_session *session, zcb_error *error);

/* `name` inside the run's folder, owned by the caller; NULL when memory is short. */
char *zcb_folder_path(const char *dir, const char *name, zcb_error *error);

/* The UTC time now, as 2026-11-22T12:00:00.123Z, into out[32]. Returns `out`. */
char *zcb_utc_text(char out[32]);

#endif
