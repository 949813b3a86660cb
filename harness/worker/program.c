/* See program.h. */
#include "worker/program.h"

#include "worker/embed.h"
#include "worker/engine.h"
#include "worker/memory.h"
#include "worker/proof.h"
#include "worker/python_lane.h"
#include "worker/registry.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    SIZES_MAX = 64,
    PROVED_MOST_BYTES = 16 * 1024 * 1024, /* beyond the last threshold; 64 MiB take minutes */
    DEFAULT_SIZE_MIN = 64,
    DEFAULT_SIZE_MAX = 64 * 1024 * 1024
};

/* A pair and the sizes it takes part at. */
typedef struct subject {
    const zcb_pair *pair;
    uint64_t sizes[SIZES_MAX];
    size_t size_count;
    uint64_t seed;
    int is_judged;     /* 1: `refused` says what the proof said */
    char refused[512]; /* "" proved */
} subject;

/* One arm of a subject. Invariant: `prepared` is filled between begin and end only. */
typedef struct arm {
    subject *of;
    char name[2 * ZCB_NAME_MAX + 2];
    char reason[512];
    zcb_prepared prepared;
    const zcb_prepared_arm *at;
} arm;

/* What is to be run. Owns the arrays; neither grows once filled: benchmarks point into them. */
typedef struct program {
    subject *subjects;
    arm *arms;
    zcb_gbench_benchmark *benchmarks;
    size_t subject_count, arm_count;
} program;

/* In a child: says through `to` why the proof of one size failed, nothing where it passed. */
static void prove_here(const subject *s, uint64_t size_bytes, int to)
{
    zcb_refusal refusal = {""};
    zcb_memory_hook();
    int result = zcb_prove(ZCB_LANE_CAPI, s->pair->name, size_bytes, s->seed, &refusal);
    if (result < 0) {
        zcb_error error;
        zcb_embed_error(&error);
        snprintf(refusal.reason, sizeof refusal.reason, "%.500s", error.text);
    }
    const char *text = result == ZCB_PROVED ? "" : refusal.reason;
    _exit(write(to, text, strlen(text)) < 0 ? 1 : 0);
}

/* Reads the child's text to its end into out[size]. */
static void read_text(int from, char *out, size_t size)
{
    size_t used = 0;
    while (used + 1 < size) {
        ssize_t got = read(from, out + used, size - 1 - used);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            break;
        }
        used += got > 0 ? (size_t)got : 0;
    }
    out[used] = '\0';
}

/* Proves one size in a child, so that the heap of this process is as it was. */
static void prove(subject *s, uint64_t size_bytes)
{
    int ends[2];
    snprintf(s->refused, sizeof s->refused, "its proof could not be made");
    if (pipe(ends) < 0) {
        return;
    }
    PyOS_BeforeFork();
    pid_t child = fork();
    if (child == 0) {
        PyOS_AfterFork_Child();
        prove_here(s, size_bytes, ends[1]);
    }
    PyOS_AfterFork_Parent();
    close(ends[1]);
    if (child > 0) {
        char text[sizeof s->refused];
        int status = 0;
        read_text(ends[0], text, sizeof text);
        while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
        }
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
            strcpy(s->refused, text);
        }
    }
    close(ends[0]);
}

/* The smallest size and the largest that is proved at all: once per pair. */
static int is_proved(subject *s)
{
    if (!s->is_judged) {
        size_t last = s->size_count - 1;
        while (last > 0 && s->sizes[last] > PROVED_MOST_BYTES) {
            last--;
        }
        prove(s, s->sizes[0]);
        if (s->refused[0] == '\0' && last > 0) {
            prove(s, s->sizes[last]);
        }
        s->is_judged = 1;
    }
    return s->refused[0] == '\0';
}

static int keep_exception(arm *a)
{
    zcb_error error;
    zcb_embed_error(&error);
    snprintf(a->reason, sizeof a->reason, "%.500s", error.text);
    return -1;
}

static int begin(void *self, uint64_t size_bytes)
{
    arm *a = self;
    a->at = NULL;
    a->prepared = (zcb_prepared){0};
    if (!is_proved(a->of)) {
        snprintf(a->reason, sizeof a->reason, "refused: %.480s", a->of->refused);
        return -1;
    }
    if (zcb_prepare(ZCB_LANE_CAPI, a->of->pair->name, size_bytes, a->of->seed, &a->prepared) <
        0) {
        return keep_exception(a);
    }
    int index = zcb_prepared_find(&a->prepared, strchr(a->name, '/') + 1);
    a->at = &a->prepared.arms[index];
    return 0;
}

static int loop(void *self, uint64_t iterations)
{
    arm *a = self;
    return a->at->loop(a->at->self, iterations) < 0 ? keep_exception(a) : 0;
}

static void end(void *self)
{
    arm *a = self;
    zcb_prepared_clear(&a->prepared);
}

/* "64,4096": the sizes into out[SIZES_MAX], or -1. */
static int parse_sizes(const char *text, uint64_t *out, size_t *count)
{
    *count = 0;
    for (const char *at = text; *count < SIZES_MAX;) {
        char *rest;
        out[*count] = strtoull(at, &rest, 10);
        if (rest == at || out[*count] == 0 || (*rest != ',' && *rest != '\0')) {
            return -1;
        }
        ++*count;
        if (*rest == '\0') {
            return 0;
        }
        at = rest + 1;
    }
    return -1;
}

/* 1 when all that `pair` needs is there; else 0 and a note. numpy's C API is there only where
 * it was started, with the modules. */
static int can_run(const zcb_pair *pair, const char *modules)
{
    char reason[512] = "";
    if (zcb_lane_unavailable(pair->python, pair->requires, reason, sizeof reason) < 0) {
        zcb_error error;
        zcb_embed_error(&error);
        snprintf(reason, sizeof reason, "%.500s", error.text);
    } else if (reason[0] == '\0' && pair->set_up == NULL) {
        strcpy(reason, "this worker was built without what it needs");
    } else if (reason[0] == '\0' && pair->requires != NULL &&
               strstr(pair->requires, "numpy") != NULL && strstr(modules, "numpy") == NULL) {
        strcpy(reason, "it needs numpy");
    }
    if (reason[0] != '\0') {
        fprintf(stderr, "left out: %s: %s\n", pair->name, reason);
    }
    return reason[0] == '\0';
}

static void add_arm(program *p, subject *of, const char *name)
{
    arm *added = &p->arms[p->arm_count];
    added->of = of;
    snprintf(added->name, sizeof added->name, "%s/%s", of->pair->name, name);
    p->benchmarks[p->arm_count++] = (zcb_gbench_benchmark){
        .name = added->name,
        .sizes = of->sizes,
        .size_count = of->size_count,
        .counts_bytes = strcmp(name, ZCB_ARM_COPY) == 0 || strcmp(name, ZCB_ARM_LIMIT) == 0,
        .self = added,
        .begin = begin,
        .loop = loop,
        .end = end,
        .reason = added->reason,
    };
}

static void add_pair(program *p, const zcb_pair *pair, const uint64_t *sizes, size_t count)
{
    uint64_t min = pair->size_min != 0 ? pair->size_min : DEFAULT_SIZE_MIN;
    uint64_t max = pair->size_max != 0 ? pair->size_max : DEFAULT_SIZE_MAX;
    subject *added = &p->subjects[p->subject_count];
    *added = (subject){.pair = pair, .seed = zcb_monotonic_ns(NULL)};
    for (size_t i = 0; i < count; i++) {
        if (sizes[i] >= min && sizes[i] <= max) {
            added->sizes[added->size_count++] = sizes[i];
        }
    }
    if (added->size_count == 0) {
        return;
    }
    p->subject_count++;
    add_arm(p, added, ZCB_ARM_COPY);
    for (size_t i = 0; i < ZCB_ALTERNATIVES_MAX && pair->views[i].loop != NULL; i++) {
        add_arm(p, added, pair->views[i].name != NULL ? pair->views[i].name : ZCB_ARM_VIEW);
    }
    add_arm(p, added, ZCB_ARM_NULL);
    add_arm(p, added, ZCB_ARM_LIMIT);
}

/* All pairs that can run. 0 or -1 (memory). */
static int fill(program *p, const char *modules, const uint64_t *sizes, size_t count)
{
    size_t pairs = 0;
    while (zcb_registry[pairs].pair != NULL) {
        pairs++;
    }
    p->subjects = calloc(pairs + 1, sizeof *p->subjects);
    p->arms = calloc(pairs * ZCB_ARMS_MAX + 1, sizeof *p->arms);
    p->benchmarks = calloc(pairs * ZCB_ARMS_MAX + 1, sizeof *p->benchmarks);
    if (p->subjects == NULL || p->arms == NULL || p->benchmarks == NULL) {
        return -1;
    }
    for (size_t i = 0; i < pairs; i++) {
        const zcb_pair *pair = zcb_registry[i].pair;
        if (!zcb_registry_is_instruments(pair) && can_run(pair, modules)) {
            add_pair(p, pair, sizes, count);
        }
    }
    return 0;
}

/* With flags[0] … behind a name of ours. */
static int run(const program *p, char *const *flags, int count, zcb_error *error)
{
    static const zcb_gbench_fact facts[] = {{"zcbench_version", ZCB_VERSION},
                                            {"python_version", PY_VERSION}};
    char name[] = "zcbench gbench";
    char **argv = calloc((size_t)count + 2, sizeof *argv);
    if (argv == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    argv[0] = name;
    for (int i = 0; i < count; i++) {
        argv[i + 1] = flags[i];
    }
    int result = zcb_gbench_program(count + 1, argv, p->benchmarks, p->arm_count, facts,
                                    sizeof facts / sizeof *facts);
    free(argv);
    switch (result) { /* the library itself says what is wrong with a flag or a filter */
    case 0:
        return 0;
    case 1:
        return zcb_fail(error, ZCB_EXIT_NOTHING, "%s", "");
    case 2:
        return zcb_fail(error, ZCB_EXIT_USAGE, "%s", "");
    default:
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "the benchmark engine broke off");
    }
}

int zcb_program(const char *modules, const char *sizes, char *const *flags, int count,
                zcb_error *error)
{
    program p = {0};
    uint64_t asked[SIZES_MAX];
    size_t asked_count;
    int result;
    if (parse_sizes(sizes, asked, &asked_count) < 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "'%s' are no sizes, or more than %d", sizes,
                        SIZES_MAX);
    }
    if (zcb_embed_freeze(error) < 0) {
        return -1;
    }
    if (fill(&p, modules, asked, asked_count) < 0) {
        result = zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    } else {
        result = run(&p, flags, count, error);
    }
    free(p.benchmarks);
    free(p.arms);
    free(p.subjects);
    return result;
}
