/* run.json: what was asked, on which machine, with which interpreters. Plain structs and their
 * way to and from JSON (jansson); schema 1. */
#ifndef ZCB_STORE_RUN_H
#define ZCB_STORE_RUN_H

#include "base/error.h"
#include "base/words.h"
#include "store/cells.h"

#include <stddef.h>
#include <stdint.h>

#define ZCB_RUN_SCHEMA 1

/* An interpreter, or an interpreter with an import path, under a name. Texts are owned, NULL or
 * "" where unknown. */
typedef struct zcb_variant {
    char *name;       /* column `python`; unique in a run */
    char *tag;        /* cp311, cp314t, cp313d */
    char *executable; /* sys.executable of the interpreter asked for */
    char *program;    /* python the worker poses as: executable, or that of the private venv */
    char *worker;     /* path of the worker program; not compared between runs */
    char *path;       /* import path put first, or "" */
    char *version;    /* 3.11.7 */
    char *compiler;
    char *config_args;
    char *numpy; /* numpy version, "" without */
    char *prefix;
    char *source; /* run_id of the run it was measured in; "" the one that names it */
    int pgo, lto, debug, gil, jit, shared; /* 0, 1; -1 unknown */
} zcb_variant;

/* An interpreter that was found but can't be used. */
typedef struct zcb_left_out {
    char *spec;
    char *reason;
} zcb_left_out;

/* A pair as planned in this run. */
typedef struct zcb_planned_pair {
    char *id, *name, *group, *note;
    char *requires;
    char *file; /* source file, as given */
    zcb_kind kind;
    zcb_lane lane;
    uint64_t size_min, size_max;
    size_t alternative_count;
    char *alternatives[ZCB_ALTERNATIVES_MAX]; /* "view", "view:<name>" */
} zcb_planned_pair;

/* The frozen counts of one cell. */
typedef struct zcb_calibration {
    uint32_t cell;
    int settled;     /* 0: six tries did not settle, the cell is flagged */
    uint32_t blocks; /* blocks per launch of this cell */
    size_t arm_count;
    const char *arms[ZCB_ARMS_MAX];  /* interned */
    uint64_t counts[ZCB_ARMS_MAX];   /* iterations per visit */
    uint64_t visit_ns[ZCB_ARMS_MAX]; /* last reading of such a visit */
} zcb_calibration;

typedef struct zcb_plan {
    char *profile; /* quick standard rigorous full */
    uint32_t launches, blocks;
    uint64_t visit_ns;
    uint64_t warmup;            /* iterations of a cheap arm */
    double budget_s;            /* 0: none */
    uint64_t sparse_from_bytes; /* from this size on twin and limit join every … */
    uint32_t sparse_every;      /* … so many blocks only */
} zcb_plan;

typedef struct zcb_machine {
    char *host, *cpu_model, *kernel, *libc, *libc_tunables, *thp, *clocksource, *governor,
        *turbo, *virtualisation, *os;
    uint64_t memory_bytes, l1d_bytes, l2_bytes, l3_bytes; /* 0 unknown; of one core's view */
    uint32_t cpus, affinity_cpus;
    int aslr;              /* 0, 1, -1 unknown */
    int hardware_counters; /* 0, 1, -1 unknown */
} zcb_machine;

/* A run whose records were merged into another one's folder. */
typedef struct zcb_source {
    char *run_id;
    char *tool_commit, *tool_compiler;
    char *started_utc, *ended_utc;
    zcb_machine machine;
} zcb_source;

/* Zero value: empty. Owns all texts and arrays. */
typedef struct zcb_run {
    char *run_id; /* <UTC time>-<host>-<commit>: also the folder's name */
    int complete;
    char *tool_commit, *tool_compiler;
    char **arguments;
    size_t argument_count;
    uint64_t seed;
    char *started_utc, *ended_utc;
    double timed_share;   /* 0: not known yet */
    double wall_s;        /* first calibration to last sample */
    uint64_t sample_rows; /* of samples.csv when this was written; 0: not known */
    zcb_plan plan;
    zcb_machine machine;
    zcb_variant *variants;
    size_t variant_count;
    zcb_source *sources; /* none where the run was measured as one */
    size_t source_count;
    zcb_left_out *left_out;
    size_t left_out_count;
    zcb_planned_pair *pairs; /* in the order asked for */
    size_t pair_count;
    zcb_calibration *calibrations;
    size_t calibration_count;
} zcb_run;

/* Each releases what the struct owns and zeroes it. */
void zcb_run_clear(zcb_run *run);
void zcb_variant_clear(zcb_variant *variant);
void zcb_machine_clear(zcb_machine *machine);

/* The source that `variant` of `run` was measured in, or NULL for the run itself; borrowed. */
const zcb_source *zcb_run_source(const zcb_run *run, const zcb_variant *variant);

/* The machine that `variant` of `run` was measured on; borrowed. */
const zcb_machine *zcb_run_machine(const zcb_run *run, const zcb_variant *variant);

/* Releases what a source owns and zeroes it. */
void zcb_source_clear(zcb_source *source);

/* Writes run.json atomically; calibrations refer to `cells`. 64-bit seeds are written as
 * decimal strings (JSON readers lose them above 2^53). Unknown is null: NULL texts, -1 of
 * flags, 0 of budget_s, timed_share, wall_s, sample_rows and the machine's *_bytes. Bytes that
 * are not UTF-8 become U+FFFD. Names that could not be read back (base/words.h) are refused. */
int zcb_run_write(const char *path, const zcb_run *run, const zcb_cells *cells,
                  zcb_error *error);

/* Reads run.json; unknown members are ignored, missing ones unknown but for the run_id,
 * complete, and the names and words of list elements; a wrong type or a newer schema is an
 * error (exit code 2) that names the member. On failure *out is empty, though `cells` may have
 * grown. */
int zcb_run_read(const char *path, zcb_cells *cells, zcb_run *out, zcb_error *error);

#endif
