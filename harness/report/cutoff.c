/* Why this file: 1487.3 is an estimate, 1536 is a constant somebody can read. */
#include "report/cutoff.h"

#include "report/answers.h"
#include "report/units.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define NEAR 1.10 /* a round number farther off than this says something else */

uint64_t zcb_cutoff_round(double estimate, double lo, double hi)
{
    double least = fmax(isfinite(lo) ? lo : 0, estimate / NEAR);
    double most = fmin(isfinite(hi) ? hi : INFINITY, estimate * NEAR);
    for (int bits = 62; bits >= 0; bits--) {
        double step = ldexp(1, bits), nearest = round(estimate / step) * step;
        if (nearest < least) {
            nearest += step;
        } else if (nearest > most) {
            nearest -= step;
        }
        if (nearest >= least && nearest <= most && nearest >= 1) {
            return (uint64_t)nearest;
        }
    }
    return (uint64_t)fmax(1, ceil(estimate));
}

/* 1 when sharing wins at the largest size that was decided, 0 when it loses there, -1 when none
 * was. Sets the sizes measured. */
static int ends_paying(const zcb_analysis *analysis, zcb_cutoff *cutoff)
{
    const zcb_series *series = cutoff->series;
    int pays = -1;
    for (size_t i = 0; i < series->result_count; i++) {
        const zcb_cell_result *result = &analysis->results[series->result_first + i];
        const zcb_speedup_row *row = zcb_analysis_speedup(analysis, result, series->arm);
        if (row == NULL) {
            continue;
        }
        uint64_t size = zcb_cells_at(analysis->recorded->cells, result->cell)->size_bytes;
        cutoff->size_min = cutoff->size_min == 0 ? size : cutoff->size_min;
        cutoff->size_max = size;
        pays = row->gross_lo > 1.0 ? 1 : row->gross_hi < 1.0 ? 0 : pays;
    }
    return pays;
}

static void take_crossing(const zcb_analysis *analysis, int pays, zcb_cutoff *cutoff)
{
    const zcb_series *series = cutoff->series;
    const zcb_breakeven_row *row =
        &analysis->breakeven[series->breakeven_first + series->breakeven_count - 1];
    if (pays < 0 || (!pays && series->breakeven_count > 1) || !isfinite(row->bytes)) {
        return; /* shares only in between: no single number says that */
    }
    cutoff->rule = pays ? ZCB_CUTOFF_COPY_BELOW : ZCB_CUTOFF_COPY_ABOVE;
    cutoff->estimate = row->bytes;
    cutoff->lo = row->ci_lo;
    cutoff->hi = row->ci_hi;
    cutoff->bytes = zcb_cutoff_round(row->bytes, row->ci_lo, row->ci_hi);
}

static void word(const zcb_analysis *analysis, zcb_cutoff *cutoff)
{
    char answer[ZCB_ANSWER_TEXT_MAX], from[ZCB_UNIT_TEXT_MAX], to[ZCB_UNIT_TEXT_MAX];
    zcb_answer_text(analysis, cutoff->series, answer, sizeof answer);
    if (cutoff->size_max == 0) {
        snprintf(cutoff->sentence, sizeof cutoff->sentence, "%s", answer);
        return;
    }
    zcb_unit_size((double)cutoff->size_min, from, sizeof from);
    zcb_unit_size((double)cutoff->size_max, to, sizeof to);
    const char *advice = "";
    if (cutoff->rule == ZCB_CUTOFF_SHARE) {
        advice = ": always share";
    } else if (cutoff->rule == ZCB_CUTOFF_COPY) {
        advice = ": always copy";
    } else if (cutoff->rule == ZCB_CUTOFF_NONE) {
        advice = ": no constant can be given";
    }
    snprintf(cutoff->sentence, sizeof cutoff->sentence, "sharing: %s%s (measured %s to %s)",
             answer, advice, from, to);
}

void zcb_cutoff_make(const zcb_analysis *analysis, const zcb_series *series, zcb_cutoff *out)
{
    uint32_t first = analysis->results[series->result_first].cell;
    *out = (zcb_cutoff){.series = series,
                        .cell = zcb_cells_at(analysis->recorded->cells, first),
                        .status = "unmeasured",
                        .estimate = NAN,
                        .lo = NAN,
                        .hi = NAN};
    int pays = ends_paying(analysis, out);
    if (series->breakeven_count > 0) {
        out->status = analysis->breakeven[series->breakeven_first].status;
    }
    if (strcmp(out->status, "crossed") == 0 || strcmp(out->status, "multiple") == 0) {
        take_crossing(analysis, pays, out);
    } else if (strcmp(out->status, "always") == 0) {
        out->rule = ZCB_CUTOFF_SHARE;
    } else if (strcmp(out->status, "never") == 0) {
        out->rule = ZCB_CUTOFF_COPY;
    }
    word(analysis, out);
}
