/* Protects the memory counts: known numbers of blocks for known operations, on every interpreter. */
#include "worker/embed.h"
#include "worker/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

/* An arm that calls a Python function `iterations` times. */
static int call_loop(void *self, uint64_t iterations)
{
    for (; iterations != 0; iterations--) {
        PyObject *result = PyObject_CallObject(self, NULL);
        if (result == NULL) {
            return -1;
        }
        Py_DECREF(result);
    }
    return 0;
}

static PyObject *space; /* the names the functions below see */

/* Blocks and bytes of one evaluation of `expression`. */
static void count(const char *expression, double *blocks, double *bytes)
{
    PyObject *text = PyUnicode_FromFormat("lambda: %s", expression);
    PyObject *function = PyRun_String(PyUnicode_AsUTF8(text), Py_eval_input, space, space);
    assert_non_null(function);
    zcb_prepared_arm arm = {.self = function, .loop = call_loop};
    assert_int_equal(zcb_memory_per_operation(&arm, 100, blocks, bytes), 0);
    Py_DECREF(function);
    Py_DECREF(text);
}

static void assert_blocks(const char *expression, double expected)
{
    double blocks, bytes;
    count(expression, &blocks, &bytes);
    if (blocks != expected) {
        fail_msg("%s: %.2f blocks, expected %.0f", expression, blocks, expected);
    }
}

static void known_operations_make_known_blocks(void **state)
{
    (void)state;
    assert_blocks("b", 0);
    assert_blocks("b[16:80]", 1);
    assert_blocks("ba[16:80]", 2);
    assert_blocks("memoryview(b)", 2);
    assert_blocks("mv[16:80]", 1);
}

static void large_blocks_are_counted_once(void **state)
{
    (void)state;
    double blocks, bytes;
    count("b[16:100016]", &blocks, &bytes);
    assert_true(blocks == 1);
    assert_true(bytes >= 100000 && bytes < 100100);
}

static void live_blocks_return(void **state)
{
    (void)state;
    double blocks, bytes;
    count("b[16:80]", &blocks, &bytes);
    int64_t before = zcb_memory_read().live;
    PyObject *kept = PyBytes_FromStringAndSize(NULL, 100);
    assert_int_equal(zcb_memory_read().live, before + 1);
    Py_DECREF(kept);
    assert_int_equal(zcb_memory_read().live, before);
}

static void resized_blocks_count_what_they_grow_by(void **state)
{
    (void)state;
    zcb_memory_counts before = zcb_memory_read();
    char *block = PyMem_Malloc(1000);
    block = PyMem_Realloc(block, 5000);
    block = PyMem_Realloc(block, 200);
    zcb_memory_counts after = zcb_memory_read();
    assert_int_equal(after.blocks - before.blocks, 1);
    assert_int_equal(after.bytes - before.bytes, 5000);
    assert_int_equal(after.live_bytes - before.live_bytes, 200);
    PyMem_Free(block);
    assert_int_equal(zcb_memory_read().live_bytes, before.live_bytes);
}

static void the_peak_is_the_most_at_one_moment(void **state)
{
    (void)state;
    zcb_memory_mark();
    char *first = PyMem_Malloc(3000), *second = PyMem_Malloc(4000);
    PyMem_Free(first);
    char *third = PyMem_Malloc(1000);
    assert_int_equal(zcb_memory_peak(), 7000);
    PyMem_Free(second);
    PyMem_Free(third);
    assert_int_equal(zcb_memory_peak(), 7000);
    zcb_memory_mark();
    assert_int_equal(zcb_memory_peak(), 0);
}

static void blocks_are_known_by_their_addresses(void **state)
{
    (void)state;
    char *block = PyMem_Malloc(3000);
    uint64_t serial = zcb_memory_serial(block);
    assert_true(serial != 0);
    assert_int_equal(zcb_memory_serial(block + 2999), serial);
    PyMem_Free(block);
    assert_true(zcb_memory_serial(block) != serial);
}

/* Plain malloc is seen through the preload, once, and not by the hooks alone. */
static void plain_malloc_is_seen_where_it_is_said_to_be(void **state)
{
    (void)state;
    zcb_memory_counts before = zcb_memory_read();
    char *volatile block = malloc(100000);
    zcb_memory_counts after = zcb_memory_read();
    assert_int_equal(after.blocks - before.blocks, zcb_memory_sees_malloc());
    assert_int_equal(after.bytes - before.bytes, zcb_memory_sees_malloc() ? 100000 : 0);
    block = realloc(block, 150000);
    assert_int_equal(zcb_memory_read().bytes - after.bytes,
                     zcb_memory_sees_malloc() ? 50000 : 0);
    free(block);
    assert_int_equal(zcb_memory_read().live_bytes, before.live_bytes);
}

static int start_python(void **state)
{
    (void)state;
    Py_InitializeEx(0);
    space = PyDict_New();
    PyDict_SetItemString(space, "__builtins__", PyEval_GetBuiltins());
    PyObject *ran = PyRun_String("b = bytes(range(1, 251)) * 1000\n"
                                 "ba = bytearray(b)\n"
                                 "mv = memoryview(b)\n",
                                 Py_file_input, space, space);
    Py_XDECREF(ran);
    zcb_memory_hook();
    return ran == NULL ? -1 : 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_operations_make_known_blocks),
        cmocka_unit_test(large_blocks_are_counted_once),
        cmocka_unit_test(live_blocks_return),
        cmocka_unit_test(resized_blocks_count_what_they_grow_by),
        cmocka_unit_test(the_peak_is_the_most_at_one_moment),
        cmocka_unit_test(blocks_are_known_by_their_addresses),
        cmocka_unit_test(plain_malloc_is_seen_where_it_is_said_to_be),
    };
    return cmocka_run_group_tests(tests, start_python, NULL);
}
