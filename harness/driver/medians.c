/* See medians.h. */
#include "driver/medians.h"

#include "driver/texts.h"
#include "stats/blocks.h"
#include "stats/location.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CONFIDENCE 0.95

static size_t place_of(const zcb_medians *medians, size_t cell, size_t alternative)
{
    return (cell * ZCB_ALTERNATIVES_MAX + alternative) * medians->launches;
}

int zcb_medians_resize(zcb_medians *medians, size_t cells, uint32_t launches, zcb_error *error)
{
    size_t per_cell = (size_t)ZCB_ALTERNATIVES_MAX * launches;
    double *grown = realloc(medians->values, (cells * per_cell + 1) * sizeof *grown);
    if (grown == NULL) {
        return zcb_no_memory(error);
    }
    medians->values = grown;
    for (size_t i = medians->cells * per_cell; i < cells * per_cell; i++) {
        grown[i] = NAN;
    }
    medians->cells = cells;
    medians->launches = launches;
    return 0;
}

void zcb_medians_clear(zcb_medians *medians)
{
    free(medians->values);
    *medians = (zcb_medians){0};
}

/* The visits of `arm` among the rows, into visits[count], in order. */
static zcb_visits visits_of(const char *arm, const zcb_sample *rows, size_t count,
                            zcb_visit *visits)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].arm, arm) == 0) {
            visits[found++] =
                (zcb_visit){rows[i].launch, rows[i].block, rows[i].order,
                            (double)rows[i].elapsed_ns / (double)rows[i].iterations};
        }
    }
    zcb_visits_sort(visits, found);
    return (zcb_visits){visits, found};
}

/* The median over the blocks of the one launch both belong to; NAN without blocks. */
static int median_of(zcb_visits copy, zcb_visits view, double *out, zcb_error *error)
{
    zcb_clusters logs = {0};
    *out = NAN;
    int result = zcb_block_log_ratios(copy, view, &logs);
    if (result == 0 && logs.count == 1) {
        result = zcb_cluster_medians(&logs, out);
    }
    zcb_clusters_clear(&logs);
    return result < 0 ? zcb_no_memory(error) : 0;
}

int zcb_medians_take(zcb_medians *medians, size_t cell, const zcb_planned_pair *pair,
                     const zcb_sample *rows, size_t count, zcb_error *error)
{
    if (count == 0 || rows[0].launch < 1 || rows[0].launch > medians->launches) {
        return 0;
    }
    zcb_visit *visits = zcb_allocate(2 * count, sizeof *visits, error);
    int result = visits == NULL ? -1 : 0;
    for (size_t i = 0; result == 0 && i < pair->alternative_count; i++) {
        double *value = &medians->values[place_of(medians, cell, i) + rows[0].launch - 1];
        result = median_of(visits_of(ZCB_ARM_COPY, rows, count, visits),
                           visits_of(pair->alternatives[i], rows, count, visits + count), value,
                           error);
    }
    free(visits);
    return result;
}

size_t zcb_medians_values(const zcb_medians *medians, size_t cell, size_t alternative,
                          double *values)
{
    const double *from = &medians->values[place_of(medians, cell, alternative)];
    size_t count = 0;
    for (uint32_t i = 0; i < medians->launches; i++) {
        if (isfinite(from[i])) {
            values[count++] = from[i];
        }
    }
    return count;
}

int zcb_medians_interval(const zcb_medians *medians, size_t cell, size_t alternative,
                         zcb_interval *out, zcb_error *error)
{
    double *values = zcb_allocate(medians->launches, sizeof *values, error);
    if (values == NULL) {
        return -1;
    }
    size_t count = zcb_medians_values(medians, cell, alternative, values);
    *out = zcb_primary_interval(values, count, CONFIDENCE);
    free(values);
    return 0;
}
