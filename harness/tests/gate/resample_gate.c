/* How often the gate would alarm, and how often it would see a slow-down, on launches that really
 * happened: suites are drawn with replacement from recorded launches of unchanged code
 * (trials.py), each launch with all its cells and arms, and judged by the gate's own functions.
 *
 *     build/resample_gate launches.csv [SUITES]
 *
 * A suite is as many launches as a try has; the fresh launches that confirm are drawn anew. The
 * twin is not asked, which can only add alarms. A slow-down is added to every launch of the view
 * of one cell. */
#include "base/random.h"
#include "stats/change.h"
#include "stats/proportion.h"
#include "store/csv_fields.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LAUNCHES = 14, CELLS_MAX = 8, ARMS = 3, FIGURES_MAX = 2 * CELLS_MAX };
static const double CONFIDENCE = 0.95, ALLOWED = 0.05;

/* A launch of a try. Invariant: log[cell][arm] is ln(head / base); arms are copy, twin, view. */
typedef struct launch {
    uint64_t number, launch;
    double log[CELLS_MAX][ARMS];
} launch;

typedef struct pool {
    launch *launches;
    size_t count, capacity;
    uint64_t sizes[CELLS_MAX];
    size_t cells;
} pool;

static int fail(const char *what)
{
    fprintf(stderr, "resample_gate: %s\n", what);
    return 2;
}

static size_t cell_of(pool *pool, uint64_t size_bytes)
{
    for (size_t i = 0; i < pool->cells; i++) {
        if (pool->sizes[i] == size_bytes) {
            return i;
        }
    }
    if (pool->cells == CELLS_MAX) {
        exit(fail("more cells than it takes"));
    }
    pool->sizes[pool->cells] = size_bytes;
    return pool->cells++;
}

static launch *launch_of(pool *pool, uint64_t number, uint64_t which)
{
    for (size_t i = pool->count; i > 0; i--) {
        launch *l = &pool->launches[i - 1];
        if (l->number != number) {
            break;
        }
        if (l->launch == which) {
            return l;
        }
    }
    if (pool->count == pool->capacity) {
        pool->capacity = 2 * pool->capacity + 1024;
        pool->launches = realloc(pool->launches, pool->capacity * sizeof *pool->launches);
        if (pool->launches == NULL) {
            exit(fail("out of memory"));
        }
    }
    launch *l = &pool->launches[pool->count++];
    *l = (launch){.number = number, .launch = which};
    for (size_t i = 0; i < CELLS_MAX * ARMS; i++) {
        (&l->log[0][0])[i] = (double)NAN;
    }
    return l;
}

static int read_row(pool *pool, const zcb_csv_reader *reader, const zcb_csv_record *record,
                    zcb_error *error)
{
    static const char *const arms[ARMS] = {"copy", "twin", "view"};
    uint64_t number, which, size_bytes;
    double log;
    if (zcb_csv_read_whole(reader, record, 0, UINT32_MAX, "number", &number, error) < 0 ||
        zcb_csv_read_whole(reader, record, 1, UINT32_MAX, "launch", &which, error) < 0 ||
        zcb_csv_read_whole(reader, record, 2, UINT64_MAX, "size_bytes", &size_bytes, error) <
            0 ||
        zcb_csv_read_number(reader, record, 4, "log_ratio", &log, error) < 0) {
        return -1;
    }
    for (size_t arm = 0; arm < ARMS; arm++) {
        if (strcmp(record->fields[3], arms[arm]) == 0) {
            launch_of(pool, number, which)->log[cell_of(pool, size_bytes)][arm] = log;
        }
    }
    return 0;
}

static int read_pool(const char *path, pool *pool, zcb_error *error)
{
    zcb_csv_record record;
    zcb_csv_reader *reader = zcb_csv_open(path, "number,launch,size_bytes,arm,log_ratio",
                                          ZCB_CSV_APPEND_ONLY, error);
    int found = reader == NULL ? -1 : 1;
    while (found > 0 && (found = zcb_csv_next(reader, &record, error)) > 0) {
        found = read_row(pool, reader, &record, error) < 0 ? -1 : 1;
    }
    zcb_csv_close(reader);
    return found;
}

/* One phase of a suite: the change of copy and view of every cell over drawn launches. */
static void draw(const pool *pool, double slow_down, zcb_random *random,
                 zcb_change changes[FIGURES_MAX])
{
    size_t drawn[LAUNCHES];
    for (size_t i = 0; i < LAUNCHES; i++) {
        drawn[i] = (size_t)zcb_random_below(random, pool->count);
    }
    for (size_t cell = 0; cell < pool->cells; cell++) {
        double logs[ARMS * LAUNCHES], values[LAUNCHES];
        unsigned char is_kept[LAUNCHES];
        size_t kept;
        for (size_t arm = 0; arm < ARMS; arm++) {
            for (size_t i = 0; i < LAUNCHES; i++) {
                logs[arm * LAUNCHES + i] = pool->launches[drawn[i]].log[cell][arm] +
                                           (arm == 2 && cell == 0 ? log1p(slow_down) : 0.0);
            }
        }
        if (zcb_launches_of_one_pace(logs, ARMS, LAUNCHES, is_kept, &kept) < 0) {
            exit(fail("out of memory"));
        }
        for (size_t arm = 0; arm < ARMS; arm += 2) {
            size_t count = 0;
            for (size_t i = 0; i < LAUNCHES; i++) {
                if (is_kept[i]) {
                    values[count++] = logs[arm * LAUNCHES + i];
                }
            }
            changes[2 * cell + arm / 2] = zcb_change_of_pairs(values, count, CONFIDENCE);
        }
    }
}

/* Tests `count` changes; those that are exceeded move to the front of `which`: how many. */
static size_t test(const zcb_change *changes, size_t *which, size_t count)
{
    zcb_change chosen[FIGURES_MAX] = {0};
    zcb_change_test tests[FIGURES_MAX];
    size_t exceeded = 0;
    for (size_t i = 0; i < count; i++) {
        chosen[i] = changes[which[i]];
        tests[i].allowed = log1p(ALLOWED);
    }
    if (zcb_changes_test(chosen, count, CONFIDENCE, tests) < 0) {
        exit(fail("out of memory"));
    }
    for (size_t i = 0; i < count; i++) {
        if (tests[i].is_exceeded) {
            which[exceeded++] = which[i];
        }
    }
    return exceeded;
}

static void print_share(uint64_t hits, uint64_t suites)
{
    zcb_interval share = zcb_clopper_pearson_interval(hits, suites, CONFIDENCE);
    printf(" %llu of %llu (%.2f–%.2f %%) |", (unsigned long long)hits,
           (unsigned long long)suites, 100 * share.lo, 100 * share.hi);
}

static void judge(const pool *pool, double slow_down, uint64_t suites)
{
    zcb_random random = {20261122};
    uint64_t chosen = 0, failed = 0;
    for (uint64_t suite = 0; suite < suites; suite++) {
        zcb_change changes[FIGURES_MAX];
        size_t which[FIGURES_MAX], count = 2 * pool->cells;
        for (size_t i = 0; i < count; i++) {
            which[i] = i;
        }
        draw(pool, slow_down, &random, changes);
        count = test(changes, which, count);
        chosen += count > 0;
        if (count > 0) {
            draw(pool, slow_down, &random, changes);
            failed += test(changes, which, count) > 0;
        }
    }
    printf("| %g %% |", 100 * slow_down);
    print_share(chosen, suites);
    print_share(failed, suites);
    putchar('\n');
}

int main(int argc, char **argv)
{
    static const double slow_downs[] = {0.0, 0.05, 0.10, 0.15, 0.20};
    pool pool = {0};
    zcb_error error;
    uint64_t suites = argc > 2 ? strtoull(argv[2], NULL, 10) : 3000;
    if (argc < 2 || suites == 0) {
        return fail("usage: resample_gate launches.csv [SUITES]");
    }
    if (read_pool(argv[1], &pool, &error) < 0) {
        return fail(error.text);
    }
    if (pool.count < LAUNCHES) {
        return fail("fewer launches than one try has");
    }
    printf("%zu launches of %zu cells\n\n", pool.count, pool.cells);
    puts("| slow-down of one view | beyond what is allowed | confirmed: exit 3 "
         "|\n|---|---|---|");
    for (size_t i = 0; i < sizeof slow_downs / sizeof slow_downs[0]; i++) {
        judge(&pool, slow_downs[i], suites);
    }
    free(pool.launches);
    return 0;
}
