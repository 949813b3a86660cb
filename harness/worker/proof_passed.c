/* What passes between program and kernel: the saving of kind K. */
#include "worker/memory.h"
#include "worker/proof.h"

/* A sanitizer's allocator must come first, so that its workers run without the preload object.
 */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CAN_COUNT 0
#else
#define CAN_COUNT 1
#endif

enum { OPERATIONS = 4 };

/* Bytes per operation that calls copy between the program's memory and the kernel. */
static int passed_per_operation(const zcb_prepared_arm *arm, double *out)
{
    uint64_t before = zcb_memory_read().passed;
    if (zcb_prepared_run(arm, OPERATIONS) < 0) {
        return -1;
    }
    *out = (double)(zcb_memory_read().passed - before) / OPERATIONS;
    return 0;
}

int zcb_prove_passed(const zcb_prepared *prepared, size_t arm, zcb_refusal *refusal)
{
    double by_copy, by_view;
    if (!CAN_COUNT) {
        return ZCB_PROVED;
    }
    if (!zcb_memory_sees_malloc()) {
        return zcb_refuse(refusal, "calls can't be counted: libzcbcount.so is missing");
    }
    if (passed_per_operation(&prepared->arms[0], &by_copy) < 0 ||
        passed_per_operation(&prepared->arms[arm], &by_view) < 0) {
        return -1;
    }
    return by_view < by_copy ? ZCB_PROVED
                             : zcb_refuse(refusal,
                                          "%s passes %.0f bytes per operation between program "
                                          "and kernel, copy %.0f; "
                                          "a pair of kind K passes fewer",
                                          prepared->arms[arm].name, by_view, by_copy);
}
