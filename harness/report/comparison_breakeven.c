/* Why this file: a break-even is one number per series, with ends of its own kind. */
#include "report/comparison_parts.h"

#include "report/builds.h"
#include "report/plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const zcb_cell *cell_of(const zcb_side *side, const zcb_series *series)
{
    const zcb_analysis *analysis = side->analysis;
    return zcb_cells_at(analysis->recorded->cells,
                        analysis->results[series->result_first].cell);
}

static int is_of_variant(const zcb_side *side, const zcb_series *series)
{
    const zcb_variant *variant = &side->analysis->recorded->run.variants[side->variant];
    return strcmp(cell_of(side, series)->python, variant->name) == 0;
}

/* The series of head that asks what `series` of base asks, or NULL. */
static const zcb_series *like_of(const zcb_comparison *comparison, const zcb_series *series)
{
    const zcb_cell *cell = cell_of(&comparison->base, series);
    for (size_t i = 0; i < comparison->head.analysis->series_count; i++) {
        const zcb_series *other = &comparison->head.analysis->series[i];
        if (is_of_variant(&comparison->head, other) && strcmp(other->arm, series->arm) == 0 &&
            zcb_asks_the_same(cell_of(&comparison->head, other), cell)) {
            return other;
        }
    }
    return NULL;
}

/* The one crossing of a series; all NAN where there is none or several. */
static zcb_interval crossing_of(const zcb_side *side, const zcb_series *series)
{
    const zcb_breakeven_row *row = &side->analysis->breakeven[series->breakeven_first];
    return series->breakeven_count == 1 ? (zcb_interval){row->bytes, row->ci_lo, row->ci_hi}
                                        : zcb_interval_none();
}

static zcb_interval ratio_of(zcb_interval base, zcb_interval head)
{
    double middle = log(head.estimate / base.estimate);
    if (isnan(middle)) {
        return zcb_interval_none();
    }
    return (zcb_interval){
        exp(middle),
        exp(middle - hypot(log(head.estimate / head.lo), log(base.hi / base.estimate))),
        exp(middle + hypot(log(head.hi / head.estimate), log(base.estimate / base.lo))),
    };
}

int zcb_breakeven_changes_make(zcb_compared *item, zcb_error *error)
{
    const zcb_comparison *whole = &item->shares[ZCB_SHARE_WHOLE];
    const zcb_analysis *base = whole->base.analysis;
    item->breakevens = calloc(base->series_count + 1, sizeof *item->breakevens);
    if (item->breakevens == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    for (size_t i = 0; i < base->series_count; i++) {
        const zcb_series *series = &base->series[i];
        const zcb_series *other =
            is_of_variant(&whole->base, series) ? like_of(whole, series) : NULL;
        if (other == NULL || series->breakeven_count == 0 || other->breakeven_count == 0) {
            continue;
        }
        const zcb_planned_pair *pair =
            zcb_plan_pair(&base->recorded->run, cell_of(&whole->base, series));
        unsigned numpy = zcb_build_needs_numpy(pair) ? 0 : (unsigned)ZCB_BUILD_NUMPY;
        zcb_breakeven_change *change = &item->breakevens[item->breakeven_count++];
        *change = (zcb_breakeven_change){.base = series,
                                         .head = other,
                                         .base_bytes = crossing_of(&whole->base, series),
                                         .head_bytes = crossing_of(&whole->head, other),
                                         .differences = whole->differences & ~numpy};
        change->ratio = ratio_of(change->base_bytes, change->head_bytes);
        if (series == other && !isnan(change->ratio.estimate)) {
            change->ratio = (zcb_interval){1.0, 1.0, 1.0}; /* a variant beside itself */
        }
    }
    return 0;
}
