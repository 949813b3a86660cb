/* Everything one `zcbench run` works with, from the plan to the last file. */
#ifndef ZCB_DRIVER_SESSION_H
#define ZCB_DRIVER_SESSION_H

#include "base/error.h"
#include "driver/catalogue.h"
#include "driver/estimate.h"
#include "driver/medians.h"
#include "driver/plan.h"
#include "driver/progress.h"
#include "driver/run_options.h"
#include "store/recorded.h"

#include <stdint.h>

#define ZCB_NO_CALIBRATION UINT32_MAX

/* What is known of a cell while the run goes on. */
typedef struct zcb_cell_state {
    uint32_t question;    /* index in questions */
    uint32_t variant;     /* index in run.variants */
    uint32_t calibration; /* index in run.calibrations, or ZCB_NO_CALIBRATION */
    uint32_t launches;    /* done */
} zcb_cell_state;

/* Invariants once zcb_session_plan has returned: the cell of question q on variant v has index
 * q × variants + v in cells, states, rows and eta; rows[i].cell == i. done[cell × launch_stride
 * + launch - 1] is 1 when that launch of the cell is in samples.csv. Zero value: empty. */
typedef struct zcb_session {
    zcb_run_options options;
    zcb_run run;
    zcb_catalogue catalogue;
    zcb_selection selection;
    zcb_questions questions;
    zcb_texts modules;      /* distinct sets of modules the pairs require; "" is one */
    uint32_t *module_index; /* per pair: index in modules */
    zcb_cells *cells;
    size_t cell_count;
    zcb_cell_state *states;
    zcb_cell_row *rows;
    unsigned char *done;
    uint32_t launch_stride;  /* launches planned at first; a budget may cut run.plan.launches */
    uint32_t extra_launches; /* to be made of a run that is complete, after all that it has */
    const char *launch_phase; /* column `phase` of launches to come; NULL: measure */
    zcb_launch_row *launches;
    size_t launch_count;
    zcb_medians medians; /* launches: launch_stride */
    zcb_eta eta;
    double start_s; /* seconds spent on worker starts */
    uint32_t start_count;
    double calibration_left_s; /* guessed, of the cells without counts */
    char *dir;                 /* the run's folder */
    int lock_fd;               /* holds the folder's lock; -1: none */
    int is_default_folder;     /* under results/: results/latest follows */
    int is_own_folder;         /* made by this command, not found empty */
    int is_resumed;
    int is_silent; /* cells are given up without a note: the command tells it itself */
    double narrowing_left_s; /* to reach a precision, about; 0: nothing is narrowed */
    int is_refining;        /* the planned launches are over: sizes between them are measured */
    uint32_t refine_rounds; /* that added sizes */
    double refine_end_s;    /* of this command, for what they take; 0: not settled */
    int is_quick_look;      /* a budget chose a lighter profile than the one asked for */
    zcb_samples_writer *writer;
    uint64_t sample_rows;
    uint64_t started_ns;    /* of this command */
    uint64_t deadline_ns;   /* of the measuring; 0: none */
    uint64_t wall_start_ns; /* first calibration, or launch when resumed; 0: not yet */
    uint64_t wall_last_ns;  /* last sample */
    double wall_before_s;   /* of earlier sittings of a resumed run */
    double timed_s;         /* Σ elapsed of all samples */
    char *preload;          /* libzcbcount.so, NULL without */
    zcb_progress progress;
    /* Adds members to what --json prints of the run that has ended: 0 or -1. NULL: none. */
    int (*add_results)(const struct zcb_session *session, json_t *root, zcb_error *error);
} zcb_session;

/* Sets up everything that follows from run.variants, run.pairs' selection, questions and
 * run.plan: cells, states, rows, modules, eta. Pairs a variant can't run get their rows at
 * once. 0 or -1. */
int zcb_session_plan(zcb_session *session, zcb_error *error);

/* Adds one question, not asked before, with its cells; indices of what is there stay. 0, or -1
 * (memory). */
int zcb_session_add_question(zcb_session *session, const zcb_question *question,
                             zcb_error *error);

void zcb_session_clear(zcb_session *session);

/* 1 when nothing more will be measured of `cell`: refused, failed, unavailable. */
int zcb_session_is_closed(const zcb_session *session, size_t cell);

/* Closes `cell` with a status and a reason. */
void zcb_session_close_cell(zcb_session *session, size_t cell, zcb_status status,
                            const char *reason);

/* Adds a word to the cell's flags, once. */
void zcb_session_flag(zcb_session *session, size_t cell, const char *flag);

/* The planned pair of `cell`. Borrowed. */
const zcb_planned_pair *zcb_session_pair(const zcb_session *session, size_t cell);

/* Whether launch 1…launches of `cell` is recorded; marks it. */
int zcb_session_is_done(const zcb_session *session, size_t cell, uint32_t launch);
void zcb_session_mark_done(zcb_session *session, size_t cell, uint32_t launch);

/* The highest number of a launch that was started, 0 before the first. */
uint32_t zcb_session_last_launch(const zcb_session *session);

/* Seconds the calibrations and launches that are planned and not made will take, by the eta. */
double zcb_session_planned_left_s(const zcb_session *session);

/* Seconds that are left until the end, by the eta: within a budget, the report included. */
double zcb_session_left_s(const zcb_session *session);

#endif
