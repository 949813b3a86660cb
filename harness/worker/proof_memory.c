/* What is allocated: the saving of kind R, the growth of kind Q, and that nothing is kept. */
#include "worker/memory.h"
#include "worker/proof.h"

#include "worker/gbench.h"

#include <math.h>

enum { LEAK_ITERATIONS = 1000, LEAK_BUDGET_NS = 50000000, COUNTED_OPERATIONS = 4 };

static int run(const zcb_prepared_arm *arm, uint64_t iterations)
{
    if (arm->ready != NULL && arm->ready(arm->self, iterations) < 0) {
        return -1;
    }
    return arm->loop(arm->self, iterations);
}

static Py_ssize_t source_references(const zcb_prepared *prepared)
{
    Py_ssize_t total = 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(prepared->sources); i++) {
        total += Py_REFCNT(PyTuple_GET_ITEM(prepared->sources, i));
    }
    return total;
}

/* As many iterations as are worth it: LEAK_ITERATIONS, fewer for slow operations, at least 4. */
static int leak_iterations(const zcb_prepared_arm *arm, uint64_t *out)
{
    if (run(arm, 1) < 0) {
        return -1;
    }
    uint64_t begin = zcb_monotonic_ns(NULL);
    if (run(arm, 1) < 0) {
        return -1;
    }
    uint64_t each = zcb_monotonic_ns(NULL) - begin + 1;
    uint64_t most = LEAK_BUDGET_NS / each;
    *out = most > LEAK_ITERATIONS ? LEAK_ITERATIONS : most < 4 ? 4 : most;
    return 0;
}

int zcb_prove_no_leak(const zcb_prepared *prepared, size_t arm, zcb_refusal *refusal)
{
    const zcb_prepared_arm *tried = &prepared->arms[arm];
    uint64_t iterations;
    if (leak_iterations(tried, &iterations) < 0 || run(tried, iterations) < 0) {
        return -1;
    }
    Py_ssize_t references = source_references(prepared);
    int64_t live = zcb_memory_read().live;
    if (run(tried, iterations) < 0) {
        return -1;
    }
    int64_t kept = zcb_memory_read().live - live;
    if (source_references(prepared) - references >= (Py_ssize_t)(iterations / 2)) {
        return zcb_refuse(refusal, "%s leaks references to the source", tried->name);
    }
    if (kept >= (int64_t)(iterations / 2)) {
        return zcb_refuse(refusal, "%s leaks: %lld blocks are left after %llu operations",
                          tried->name, (long long)kept, (unsigned long long)iterations);
    }
    return ZCB_PROVED;
}

int zcb_prove_saving(const zcb_prepared *prepared, size_t arm, zcb_refusal *refusal)
{
    double copy_blocks, copy_bytes, blocks, bytes;
    if (zcb_memory_per_operation(&prepared->arms[0], COUNTED_OPERATIONS, &copy_blocks,
                                 &copy_bytes) < 0 ||
        zcb_memory_per_operation(&prepared->arms[arm], COUNTED_OPERATIONS, &blocks, &bytes) < 0) {
        return -1;
    }
    if (blocks < copy_blocks || bytes < copy_bytes) {
        return ZCB_PROVED;
    }
    return zcb_refuse(refusal,
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
    return zcb_refuse(refusal,
                      "bytes allocated grow with exponent %.2f in copy and %.2f in %s; a pair of kind Q "
                      "has 2 and 1",
                      of_copy, of_view, whole->arms[arm].name);
}
