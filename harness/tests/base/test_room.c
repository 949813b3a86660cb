/* Protects: an array that grows keeps what it held, and one that can't stays as it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/room.h"

#include <stdlib.h>

static void what_was_there_stays(void **state)
{
    (void)state;
    uint32_t *rows = NULL;
    size_t capacity = 0, moves = 0;
    for (uint32_t i = 0; i < 10000; i++) {
        size_t before = capacity;
        uint32_t *grown = zcb_with_room(rows, &capacity, i + 1, sizeof *rows);
        assert_non_null(grown);
        assert_true(capacity > i);
        assert_true(capacity != before || grown == rows);
        moves += capacity != before;
        rows = grown;
        rows[i] = i;
    }
    for (uint32_t i = 0; i < 10000; i++) {
        assert_int_equal(rows[i], i);
    }
    assert_in_range(moves, 1, 20);
    free(rows);
}

static void many_at_once_fit(void **state)
{
    (void)state;
    size_t capacity = 0;
    char *rows = zcb_with_room(NULL, &capacity, 100000, 1);
    assert_non_null(rows);
    assert_true(capacity >= 100000);
    rows[99999] = 1;
    free(rows);
}

static void what_cannot_be_counted_changes_nothing(void **state)
{
    (void)state;
    size_t capacity = 0;
    char *rows = zcb_with_room(NULL, &capacity, 8, 8);
    size_t before = capacity;
    assert_null(zcb_with_room(rows, &capacity, SIZE_MAX / 8 + 1, 8));
    assert_null(zcb_with_room(rows, &capacity, SIZE_MAX, 8));
    assert_int_equal(capacity, before);
    free(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_there_stays),
        cmocka_unit_test(many_at_once_fit),
        cmocka_unit_test(what_cannot_be_counted_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
