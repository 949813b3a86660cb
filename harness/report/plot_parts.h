/* What the kinds of picture have in common: how data and parameter files are written.
 * Internal to the plots of this room. */
#ifndef ZCB_REPORT_PLOT_PARTS_H
#define ZCB_REPORT_PLOT_PARTS_H

#include "base/error.h"
#include "report/answers.h"
#include "report/pictures.h"

#include <stdio.h>

/* The conditions of `cell` that are not those of every run, each with `before` in front:
 * "-cold-read". */
char *zcb_plot_conditions(const zcb_cell *cell, const char *before, char *out, size_t size);

/* A range on a logarithmic axis. Zero value: empty. Invariant when not empty: 0 < lo <= hi. */
typedef struct zcb_plot_range {
    double lo, hi;
} zcb_plot_range;

/* Widens the range to hold `value`; what is not above 0 and finite changes nothing. */
void zcb_plot_range_add(zcb_plot_range *range, double value);

/* Begins a parameter file: name and a name fit for ids in an SVG. */
void zcb_plot_head(FILE *stream, const char *name);

/* key = 'text', at most `columns` columns of it. */
void zcb_plot_text(FILE *stream, const char *key, const char *text, size_t columns);

/* key = number. */
void zcb_plot_number(FILE *stream, const char *key, double number);

/* x_min, x_max, x_step of a size axis with at most `labels` labels. */
void zcb_plot_size_axis(FILE *stream, zcb_plot_range sizes, int labels);

/* Opens folder/name+ending for writing whole; see zcb_file_begin. */
struct zcb_file *zcb_plot_begin(const char *folder, const char *name, const char *ending,
                                zcb_error *error);

/* title_text, findings and head: the lines above the drawing, two for a finding that one doesn't
 * hold. Sets picture->head. */
void zcb_plot_title(FILE *stream, zcb_picture *picture, const char *title,
                    const char *const *findings, size_t count);

/* key_1 …: names for under the drawing, and widest: the columns of the longest, at least
 * `least`. */
void zcb_plot_names(FILE *stream, const char *key, const char *const *names, size_t count,
                    size_t least);

/* pythons, python_1 …: the run's variants as such names. 0 or -1 (memory). */
int zcb_plot_pythons(FILE *stream, const zcb_run *run, zcb_error *error);

/* caches and cache_names: the machine's cache sizes that lie inside `sizes`. */
void zcb_plot_caches(FILE *stream, const zcb_machine *machine, zcb_plot_range sizes);

/* A question in a few columns, for the side of a picture: its pair, alternative, conditions;
 * the lane where `has_lane`. */
char *zcb_plot_question(const zcb_cell *cell, const char *arm, int has_lane, char *out,
                        size_t size);

/* Any series of the row: what it asks is the same on all variants. */
const zcb_series *zcb_plot_any(const zcb_answer_row *row, size_t variant_count);

/* The first cell of `series`. */
const zcb_cell *zcb_plot_cell(const zcb_analysis *analysis, const zcb_series *series);

/* A group's name fit for a file's: "array, struct" becomes "array-struct". Returns `out`. */
char *zcb_plot_group(const char *group, char *out, size_t size);

/* 1 when `cell` has conditions that vary around a base which this run has as well: a few sizes
 * make no curve, and the heatmap shows them. */
int zcb_plot_is_side_condition(const zcb_analysis *analysis, const zcb_cell *cell);

/* The questions of one group and lane: indices of answers->rows. Zero value: empty. Owned. */
typedef struct zcb_questions {
    size_t *rows;
    size_t count;
    size_t group, lane;
    const char *group_name;
} zcb_questions;

/* The questions of a group and lane that come after `*from`, in the order of the answers; *from
 * (0 at first) moves on. Rows that `is_wanted` (NULL: all are) refuses are left out. 1, 0 after
 * the last (*out empty then), or -1 (memory). The caller frees out->rows. */
int zcb_questions_next(const zcb_analysis *analysis, const zcb_answers *answers,
                       int (*is_wanted)(const zcb_analysis *, const zcb_answer_row *, size_t),
                       size_t *from, zcb_questions *out, zcb_error *error);

/* Writes the files of every picture of one kind into `folder` and adds them. 0 or -1. */
typedef int zcb_plot_kind(const zcb_analysis *analysis, const char *folder,
                          zcb_pictures *pictures, zcb_error *error);
zcb_plot_kind zcb_plot_forests, zcb_plot_times, zcb_plot_speedups, zcb_plot_heatmaps,
    zcb_plot_compares, zcb_plot_controls;

#endif
