/* The proof that a pair is fair, before anything is timed: equal results, a view that shares, a copy
 * that doesn't, the saving its kind promises, and nothing leaked. */
#ifndef ZCB_WORKER_PROOF_H
#define ZCB_WORKER_PROOF_H

#include "worker/prepared.h"

/* Why a proof failed: one sentence without a full stop. */
typedef struct zcb_refusal {
    char reason[512];
} zcb_refusal;

/* Results of a proof and of its steps. -1: a Python exception is set. */
enum { ZCB_PROVED = 0, ZCB_REFUSED = 1 };

/* Proves the pair at one size by the rules of its kind; the instrument's own pairs (registry.h) need
 * only be prepared. Memory hooks must be in (zcb_memory_hook).
 * ZCB_PROVED; ZCB_REFUSED with the reason; -1 with a Python exception set (an arm or SETUP raised). */
int zcb_prove(zcb_lane lane, const char *name, uint64_t size_bytes, uint64_t seed,
              zcb_refusal *refusal);

/* Steps, in files of their own; same results. `arm` is the alternative's index. */

/* Both results hold the same: buffers by logical content, sequences item by item, the rest by type
 * and ==. Neither is changed. */
int zcb_prove_content(PyObject *copy, PyObject *view, const char *arm, zcb_refusal *refusal);

/* Every buffer of the view's result lies inside a source, none of the copy's does; where a
 * source is writable, a change of it is seen in the view and not in the copy, and is undone.
 * Such a change is enough where addresses can't tell (two mappings of one file). */
int zcb_prove_sharing(const zcb_prepared *prepared, PyObject *copy, PyObject *view,
                      const char *arm, zcb_refusal *refusal);

/* The same where each operation consumed a source of its own, which lay in *_from: the view's
 * result has taken over that memory, the copy's lies elsewhere. */
int zcb_prove_taken(PyObject *copy, zcb_range copy_from, PyObject *view, zcb_range view_from,
                    const char *arm, zcb_refusal *refusal);

/* A bytearray source refuses to grow while the alternative's result lives, and behaves as before once
 * it is released. Works on a case of its own. Proved at once when the source is no bytearray. */
int zcb_prove_lock(zcb_lane lane, const char *name, uint64_t size_bytes, uint64_t seed,
                   size_t arm, zcb_refusal *refusal);

/* Repeating an arm neither keeps references to the source nor blocks. */
int zcb_prove_no_leak(const zcb_prepared *prepared, size_t arm, zcb_refusal *refusal);

/* R: fewer bytes or blocks per operation than copy. Q: bytes allocated grow quadratically in copy and
 * linearly in the alternative, from half the size to the whole. */
int zcb_prove_saving(const zcb_prepared *prepared, size_t arm, zcb_refusal *refusal);
int zcb_prove_growth(const zcb_prepared *half, const zcb_prepared *whole, size_t arm,
                     zcb_refusal *refusal);

/* K: fewer bytes go through the program's memory per operation than in copy, by the calls
 * counted (passed.h). Proved at once in a sanitized worker, which can't have the calls counted.
 */
int zcb_prove_passed(const zcb_prepared *prepared, size_t arm, zcb_refusal *refusal);

/* Fills the refusal and returns ZCB_REFUSED. */
int zcb_refuse(zcb_refusal *refusal, const char *format, ...) ZCB_PRINTF(2, 3);

#endif
