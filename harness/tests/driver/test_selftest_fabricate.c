/* See test_selftest_fabricate.h. */
#include "test_selftest_fabricate.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { BLOCKS = 4, ITERATIONS = 1000 };

static char python[] = "cp311";

void fabric_init(fabric *f)
{
    *f = (fabric){.cells = zcb_cells_new()};
    assert_non_null(f->cells);
}

void fabric_clear(fabric *f)
{
    zcb_samples_clear(&f->samples);
    zcb_cells_free(f->cells);
}

static uint32_t cell_of(fabric *f, const char *pair)
{
    zcb_cell cell = {
        python, pair, ZCB_LANE_CAPI, ZCB_HEAP_DEFAULT, ZCB_CACHE_HOT, ZCB_CONSUMER_DROP, 512};
    int64_t index = zcb_cells_add(f->cells, &cell);
    assert_true(index >= 0);
    return (uint32_t)index;
}

void fabric_add(fabric *f, const char *pair, const char *arm, uint32_t launches, uint32_t order,
                fabric_law law, const void *context)
{
    uint32_t cell = cell_of(f, pair);
    const char *name = zcb_cells_intern(f->cells, arm);
    for (uint32_t launch = 1; launch <= launches; launch++) {
        for (uint32_t block = 0; block < BLOCKS; block++) {
            uint32_t place = block % 2 == 0 ? order : 9 - order;
            double ns = law(context, launch, block, place);
            zcb_sample sample = {
                cell, launch, block, place, name, ITERATIONS, (uint64_t)llround(ns), 0};
            assert_int_equal(zcb_samples_push(&f->samples, &sample, NULL), 0);
        }
    }
}

void fabric_drop(fabric *f, const char *pair, const char *arm, uint32_t launch)
{
    uint32_t cell = cell_of(f, pair);
    size_t kept = 0;
    for (size_t i = 0; i < f->samples.count; i++) {
        const zcb_sample *row = &f->samples.rows[i];
        if (row->cell != cell || row->launch != launch || strcmp(row->arm, arm) != 0) {
            f->samples.rows[kept++] = *row;
        }
    }
    assert_true(kept < f->samples.count);
    f->samples.count = kept;
}

double fabric_steady(const void *context, uint32_t launch, uint32_t block, uint32_t order)
{
    const steady *s = context;
    (void)block;
    (void)order;
    int set = (int)((launch - 1) / ZCB_SELFTEST_LAUNCHES);
    return (set == s->odd_set ? s->odd_ns : s->ns) * (launch % 2 == 0 ? 1.001 : 0.999);
}

zcb_findings fabric_findings(const fabric *f)
{
    zcb_findings findings;
    zcb_error error = {0};
    assert_int_equal(zcb_findings_make(&f->samples, f->cells, 1, &findings, &error), 0);
    return findings;
}
