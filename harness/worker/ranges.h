/* Where the bytes of buffers lie: sharing shows in addresses. */
#ifndef ZCB_WORKER_RANGES_H
#define ZCB_WORKER_RANGES_H

#include "worker/compat.h"

struct zcb_prepared;

#define ZCB_SOURCES_MAX 16 /* sources looked at, plain memory included */

/* Lowest and one past the highest byte a buffer's elements touch. */
typedef struct zcb_range {
    const char *low, *high;
} zcb_range;

/* Range of a buffer of any strides. */
zcb_range zcb_range_of(const Py_buffer *view);

/* Range of `object`'s buffer; its memory stays where it is while `object` lives unchanged. 0,
 * or -1 with a Python exception set. */
int zcb_range_of_object(PyObject *object, zcb_range *out);

/* The sources' ranges into out[most]; those without a buffer are left out. Their number. */
size_t zcb_ranges_of_sources(const struct zcb_prepared *prepared, zcb_range *out, size_t most);

static inline int zcb_range_is_inside(zcb_range part, zcb_range whole)
{
    return part.low >= whole.low && part.high <= whole.high;
}

#endif
