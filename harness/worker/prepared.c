/* See prepared.h: what both lanes share — the order of the arms and the limit. */
#include "worker/prepared.h"

#include "worker/prepare_lanes.h"

#include "base/random.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { PAGE = 4096, OFFSET_STEP = 16 };

static int limit_loop(void *self, uint64_t iterations)
{
    const zcb_limit *limit = self;
    for (; iterations != 0; iterations--) {
        const void *from =
            limit->ring == NULL ? limit->from : limit->others[zcb_ring_next(limit->ring)];
        memcpy(limit->to, from, limit->size_bytes);
        zcb_keep(limit->to); /* the copy must happen each time */
    }
    return 0;
}

/* A resident block of `size` filled bytes that starts `offset` bytes into *owned. */
static void *filled_block(size_t size, size_t offset, void **owned)
{
    unsigned char *block = malloc(size + PAGE);
    *owned = block;
    if (block == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    zcb_fill(block, (Py_ssize_t)(size + PAGE));
    return block + offset;
}

/* A block of `size` bytes to write to, whose pages are resident from one call on: page by page they
 * cost up to 2 µs each in a virtual machine. */
static void *target_block(size_t size, size_t offset, zcb_limit *limit)
{
    limit->target_bytes = size + PAGE;
    void *block = mmap(NULL, limit->target_bytes, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (block == MAP_FAILED) {
        PyErr_NoMemory();
        return NULL;
    }
    limit->target = block;
    return (char *)block + offset;
}

/* First byte handed over, where the buffer of the first of `sources` can serve, else NULL. */
static const void *source_bytes(const zcb_prepared *prepared, PyObject *sources, size_t offset)
{
    Py_buffer view;
    PyObject *source = PyTuple_GET_ITEM(sources, 0);
    if (PyObject_GetBuffer(source, &view, PyBUF_SIMPLE) < 0) {
        PyErr_Clear();
        return NULL;
    }
    const char *data = view.buf;
    size_t length = (size_t)view.len;
    PyBuffer_Release(&view); /* the source outlives the limit arm and is not resized by arms */
    if (length >= offset + prepared->size_bytes) {
        return data + offset;
    }
    return length >= prepared->size_bytes ? data : NULL;
}

/* The other arms' sources come from a pool: limit walks as many places of a block of its own.
 */
static int prepare_limit_pool(zcb_prepared *prepared, size_t offset)
{
    zcb_limit *limit = &prepared->limit;
    size_t count = (size_t)prepared->arms[0].at_once;
    prepared->ring_bytes = malloc(count * sizeof *prepared->ring_bytes);
    if (prepared->ring_bytes == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    const char *from = filled_block(count * limit->size_bytes, offset, &limit->own);
    for (size_t i = 0; from != NULL && i < count; i++) {
        prepared->ring_bytes[i] = from + i * limit->size_bytes;
    }
    limit->from = from;
    limit->pool.count = count;
    limit->ring = &limit->pool;
    limit->others = prepared->ring_bytes;
    return from == NULL ? -1 : 0;
}

/* Lets limit walk the ring with the other arms. */
static int prepare_limit_ring(zcb_prepared *prepared, size_t offset)
{
    size_t count = prepared->ring.count;
    if (count == 0) {
        return 0;
    }
    prepared->ring_bytes = malloc(count * sizeof *prepared->ring_bytes);
    if (prepared->ring_bytes == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        const void *from =
            prepared->c_cases != NULL
                ? prepared->c_cases[i].data
                : source_bytes(prepared, PyList_GET_ITEM(prepared->row_sources, (Py_ssize_t)i),
                               offset);
        prepared->ring_bytes[i] = from != NULL ? from : prepared->limit.from;
    }
    prepared->limit.ring = &prepared->ring;
    prepared->limit.others = prepared->ring_bytes;
    return 0;
}

static int prepare_limit(zcb_prepared *prepared, size_t offset, uint64_t seed)
{
    zcb_limit *limit = &prepared->limit;
    zcb_random random = {seed};
    size_t to_offset = (size_t)zcb_random_below(&random, PAGE / OFFSET_STEP) * OFFSET_STEP;
    limit->size_bytes = (size_t)prepared->size_bytes;
    limit->to = target_block(limit->size_bytes, to_offset, limit);
    if (zcb_prepared_is_pooled(prepared)) {
        return limit->to == NULL ? -1 : prepare_limit_pool(prepared, offset);
    }
    limit->from = prepared->c_case.data != NULL
                      ? prepared->c_case.data
                      : source_bytes(prepared, prepared->sources, offset);
    if (limit->from == NULL) {
        limit->from = filled_block(limit->size_bytes, offset, &limit->own);
    }
    return limit->to == NULL || limit->from == NULL ? -1 : prepare_limit_ring(prepared, offset);
}

/* Appends twin and limit behind copy, alternatives and null. */
static void add_controls(zcb_prepared *prepared)
{
    zcb_prepared_arm *twin = &prepared->arms[prepared->arm_count++];
    *twin = prepared->arms[0];
    strcpy(twin->name, ZCB_ARM_TWIN);
    zcb_prepared_arm *limit = &prepared->arms[prepared->arm_count++];
    *limit = (zcb_prepared_arm){.self = &prepared->limit, .loop = limit_loop};
    strcpy(limit->name, ZCB_ARM_LIMIT);
}

int zcb_prepare(zcb_lane lane, const char *name, uint64_t size_bytes, uint64_t seed,
                zcb_prepared *out)
{
    return zcb_prepare_under(lane, name, size_bytes, seed, (zcb_conditions){0}, out);
}

int zcb_prepare_under(zcb_lane lane, const char *name, uint64_t size_bytes, uint64_t seed,
                      zcb_conditions conditions, zcb_prepared *out)
{
    *out = (zcb_prepared){.size_bytes = size_bytes};
    if (size_bytes == 0 || size_bytes > PY_SSIZE_T_MAX / 4) {
        PyErr_SetString(PyExc_OverflowError, "the size is out of range");
        return -1;
    }
    zcb_random random = {seed};
    size_t offset = (size_t)zcb_random_below(&random, PAGE / OFFSET_STEP) * OFFSET_STEP;
    int reads = conditions.consumer == ZCB_CONSUMER_READ;
    int is_cold = conditions.cache == ZCB_CACHE_COLD;
    int made = lane == ZCB_LANE_PYTHON
                   ? zcb_prepare_python(name, (Py_ssize_t)offset, reads, is_cold, out)
                   : zcb_prepare_capi(name, (Py_ssize_t)offset, reads, is_cold, out);
    if (made < 0 || prepare_limit(out, offset, zcb_random_next(&random)) < 0) {
        return -1;
    }
    add_controls(out);
    return 0;
}

void zcb_prepared_clear(zcb_prepared *prepared)
{
    if (prepared->pair != NULL) {
        zcb_release_capi(prepared);
    }
    for (size_t i = 0; i < ZCB_ALTERNATIVES_MAX + 2; i++) {
        zcb_python_arm *arm = &prepared->python[i];
        Py_CLEAR(arm->iterator);
        Py_CLEAR(arm->take);
        Py_CLEAR(arm->once_arguments);
        Py_CLEAR(arm->loop_arguments);
        Py_CLEAR(arm->read);
        Py_CLEAR(arm->once);
        Py_CLEAR(arm->loop);
    }
    Py_CLEAR(prepared->repeat);
    Py_CLEAR(prepared->fill);
    Py_CLEAR(prepared->one);
    Py_CLEAR(prepared->rows);
    Py_CLEAR(prepared->row_sources);
    Py_CLEAR(prepared->sources);
    free(prepared->ring_bytes);
    if (prepared->limit.target != NULL) {
        munmap(prepared->limit.target, prepared->limit.target_bytes);
    }
    free(prepared->limit.own);
    *prepared = (zcb_prepared){0};
}

int zcb_prepared_run(const zcb_prepared_arm *arm, uint64_t iterations)
{
    int result = 0;
    while (result == 0 && iterations != 0) {
        uint64_t now =
            arm->at_once > 0 && iterations > arm->at_once ? arm->at_once : iterations;
        result = arm->ready != NULL ? arm->ready(arm->self, now) : 0;
        result = result == 0 ? arm->loop(arm->self, now) : result;
        if (arm->after != NULL) {
            arm->after(arm->self);
        }
        iterations -= now;
    }
    return result;
}

int zcb_prepared_exercise(const zcb_prepared_arm *arm, uint64_t iterations)
{
    zcb_range consumed;
    if (zcb_prepared_run(arm, iterations) < 0) {
        return -1;
    }
    if (arm->once == NULL) {
        return 0;
    }
    if (arm->fresh != NULL && arm->fresh(arm->self, &consumed) < 0) {
        return -1;
    }
    PyObject *result = arm->once(arm->self);
    Py_XDECREF(result);
    return result == NULL ? -1 : 0;
}

Py_ssize_t zcb_prepared_references(const zcb_prepared *prepared)
{
    Py_ssize_t total = 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(prepared->sources); i++) {
        total += Py_REFCNT(PyTuple_GET_ITEM(prepared->sources, i));
    }
    return total;
}

int zcb_prepared_find(const zcb_prepared *prepared, const char *name)
{
    for (size_t i = 0; i < prepared->arm_count; i++) {
        if (strcmp(prepared->arms[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}
