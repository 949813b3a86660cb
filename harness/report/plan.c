/* Why this file: tables follow the order in which things were asked for, not the alphabet. */
#include "report/plan.h"

#include <string.h>

const zcb_planned_pair *zcb_plan_pair(const zcb_run *run, const zcb_cell *cell)
{
    for (size_t i = 0; i < run->pair_count; i++) {
        const zcb_planned_pair *pair = &run->pairs[i];
        if (pair->lane == cell->lane && strcmp(pair->name, cell->pair) == 0) {
            return pair;
        }
    }
    return NULL;
}

size_t zcb_plan_group(const zcb_run *run, const zcb_cell *cell)
{
    const zcb_planned_pair *pair = zcb_plan_pair(run, cell);
    for (size_t i = 0; pair != NULL && i < run->pair_count; i++) {
        if (strcmp(zcb_plan_group_name(run, i),
                   zcb_plan_group_name(run, (size_t)(pair - run->pairs))) == 0) {
            return i;
        }
    }
    return run->pair_count;
}

const char *zcb_plan_group_name(const zcb_run *run, size_t group)
{
    const char *name = group < run->pair_count ? run->pairs[group].group : NULL;
    return name != NULL && name[0] != '\0' ? name : "other";
}

size_t zcb_plan_variant(const zcb_run *run, const char *python)
{
    size_t i = 0;
    while (i < run->variant_count && strcmp(run->variants[i].name, python) != 0) {
        i++;
    }
    return i;
}

/* First place of a pair of that name, whatever its lane. */
static size_t pair_rank(const zcb_run *run, const char *name)
{
    size_t i = 0;
    while (i < run->pair_count && strcmp(run->pairs[i].name, name) != 0) {
        i++;
    }
    return i;
}

static int compare_numbers(uint64_t left, uint64_t right)
{
    return left < right ? -1 : left > right;
}

int zcb_plan_compare(const zcb_run *run, const zcb_cell *left, const zcb_cell *right)
{
    int order = compare_numbers(zcb_plan_variant(run, left->python),
                                zcb_plan_variant(run, right->python));
    order = order != 0 ? order : strcmp(left->python, right->python);
    order = order != 0
                ? order
                : compare_numbers(pair_rank(run, left->pair), pair_rank(run, right->pair));
    order = order != 0 ? order : strcmp(left->pair, right->pair);
    order = order != 0 ? order : compare_numbers(left->lane, right->lane);
    order = order != 0 ? order : compare_numbers(left->heap, right->heap);
    order = order != 0 ? order : compare_numbers(left->cache, right->cache);
    order = order != 0 ? order : compare_numbers(left->consumer, right->consumer);
    return order != 0 ? order : compare_numbers(left->size_bytes, right->size_bytes);
}

int zcb_asks_the_same(const zcb_cell *left, const zcb_cell *right)
{
    return strcmp(left->pair, right->pair) == 0 && left->lane == right->lane &&
           left->heap == right->heap && left->cache == right->cache &&
           left->consumer == right->consumer;
}

int zcb_plan_same_series(const zcb_cell *left, const zcb_cell *right)
{
    return strcmp(left->python, right->python) == 0 && zcb_asks_the_same(left, right);
}
