/* Protects the list of living blocks: held against a plain array through thousands of random
 * makings and frees, with addresses that collide. */
#include "worker/block_table.h"

#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { PLACES = 20000, STEPS = 200000, STRIDE = 64 };

static void *at(size_t place)
{
    return (void *)(uintptr_t)(0x10000 + place * STRIDE);
}

static void what_lives_is_known_whatever_came_and_went(void **state)
{
    static size_t sizes[PLACES]; /* 0: free */
    static uint64_t serials[PLACES];
    (void)state;
    zcb_block_table table = {0};
    zcb_random random = {7};
    uint64_t made = 0;
    size_t living = 0;
    for (size_t step = 0; step < STEPS; step++) {
        size_t place = (size_t)zcb_random_below(&random, PLACES);
        zcb_block block;
        int known = zcb_block_table_take(&table, at(place), &block);
        assert_int_equal(known, sizes[place] != 0);
        if (known) {
            assert_int_equal(block.size, sizes[place]);
            assert_int_equal(block.serial, serials[place]);
            sizes[place] = 0;
            living--;
        } else {
            sizes[place] = 1 + (size_t)zcb_random_below(&random, STRIDE);
            serials[place] = ++made;
            zcb_block_table_add(&table, at(place), sizes[place]);
            living++;
        }
        assert_int_equal(table.count, living);
    }
    for (size_t place = 0; place < PLACES; place += 97) {
        const char *first = at(place);
        uint64_t serial = sizes[place] != 0 ? serials[place] : 0;
        assert_int_equal(zcb_block_table_serial(&table, first), serial);
        if (sizes[place] != 0) {
            assert_int_equal(zcb_block_table_serial(&table, first + sizes[place] - 1), serial);
        }
        if (sizes[place] != STRIDE) {
            assert_int_equal(zcb_block_table_serial(&table, first + sizes[place]), 0);
        }
    }
}

static void an_empty_table_knows_nothing(void **state)
{
    (void)state;
    zcb_block_table table = {0};
    zcb_block block;
    assert_int_equal(zcb_block_table_take(&table, at(1), &block), 0);
    assert_int_equal(zcb_block_table_serial(&table, at(1)), 0);
    zcb_block_table_add(&table, NULL, 8); /* a failed allocation */
    assert_int_equal(table.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_lives_is_known_whatever_came_and_went),
        cmocka_unit_test(an_empty_table_knows_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
