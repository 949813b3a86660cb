/* See real_launches.h. */
#include "real_launches.h"

#include "base/selftest.h"
#include "report/grouping.h"
#include "store/recorded.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* All visits of one arm of one cell under one condition. */
typedef struct zcb_real_arm {
    char condition[16], cell[2 * ZCB_NAME_MAX + 24], pair[ZCB_NAME_MAX + 1],
        arm[ZCB_NAME_MAX + 1];
    zcb_visit *rows;
    size_t count;
} real_arm;

static real_arm *find_arm(zcb_real_launches *all, const char *condition, const char *cell,
                          const char *arm)
{
    for (size_t i = 0; i < all->arm_count; i++) {
        real_arm *found = &all->arms[i];
        if (strcmp(found->condition, condition) == 0 && strcmp(found->cell, cell) == 0 &&
            strcmp(found->arm, arm) == 0) {
            return found;
        }
    }
    return NULL;
}

/* The arm, made when it is new; NULL: memory. */
static real_arm *need_arm(zcb_real_launches *all, const char *condition, const zcb_cell *cell,
                          const char *arm)
{
    char name[sizeof all->arms->cell];
    snprintf(name, sizeof name, "%s %s %" PRIu64 " B", cell->pair, zcb_lane_name(cell->lane),
             cell->size_bytes);
    real_arm *found = find_arm(all, condition, name, arm);
    if (found != NULL) {
        return found;
    }
    real_arm *grown = realloc(all->arms, (all->arm_count + 1) * sizeof *grown);
    if (grown == NULL) {
        return NULL;
    }
    all->arms = grown;
    found = &grown[all->arm_count++];
    *found = (real_arm){0};
    snprintf(found->condition, sizeof found->condition, "%s", condition);
    snprintf(found->cell, sizeof found->cell, "%s", name);
    snprintf(found->pair, sizeof found->pair, "%s", cell->pair);
    snprintf(found->arm, sizeof found->arm, "%s", arm);
    return found;
}

static int add_visits(zcb_real_launches *all, real_arm *arm, zcb_visits visits)
{
    zcb_visit *rows = realloc(arm->rows, (arm->count + visits.count + 1) * sizeof *rows);
    if (rows == NULL) {
        return -1;
    }
    arm->rows = rows;
    for (size_t i = 0; i < visits.count; i++) {
        rows[arm->count] = visits.rows[i];
        rows[arm->count++].launch += all->next_launch;
    }
    return 0;
}

static int add_cell(zcb_real_launches *all, const char *condition, const zcb_cell *cell,
                    const zcb_cell_visits *visits)
{
    for (size_t a = 0; a < visits->arm_count; a++) {
        real_arm *arm = need_arm(all, condition, cell, visits->arms[a].arm);
        if (arm == NULL || add_visits(all, arm, visits->arms[a].visits) != 0) {
            return -1;
        }
    }
    return 0;
}

/* Notes how loaded the machine was. */
static int add_condition(zcb_real_launches *all, const char *name, const zcb_recorded *recorded)
{
    zcb_real_condition *condition = all->conditions;
    while (condition < all->conditions + all->condition_count &&
           strcmp(condition->name, name) != 0) {
        condition++;
    }
    if (condition == all->conditions + ZCB_REAL_CONDITIONS_MAX) {
        return -1;
    }
    if (condition == all->conditions + all->condition_count) {
        snprintf(condition->name, sizeof condition->name, "%s", name);
        all->condition_count++;
    }
    condition->folders++;
    for (size_t i = 0; i < recorded->launch_count; i++) {
        const zcb_launch_row *row = &recorded->launches[i];
        if (strcmp(row->phase, "measure") == 0) {
            condition->launches++;
            condition->load1_sum += row->load1;
            condition->load1_max = fmax(condition->load1_max, row->load1);
        }
    }
    return 0;
}

int zcb_real_launches_read(zcb_real_launches *all, const char *condition, const char *dir,
                           zcb_error *error)
{
    zcb_recorded recorded;
    zcb_grouping grouping = {0};
    zcb_cell_visits visits = {0};
    int result = -1;
    if (zcb_recorded_read(dir, &recorded, error) != 0) {
        return -1;
    }
    size_t cells = zcb_cells_count(recorded.cells);
    uint32_t last = 0;
    if (add_condition(all, condition, &recorded) != 0) {
        zcb_fail(error, ZCB_EXIT_USAGE, "more than %d conditions", ZCB_REAL_CONDITIONS_MAX);
        goto done;
    }
    if (zcb_grouping_make(&recorded.samples, cells, &grouping, error) != 0) {
        goto done;
    }
    for (size_t cell = 0; cell < cells; cell++) {
        if (zcb_cell_visits_load(&grouping, cell, &visits, error) != 0) {
            goto done;
        }
        if (add_cell(all, condition, zcb_cells_at(recorded.cells, cell), &visits) != 0) {
            zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
            goto done;
        }
    }
    for (size_t i = 0; i < recorded.samples.count; i++) {
        last = recorded.samples.rows[i].launch > last ? recorded.samples.rows[i].launch : last;
    }
    all->next_launch += last + 1;
    result = 0;
done:
    zcb_cell_visits_clear(&visits);
    zcb_grouping_clear(&grouping);
    zcb_recorded_clear(&recorded);
    return result;
}

/* ln of the known ratio; NAN for pairs and arms of which none is known. */
static double known_ratio(const real_arm *arm)
{
#define CASE(name, steps)                                                                      \
    if (strcmp(arm->arm, name) == 0) {                                                         \
        return log((double)ZCB_SELFTEST_RATIO_STEPS / (steps));                                \
    }
    if (strcmp(arm->pair, ZCB_SELFTEST_RATIO_PAIR) == 0) {
        ZCB_SELFTEST_RATIO_ARMS(CASE)
    }
#undef CASE
    return (double)NAN;
}

/* Makes the ratio of an arm to copy. 1 made, 0 nothing to make, -1 memory. */
static int make_ratio(zcb_real_launches *all, const real_arm *arm, zcb_real_ratio *ratio)
{
    const real_arm *copy = find_arm(all, arm->condition, arm->cell, ZCB_ARM_COPY);
    int is_twin = strcmp(arm->arm, ZCB_ARM_TWIN) == 0;
    if (copy == NULL || (!is_twin && !zcb_arm_is_alternative(arm->arm))) {
        return 0;
    }
    zcb_visits own = {arm->rows, arm->count}, base = {copy->rows, copy->count};
    *ratio = (zcb_real_ratio){.is_twin = is_twin, .truth = is_twin ? 0.0 : known_ratio(arm)};
    snprintf(ratio->condition, sizeof ratio->condition, "%s", arm->condition);
    snprintf(ratio->name, sizeof ratio->name, "%s %s", arm->cell,
             is_twin ? "twin ÷ copy" : arm->arm);
    if (zcb_block_log_ratios(is_twin ? own : base, is_twin ? base : own, &ratio->blocks) != 0) {
        return -1;
    }
    ratio->medians = calloc(ratio->blocks.count + 1, sizeof *ratio->medians);
    if (ratio->medians == NULL || zcb_cluster_medians(&ratio->blocks, ratio->medians) != 0) {
        zcb_clusters_clear(&ratio->blocks);
        free(ratio->medians);
        return -1;
    }
    return 1;
}

int zcb_real_launches_finish(zcb_real_launches *all, zcb_error *error)
{
    all->ratios = calloc(all->arm_count + 1, sizeof *all->ratios);
    for (size_t i = 0; i < all->arm_count; i++) {
        int made = all->ratios != NULL
                       ? make_ratio(all, &all->arms[i], &all->ratios[all->ratio_count])
                       : -1;
        if (made < 0) {
            return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
        }
        all->ratio_count += (size_t)made;
    }
    return 0;
}

void zcb_real_launches_clear(zcb_real_launches *all)
{
    for (size_t i = 0; i < all->ratio_count; i++) {
        zcb_clusters_clear(&all->ratios[i].blocks);
        free(all->ratios[i].medians);
    }
    for (size_t i = 0; i < all->arm_count; i++) {
        free(all->arms[i].rows);
    }
    free(all->ratios);
    free(all->arms);
    *all = (zcb_real_launches){0};
}
