/* What is allocated: the saving of kind R, the growth of kind Q, and that nothing is kept. */
#include "worker/memory.h"
#include "worker/proof.h"

#include "worker/gbench.h"

#include <math.h>

enum { LEAK_ITERATIONS = 1000, LEAK_BUDGET_NS = 10000000 };
enum {
    LEAK_ITERATIONS_MIN = 200
}; /* free lists still grow over the first hundred operations */

/* As many iterations as are worth it: LEAK_ITERATIONS, fewer for slow operations; 1 where a leak of
 * blocks could not be told anyway. */
static int leak_iterations(const zcb_prepared_arm *arm, uint64_t *out)
{
    if (zcb_prepared_run(arm, 1) < 0) {
        return -1;
    }
    uint64_t begin = zcb_monotonic_ns(NULL);
    if (zcb_prepared_run(arm, 1) < 0) {
        return -1;
    }
    uint64_t each = zcb_monotonic_ns(NULL) - begin + 1;
    uint64_t most = LEAK_BUDGET_NS / each;
    *out = most > LEAK_ITERATIONS ? LEAK_ITERATIONS : most < LEAK_ITERATIONS_MIN ? 1 : most;
    return 0;
}

/* Blocks of Python's allocators that live once cyclic garbage is gone (the collector is off). */
static int live_blocks(int64_t *out)
{
    PyObject *gc = PyImport_ImportModule("gc");
    PyObject *collected = gc == NULL ? NULL : PyObject_CallMethod(gc, "collect", NULL);
    Py_XDECREF(gc);
    if (collected == NULL) {
        return -1;
    }
    Py_DECREF(collected);
    *out = zcb_memory_read().live;
    return 0;
}

/* What `iterations` operations leave behind: blocks, and references to the sources. */
static int left_after(const zcb_prepared *prepared, size_t arm, uint64_t iterations,
                      int64_t *blocks, Py_ssize_t *references)
{
    int64_t before, after;
    Py_ssize_t held = zcb_prepared_references(prepared);
    if (live_blocks(&before) < 0 || zcb_prepared_run(&prepared->arms[arm], iterations) < 0 ||
        live_blocks(&after) < 0) {
        return -1;
    }
    *blocks = after - before;
    *references = zcb_prepared_references(prepared) - held;
    return 0;
}

int zcb_prove_no_leak(const zcb_prepared *prepared, size_t arm, zcb_refusal *refusal)
{
    const char *name = prepared->arms[arm].name;
    uint64_t iterations;
    int64_t once, twice;
    Py_ssize_t held_once, held_twice;
    if (leak_iterations(&prepared->arms[arm], &iterations) < 0 ||
        left_after(prepared, arm, iterations, &once, &held_once) < 0 ||
        left_after(prepared, arm, 2 * iterations, &twice, &held_twice) < 0) {
        return -1;
    }
    if (held_twice - held_once >= (Py_ssize_t)(iterations + 1) / 2) {
        return zcb_refuse(refusal, "%s leaks references to the source", name);
    }
    /* Caches that fill once are no leak: it must grow with the operations. Slow ones, at large sizes,
     * are too few to tell; the proof at the smallest size has told. */
    if (iterations >= LEAK_ITERATIONS_MIN && once >= (int64_t)(iterations / 2) &&
        twice - once >= (int64_t)(iterations / 2)) {
        return zcb_refuse(refusal, "%s leaks: %lld blocks are left after %llu operations", name,
                          (long long)twice, 2 * (unsigned long long)iterations);
    }
    return ZCB_PROVED;
}

/* Blocks and bytes per operation: of four, or of one that is slow. */
static int count(const zcb_prepared_arm *arm, double *blocks, double *bytes)
{
    enum { SLOW_NS = 1000000 };
    uint64_t begin = zcb_monotonic_ns(NULL);
    if (zcb_prepared_run(arm, 1) < 0) {
        return -1;
    }
    uint64_t operations = zcb_monotonic_ns(NULL) - begin > SLOW_NS ? 1 : 4;
    return zcb_memory_per_operation(arm, operations, blocks, bytes);
}

int zcb_prove_saving(const zcb_prepared *prepared, size_t arm, zcb_refusal *refusal)
{
    double copy_blocks, copy_bytes, blocks, bytes;
    if (count(&prepared->arms[0], &copy_blocks, &copy_bytes) < 0 ||
        count(&prepared->arms[arm], &blocks, &bytes) < 0) {
        return -1;
    }
    if (blocks < copy_blocks || bytes < copy_bytes) {
        return ZCB_PROVED;
    }
    return zcb_refuse(
        refusal,
        "%s saves no memory: %.0f bytes in %.1f blocks per operation, copy %.0f in %.1f%s",
        prepared->arms[arm].name, bytes, blocks, copy_bytes, copy_blocks,
        zcb_memory_sees_malloc() ? "" : " (plain malloc is not seen here)");
}

/* Exponent of the bytes an arm allocates, from half to whole; NAN when nothing is allocated. */
static int growth(const zcb_prepared *half, const zcb_prepared *whole, size_t arm, double *out)
{
    double blocks, bytes_half, bytes_whole;
    if (zcb_memory_per_operation(&half->arms[arm], 1, &blocks, &bytes_half) < 0 ||
        zcb_memory_per_operation(&whole->arms[arm], 1, &blocks, &bytes_whole) < 0) {
        return -1;
    }
    *out = bytes_half > 0 ? log2(bytes_whole / bytes_half) : 0;
    return 0;
}

int zcb_prove_growth(const zcb_prepared *half, const zcb_prepared *whole, size_t arm,
                     zcb_refusal *refusal)
{
    double of_copy, of_view;
    if (growth(half, whole, 0, &of_copy) < 0 || growth(half, whole, arm, &of_view) < 0) {
        return -1;
    }
    if (of_copy > 1.5 && of_view < 1.5) {
        return ZCB_PROVED;
    }
    return zcb_refuse(
        refusal,
        "bytes allocated grow with exponent %.2f in copy and %.2f in %s; a pair of kind Q "
        "has 2 and 1",
        of_copy, of_view, whole->arms[arm].name);
}
