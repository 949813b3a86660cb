/* See job_leaks.h. */
#include "worker/job_leaks.h"

#include "worker/collector.h"
#include "worker/engine.h"
#include "worker/memory.h"

#include <math.h>
#include <stdio.h>

enum {
    ROUNDS = 4,
    OPERATIONS_MAX = 200, /* of a round */
    ROUND_BUDGET_NS = 1000000,
    PREPARATIONS = 3 /* of a round */
};

/* What lives, or, as a difference, what was left. NAN: not to be had from this build. */
typedef struct alive {
    double references, to_sources, blocks, bytes;
} alive;

/* What is repeated. */
typedef struct subject {
    int (*act)(void *self, uint64_t times); /* 0, or -1 with a Python exception set */
    void *self;
    const zcb_prepared
        *prepared; /* whose sources are held; NULL: none are there between rounds */
} subject;

/* sys.<name>() into *out, NAN where there is none. */
static int ask_sys(const char *name, double *out)
{
    PyObject *function = PySys_GetObject(name); /* borrowed */
    *out = NAN;
    if (function == NULL) {
        return 0;
    }
    PyObject *answer = PyObject_CallObject(function, NULL);
    if (answer == NULL) {
        return -1;
    }
    *out = PyLong_AsDouble(answer);
    Py_DECREF(answer);
    return PyErr_Occurred() != NULL ? -1 : 0;
}

/* Once cyclic garbage and the types' cache of looked-up names are gone (its places go by a name's
 * address, so each new str fills another one): a leak is what stays nevertheless. */
static int look(const subject *s, alive *out)
{
    PyType_ClearCache();
    if (zcb_collector_collect() < 0) {
        return -1;
    }
    out->to_sources = s->prepared != NULL ? (double)zcb_prepared_references(s->prepared) : NAN;
    out->bytes = (double)zcb_memory_read().live_bytes;
    return ask_sys("gettotalrefcount", &out->references) < 0 ||
                   ask_sys("getallocatedblocks", &out->blocks) < 0
               ? -1
               : 0;
}

/* Lowers *least to what one round of `times` leaves. */
static int one_round(const subject *s, uint64_t times, alive *least)
{
    alive before, after;
    if (look(s, &before) < 0 || s->act(s->self, times) < 0 || look(s, &after) < 0) {
        return -1;
    }
    least->references = fmin(least->references, after.references - before.references);
    least->to_sources = fmin(least->to_sources, after.to_sources - before.to_sources);
    least->blocks = fmin(least->blocks, after.blocks - before.blocks);
    least->bytes = fmin(least->bytes, after.bytes - before.bytes);
    return 0;
}

static int least_left(const subject *s, uint64_t times, alive *least)
{
    *least = (alive){NAN, NAN, NAN, NAN};
    int result = s->act(s->self, times); /* caches fill */
    for (int i = 0; result == 0 && i < ROUNDS; i++) {
        result = one_round(s, times, least);
    }
    return result;
}

static int operate(void *self, uint64_t times)
{
    return zcb_prepared_exercise(self, times);
}

static int prepare(const zcb_job *job, zcb_prepared *out)
{
    return zcb_prepare_under(job->lane, job->pair, job->size_bytes, job->seed,
                             (zcb_conditions){job->cache, job->consumer}, out);
}

static int prepare_and_clear(void *self, uint64_t times)
{
    int result = 0;
    for (; result == 0 && times != 0; times--) {
        zcb_prepared prepared;
        result = prepare(self, &prepared);
        zcb_prepared_clear(&prepared);
    }
    return result;
}

/* As many operations as fit the budget, judged by one. */
static int operations_for(zcb_prepared_arm *arm, uint64_t *out)
{
    uint64_t begin = zcb_monotonic_ns(NULL);
    if (operate(arm, 1) < 0) {
        return -1;
    }
    uint64_t fit = ROUND_BUDGET_NS / (zcb_monotonic_ns(NULL) - begin + 1);
    *out = fit > OPERATIONS_MAX ? OPERATIONS_MAX : fit < 1 ? 1 : fit;
    return 0;
}

static void number(char **to, const char *key, double value)
{
    *to += isnan(value) ? sprintf(*to, " %s=", key) : sprintf(*to, " %s=%.0f", key, value);
}

static void report(const zcb_job *job, const char *what, uint64_t times, const alive *left,
                   zcb_lines *lines)
{
    char fields[128], *to = fields;
    number(&to, "references", left->references);
    number(&to, "to_sources", left->to_sources);
    number(&to, "blocks", left->blocks);
    number(&to, "bytes", left->bytes);
    zcb_lines_add(lines, "left token=%s what=%s times=%llu%s\n", job->token, what,
                  (unsigned long long)times, fields);
}

int zcb_job_leaks(const zcb_job *job, zcb_lines *lines)
{
    zcb_prepared prepared;
    alive left;
    subject preparing = {prepare_and_clear, (void *)job, NULL};
    int result = prepare(job, &prepared);
    for (size_t i = 0; result == 0 && i < prepared.arm_count; i++) {
        uint64_t times;
        subject arm = {operate, &prepared.arms[i], &prepared};
        if ((result = operations_for(&prepared.arms[i], &times)) == 0 &&
            (result = least_left(&arm, times, &left)) == 0) {
            report(job, prepared.arms[i].name, times, &left, lines);
        }
    }
    zcb_prepared_clear(&prepared);
    if (result == 0 && (result = least_left(&preparing, PREPARATIONS, &left)) == 0) {
        report(job, "preparing", PREPARATIONS, &left, lines);
    }
    return result;
}
