/* Everything that is said when variants are compared: each head against its base with series,
 * means and break-evens, and where numpy differs too, what of the change is Python's and what
 * numpy's. Table, files, picture and JSON are made from it. */
#ifndef ZCB_REPORT_COMPARISON_SET_H
#define ZCB_REPORT_COMPARISON_SET_H

#include "base/error.h"
#include "report/comparison.h"

#include <stddef.h>

/* The break-even of one series on both sides. */
typedef struct zcb_breakeven_change {
    const zcb_series *base, *head; /* of their analyses */
    zcb_interval base_bytes, head_bytes;
    zcb_interval ratio;   /* of head ÷ base, where both cross once; else all NAN. Ends by MOVER
                             from   the ends of both (Zou, Donner, Statistics in Medicine 27,
                             2008)   on ln   bytes, as if launches had nothing in common: too wide
                             rather   than too   narrow */
    unsigned differences; /* zcb_build_part that touch it */
} zcb_breakeven_change;

/* Whose share of a change. */
typedef enum zcb_share {
    ZCB_SHARE_WHOLE,
    ZCB_SHARE_PYTHON,
    ZCB_SHARE_NUMPY,
    ZCB_SHARE_COUNT
} zcb_share;

/* "", "python", "numpy"; static storage. */
const char *zcb_share_name(zcb_share share);

/* One head against its base. */
typedef struct zcb_compared {
    zcb_comparison shares[ZCB_SHARE_COUNT]; /* the parts are of the pairs that need numpy, and
                                               empty without a bridge */
    int has_bridge;   /* 1: two variants of the run with one numpy have these two Pythons */
    size_t bridge[2]; /* their indices in run.variants: base's Python, head's Python */
    int wants_bridge; /* 1: numpy differs and pairs that need it were compared */
    zcb_breakeven_change *breakevens;
    size_t breakeven_count;
} zcb_compared;

/* Zero value: empty. Owns its members; borrows the sides' analyses and figures. */
typedef struct zcb_comparison_set {
    zcb_compared *items;
    size_t count;
} zcb_comparison_set;

/* Compares `head` with `base` and adds it. `options` (NULL: defaults) without its beyond_
 * members. 0, or -1 with the set as it was (memory). */
int zcb_comparison_set_add(zcb_comparison_set *set, const zcb_side *base, const zcb_side *head,
                           const zcb_comparison_options *options, zcb_error *error);

/* Takes out the heads that serve another one as a bridge and are nothing else. */
void zcb_comparison_set_drop_bridges(zcb_comparison_set *set);

void zcb_comparison_set_clear(zcb_comparison_set *set);

/* The mean of the same figure, arm and series as `like`, or NULL; borrowed. Cells of two runs
 * are told by what they ask. */
const zcb_comparison_mean *zcb_comparison_find_series(const zcb_comparison *comparison,
                                                      const zcb_cell *like, const char *arm,
                                                      zcb_figure figure);

#endif
