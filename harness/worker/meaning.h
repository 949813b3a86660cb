/* What holding a result means for it and for its source — observed on this interpreter, not
 * declared. */
#ifndef ZCB_WORKER_MEANING_H
#define ZCB_WORKER_MEANING_H

#include "worker/prepared.h"

/* 1 yes, 0 no, -1 can't be observed: see meaning.c for when. */
typedef struct zcb_arm_meaning {
    int change_seen;       /* a later change of the source is seen through the result */
    int source_locked;     /* the source refuses to change its size while the result lives */
    int source_kept_alive; /* a reference to the source goes with the result */
    int writable;          /* the source or the copy can be written to through the result */
    int contiguous;
} zcb_arm_meaning;

/* Observes arm `arm` on a case of its own: 0, or -1 with a Python exception set. */
int zcb_meaning_observe(zcb_lane lane, const char *name, uint64_t size_bytes, uint64_t seed,
                        size_t arm, zcb_arm_meaning *out);

/* Changes each source that can be written to, and undoes it: *out is 1 when such a change is
 * seen through `result`, 0 when not, -1 when no source can be changed or the result shows no
 * change. 0, or -1 with a Python exception set. */
int zcb_meaning_change_seen(const zcb_prepared *prepared, PyObject *result, int *out);

#endif
