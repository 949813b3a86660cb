/* See growth.h. */
#include "report/growth.h"

#include "base/words.h"
#include "report/plan.h"
#include "report/units.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const zcb_planned_pair *pair_of(const zcb_analysis *analysis, const zcb_scaling_row *row)
{
    return zcb_plan_pair(&analysis->recorded->run,
                         zcb_cells_at(analysis->recorded->cells, row->cell));
}

/* Page faults per operation of the row's arm at a size of its series; NAN unknown. */
static double faults_at(const zcb_analysis *analysis, const zcb_scaling_row *row,
                        uint64_t size_bytes)
{
    const zcb_cells *cells = analysis->recorded->cells;
    for (size_t i = 0; i < analysis->result_count; i++) {
        const zcb_cell *cell = zcb_cells_at(cells, analysis->results[i].cell);
        if (cell->size_bytes == size_bytes &&
            zcb_plan_same_series(cell, zcb_cells_at(cells, row->cell))) {
            const zcb_summary_row *summary =
                zcb_analysis_summary(analysis, &analysis->results[i], row->arm);
            return summary != NULL ? summary->faults_per_op : (double)NAN;
        }
    }
    return (double)NAN;
}

char *zcb_growth_text(const zcb_analysis *analysis, const zcb_scaling_row *row, char *out,
                      size_t size)
{
    const zcb_planned_pair *pair = pair_of(analysis, row);
    char from[ZCB_UNIT_TEXT_MAX], to[ZCB_UNIT_TEXT_MAX];
    snprintf(out, size,
             "time grows as n^%.2f (%.2f–%.2f) from %s to %s, where a pair of kind %s promises "
             "n^%.0f",
             row->exponent, row->ci_lo, row->ci_hi,
             zcb_unit_size((double)row->regime_lo_bytes, from, sizeof from),
             zcb_unit_size((double)row->regime_hi_bytes, to, sizeof to),
             pair != NULL ? zcb_kind_name(pair->kind) : "?", row->expected);
    double before = faults_at(analysis, row, row->regime_lo_bytes);
    double after = faults_at(analysis, row, row->regime_hi_bytes);
    size_t used = strlen(out);
    if (after - before >= 1.0) {
        snprintf(out + used, size - used, "; page faults per operation grow from %.0f to %.0f",
                 before, after);
    }
    return out;
}

const char *zcb_growth_note(const zcb_analysis *analysis, const zcb_scaling_row *row)
{
    const zcb_planned_pair *pair = pair_of(analysis, row);
    return pair != NULL && pair->note != NULL ? pair->note : "";
}
