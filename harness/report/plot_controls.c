/* Why this file: a reader who doubts a figure looks at the controls first. */
#include "report/plot_parts.h"

#include "report/plan.h"
#include "report/units.h"
#include "stats/order.h"
#include "store/files.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A range on a linear axis around 1. */
typedef struct span {
    double lo, hi;
} span;

/* Both pictures' axes. */
typedef struct picture {
    const zcb_analysis *analysis;
    span twin, null, drift;
    zcb_plot_range sizes, spread;
    size_t drifting, judged; /* speed-ups that drift, of how many */
    uint32_t first_launch, last_launch;
} picture;

static void span_add(span *span, double value)
{
    if (isfinite(value)) {
        span->lo = value < span->lo ? value : span->lo;
        span->hi = value > span->hi ? value : span->hi;
    }
}

/* A little room at both ends, and never so narrow that noise fills the picture. */
static void write_span(FILE *stream, const char *name, span span, double least)
{
    char key[32];
    double room = 0.08 * (span.hi - span.lo);
    snprintf(key, sizeof key, "%s_min", name);
    zcb_plot_number(stream, key, fmin(span.lo - room, 1.0 - least));
    snprintf(key, sizeof key, "%s_max", name);
    zcb_plot_number(stream, key, fmax(span.hi + room, 1.0 + least));
}

static void write_numbers(FILE *stream, const double *figures, size_t count)
{
    for (size_t f = 0; f < count; f++) {
        fputc(',', stream);
        zcb_csv_number(stream, figures[f]);
    }
    fputc('\n', stream);
}

static int write_launches(picture *picture, const char *folder, const char *name,
                          zcb_error *error)
{
    const zcb_analysis *analysis = picture->analysis;
    zcb_file *file = zcb_plot_begin(folder, name, ".csv", error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    fputs("number,python,launch,cells,twin,twin_lo,twin_hi,null,null_lo,null_hi\n", stream);
    for (size_t i = 0; i < analysis->steadiness_count; i++) {
        const zcb_launch_steadiness *row = &analysis->steadiness[i];
        const double figures[] = {row->twin, row->twin_lo, row->twin_hi,
                                  row->null, row->null_lo, row->null_hi};
        fprintf(stream, "%zu,", row->variant + 1);
        zcb_csv_text(stream, analysis->recorded->run.variants[row->variant].name);
        fprintf(stream, ",%u,%zu", row->launch, row->cells);
        write_numbers(stream, figures, 6);
        for (size_t f = 0; f < 6; f++) {
            span_add(f < 3 ? &picture->twin : &picture->null, figures[f]);
        }
        int is_first = i == 0 || row->launch < picture->first_launch;
        picture->first_launch = is_first ? row->launch : picture->first_launch;
        picture->last_launch =
            row->launch > picture->last_launch ? row->launch : picture->last_launch;
    }
    return zcb_file_commit(file, error);
}

/* What is gathered of a variant and size. Invariant: room for every speed-up of the run. */
typedef struct gathering {
    double *spread, *drift;
    size_t spreads, drifts;
} gathering;

/* The speed-ups of one variant and size. */
static void gather(const zcb_analysis *analysis, size_t variant, uint64_t size, gathering *out)
{
    out->spreads = out->drifts = 0;
    for (size_t i = 0; i < analysis->speedup_count; i++) {
        const zcb_speedup_row *row = &analysis->speedup[i];
        const zcb_cell *cell = zcb_cells_at(analysis->recorded->cells, row->cell);
        if (cell->size_bytes != size ||
            strcmp(cell->python, analysis->recorded->run.variants[variant].name) != 0) {
            continue;
        }
        if (isfinite(row->launch_sd)) {
            out->spread[out->spreads++] = 100.0 * row->launch_sd;
        }
        if (isfinite(row->drift)) {
            out->drift[out->drifts++] = row->drift;
        }
    }
    zcb_sort(out->spread, out->spreads);
    zcb_sort(out->drift, out->drifts);
}

/* One row of the data, where there is something to sum up. */
static void write_size(picture *picture, FILE *stream, size_t variant, uint64_t size,
                       const gathering *of)
{
    enum { CELLS_MIN = 3 }; /* quartiles of fewer say nothing */
    double figures[6];
    static const double quantiles[] = {0.5, 0.25, 0.75};
    if (of->spreads < CELLS_MIN || of->drifts < CELLS_MIN) {
        return;
    }
    for (size_t q = 0; q < 3; q++) {
        figures[q] = zcb_quantile_sorted(of->spread, of->spreads, quantiles[q]);
        figures[3 + q] = zcb_quantile_sorted(of->drift, of->drifts, quantiles[q]);
        zcb_plot_range_add(&picture->spread, figures[q]);
        span_add(&picture->drift, figures[3 + q]);
    }
    fprintf(stream, "%zu,", variant + 1);
    zcb_csv_text(stream, picture->analysis->recorded->run.variants[variant].name);
    fprintf(stream, ",%llu,%zu", (unsigned long long)size, of->spreads);
    write_numbers(stream, figures, 6);
    zcb_plot_range_add(&picture->sizes, (double)size);
}

/* The smallest measured size above `size`; 0: none. */
static uint64_t next_size(const zcb_analysis *analysis, uint64_t size)
{
    uint64_t next = 0;
    for (size_t i = 0; i < analysis->speedup_count; i++) {
        uint64_t other =
            zcb_cells_at(analysis->recorded->cells, analysis->speedup[i].cell)->size_bytes;
        next = other > size && (next == 0 || other < next) ? other : next;
    }
    return next;
}

static int write_cells(picture *picture, const char *folder, const char *name, zcb_error *error)
{
    const zcb_analysis *analysis = picture->analysis;
    gathering of = {calloc(analysis->speedup_count + 1, sizeof(double)),
                    calloc(analysis->speedup_count + 1, sizeof(double)), 0, 0};
    zcb_file *file = zcb_plot_begin(folder, name, ".csv", error);
    if (of.spread == NULL || of.drift == NULL || file == NULL) {
        free(of.spread);
        free(of.drift);
        zcb_file_discard(file);
        return file == NULL ? -1 : zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    fputs("number,python,size_bytes,cells,spread_percent,spread_lo,spread_hi,drift,drift_lo,"
          "drift_hi\n",
          zcb_file_stream(file));
    for (uint64_t size = next_size(analysis, 0); size != 0; size = next_size(analysis, size)) {
        for (size_t v = 0; v < analysis->recorded->run.variant_count; v++) {
            gather(analysis, v, size, &of);
            write_size(picture, zcb_file_stream(file), v, size, &of);
        }
    }
    for (size_t i = 0; i < analysis->speedup_count; i++) {
        picture->judged += isfinite(analysis->speedup[i].drift) ? 1 : 0;
        picture->drifting += analysis->speedup[i].is_drifting ? 1 : 0;
    }
    free(of.spread);
    free(of.drift);
    return zcb_file_commit(file, error);
}

static int tell_launches(const picture *picture, FILE *stream, zcb_picture *target,
                         zcb_error *error)
{
    const zcb_controls *controls = &picture->analysis->controls;
    char factor[ZCB_UNIT_TEXT_MAX], finding[512], alt[800];
    static const char title[] = "Twin and null over the run";
    zcb_unit_factor_interval(controls->twin.estimate, controls->twin.lo, controls->twin.hi,
                             factor, sizeof factor);
    snprintf(finding, sizeof finding,
             "The same copy visited twice takes %s times as long, over %zu cells; null stays "
             "between %.3f and %.3f of its mean from launch to launch (middle halves of the "
             "cells).",
             factor, controls->twin_cells, picture->null.lo, picture->null.hi);
    snprintf(alt, sizeof alt,
             "Twin ÷ copy and null ÷ its mean against the launches of the run. %s", finding);
    zcb_plot_title(stream, target, title, NULL, 0);
    return zcb_picture_tell(target, title, finding, alt, error);
}

/* Median launch spread in per cent; NAN when memory is short or nothing has one. */
static double typical_spread(const zcb_analysis *analysis)
{
    double *values = calloc(analysis->speedup_count + 1, sizeof *values);
    size_t count = 0;
    for (size_t i = 0; values != NULL && i < analysis->speedup_count; i++) {
        if (isfinite(analysis->speedup[i].launch_sd)) {
            values[count++] = analysis->speedup[i].launch_sd;
        }
    }
    double median = count > 0 ? 100.0 * zcb_median(values, count) : (double)NAN;
    free(values);
    return median;
}

static int tell_cells(const picture *picture, FILE *stream, zcb_picture *target,
                      zcb_error *error)
{
    char finding[512], alt[800];
    static const char title[] = "Launch spread and drift";
    snprintf(
        finding, sizeof finding,
        "The speed-ups of the launches of a cell have a standard deviation of %.2g %% in the "
        "middle of the cells; %zu of %zu speed-ups drift within a launch.",
        typical_spread(picture->analysis), picture->drifting, picture->judged);
    snprintf(
        alt, sizeof alt,
        "Spread of the launches and drift within them, medians and quartiles of the cells, "
        "against size. %s",
        finding);
    zcb_plot_title(stream, target, title, NULL, 0);
    return zcb_picture_tell(target, title, finding, alt, error);
}

/* Writes the parameters of one picture; `is_launches` says which. */
static int write_script(const picture *picture, const char *folder, zcb_picture *target,
                        int is_launches, zcb_error *error)
{
    zcb_file *file = zcb_plot_begin(folder, target->name, ".gp", error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    zcb_plot_head(stream, target->name);
    if ((is_launches ? tell_launches : tell_cells)(picture, stream, target, error) != 0 ||
        zcb_plot_pythons(stream, &picture->analysis->recorded->run, error) != 0) {
        zcb_file_discard(file);
        return -1;
    }
    if (is_launches) {
        zcb_plot_number(stream, "first_launch", picture->first_launch);
        zcb_plot_number(stream, "last_launch", picture->last_launch);
        write_span(stream, "twin", picture->twin, 0.005);
        write_span(stream, "null", picture->null, 0.02);
    } else {
        zcb_plot_size_axis(stream, picture->sizes, 6);
        zcb_plot_number(stream, "spread_min", picture->spread.lo / 1.5);
        zcb_plot_number(stream, "spread_max", picture->spread.hi * 1.5);
        write_span(stream, "drift", picture->drift, 0.03);
    }
    fprintf(stream, "load '%s.gp'\n", is_launches ? "controls" : "spread");
    return zcb_file_commit(file, error);
}

static int write_picture(picture *picture, const char *folder, const char *name,
                         int is_launches, zcb_pictures *pictures, zcb_error *error)
{
    zcb_about all = {ZCB_ABOUT_ALL, ZCB_ABOUT_ALL, ZCB_ABOUT_ALL, 0};
    zcb_picture *target = zcb_pictures_add(pictures, name, ZCB_PICTURE_CONTROLS, all);
    if (target == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    int result = is_launches ? write_launches(picture, folder, target->name, error)
                             : write_cells(picture, folder, target->name, error);
    return result == 0 ? write_script(picture, folder, target, is_launches, error) : -1;
}

/* 1 when some variant and size has cells enough to sum up. */
static int has_sizes(const zcb_analysis *analysis)
{
    enum { SPEEDUPS_MIN = 3 };
    for (size_t i = 0; i < analysis->speedup_count; i++) {
        const zcb_cell *cell =
            zcb_cells_at(analysis->recorded->cells, analysis->speedup[i].cell);
        size_t alike = 0;
        for (size_t j = i; j < analysis->speedup_count; j++) {
            const zcb_cell *other =
                zcb_cells_at(analysis->recorded->cells, analysis->speedup[j].cell);
            alike += other->size_bytes == cell->size_bytes &&
                     strcmp(other->python, cell->python) == 0 &&
                     isfinite(analysis->speedup[j].launch_sd) &&
                     isfinite(analysis->speedup[j].drift);
        }
        if (alike >= SPEEDUPS_MIN) {
            return 1;
        }
    }
    return 0;
}

int zcb_plot_controls(const zcb_analysis *analysis, const char *folder, zcb_pictures *pictures,
                      zcb_error *error)
{
    picture picture = {.analysis = analysis, .twin = {1, 1}, .null = {1, 1}, .drift = {1, 1}};
    if (analysis->steadiness_count > 0 &&
        write_picture(&picture, folder, "controls-launches", 1, pictures, error) != 0) {
        return -1;
    }
    if (has_sizes(analysis)) {
        return write_picture(&picture, folder, "controls-spread", 0, pictures, error);
    }
    return 0;
}
