/* See plan.h. */
#include "driver/plan.h"

#include "base/random.h"
#include "driver/standard_set.h"
#include "report/units.h"

#include <stdlib.h>
#include <string.h>

#define SPARSE_FROM                                                                            \
    (UINT64_C(1) << 20) /* measurement protocol: from 1 MiB on every fourth block */
#define SPARSE_EVERY 4u

void zcb_selection_clear(zcb_selection *selection)
{
    free(selection->entries);
    *selection = (zcb_selection){0};
}

void zcb_questions_clear(zcb_questions *questions)
{
    free(questions->items);
    *questions = (zcb_questions){0};
}

static int lane_is_asked(const int lanes[ZCB_LANE_COUNT], zcb_lane lane)
{
    int any = 0;
    for (int i = 0; i < ZCB_LANE_COUNT; i++) {
        any |= lanes[i];
    }
    return !any || lanes[lane];
}

static int is_selected(const zcb_selection *selection, const zcb_entry *entry)
{
    for (size_t i = 0; i < selection->count; i++) {
        if (selection->entries[i] == entry) {
            return 1;
        }
    }
    return 0;
}

/* 1 when `word` (NULL: the standard set) means `entry`. */
static int means(const char *word, const zcb_entry *entry)
{
    const zcb_planned_pair *pair = &entry->pair;
    return word == NULL ? zcb_standard_has(pair->name, pair->lane) || entry->is_users
                        : zcb_planned_pair_matches(pair, word);
}

/* Adds what `word` (NULL: the standard set) means; returns how many entries it matches in any
 * lane. */
static size_t select_word(const zcb_catalogue *catalogue, const char *word,
                          const int lanes[ZCB_LANE_COUNT], zcb_selection *out)
{
    size_t matches = 0;
    for (size_t i = 0; i < catalogue->count; i++) {
        const zcb_entry *entry = &catalogue->entries[i];
        if (!means(word, entry)) {
            continue;
        }
        matches++;
        if (lane_is_asked(lanes, entry->pair.lane) && !is_selected(out, entry)) {
            out->entries[out->count++] = entry;
        }
    }
    return matches;
}

int zcb_selection_make(const zcb_catalogue *catalogue, const zcb_texts *words,
                       const int lanes[ZCB_LANE_COUNT], zcb_selection *out, zcb_error *error)
{
    *out =
        (zcb_selection){.entries = zcb_allocate(catalogue->count, sizeof *out->entries, error)};
    if (out->entries == NULL) {
        return -1;
    }
    int result = 0;
    for (size_t i = 0; result == 0 && i < words->count; i++) {
        if (select_word(catalogue, words->items[i], lanes, out) == 0) {
            result = zcb_catalogue_unknown(catalogue, words->items[i], error);
        }
    }
    if (words->count == 0) {
        select_word(catalogue, NULL, lanes, out);
    }
    if (result == 0 && out->count == 0) {
        result = zcb_fail(error, ZCB_EXIT_USAGE,
                          "no such pair has the lane asked for; `zcbench list` "
                          "shows each pair's lanes");
    }
    if (result < 0) {
        zcb_selection_clear(out);
    }
    return result;
}

int zcb_plan_settle(const zcb_run_options *options, const zcb_profile *profile, zcb_plan *plan,
                    zcb_error *error)
{
    if (zcb_set_text(&plan->profile, profile->name, error) < 0) {
        return -1;
    }
    plan->launches = options->launches > 0 ? (uint32_t)options->launches : profile->launches;
    plan->blocks = options->blocks > 0 ? (uint32_t)options->blocks : profile->blocks;
    plan->visit_ns = options->visit_ns > 0 ? options->visit_ns : profile->visit_ns;
    plan->warmup = options->warmup_given ? options->warmup : ZCB_WARMUP;
    plan->budget_s = (double)options->budget_ns / 1e9;
    plan->sparse_from_bytes = SPARSE_FROM;
    plan->sparse_every = SPARSE_EVERY;
    return 0;
}

/* Those that lighter steps of a budget leave out stand last. */
static const uint64_t other_sizes[] = {UINT64_C(1) << 20, UINT64_C(64) << 10, UINT64_C(4) << 10,
                                       UINT64_C(16) << 20};

/* The sizes of a pair under another condition than default, hot, drop. */
static void other_sizes_of(const zcb_planned_pair *pair, const zcb_profile *profile,
                           zcb_sizes *out)
{
    out->count = 0;
    for (size_t i = 0; i < profile->other_sizes; i++) {
        uint64_t size = other_sizes[i];
        if (size >= pair->size_min && size <= pair->size_max) {
            zcb_sizes_add(out, size);
        }
    }
}

/* The sizes of one pair under one condition: replaces *out. */
static void sizes_of(const zcb_planned_pair *pair, zcb_condition condition,
                     const zcb_run_options *options, const zcb_profile *profile, zcb_sizes *out)
{
    if (options->sizes.count == 0 && !zcb_condition_is_default(condition)) {
        other_sizes_of(pair, profile, out);
        return;
    }
    if (options->sizes.count == 0) {
        zcb_profile_sizes(profile, pair->size_min, pair->size_max, out);
        return;
    }
    out->count = 0;
    for (size_t i = 0; i < options->sizes.count; i++) {
        uint64_t size = options->sizes.items[i];
        if (size >= pair->size_min && size <= pair->size_max) {
            zcb_sizes_add(out, size);
        }
    }
}

static int add_questions(zcb_questions *out, uint32_t pair, zcb_condition condition,
                         const zcb_sizes *sizes, zcb_error *error)
{
    zcb_question *grown = realloc(out->items, (out->count + sizes->count + 1) * sizeof *grown);
    if (grown == NULL) {
        return zcb_no_memory(error);
    }
    out->items = grown;
    for (size_t i = 0; i < sizes->count; i++) {
        out->items[out->count++] = (zcb_question){pair, sizes->items[i], condition};
    }
    return 0;
}

static int no_size_fits(const zcb_selection *selection, zcb_error *error)
{
    char lo[ZCB_UNIT_TEXT_MAX], hi[ZCB_UNIT_TEXT_MAX];
    const zcb_planned_pair *pair = &selection->entries[0]->pair;
    return zcb_fail(error, ZCB_EXIT_USAGE,
                    "no chosen pair takes a size asked for: %s takes %s to %s", pair->name,
                    zcb_unit_size((double)pair->size_min, lo, sizeof lo),
                    zcb_unit_size((double)pair->size_max, hi, sizeof hi));
}

/* The conditions of one pair: fills out[ZCB_CONDITIONS_MAX], returns how many. */
static size_t conditions_of(const zcb_planned_pair *pair, const zcb_run_options *options,
                            const zcb_profile *profile, zcb_condition *out)
{
    zcb_factors factors = options->factors;
    if (!zcb_factors_any(&factors) && profile->has_conditions &&
        (strcmp(pair->group, "core") == 0 || strcmp(pair->group, "scenario") == 0)) {
        factors = zcb_factors_all();
    }
    return zcb_conditions_list(&factors, out);
}

/* All questions of pair `index` of the selection. */
static int add_pair(zcb_questions *out, const zcb_selection *selection, size_t index,
                    const zcb_run_options *options, const zcb_profile *profile,
                    zcb_error *error)
{
    const zcb_planned_pair *pair = &selection->entries[index]->pair;
    zcb_condition conditions[ZCB_CONDITIONS_MAX];
    size_t count = conditions_of(pair, options, profile, conditions);
    zcb_sizes *sizes = zcb_allocate(1, sizeof *sizes, error);
    int result = sizes == NULL ? -1 : 0;
    for (size_t i = 0; result == 0 && i < count; i++) {
        sizes_of(pair, conditions[i], options, profile, sizes);
        result = add_questions(out, (uint32_t)index, conditions[i], sizes, error);
    }
    free(sizes);
    return result;
}

int zcb_questions_make(const zcb_selection *selection, const zcb_run_options *options,
                       const zcb_profile *profile, zcb_questions *out, zcb_error *error)
{
    *out = (zcb_questions){0};
    int result = 0;
    for (size_t i = 0; result == 0 && i < selection->count; i++) {
        result = add_pair(out, selection, i, options, profile, error);
    }
    if (result == 0 && out->count == 0) {
        result = no_size_fits(selection, error);
    }
    if (result < 0) {
        zcb_questions_clear(out);
    }
    return result;
}

int zcb_questions_share_series(const zcb_question *a, const zcb_question *b)
{
    return a->pair == b->pair && a->condition.heap == b->condition.heap &&
           a->condition.cache == b->condition.cache &&
           a->condition.consumer == b->condition.consumer;
}

void zcb_shuffled_order(uint64_t seed, size_t *order, size_t count)
{
    zcb_random random = {seed};
    for (size_t i = 0; i < count; i++) {
        order[i] = i;
    }
    for (size_t i = count; i > 1; i--) {
        size_t j = (size_t)zcb_random_below(&random, i);
        size_t kept = order[i - 1];
        order[i - 1] = order[j];
        order[j] = kept;
    }
}
