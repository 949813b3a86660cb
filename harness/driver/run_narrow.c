/* See run_narrow.h. */
#include "driver/run_narrow.h"

#include "driver/amounts.h"
#include "driver/console.h"
#include "driver/narrow.h"
#include "driver/phases.h"
#include "driver/run_folder.h"
#include "report/units.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SLICES 10.0      /* of what is left of a budget goes to one launch … */
#define SLICE_STARTS 5.0 /* … or as many times what its start takes, if that is more */
#define TOLD_MAX 8

/* How wide the widest interval of a cell is, and what it would need. */
typedef struct cell_width {
    size_t cell;
    double width;
    uint32_t needed; /* launches; 0 without a precision */
} cell_width;

static int is_measured(const zcb_session *s, size_t cell)
{
    return !zcb_session_is_closed(s, cell) && s->states[cell].launches > 0;
}

static double sd_of(const double *values, size_t count)
{
    double mean = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        mean += values[i] / (double)count;
    }
    for (size_t i = 0; i < count; i++) {
        squares += (values[i] - mean) * (values[i] - mean);
    }
    return count > 1 ? sqrt(squares / (double)(count - 1)) : NAN;
}

/* Over the alternatives of the cell; `values` has room for all launches. */
static cell_width width_of(const zcb_session *s, size_t cell, double *values)
{
    cell_width found = {.cell = cell, .width = 0};
    size_t alternatives = zcb_session_pair(s, cell)->alternative_count;
    for (size_t i = 0; i < alternatives; i++) {
        zcb_interval log_ratio;
        size_t count = zcb_medians_values(&s->medians, cell, i, values);
        zcb_medians_interval(&s->medians, cell, i, &log_ratio, NULL);
        found.width = fmax(found.width, zcb_half_width(log_ratio));
        if (s->options.precision > 0) {
            uint32_t needed =
                zcb_launches_needed(sd_of(values, count), count, s->options.precision);
            found.needed = needed > found.needed ? needed : found.needed;
        }
    }
    return found;
}

/* What the next launch is chosen from. */
typedef struct choice {
    double *widths, *costs_s, *values;
    unsigned char *chosen;
    double wanted_s; /* to reach the precision, by what is known */
} choice;

static void choice_clear(choice *c)
{
    free(c->widths);
    free(c->costs_s);
    free(c->values);
    free(c->chosen);
}

static int choice_make(const zcb_session *s, choice *c, zcb_error *error)
{
    c->widths = zcb_allocate(s->questions.count, sizeof *c->widths, error);
    c->costs_s = zcb_allocate(s->questions.count, sizeof *c->costs_s, error);
    c->values = zcb_allocate(s->launch_stride, sizeof *c->values, error);
    c->chosen = zcb_allocate(s->questions.count, 1, error);
    return c->widths == NULL || c->costs_s == NULL || c->values == NULL || c->chosen == NULL
               ? -1
               : 0;
}

/* Variants are measured side by side: a question is as wide as its widest cell. */
static void weigh(const zcb_session *s, choice *c)
{
    c->wanted_s = 0;
    for (size_t q = 0; q < s->questions.count; q++) {
        c->widths[q] = c->costs_s[q] = 0;
        uint32_t needed = 0;
        for (size_t v = 0; v < s->run.variant_count; v++) {
            size_t cell = q * s->run.variant_count + v;
            if (is_measured(s, cell)) {
                cell_width w = width_of(s, cell, c->values);
                c->widths[q] = fmax(c->widths[q], w.width);
                c->costs_s[q] += zcb_eta_cell_s(&s->eta, cell);
                needed = w.needed > needed ? w.needed : needed;
            }
        }
        needed = needed < s->launch_stride ? needed : s->launch_stride;
        c->wanted_s += needed * c->costs_s[q];
    }
}

static uint32_t last_launch(const zcb_session *s)
{
    for (uint32_t launch = s->launch_stride; launch > 0; launch--) {
        for (size_t cell = 0; cell < s->cell_count; cell++) {
            if (zcb_session_is_done(s, cell, launch)) {
                return launch;
            }
        }
    }
    return 0;
}

/* Marks what launch comes next: how many questions. */
static size_t choose(const zcb_session *s, choice *c)
{
    double start_s = s->start_count > 0 ? s->start_s / s->start_count : ZCB_OVERHEAD_START_S;
    start_s *= (double)(s->run.variant_count * s->modules.count);
    double slice_s = INFINITY, left_s = INFINITY;
    if (s->deadline_ns != 0) {
        uint64_t now = zcb_now_ns();
        left_s = (s->deadline_ns > now ? (double)(s->deadline_ns - now) / 1e9 : 0) - start_s;
        slice_s = fmax(left_s / SLICES, SLICE_STARTS * start_s);
    }
    return zcb_narrow_choose(c->widths, c->costs_s, s->questions.count, s->options.precision,
                             slice_s, left_s, c->chosen);
}

static int is_wanted(const zcb_session *s)
{
    return s->options.launches == 0 && (s->options.precision > 0 || s->deadline_ns != 0);
}

int zcb_run_narrow(zcb_session *s, zcb_error *error)
{
    choice c = {0};
    int is_over = !is_wanted(s), result = choice_make(s, &c, error);
    uint32_t number = last_launch(s) + 1;
    for (; result == 0 && !is_over && number <= s->launch_stride; number++) {
        weigh(s, &c);
        if (choose(s, &c) == 0) {
            break;
        }
        s->narrowing_left_s = c.wanted_s;
        result = zcb_run_launch(s, number, c.chosen, &is_over, error);
        if (result == 0) {
            result = zcb_folder_write(s, error);
        }
    }
    s->narrowing_left_s = 0;
    choice_clear(&c);
    return result;
}

static int compare_widths(const void *a, const void *b)
{
    double left = ((const cell_width *)a)->width, right = ((const cell_width *)b)->width;
    return (left < right) - (left > right);
}

/* All measured cells, the widest first: how many. */
static size_t list_widths(const zcb_session *s, cell_width *widths, double *values)
{
    size_t count = 0;
    for (size_t cell = 0; cell < s->cell_count; cell++) {
        if (is_measured(s, cell)) {
            widths[count++] = width_of(s, cell, values);
        }
    }
    qsort(widths, count, sizeof *widths, compare_widths);
    return count;
}

static const char *width_text(double width, char *out, size_t size)
{
    snprintf(out, size, isfinite(width) ? "±%.2g %%" : "no interval", 100 * width);
    return out;
}

static void tell_cell(const zcb_session *s, const cell_width *w)
{
    char size[ZCB_UNIT_TEXT_MAX], width[32], needs[64] = "more launches than can be foreseen";
    const zcb_cell *c = zcb_cells_at(s->cells, w->cell);
    if (w->needed != UINT32_MAX) {
        snprintf(needs, sizeof needs, "about %u more launches", w->needed);
    }
    zcb_note("  %s %s%s%s %s on %s: %s, needs %s", c->pair, zcb_lane_name(c->lane),
             c->cache == ZCB_CACHE_HOT ? "" : " cold",
             c->consumer == ZCB_CONSUMER_DROP ? "" : " read",
             zcb_unit_size((double)c->size_bytes, size, sizeof size), c->python,
             width_text(w->width, width, sizeof width), needs);
}

/* The cells that are wider than the precision asked for. */
static void tell_missed(const zcb_session *s, const cell_width *widths, size_t count)
{
    size_t missed = 0;
    while (missed < count && widths[missed].width > s->options.precision) {
        missed++;
    }
    zcb_note("precision: %zu of %zu cells are within ±%.3g %%%s", count - missed, count,
             100 * s->options.precision, missed > 0 ? "; not reached:" : "");
    for (size_t i = 0; i < missed && i < TOLD_MAX; i++) {
        tell_cell(s, &widths[i]);
    }
    if (missed > TOLD_MAX) {
        zcb_note("  and %zu more", missed - TOLD_MAX);
    }
}

void zcb_run_tell_widths(const zcb_session *s)
{
    char texts[3][32];
    int is_asked = s->options.precision > 0 || s->options.budget_ns > 0 ||
                   strcmp(s->run.plan.profile, "full") == 0;
    cell_width *widths = zcb_allocate(s->cell_count, sizeof *widths, NULL);
    double *values = zcb_allocate(s->launch_stride, sizeof *values, NULL);
    if (is_asked && widths != NULL && values != NULL) {
        size_t count = list_widths(s, widths, values);
        if (count > 0) {
            zcb_note("widths reached: half of the %zu speed-ups within %s, nine of ten within "
                     "%s, the widest %s",
                     count, width_text(widths[count / 2].width, texts[0], sizeof texts[0]),
                     width_text(widths[count / 10].width, texts[1], sizeof texts[1]),
                     width_text(widths[0].width, texts[2], sizeof texts[2]));
        }
        if (count > 0 && s->options.precision > 0) {
            tell_missed(s, widths, count);
        }
    }
    free(values);
    free(widths);
}

static json_t *missed_json(const zcb_session *s, const cell_width *w)
{
    const zcb_cell *c = zcb_cells_at(s->cells, w->cell);
    json_t *row =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:I}", "python", c->python, "pair", c->pair,
                  "lane", zcb_lane_name(c->lane), "heap", zcb_heap_name(c->heap), "cache",
                  zcb_cache_name(c->cache), "consumer", zcb_consumer_name(c->consumer),
                  "size_bytes", (json_int_t)c->size_bytes);
    json_object_set_new(row, "half_width",
                        isfinite(w->width) ? json_real(w->width) : json_null());
    json_object_set_new(row, "launches_needed",
                        w->needed != UINT32_MAX ? json_integer(w->needed) : json_null());
    return row;
}

json_t *zcb_run_precision_json(const zcb_session *s)
{
    cell_width *widths = zcb_allocate(s->cell_count, sizeof *widths, NULL);
    double *values = zcb_allocate(s->launch_stride, sizeof *values, NULL);
    json_t *object = NULL, *missed = json_array();
    if (widths != NULL && values != NULL) {
        size_t count = list_widths(s, widths, values), i = 0;
        for (; i < count && !(widths[i].width <= s->options.precision); i++) {
            json_array_append_new(missed, missed_json(s, &widths[i]));
        }
        object = json_pack("{s:f, s:I, s:I, s:O}", "asked", s->options.precision, "cells",
                           (json_int_t)count, "reached", (json_int_t)(count - i), "not_reached",
                           missed);
    }
    json_decref(missed);
    free(values);
    free(widths);
    return object;
}
