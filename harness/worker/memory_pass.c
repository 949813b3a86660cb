/* See memory_pass.h. */
#include "worker/memory_pass.h"

#include "worker/collector.h"
#include "worker/gbench.h"
#include "worker/memory.h"
#include "worker/shown.h"

#include <math.h>

enum { OPERATIONS_MAX = 16, COUNT_BUDGET_NS = 10000000, CACHED_BY_NUMPY_BYTES = 1024 };

static PyObject *operate(const zcb_prepared *prepared, size_t arm)
{
    return prepared->arms[arm].once(prepared->arms[arm].self);
}

/* Makes the source that the next operation consumes, where one is: *out says where. 0, or -1
 * with a Python exception set. */
static int make_fresh(const zcb_prepared *prepared, size_t arm, zcb_range *out)
{
    const zcb_prepared_arm *a = &prepared->arms[arm];
    *out = (zcb_range){NULL, NULL};
    return a->fresh != NULL ? a->fresh(a->self, out) : 0;
}

/* 1 when `address` belongs to a source. */
static int is_in_sources(const zcb_prepared *prepared, const char *address)
{
    zcb_range ranges[ZCB_SOURCES_MAX];
    size_t count = zcb_ranges_of_sources(prepared, ranges, ZCB_SOURCES_MAX);
    for (size_t i = 0; i < count; i++) {
        if (address >= ranges[i].low && address < ranges[i].high) {
            return 1;
        }
    }
    return 0;
}

/* 1 when some memory the result shows was made by the operation, and by nobody we see. Small
 * blocks that numpy takes from its own cache were made before: that costs no block, as counted.
 */
static int made_unseen(const zcb_prepared *prepared, const zcb_shown *shown)
{
    if (zcb_memory_sees_malloc() && shown->used_bytes < CACHED_BY_NUMPY_BYTES) {
        return 0;
    }
    for (size_t i = 0; i < shown->count; i++) {
        if (zcb_memory_serial(shown->low[i]) == 0 && !is_in_sources(prepared, shown->low[i])) {
            return 1;
        }
    }
    return 0;
}

/* As many operations as fit the budget, judged by one. */
static int operations_for(const zcb_prepared_arm *arm, uint64_t *out)
{
    uint64_t begin = zcb_monotonic_ns(NULL);
    PyObject *result = arm->once(arm->self);
    if (result == NULL) {
        return -1;
    }
    Py_DECREF(result);
    uint64_t fit = COUNT_BUDGET_NS / (zcb_monotonic_ns(NULL) - begin + 1);
    *out = fit > OPERATIONS_MAX ? OPERATIONS_MAX : fit < 1 ? 1 : fit;
    return 0;
}

/* Tracked objects and peak growth of one operation, and what its result shows. */
static int count_result(const zcb_prepared *prepared, size_t arm, zcb_arm_memory *out)
{
    zcb_shown shown;
    zcb_range consumed;
    Py_ssize_t before, after;
    if (make_fresh(prepared, arm, &consumed) < 0 || zcb_collector_tracked(&before) < 0) {
        return -1;
    }
    zcb_memory_mark();
    PyObject *result = operate(prepared, arm);
    out->peak_bytes = (double)zcb_memory_peak();
    int failed = result == NULL || zcb_collector_tracked(&after) < 0 ||
                 zcb_shown_look(result, &shown) < 0;
    if (!failed) {
        out->gc_objects = (double)(after - before);
        out->used_bytes = shown.used_bytes;
        if (made_unseen(prepared, &shown)) {
            out->blocks = out->bytes = out->peak_bytes = NAN;
        }
    }
    Py_XDECREF(result);
    return failed ? -1 : 0;
}

/* Once, its result dropped: the collector has emptied the interpreter's free lists (of slices, from
 * 3.14 on), and what an operation takes from them again is not its peak. */
static int refill_free_lists(const zcb_prepared *prepared, size_t arm)
{
    PyObject *result = operate(prepared, arm);
    Py_XDECREF(result);
    return result == NULL ? -1 : 0;
}

int zcb_memory_count_arm(const zcb_prepared *prepared, size_t arm, zcb_arm_memory *out)
{
    uint64_t operations;
    if (operations_for(&prepared->arms[arm], &operations) < 0 ||
        zcb_memory_per_operation(&prepared->arms[arm], operations, &out->blocks, &out->bytes) <
            0 ||
        zcb_collector_collect() < 0 || refill_free_lists(prepared, arm) < 0) {
        return -1;
    }
    return count_result(prepared, arm, out);
}

/* Places in memory, and the blocks they lay in when they were noted. */
typedef struct places {
    size_t count;
    const char *at[ZCB_SHOWN_MAX];
    uint64_t serials[ZCB_SHOWN_MAX]; /* 0: not seen */
} places;

static void note_place(places *to, const char *at)
{
    to->at[to->count] = at;
    to->serials[to->count++] = zcb_memory_serial(at);
}

static int all_seen(const places *p)
{
    for (size_t i = 0; i < p->count; i++) {
        if (p->serials[i] == 0) {
            return 0;
        }
    }
    return 1;
}

/* Number of places whose block, seen before, still lives. */
static size_t living(const places *p)
{
    size_t count = 0;
    for (size_t i = 0; i < p->count; i++) {
        count += p->serials[i] != 0 && zcb_memory_serial(p->at[i]) == p->serials[i];
    }
    return count;
}

static places places_shown(const zcb_shown *shown)
{
    places p = {.count = 0};
    for (size_t i = 0; i < shown->count; i++) {
        note_place(&p, shown->low[i]);
    }
    return p;
}

static places places_of_sources(const zcb_prepared *prepared)
{
    places p = {.count = 0};
    zcb_range ranges[ZCB_SOURCES_MAX];
    size_t count = zcb_ranges_of_sources(prepared, ranges, ZCB_SOURCES_MAX);
    for (size_t i = 0; i < count; i++) {
        note_place(&p, ranges[i].low);
    }
    return p;
}

/* Collects until nothing more goes: a free-threaded build frees some blocks a collection later. */
static int collect_all(void)
{
    enum { COLLECTIONS_MAX = 5 };
    int64_t before = 0, after = -1;
    for (int i = 0; i < COLLECTIONS_MAX && before != after; i++) {
        before = zcb_memory_read().live_bytes;
        if (zcb_collector_collect() < 0) {
            return -1;
        }
        after = zcb_memory_read().live_bytes;
    }
    return 0;
}

/* Takes `result`, the last that lives of its case: sees what is freed with it. */
static int let_go(PyObject *result, const places *shown, const places *sources,
                  zcb_arm_retained *out)
{
    if (collect_all() < 0) {
        Py_DECREF(result);
        return -1;
    }
    size_t kept = living(sources);
    int64_t before = zcb_memory_read().live_bytes;
    Py_DECREF(result);
    if (collect_all() < 0) {
        return -1;
    }
    int64_t freed = before - zcb_memory_read().live_bytes;
    if (all_seen(shown) && living(shown) == 0 && freed > 0) {
        out->bytes = (double)freed;
    }
    size_t still = living(sources);
    if (sources->count > 0 && (kept > still || (all_seen(sources) && still == 0))) {
        out->keeps_source = kept > still;
    }
    return 0;
}

int zcb_memory_retained(zcb_lane lane, const char *name, uint64_t size_bytes, uint64_t seed,
                        size_t arm, zcb_arm_retained *out)
{
    zcb_prepared prepared;
    zcb_shown shown;
    zcb_range consumed;
    places seen = {.count = 0}, sources = {.count = 0};
    *out = (zcb_arm_retained){NAN, -1};
    int made = zcb_prepare(lane, name, size_bytes, seed, &prepared);
    if (made == 0 && (made = make_fresh(&prepared, arm, &consumed)) == 0 &&
        consumed.low != NULL) {
        note_place(&sources, consumed.low);
    }
    PyObject *result = made < 0 ? NULL : operate(&prepared, arm);
    int failed = result == NULL || zcb_shown_look(result, &shown) < 0;
    if (!failed) {
        seen = places_shown(&shown);
        sources = sources.count > 0 ? sources : places_of_sources(&prepared);
    }
    zcb_prepared_clear(
        &prepared); /* what is shown may be gone now: it is not looked at any more */
    if (failed) {
        Py_XDECREF(result);
        return -1;
    }
    if (let_go(result, &seen, &sources, out) < 0) {
        return -1;
    }
    out->bytes =
        isnan(shown.used_bytes) ? NAN : out->bytes; /* no data: nothing to compare it with */
    return 0;
}
