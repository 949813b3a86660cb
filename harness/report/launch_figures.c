/* See launch_figures.h. */
#include "report/launch_figures.h"

#include "base/room.h"
#include "report/grouping.h"
#include "report/plan.h"

#include <stdlib.h>
#include <string.h>

const char *zcb_figure_name(zcb_figure figure)
{
    static const char *const names[ZCB_FIGURE_COUNT] = {"time", "over_limit", "over_null",
                                                        "speedup"};
    return names[figure];
}

/* The arrays of a zcb_launch_figures while they grow. */
typedef struct growing {
    zcb_launch_figures made;
    size_t row_capacity, launch_capacity, log_capacity;
} growing;

/* Room for one more row and `values` more values. */
static int reserve(growing *growing, size_t values)
{
    zcb_launch_figures *made = &growing->made;
    size_t wanted = made->value_count + values;
    zcb_launch_figure *rows =
        zcb_with_room(made->rows, &growing->row_capacity, made->count + 1, sizeof *rows);
    made->rows = rows != NULL ? rows : made->rows;
    uint32_t *launches =
        zcb_with_room(made->launches, &growing->launch_capacity, wanted, sizeof *launches);
    made->launches = launches != NULL ? launches : made->launches;
    double *logs = zcb_with_room(made->logs, &growing->log_capacity, wanted, sizeof *logs);
    made->logs = logs != NULL ? logs : made->logs;
    return rows != NULL && launches != NULL && logs != NULL ? 0 : -1;
}

/* Adds one row from block values; none without a block. */
static int add_row(growing *growing, uint32_t cell, const char *arm, zcb_figure figure,
                   const zcb_clusters *blocks)
{
    zcb_launch_figures *made = &growing->made;
    if (blocks->count == 0) {
        return 0;
    }
    if (reserve(growing, blocks->count) != 0 ||
        zcb_cluster_medians(blocks, made->logs + made->value_count) != 0) {
        return -1;
    }
    memcpy(made->launches + made->value_count, blocks->launches,
           blocks->count * sizeof *blocks->launches);
    made->rows[made->count++] =
        (zcb_launch_figure){cell, arm, figure, made->value_count, blocks->count};
    made->value_count += blocks->count;
    return 0;
}

static zcb_visits visits_of(const zcb_cell_visits *visits, const char *arm)
{
    const zcb_arm_visits *found = zcb_cell_visits_find(visits, arm);
    return found == NULL ? (zcb_visits){NULL, 0} : found->visits;
}

/* The block values of one figure; none where an arm it needs is missing. */
static int block_values(const zcb_cell_visits *visits, const zcb_arm_visits *arm,
                        zcb_figure figure, zcb_clusters *out)
{
    switch (figure) {
    case ZCB_FIGURE_OVER_LIMIT:
        return zcb_block_log_ratios(arm->visits, visits_of(visits, ZCB_ARM_LIMIT), out);
    case ZCB_FIGURE_OVER_NULL:
        return zcb_block_log_ratios(arm->visits, visits_of(visits, ZCB_ARM_NULL), out);
    case ZCB_FIGURE_SPEEDUP:
        return zcb_block_log_ratios(visits_of(visits, ZCB_ARM_COPY), arm->visits, out);
    default:
        return zcb_block_log_times(arm->visits, out);
    }
}

static int add_arm(growing *growing, uint32_t cell, const zcb_cell_visits *visits,
                   const zcb_arm_visits *arm)
{
    int is_copy = strcmp(arm->arm, ZCB_ARM_COPY) == 0;
    for (int f = 0; f < ZCB_FIGURE_COUNT; f++) {
        zcb_clusters blocks = {0};
        if (is_copy && f == ZCB_FIGURE_SPEEDUP) {
            continue;
        }
        int result = block_values(visits, arm, (zcb_figure)f, &blocks);
        if (result == 0) {
            result = add_row(growing, cell, arm->arm, (zcb_figure)f, &blocks);
        }
        zcb_clusters_clear(&blocks);
        if (result != 0) {
            return -1;
        }
    }
    return 0;
}

/* Where an arm stands in every table: copy, then the alternatives as planned. */
static size_t arm_rank(const zcb_planned_pair *pair, const char *arm)
{
    size_t rank = 0, count = pair == NULL ? 0 : pair->alternative_count;
    if (strcmp(arm, ZCB_ARM_COPY) == 0) {
        return 0;
    }
    while (rank < count && strcmp(pair->alternatives[rank], arm) != 0) {
        rank++;
    }
    return 1 + rank;
}

static int is_before(const zcb_planned_pair *pair, const char *arm, const char *other)
{
    size_t rank = arm_rank(pair, arm), others = arm_rank(pair, other);
    return rank != others ? rank < others : strcmp(arm, other) < 0;
}

/* The arm that comes next after `before` (NULL: the first), or NULL. */
static const zcb_arm_visits *next_arm(const zcb_cell_visits *visits,
                                      const zcb_planned_pair *pair,
                                      const zcb_arm_visits *before)
{
    const zcb_arm_visits *next = NULL;
    for (size_t a = 0; a < visits->arm_count; a++) {
        const zcb_arm_visits *arm = &visits->arms[a];
        int is_compared =
            strcmp(arm->arm, ZCB_ARM_COPY) == 0 || zcb_arm_is_alternative(arm->arm);
        if (is_compared && (before == NULL || is_before(pair, before->arm, arm->arm)) &&
            (next == NULL || is_before(pair, arm->arm, next->arm))) {
            next = arm;
        }
    }
    return next;
}

static int add_cell(growing *growing, const zcb_recorded *recorded,
                    const zcb_grouping *grouping, size_t cell, zcb_cell_visits *visits,
                    zcb_error *error)
{
    const zcb_planned_pair *pair =
        zcb_plan_pair(&recorded->run, zcb_cells_at(recorded->cells, cell));
    if (zcb_cell_visits_load(grouping, cell, visits, error) != 0) {
        return -1;
    }
    for (const zcb_arm_visits *arm = next_arm(visits, pair, NULL); arm != NULL;
         arm = next_arm(visits, pair, arm)) {
        if (add_arm(growing, (uint32_t)cell, visits, arm) != 0) {
            return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
        }
    }
    return 0;
}

int zcb_launch_figures_make(const zcb_recorded *recorded, zcb_launch_figures *out,
                            zcb_error *error)
{
    growing growing = {0};
    zcb_grouping grouping = {0};
    zcb_cell_visits visits = {0};
    size_t cells = zcb_cells_count(recorded->cells);
    int result = zcb_grouping_make(&recorded->samples, cells, &grouping, error);
    for (size_t cell = 0; result == 0 && cell < cells; cell++) {
        if (grouping.starts[cell + 1] > grouping.starts[cell]) {
            result = add_cell(&growing, recorded, &grouping, cell, &visits, error);
        }
    }
    zcb_cell_visits_clear(&visits);
    zcb_grouping_clear(&grouping);
    if (result != 0) {
        zcb_launch_figures_clear(&growing.made);
    }
    *out = growing.made;
    return result;
}

void zcb_launch_figures_clear(zcb_launch_figures *figures)
{
    free(figures->rows);
    free(figures->launches);
    free(figures->logs);
    *figures = (zcb_launch_figures){0};
}

/* The first row of `cell` or of one after it. */
static size_t lower_bound(const zcb_launch_figures *figures, uint32_t cell)
{
    size_t low = 0, high = figures->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (figures->rows[middle].cell < cell) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const zcb_launch_figure *zcb_launch_figures_first(const zcb_launch_figures *figures,
                                                  uint32_t cell)
{
    size_t first = lower_bound(figures, cell);
    return first < figures->count && figures->rows[first].cell == cell ? &figures->rows[first]
                                                                       : NULL;
}

const zcb_launch_figure *zcb_launch_figures_find(const zcb_launch_figures *figures,
                                                 uint32_t cell, const char *arm,
                                                 zcb_figure figure)
{
    for (size_t i = lower_bound(figures, cell);
         i < figures->count && figures->rows[i].cell == cell; i++) {
        const zcb_launch_figure *row = &figures->rows[i];
        if (row->figure == figure && strcmp(row->arm, arm) == 0) {
            return row;
        }
    }
    return NULL;
}
