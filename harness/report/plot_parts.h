/* What the two kinds of picture have in common: how data and parameter files are written.
 * Internal to the plots of this room. */
#ifndef ZCB_REPORT_PLOT_PARTS_H
#define ZCB_REPORT_PLOT_PARTS_H

#include "base/error.h"
#include "report/analysis.h"

#include <stdio.h>

#define ZCB_PICTURE_NAME_MAX 160

/* The pictures that were written and wait to be drawn. Zero value: empty. Owns the names. */
typedef struct zcb_pictures {
    char (*names)[ZCB_PICTURE_NAME_MAX];
    size_t count, capacity;
} zcb_pictures;

/* Adds a picture called after `text`, which may hold anything; two that would get the same name
 * are told apart by a number. The name, borrowed until the next add; NULL when memory is short.
 */
const char *zcb_pictures_add(zcb_pictures *pictures, const char *text);
void zcb_pictures_clear(zcb_pictures *pictures);

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

/* x_min, x_max, x_step, x_minor of a size axis with at most `labels` labels. */
void zcb_plot_size_axis(FILE *stream, zcb_plot_range sizes, int labels);

/* Opens folder/name+ending for writing whole; see zcb_file_begin. */
struct zcb_file *zcb_plot_begin(const char *folder, const char *name, const char *ending,
                                zcb_error *error);

/* Writes the files of every picture of one kind into `folder` and adds their names. 0 or -1. */
int zcb_plot_times(const zcb_analysis *analysis, const char *folder, zcb_pictures *pictures,
                   zcb_error *error);
int zcb_plot_speedups(const zcb_analysis *analysis, const char *folder, zcb_pictures *pictures,
                      zcb_error *error);

#endif
