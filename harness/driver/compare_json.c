/* See compare_json.h. */
#include "driver/compare_json.h"

#include "report/builds.h"
#include "report/comparison_files.h"

#include <math.h>
#include <string.h>

enum { TEXT_MAX = 512 };

static void set_text(json_t *object, const char *key, const char *text)
{
    json_object_set_new(object, key, json_string(text == NULL ? "" : text));
}

static void set_number(json_t *object, const char *key, double number)
{
    json_object_set_new(object, key, isfinite(number) ? json_real(number) : json_null());
}

static void set_whole(json_t *object, const char *key, uint64_t number)
{
    json_object_set_new(object, key, json_integer((json_int_t)number));
}

/* Sets key, key_lo, key_hi. */
static void set_interval(json_t *object, const char *key, zcb_interval interval)
{
    char lo[64], hi[64];
    snprintf(lo, sizeof lo, "%s_lo", key);
    snprintf(hi, sizeof hi, "%s_hi", key);
    set_number(object, key, interval.estimate);
    set_number(object, lo, interval.lo);
    set_number(object, hi, interval.hi);
}

static void set_question(json_t *object, const zcb_cell *cell)
{
    set_text(object, "pair", cell->pair);
    set_text(object, "lane", zcb_lane_name(cell->lane));
    set_text(object, "heap", zcb_heap_name(cell->heap));
    set_text(object, "cache", zcb_cache_name(cell->cache));
    set_text(object, "consumer", zcb_consumer_name(cell->consumer));
}

static const zcb_cell *cell_of(const zcb_comparison *comparison, uint32_t cell)
{
    return zcb_cells_at(comparison->base.analysis->recorded->cells, cell);
}

static void set_builds(json_t *object, unsigned differences, zcb_share share)
{
    char words[TEXT_MAX];
    set_text(object, "builds", zcb_comparison_builds(differences, share, words, sizeof words));
}

static json_t *cells_json(const zcb_compared *item)
{
    json_t *array = json_array();
    for (int share = 0; share < ZCB_SHARE_COUNT; share++) {
        const zcb_comparison *comparison = &item->shares[share];
        for (size_t i = 0; i < comparison->row_count; i++) {
            const zcb_comparison_row *row = &comparison->rows[i];
            const zcb_cell *cell = cell_of(comparison, row->base_cell);
            json_t *object = json_object();
            set_question(object, cell);
            set_whole(object, "size_bytes", cell->size_bytes);
            set_text(object, "arm", row->arm);
            set_text(object, "figure", zcb_figure_name(row->figure));
            set_text(object, "share", zcb_share_name((zcb_share)share));
            set_interval(object, "base", row->base);
            set_interval(object, "head", row->head);
            set_interval(object, "ratio", row->ratio);
            set_whole(object, "launches", row->launches);
            set_number(object, "p", row->p);
            set_number(object, "p_holm", row->adjusted_p);
            set_text(object, "verdict", zcb_comparison_verdict_name(row->figure, row->verdict));
            set_builds(object, row->differences, (zcb_share)share);
            json_array_append_new(array, object);
        }
    }
    return array;
}

static json_t *mean_json(const zcb_comparison *comparison, zcb_share share,
                         const zcb_comparison_mean *mean)
{
    static const char *const pairs[] = {"all", "other", "numpy"};
    json_t *object = json_object();
    if (mean->arm != NULL) {
        set_question(object, cell_of(comparison, mean->base_cell));
        set_text(object, "arm", mean->arm);
    } else {
        set_text(object, "arm", mean->is_copy ? ZCB_ARM_COPY : ZCB_ARM_VIEW);
        set_text(object, "pairs", pairs[share == ZCB_SHARE_PYTHON ? 2 : mean->with_numpy + 1]);
    }
    set_text(object, "figure", zcb_figure_name(mean->figure));
    set_text(object, "share", zcb_share_name(share));
    set_interval(object, "ratio", mean->ratio);
    set_whole(object, "cells", mean->cells);
    set_whole(object, "launches", mean->launches);
    set_number(object, "p", mean->p);
    set_number(object, "p_holm", mean->adjusted_p);
    set_text(object, "verdict", zcb_comparison_verdict_name(mean->figure, mean->verdict));
    set_builds(object, mean->differences, share);
    return object;
}

/* The means over series (else over everything) of all shares. */
static json_t *means_json(const zcb_compared *item, int of_series)
{
    json_t *array = json_array();
    for (int share = 0; share < ZCB_SHARE_COUNT; share++) {
        const zcb_comparison *comparison = &item->shares[share];
        size_t count = of_series ? comparison->series_count : comparison->mean_count;
        const zcb_comparison_mean *means = of_series ? comparison->series : comparison->means;
        for (size_t i = 0; i < count; i++) {
            json_array_append_new(array, mean_json(comparison, (zcb_share)share, &means[i]));
        }
    }
    return array;
}

static json_t *breakevens_json(const zcb_compared *item)
{
    const zcb_comparison *whole = &item->shares[ZCB_SHARE_WHOLE];
    const zcb_analysis *base = whole->base.analysis, *head = whole->head.analysis;
    json_t *array = json_array();
    for (size_t i = 0; i < item->breakeven_count; i++) {
        const zcb_breakeven_change *change = &item->breakevens[i];
        json_t *object = json_object();
        set_question(object, cell_of(whole, base->results[change->base->result_first].cell));
        set_text(object, "arm", change->base->arm);
        set_text(object, "base_status", base->breakeven[change->base->breakeven_first].status);
        set_interval(object, "base_bytes", change->base_bytes);
        set_text(object, "head_status", head->breakeven[change->head->breakeven_first].status);
        set_interval(object, "head_bytes", change->head_bytes);
        set_interval(object, "ratio", change->ratio);
        set_builds(object, change->differences, ZCB_SHARE_WHOLE);
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *side_json(const zcb_side *side)
{
    const zcb_run *run = &side->analysis->recorded->run;
    const zcb_variant *variant = &run->variants[side->variant];
    json_t *object = json_object();
    set_text(object, "run_id", zcb_side_run_id(side));
    set_text(object, "python", variant->name);
    set_text(object, "version", variant->version);
    set_text(object, "numpy", variant->numpy);
    return object;
}

static json_t *item_json(const zcb_compared *item)
{
    const zcb_comparison *whole = &item->shares[ZCB_SHARE_WHOLE];
    json_t *object = json_object();
    json_object_set_new(object, "base", side_json(&whole->base));
    json_object_set_new(object, "head", side_json(&whole->head));
    json_object_set_new(object, "paired", json_boolean(whole->is_paired));
    set_number(object, "margin", whole->margin);
    set_builds(object, whole->differences, ZCB_SHARE_WHOLE);
    set_whole(object, "base_only", whole->base_only);
    set_whole(object, "head_only", whole->head_only);
    set_whole(object, "unusable", whole->unusable);
    json_object_set_new(object, "means", means_json(item, 0));
    json_object_set_new(object, "series", means_json(item, 1));
    json_object_set_new(object, "breakevens", breakevens_json(item));
    json_object_set_new(object, "cells", cells_json(item));
    return object;
}

json_t *zcb_compare_json(const zcb_comparison_set *set, const char *folder)
{
    json_t *root = json_object();
    json_t *array = json_array();
    set_whole(root, "schema", 1);
    json_object_set_new(root, "folder", folder == NULL ? json_null() : json_string(folder));
    for (size_t i = 0; i < set->count; i++) {
        json_array_append_new(array, item_json(&set->items[i]));
    }
    json_object_set_new(root, "comparisons", array);
    return root;
}
