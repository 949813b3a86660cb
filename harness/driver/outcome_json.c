/* See outcome_json.h. */
#include "driver/outcome_json.h"

#include "stats/order.h"
#include "store/json_members.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void zcb_json_set_text(json_t *object, const char *key, const char *text)
{
    json_object_set_new(object, key, zcb_json_text(text == NULL ? "" : text));
}

void zcb_json_set_number(json_t *object, const char *key, double number)
{
    json_object_set_new(object, key, isfinite(number) ? json_real(number) : json_null());
}

json_t *zcb_json_row(const zcb_analysis *analysis, uint32_t index, const char *arm,
                     int has_size)
{
    const zcb_cell *cell = zcb_cells_at(analysis->recorded->cells, index);
    json_t *row = json_object();
    zcb_json_set_text(row, "python", cell->python);
    zcb_json_set_text(row, "pair", cell->pair);
    zcb_json_set_text(row, "lane", zcb_lane_name(cell->lane));
    zcb_json_set_text(row, "heap", zcb_heap_name(cell->heap));
    zcb_json_set_text(row, "cache", zcb_cache_name(cell->cache));
    zcb_json_set_text(row, "consumer", zcb_consumer_name(cell->consumer));
    if (has_size) {
        json_object_set_new(row, "size_bytes", json_integer((json_int_t)cell->size_bytes));
    }
    if (arm != NULL) {
        zcb_json_set_text(row, "arm", arm);
    }
    return row;
}

/* Of the interval of the gross speed-up, as a share of it; NAN without one. */
static double half_width(const zcb_speedup_row *row)
{
    return sqrt(row->gross_hi / row->gross_lo) - 1;
}

static json_t *speedups(const zcb_analysis *analysis)
{
    json_t *array = json_array();
    for (size_t i = 0; i < analysis->speedup_count; i++) {
        const zcb_speedup_row *r = &analysis->speedup[i];
        json_t *row = zcb_json_row(analysis, r->cell, r->arm, 1);
        zcb_json_set_number(row, "gross", r->gross);
        zcb_json_set_number(row, "gross_lo", r->gross_lo);
        zcb_json_set_number(row, "gross_hi", r->gross_hi);
        zcb_json_set_number(row, "net", r->net);
        zcb_json_set_number(row, "net_lo", r->net_lo);
        zcb_json_set_number(row, "net_hi", r->net_hi);
        zcb_json_set_number(row, "twin", r->twin);
        zcb_json_set_number(row, "twin_lo", r->twin_lo);
        zcb_json_set_number(row, "twin_hi", r->twin_hi);
        zcb_json_set_number(row, "limit_ratio", r->limit_ratio);
        zcb_json_set_number(row, "half_width", half_width(r));
        zcb_json_set_text(row, "verdict", r->verdict);
        json_array_append_new(array, row);
    }
    return array;
}

static json_t *breakevens(const zcb_analysis *analysis)
{
    json_t *array = json_array();
    for (size_t i = 0; i < analysis->breakeven_count; i++) {
        const zcb_breakeven_row *r = &analysis->breakeven[i];
        json_t *row = zcb_json_row(analysis, r->cell, r->arm, 0);
        zcb_json_set_text(row, "status", r->status);
        zcb_json_set_number(row, "bytes", r->bytes);
        zcb_json_set_number(row, "ci_lo", r->ci_lo);
        zcb_json_set_number(row, "ci_hi", r->ci_hi);
        json_array_append_new(array, row);
    }
    return array;
}

/* How wide the intervals of the speed-ups are: half widths that half of them, nine of ten and all
 * stay below. */
static json_t *widths(const zcb_analysis *analysis)
{
    double *values = calloc(analysis->speedup_count + 1, sizeof *values);
    json_t *object = json_object();
    size_t count = 0;
    for (size_t i = 0; values != NULL && i < analysis->speedup_count; i++) {
        double width = half_width(&analysis->speedup[i]);
        if (isfinite(width)) {
            values[count++] = width;
        }
    }
    json_object_set_new(object, "speedups", json_integer((json_int_t)count));
    zcb_json_set_number(object, "median", zcb_quantile(values, count, 0.5));
    zcb_json_set_number(object, "p90", zcb_quantile(values, count, 0.9));
    zcb_json_set_number(object, "widest", zcb_quantile(values, count, 1));
    free(values);
    return object;
}

/* The cells that gave no figure, or a noisy one, and why. */
static json_t *not_ok(const zcb_analysis *analysis)
{
    json_t *array = json_array();
    for (size_t i = 0; i < analysis->result_count; i++) {
        const zcb_cell_result *result = &analysis->results[i];
        if (result->status != ZCB_STATUS_OK) {
            json_t *row = zcb_json_row(analysis, result->cell, NULL, 1);
            zcb_json_set_text(row, "status", zcb_status_name(result->status));
            zcb_json_set_text(row, "reason", result->reason);
            zcb_json_set_text(row, "flags", result->flags);
            json_array_append_new(array, row);
        }
    }
    return array;
}

json_t *zcb_outcome_json(const zcb_analysis *analysis, const char *dir)
{
    const zcb_run *run = &analysis->recorded->run;
    json_t *root = json_object();
    json_t *cells = json_object();
    for (int i = 0; i < ZCB_STATUS_COUNT; i++) {
        json_object_set_new(cells, zcb_status_name((zcb_status)i),
                            json_integer((json_int_t)analysis->controls.status_count[i]));
    }
    json_object_set_new(root, "schema", json_integer(1));
    zcb_json_set_text(root, "run_id", run->run_id);
    json_object_set_new(root, "complete", json_boolean(run->complete));
    zcb_json_set_text(root, "folder", dir);
    zcb_json_set_number(root, "timed_share", run->timed_share > 0 ? run->timed_share : NAN);
    json_object_set_new(root, "cells", cells);
    json_object_set_new(root, "not_ok", not_ok(analysis));
    json_object_set_new(root, "widths", widths(analysis));
    json_object_set_new(root, "speedups", speedups(analysis));
    json_object_set_new(root, "breakevens", breakevens(analysis));
    return root;
}
