/* See baseline.h and baseline_members.h; its ways to and from disk are baseline_write.c and
 * baseline_read.c. */
#include "store/baseline_members.h"

#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const zcb_json_member head[] = {
    {"run_id", ZCB_JSON_TEXT, offsetof(zcb_baseline, run_id)},
    {"ended_utc", ZCB_JSON_TEXT, offsetof(zcb_baseline, ended_utc)},
    {"commit", ZCB_JSON_TEXT, offsetof(zcb_baseline, commit)},
};
const zcb_json_table zcb_baseline_head_members = {head, LENGTH(head)};

static const zcb_json_member variant[] = {
    {"python", ZCB_JSON_NAME, offsetof(zcb_baseline_variant, name)},
    {"cpu_model", ZCB_JSON_TEXT, offsetof(zcb_baseline_variant, cpu_model)},
    {"kernel", ZCB_JSON_TEXT, offsetof(zcb_baseline_variant, kernel)},
    {"libc", ZCB_JSON_TEXT, offsetof(zcb_baseline_variant, libc)},
    {"compiler", ZCB_JSON_TEXT, offsetof(zcb_baseline_variant, compiler)},
    {"python_build", ZCB_JSON_TEXT, offsetof(zcb_baseline_variant, python_build)},
    {"numpy", ZCB_JSON_TEXT, offsetof(zcb_baseline_variant, numpy)},
};
const zcb_json_table zcb_baseline_variant_members = {variant, LENGTH(variant)};

#define SERIES_MEMBERS(row)                                                                    \
    {"python", ZCB_JSON_NAME, offsetof(row, python)},                                          \
        {"pair", ZCB_JSON_NAME, offsetof(row, pair)},                                          \
        {"lane", ZCB_JSON_LANE, offsetof(row, lane)},                                          \
        {"heap", ZCB_JSON_HEAP, offsetof(row, heap)},                                          \
        {"cache", ZCB_JSON_CACHE, offsetof(row, cache)},                                       \
    {                                                                                          \
        "consumer", ZCB_JSON_CONSUMER, offsetof(row, consumer)                                 \
    }

static const zcb_json_member figure[] = {
    SERIES_MEMBERS(zcb_baseline_figure_row),
    {"size_bytes", ZCB_JSON_U64, offsetof(zcb_baseline_figure_row, size_bytes)},
    {"arm", ZCB_JSON_NAME, offsetof(zcb_baseline_figure_row, arm)},
    {"divisor", ZCB_JSON_NAME, offsetof(zcb_baseline_figure_row, divisor)},
    {"ratio", ZCB_JSON_REAL_KNOWN, offsetof(zcb_baseline_figure_row, ratio)},
    {"lo", ZCB_JSON_REAL_KNOWN, offsetof(zcb_baseline_figure_row, lo)},
    {"hi", ZCB_JSON_REAL_KNOWN, offsetof(zcb_baseline_figure_row, hi)},
    {"launches", ZCB_JSON_U32, offsetof(zcb_baseline_figure_row, launches)},
};
const zcb_json_table zcb_baseline_figure_members = {figure, LENGTH(figure)};

static const zcb_json_member breakeven[] = {
    SERIES_MEMBERS(zcb_baseline_breakeven_row),
    {"size_min", ZCB_JSON_U64, offsetof(zcb_baseline_breakeven_row, size_min)},
    {"arm", ZCB_JSON_NAME, offsetof(zcb_baseline_breakeven_row, arm)},
    {"status", ZCB_JSON_NAME, offsetof(zcb_baseline_breakeven_row, status)},
    {"bytes", ZCB_JSON_REAL_KNOWN, offsetof(zcb_baseline_breakeven_row, bytes)},
    {"lo", ZCB_JSON_REAL_KNOWN, offsetof(zcb_baseline_breakeven_row, lo)},
    {"hi", ZCB_JSON_REAL_KNOWN, offsetof(zcb_baseline_breakeven_row, hi)},
};
const zcb_json_table zcb_baseline_breakeven_members = {breakeven, LENGTH(breakeven)};

static void clear_variant(zcb_baseline_variant *v)
{
    char *const texts[] = {v->name,     v->cpu_model,    v->kernel, v->libc,
                           v->compiler, v->python_build, v->numpy};
    for (size_t i = 0; i < LENGTH(texts); i++) {
        free(texts[i]);
    }
}

void zcb_baseline_clear(zcb_baseline *baseline)
{
    for (size_t i = 0; i < baseline->variant_count; i++) {
        clear_variant(&baseline->variants[i]);
    }
    free(baseline->variants);
    free(baseline->run_id);
    free(baseline->ended_utc);
    free(baseline->commit);
    free(baseline->figures);
    free(baseline->breakevens);
    zcb_cells_free(baseline->cells);
    *baseline = (zcb_baseline){0};
}

static int compare_variants(const void *left, const void *right)
{
    const zcb_baseline_variant *a = left, *b = right;
    return strcmp(a->name, b->name);
}

static int compare_cells(const zcb_cell *a, const zcb_cell *b)
{
    int order = strcmp(a->python, b->python);
    order = order != 0 ? order : strcmp(a->pair, b->pair);
    order = order != 0 ? order : (int)a->lane - (int)b->lane;
    order = order != 0 ? order : (int)a->heap - (int)b->heap;
    order = order != 0 ? order : (int)a->cache - (int)b->cache;
    order = order != 0 ? order : (int)a->consumer - (int)b->consumer;
    return order != 0 ? order
                      : (a->size_bytes > b->size_bytes) - (a->size_bytes < b->size_bytes);
}

static int compare_figures(const void *left, const void *right, void *cells)
{
    const zcb_baseline_figure *a = left, *b = right;
    int order = compare_cells(zcb_cells_at(cells, a->cell), zcb_cells_at(cells, b->cell));
    return order != 0 ? order : strcmp(a->arm, b->arm);
}

static int compare_breakevens(const void *left, const void *right, void *cells)
{
    const zcb_baseline_breakeven *a = left, *b = right;
    int order = compare_cells(zcb_cells_at(cells, a->cell), zcb_cells_at(cells, b->cell));
    return order != 0 ? order : strcmp(a->arm, b->arm);
}

void zcb_baseline_sort(zcb_baseline *b)
{
    qsort(b->variants, b->variant_count, sizeof *b->variants, compare_variants);
    qsort_r(b->figures, b->figure_count, sizeof *b->figures, compare_figures, b->cells);
    qsort_r(b->breakevens, b->breakeven_count, sizeof *b->breakevens, compare_breakevens,
            b->cells);
}

const zcb_baseline_variant *zcb_baseline_find(const zcb_baseline *baseline, const char *name)
{
    for (size_t i = 0; i < baseline->variant_count; i++) {
        if (strcmp(baseline->variants[i].name, name) == 0) {
            return &baseline->variants[i];
        }
    }
    return NULL;
}
