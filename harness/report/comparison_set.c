/* See comparison_set.h. */
#include "report/comparison_set.h"

#include "report/builds.h"
#include "report/comparison_parts.h"
#include "report/plan.h"

#include <stdlib.h>
#include <string.h>

const char *zcb_share_name(zcb_share share)
{
    static const char *const names[ZCB_SHARE_COUNT] = {"", "python", "numpy"};
    return names[share];
}

static const zcb_run *run_of(const zcb_side *side)
{
    return &side->analysis->recorded->run;
}

static int has_numpy(const zcb_variant *variant)
{
    return variant->numpy != NULL && variant->numpy[0] != '\0';
}

/* 1 when variants b and h of the run bridge base and head: their Pythons, one numpy. */
static int is_bridge(const zcb_run *run, const zcb_compared *item, size_t b, size_t h)
{
    const zcb_variant *base = &run->variants[item->shares[0].base.variant],
                      *head = &run->variants[item->shares[0].head.variant];
    return has_numpy(&run->variants[b]) && has_numpy(&run->variants[h]) &&
           strcmp(run->variants[b].numpy, run->variants[h].numpy) == 0 &&
           zcb_build_is_same_python(base, &run->variants[b]) &&
           zcb_build_is_same_python(head, &run->variants[h]);
}

/* Looks for the bridge that needs the fewest variants besides base and head. */
static void find_bridge(zcb_compared *item)
{
    const zcb_comparison *whole = &item->shares[ZCB_SHARE_WHOLE];
    const zcb_run *run = run_of(&whole->base);
    int best = -1;
    for (size_t b = 0; b < run->variant_count; b++) {
        for (size_t h = 0; h < run->variant_count; h++) {
            int known = (b == whole->base.variant) + (h == whole->head.variant);
            if (known > best && is_bridge(run, item, b, h)) {
                best = known;
                item->bridge[0] = b;
                item->bridge[1] = h;
            }
        }
    }
    item->has_bridge = best >= 0;
}

static int needs_numpy(const zcb_comparison *comparison)
{
    for (size_t i = 0; i < comparison->row_count; i++) {
        if ((comparison->rows[i].differences & ZCB_BUILD_NUMPY) != 0) {
            return 1;
        }
    }
    return 0;
}

/* Splits the change of the pairs that need numpy, where a bridge is there. */
static int split(zcb_compared *item, const zcb_comparison_options *options, zcb_error *error)
{
    zcb_comparison *whole = &item->shares[ZCB_SHARE_WHOLE];
    const zcb_variant *base = &run_of(&whole->base)->variants[whole->base.variant],
                      *head = &run_of(&whole->head)->variants[whole->head.variant];
    item->wants_bridge = needs_numpy(whole) && has_numpy(base) && has_numpy(head);
    if (!item->wants_bridge || !whole->is_paired || zcb_build_is_same_python(base, head)) {
        item->wants_bridge = item->wants_bridge && !zcb_build_is_same_python(base, head);
        return 0;
    }
    find_bridge(item);
    if (!item->has_bridge) {
        return 0;
    }
    zcb_side left = whole->base, right = whole->head;
    left.variant = item->bridge[0];
    right.variant = item->bridge[1];
    zcb_comparison_options chosen = *options;
    chosen.only_numpy = 1;
    if (zcb_comparison_make(&left, &right, &chosen, &item->shares[ZCB_SHARE_PYTHON], error) !=
        0) {
        return -1;
    }
    chosen.beyond_base = &left;
    chosen.beyond_head = &right;
    return zcb_comparison_make(&whole->base, &whole->head, &chosen,
                               &item->shares[ZCB_SHARE_NUMPY], error);
}

static void clear_item(zcb_compared *item)
{
    for (size_t i = 0; i < ZCB_SHARE_COUNT; i++) {
        zcb_comparison_clear(&item->shares[i]);
    }
    free(item->breakevens);
}

int zcb_comparison_set_add(zcb_comparison_set *set, const zcb_side *base, const zcb_side *head,
                           const zcb_comparison_options *options, zcb_error *error)
{
    static const zcb_comparison_options defaults;
    zcb_compared item = {0};
    options = options != NULL ? options : &defaults;
    zcb_compared *grown = realloc(set->items, (set->count + 1) * sizeof *grown);
    if (grown == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    set->items = grown;
    if (zcb_comparison_make(base, head, options, &item.shares[ZCB_SHARE_WHOLE], error) != 0 ||
        split(&item, options, error) != 0 || zcb_breakeven_changes_make(&item, error) != 0) {
        clear_item(&item);
        return -1;
    }
    set->items[set->count++] = item;
    return 0;
}

/* 1 when the head of `item` is a bridge of another item of the same run, and no base. */
static int only_bridges(const zcb_comparison_set *set, const zcb_compared *item)
{
    const zcb_comparison *whole = &item->shares[ZCB_SHARE_WHOLE];
    int is_used = 0;
    for (size_t i = 0; i < set->count; i++) {
        const zcb_compared *other = &set->items[i];
        const zcb_comparison *its = &other->shares[ZCB_SHARE_WHOLE];
        if (its->base.analysis != whole->head.analysis) {
            continue;
        }
        if (its->base.variant == whole->head.variant ||
            (other->has_bridge && its->head.variant == whole->head.variant)) {
            return 0;
        }
        is_used = is_used || (other->has_bridge && (other->bridge[0] == whole->head.variant ||
                                                    other->bridge[1] == whole->head.variant));
    }
    return is_used;
}

void zcb_comparison_set_drop_bridges(zcb_comparison_set *set)
{
    size_t kept = 0;
    int *is_dropped = calloc(set->count + 1, sizeof *is_dropped);
    for (size_t i = 0; is_dropped != NULL && i < set->count; i++) {
        is_dropped[i] = only_bridges(set, &set->items[i]);
    }
    for (size_t i = 0; is_dropped != NULL && i < set->count; i++) {
        if (is_dropped[i]) {
            clear_item(&set->items[i]);
        } else {
            set->items[kept++] = set->items[i];
        }
    }
    set->count = is_dropped != NULL ? kept : set->count;
    free(is_dropped);
}

void zcb_comparison_set_clear(zcb_comparison_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        clear_item(&set->items[i]);
    }
    free(set->items);
    *set = (zcb_comparison_set){0};
}

const zcb_comparison_mean *zcb_comparison_find_series(const zcb_comparison *comparison,
                                                      const zcb_cell *like, const char *arm,
                                                      zcb_figure figure)
{
    for (size_t i = 0; i < comparison->series_count; i++) {
        const zcb_comparison_mean *mean = &comparison->series[i];
        const zcb_cell *cell =
            zcb_cells_at(comparison->base.analysis->recorded->cells, mean->base_cell);
        if (mean->figure == figure && strcmp(mean->arm, arm) == 0 &&
            zcb_asks_the_same(cell, like)) {
            return mean;
        }
    }
    return NULL;
}
