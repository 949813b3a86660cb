/* Why this file: nobody's budget is in nanoseconds; a share of a core or packets a second is.
 */
#include "report/scenarios.h"

#include "report/text.h"
#include "report/units.h"

#include <math.h>
#include <string.h>

#define FRAMES_PER_SECOND 60.0
#define ROWS_MAX 400
#define NAME_COLUMNS 80

typedef enum measure { SHARE_OF_CORE, PER_SECOND } measure;

/* What one operation of a scenario pair is. */
typedef struct scenario {
    const char *pair, *things; /* "packets of %s": %s is the size */
    measure measure;
    uint64_t typical_bytes; /* told at the largest measured size up to this one */
} scenario;

static const scenario scenarios[] = {
    {"video_roi", "regions of", SHARE_OF_CORE, UINT64_C(1) << 20},
    {"packet_parse", "packets of", PER_SECOND, UINT64_C(1) << 10},
    {"timeseries_windows", "series of 16 windows and", PER_SECOND, UINT64_C(1) << 20},
    {"http_body", "request bodies of", PER_SECOND, UINT64_C(1) << 20},
    {"log_lines", "logs of 64 lines and", PER_SECOND, UINT64_C(1) << 18},
    {"handover_chain", "messages through four layers, of", PER_SECOND, UINT64_C(1) << 16},
    {"handover_chain_16", "messages through sixteen layers, of", PER_SECOND,
     UINT64_C(1) << 16}};

static const scenario *find_scenario(const char *pair)
{
    for (size_t i = 0; i < sizeof scenarios / sizeof scenarios[0]; i++) {
        if (strcmp(scenarios[i].pair, pair) == 0) {
            return &scenarios[i];
        }
    }
    return NULL;
}

static const zcb_cell *cell_of(const zcb_analysis *analysis, const zcb_cell_result *result)
{
    return zcb_cells_at(analysis->recorded->cells, result->cell);
}

/* The cell to tell of: the largest up to the typical size that has both times, else the
 * smallest that has; NULL: none. */
static const zcb_cell_result *choose(const zcb_analysis *analysis, const zcb_series *series,
                                     uint64_t typical)
{
    const zcb_cell_result *found = NULL;
    for (size_t i = 0; i < series->result_count; i++) {
        const zcb_cell_result *result = &analysis->results[series->result_first + i];
        if (zcb_analysis_speedup(analysis, result, series->arm) != NULL &&
            (found == NULL || cell_of(analysis, result)->size_bytes <= typical)) {
            found = result;
        }
    }
    return found;
}

/* Three numbers of one unit with as many digits as the first needs: "0.41 % (0.40–0.43)". */
static void format_three(double middle, double lo, double hi, const char *unit, char *out,
                         size_t size)
{
    int decimals = middle > 0 ? (int)(2 - floor(log10(middle))) : 0;
    decimals = decimals < 0 ? 0 : decimals > 9 ? 9 : decimals;
    int used = snprintf(out, size, "%.*f%s", decimals, middle, unit);
    if (isfinite(lo) && isfinite(hi) && used > 0 && (size_t)used < size) {
        snprintf(out + used, size - (size_t)used, " (%.*f–%.*f)", decimals, lo, decimals, hi);
    }
}

/* A time per operation as what it means. */
static void format_meaning(measure measure, const zcb_summary_row *row, char *out, size_t size)
{
    double middle = row->median_ns, lo = row->ci_lo_ns, hi = row->ci_hi_ns;
    if (measure == SHARE_OF_CORE) {
        double scale = FRAMES_PER_SECOND * 100.0 / 1e9;
        format_three(middle * scale, lo * scale, hi * scale, " %", out, size);
        return;
    }
    double rate = 1e9 / middle, unit = rate >= 1e6 ? 1e6 : rate >= 1e4 ? 1e3 : 1;
    const char *name = unit > 1e5 ? " million" : unit > 1 ? " thousand" : "";
    format_three(rate / unit, 1e9 / hi / unit, 1e9 / lo / unit, name, out, size);
}

char *zcb_scenario_text(const zcb_analysis *analysis, const zcb_series *series, char *out,
                        size_t size)
{
    char where[ZCB_UNIT_TEXT_MAX], copy[ZCB_UNIT_TEXT_MAX], view[ZCB_UNIT_TEXT_MAX],
        arm[ZCB_UNIT_TEXT_MAX];
    out[0] = '\0';
    if (series->result_count == 0) {
        return out;
    }
    const scenario *s =
        find_scenario(cell_of(analysis, &analysis->results[series->result_first])->pair);
    const zcb_cell_result *result =
        s == NULL ? NULL : choose(analysis, series, s->typical_bytes);
    if (result == NULL) {
        return out;
    }
    const zcb_summary_row *copies = zcb_analysis_summary(analysis, result, ZCB_ARM_COPY);
    const zcb_summary_row *views = zcb_analysis_summary(analysis, result, series->arm);
    if (copies == NULL || views == NULL || !(copies->median_ns > 0) ||
        !(views->median_ns > 0)) {
        return out;
    }
    zcb_unit_size((double)cell_of(analysis, result)->size_bytes, where, sizeof where);
    format_meaning(s->measure, copies, copy, sizeof copy);
    format_meaning(s->measure, views, view, sizeof view);
    zcb_text_visible(series->arm, arm, sizeof arm);
    if (s->measure == SHARE_OF_CORE) {
        snprintf(out, size,
                 "handing on %.0f %s %s a second takes %s of a core by copying, %s by %s",
                 FRAMES_PER_SECOND, s->things, where, copy, view, arm);
    } else {
        snprintf(out, size, "%s %s: a core does %s a second by copying, %s by %s", s->things,
                 where, copy, view, arm);
    }
    return out;
}

void zcb_scenarios_md(const zcb_analysis *analysis, FILE *stream)
{
    size_t told = 0;
    for (size_t i = 0; i < analysis->series_count && told < ROWS_MAX; i++) {
        const zcb_series *series = &analysis->series[i];
        char text[ZCB_SCENARIO_TEXT_MAX];
        if (zcb_scenario_text(analysis, series, text, sizeof text)[0] == '\0') {
            continue;
        }
        const zcb_cell *cell = cell_of(analysis, &analysis->results[series->result_first]);
        fputs(told == 0 ? "\n## Scenarios\n\n" : "", stream);
        fputs("- ", stream);
        zcb_text_markdown(stream, cell->python, NAME_COLUMNS);
        fputs(", ", stream);
        zcb_text_markdown(stream, cell->pair, NAME_COLUMNS);
        if (cell->consumer == ZCB_CONSUMER_READ || cell->cache == ZCB_CACHE_COLD ||
            cell->heap != ZCB_HEAP_DEFAULT) {
            fprintf(stream, " (heap %s, cache %s, consumer %s)", zcb_heap_name(cell->heap),
                    zcb_cache_name(cell->cache), zcb_consumer_name(cell->consumer));
        }
        fputs(": ", stream);
        zcb_text_markdown(stream, text, ZCB_SCENARIO_TEXT_MAX);
        fputs("\n", stream);
        told++;
    }
}
