/* Protects the pairs against each other: several threads, each with a case of its own, make every arm's
 * operations at the same time. Without a GIL, and built with ThreadSanitizer (scripts/try-races), this
 * is where state that cases should not share would show as a data race. */
#include "worker/memory.h"
#include "worker/python_lane.h"
#include "worker/registry.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { THREADS = 4, OPERATIONS = 20, SIZE_BYTES = 4096 };

typedef struct visitor {
    zcb_prepared prepared;
    pthread_t thread;
    pthread_barrier_t *begin;
    int failed;
} visitor;

static void *visit_all(void *argument)
{
    visitor *self = argument;
    pthread_barrier_wait(self->begin);
    PyGILState_STATE state = PyGILState_Ensure();
    for (size_t arm = 0; !self->failed && arm < self->prepared.arm_count; arm++) {
        self->failed = zcb_prepared_exercise(&self->prepared.arms[arm], OPERATIONS) < 0;
    }
    if (self->failed) {
        PyErr_Print();
    }
    PyGILState_Release(state);
    return NULL;
}

/* All threads at once on cases that are prepared already. */
static void visit_together(visitor *visitors)
{
    pthread_barrier_t begin;
    assert_int_equal(pthread_barrier_init(&begin, NULL, THREADS), 0);
    for (int i = 0; i < THREADS; i++) {
        visitors[i].begin = &begin;
        assert_int_equal(pthread_create(&visitors[i].thread, NULL, visit_all, &visitors[i]), 0);
    }
    Py_BEGIN_ALLOW_THREADS;
    for (int i = 0; i < THREADS; i++) {
        pthread_join(visitors[i].thread, NULL);
    }
    Py_END_ALLOW_THREADS;
    pthread_barrier_destroy(&begin);
}

static void try_pair(zcb_lane lane, const char *name, uint64_t size_bytes,
                     zcb_consumer consumer)
{
    static visitor visitors[THREADS];
    zcb_conditions conditions = {ZCB_CACHE_HOT, consumer};
    int failed = 0;
    memset(visitors, 0, sizeof visitors);
    for (int i = 0; i < THREADS; i++) {
        if (zcb_prepare_under(lane, name, size_bytes, (uint64_t)i + 1, conditions,
                              &visitors[i].prepared) < 0) {
            PyErr_Print();
            fail_msg("%s can't be prepared", name);
        }
    }
    visit_together(visitors);
    for (int i = 0; i < THREADS; i++) {
        failed |= visitors[i].failed;
        zcb_prepared_clear(&visitors[i].prepared);
    }
    if (failed) {
        fail_msg("%s: a thread failed", name);
    }
}

/* 1 when no module is needed that comes from elsewhere, and Python is new enough. */
static int can_run(const zcb_pair *pair)
{
    char reason[512];
    return pair->set_up != NULL && !zcb_registry_is_instruments(pair) &&
           (pair->requires == NULL || strstr(pair->requires, "numpy") == NULL) &&
           zcb_lane_unavailable(pair->python, pair->requires, reason, sizeof reason) == 0 &&
           reason[0] == '\0';
}

static void threads_do_not_meet_in_c_pairs(void **state)
{
    (void)state;
    int tried = 0;
    for (const zcb_registered *entry = zcb_registry; entry->pair != NULL; entry++) {
        const zcb_pair *pair = entry->pair;
        if (can_run(pair)) {
            uint64_t size = pair->size_min > SIZE_BYTES ? pair->size_min : SIZE_BYTES;
            try_pair(ZCB_LANE_CAPI, pair->name, size, ZCB_CONSUMER_DROP);
            if (pair->drop_only == NULL) {
                try_pair(ZCB_LANE_CAPI, pair->name, size, ZCB_CONSUMER_READ);
            }
            tried++;
        }
    }
    print_message("%d C pairs, %d threads\n", tried, THREADS);
    assert_true(tried > 10);
}

static void threads_do_not_meet_in_statements(void **state)
{
    (void)state;
    static const char *const names[] = {"bytes_slice",   "bytearray_slice", "array_tobytes",
                                        "slice_assign",  "append_chunks",   "view_decode",
                                        "consume_front", "socket_recv"};
    char path[1024];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/python/%s.py", ZCB_BENCH, names[i]);
        if (zcb_lane_load(names[i], path) < 0) {
            PyErr_Print();
            fail_msg("%s can't be loaded", path);
        }
        try_pair(ZCB_LANE_PYTHON, names[i], SIZE_BYTES, ZCB_CONSUMER_DROP);
    }
}

static int start_python(void **state)
{
    (void)state;
    Py_InitializeEx(0);
    zcb_memory_hook(); /* sees this thread only, and must not mind the others */
    return zcb_lane_start();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_do_not_meet_in_c_pairs),
        cmocka_unit_test(threads_do_not_meet_in_statements),
    };
    return cmocka_run_group_tests(tests, start_python, NULL);
}
