/* `DIR[:NAME] …` on the command line: which variants are held against which. */
#ifndef ZCB_DRIVER_CONTRASTS_H
#define ZCB_DRIVER_CONTRASTS_H

#include "driver/open_runs.h"

/* One head and its base. Borrowed from the runs. */
typedef struct zcb_contrast {
    zcb_side base, head;
} zcb_contrast;

/* Zero value: empty. Owns its list. */
typedef struct zcb_contrasts {
    zcb_contrast *items;
    size_t count;
    int is_whole_run; /* 1: nothing but one folder was named: all its variants against the first
                       */
} zcb_contrasts;

/* Reads the runs that `words` name into *runs and lists what is to be compared. A word is a
 * folder, FOLDER:NAME, or NAME or :NAME of the folder before it (results/latest where there is
 * none). The first is the base. A folder alone stands for its variants: with a named one on the
 * other side for that of the same name, or the only one; else each is compared with that of the
 * same name, or the only ones with each other. One folder alone: all its variants with the
 * first. No words: results/latest. 0, or -1 with exit code 2 (no such folder or variant) or 5
 * (nothing to compare). */
int zcb_contrasts_list(const zcb_texts *words, zcb_open_runs *runs, zcb_contrasts *out,
                       zcb_error *error);

void zcb_contrasts_clear(zcb_contrasts *contrasts);

#endif
