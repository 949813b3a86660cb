/* Why this file: statistics want sorted arrays of one arm, files hold what happened in the
 * order it happened. */
#include "report/grouping.h"

#include <stdlib.h>
#include <string.h>

/* A sample on its way into order. */
typedef struct zcb_grouped_row {
    zcb_visit visit;
    uint64_t iterations, minor_faults;
    uint32_t row; /* place in the file: the later of two equal visits counts */
} grouped_row;

int zcb_grouping_make(const zcb_samples *samples, size_t cell_count, zcb_grouping *out,
                      zcb_error *error)
{
    zcb_grouping grouping = {.samples = samples, .cell_count = cell_count};
    if (samples->count > UINT32_MAX) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "more than 2^32 - 1 samples");
    }
    grouping.rows = calloc(samples->count + 1, sizeof *grouping.rows);
    grouping.starts = calloc(cell_count + 2, sizeof *grouping.starts);
    if (grouping.rows == NULL || grouping.starts == NULL) {
        zcb_grouping_clear(&grouping);
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    /* A counting sort: starts is filled one cell late, so that placing the rows brings it into
     * place. */
    for (size_t i = 0; i < samples->count; i++) {
        grouping.starts[samples->rows[i].cell + 2]++;
    }
    for (size_t c = 2; c < cell_count + 2; c++) {
        grouping.starts[c] += grouping.starts[c - 1];
    }
    for (size_t i = 0; i < samples->count; i++) {
        grouping.rows[grouping.starts[samples->rows[i].cell + 1]++] = (uint32_t)i;
    }
    *out = grouping;
    return 0;
}

void zcb_grouping_clear(zcb_grouping *grouping)
{
    free(grouping->rows);
    free(grouping->starts);
    *grouping = (zcb_grouping){0};
}

static int reserve(zcb_cell_visits *visits, size_t count, zcb_error *error)
{
    if (count <= visits->capacity) {
        return 0;
    }
    free(visits->storage);
    free(visits->rows);
    visits->storage = calloc(count, sizeof *visits->storage);
    visits->rows = calloc(count, sizeof *visits->rows);
    visits->capacity = count;
    if (visits->storage == NULL || visits->rows == NULL) {
        zcb_cell_visits_clear(visits);
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    return 0;
}

/* Index of `arm` in the cell's arms, added when new; ZCB_ARMS_MAX when there is no room. Arms
 * are interned: their pointers tell them apart. */
static size_t arm_index(zcb_cell_visits *visits, const char *arm)
{
    for (size_t a = 0; a < visits->arm_count; a++) {
        if (visits->arms[a].arm == arm) {
            return a;
        }
    }
    if (visits->arm_count < ZCB_ARMS_MAX) {
        visits->arms[visits->arm_count] = (zcb_arm_visits){.arm = arm};
        visits->arm_count++;
        return visits->arm_count - 1;
    }
    return ZCB_ARMS_MAX;
}

/* Counts the visits of every arm into visits.count. */
static int count_arms(const zcb_grouping *grouping, size_t cell, zcb_cell_visits *visits,
                      zcb_error *error)
{
    for (size_t i = grouping->starts[cell]; i < grouping->starts[cell + 1]; i++) {
        size_t arm = arm_index(visits, grouping->samples->rows[grouping->rows[i]].arm);
        if (arm == ZCB_ARMS_MAX) {
            return zcb_fail(error, ZCB_EXIT_USAGE, "samples.csv: a cell has more than %d arms",
                            ZCB_ARMS_MAX);
        }
        visits->arms[arm].visits.count++;
    }
    return 0;
}

static int compare_rows(const void *left, const void *right)
{
    const grouped_row *a = left, *b = right;
    if (a->visit.launch != b->visit.launch) {
        return a->visit.launch < b->visit.launch ? -1 : 1;
    }
    if (a->visit.block != b->visit.block) {
        return a->visit.block < b->visit.block ? -1 : 1;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

/* Brings the rows of one arm into order (they mostly are) and moves them, one per block, to
 * `target`. */
static void settle_arm(zcb_arm_visits *arm, grouped_row *rows, zcb_visit *target)
{
    size_t count = arm->visits.count, kept = 0;
    for (size_t i = 1; i < count; i++) {
        if (compare_rows(&rows[i - 1], &rows[i]) > 0) {
            qsort(rows, count, sizeof *rows, compare_rows);
            break;
        }
    }
    for (size_t i = 0; i < count; i++) {
        const grouped_row *row = &rows[i];
        int is_outdated = i + 1 < count && row->visit.launch == rows[i + 1].visit.launch &&
                          row->visit.block == rows[i + 1].visit.block;
        if (!is_outdated) {
            target[kept++] = row->visit;
            arm->iterations += row->iterations;
            arm->minor_faults += row->minor_faults;
        }
    }
    arm->visits = (zcb_visits){target, kept};
}

int zcb_cell_visits_load(const zcb_grouping *grouping, size_t cell, zcb_cell_visits *visits,
                         zcb_error *error)
{
    size_t starts[ZCB_ARMS_MAX] = {0}, next[ZCB_ARMS_MAX] = {0};
    visits->arm_count = 0;
    if (reserve(visits, grouping->starts[cell + 1] - grouping->starts[cell], error) != 0 ||
        count_arms(grouping, cell, visits, error) != 0) {
        return -1;
    }
    for (size_t a = 1; a < visits->arm_count; a++) {
        starts[a] = next[a] = starts[a - 1] + visits->arms[a - 1].visits.count;
    }
    for (size_t i = grouping->starts[cell]; i < grouping->starts[cell + 1]; i++) {
        const zcb_sample *sample = &grouping->samples->rows[grouping->rows[i]];
        double ns_per_op = (double)sample->elapsed_ns / (double)sample->iterations;
        visits->rows[next[arm_index(visits, sample->arm)]++] = (grouped_row){
            {sample->launch, sample->block, sample->order, ns_per_op},
            sample->iterations,
            sample->minor_faults,
            grouping->rows[i],
        };
    }
    for (size_t a = 0; a < visits->arm_count; a++) {
        settle_arm(&visits->arms[a], visits->rows + starts[a], visits->storage + starts[a]);
    }
    return 0;
}

void zcb_cell_visits_clear(zcb_cell_visits *visits)
{
    free(visits->storage);
    free(visits->rows);
    *visits = (zcb_cell_visits){0};
}

const zcb_arm_visits *zcb_cell_visits_find(const zcb_cell_visits *visits, const char *arm)
{
    for (size_t a = 0; a < visits->arm_count; a++) {
        if (strcmp(visits->arms[a].arm, arm) == 0) {
            return &visits->arms[a];
        }
    }
    return NULL;
}
