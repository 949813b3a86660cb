/* See selftest_run.h. */
#include "driver/selftest_run.h"

#include "base/selftest.h"
#include "driver/amounts.h"
#include "driver/folder_copies.h"
#include "driver/phases.h"
#include "driver/run_folder.h"
#include "driver/run_prepare.h"
#include "driver/selftest_findings.h"
#include "driver/signals.h"

#include <unistd.h>

#define BLOCKS 12u              /* half of the standard profile's: more trials in the time */
#define REAL_PAIR "bytes_slice" /* in both lanes: identical code in real work */
#define REAL_SIZE (64u << 10)   /* beside the size of the instrument's own pairs */
#define SHORTEST_LAUNCH_S 0.1   /* no launch is shorter: bounds how many are planned */
#define LAUNCHES_MOST 30000u
#define ANALYSIS_S 0.5 /* left for the end … */
#define ANALYSIS_SHARE                                                                         \
    0.01 /* … and more of a longer budget, which has more to look through                    \
          */

static int choose_pairs(zcb_run_options *o, zcb_error *error)
{
#define PAIR_NAME(name, label) name,
    static const char *const names[] = {
        ZCB_SELFTEST_SLOW_PAIRS(PAIR_NAME) ZCB_SELFTEST_RATIO_PAIR, ZCB_SELFTEST_LINEAR_PAIR,
        ZCB_SELFTEST_MIRROR_PAIR, REAL_PAIR};
#undef PAIR_NAME
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (zcb_texts_add(&o->pairs, names[i], error) < 0) {
            return -1;
        }
    }
    zcb_sizes_add(&o->sizes, ZCB_SELFTEST_SIZE_BYTES);
    zcb_sizes_add(&o->sizes, REAL_SIZE);
    return 0;
}

/* Whole sets only, at least one, in which about `wanted` launches have room. */
static uint32_t launches_for(double wanted)
{
    uint32_t launches = wanted > LAUNCHES_MOST ? LAUNCHES_MOST : (uint32_t)wanted;
    return (launches / ZCB_SELFTEST_LAUNCHES + 1) * ZCB_SELFTEST_LAUNCHES;
}

static int prepare(zcb_session *s, double budget_s, zcb_error *error)
{
    s->options.profile = zcb_profile_find("quick");
    s->options.blocks = BLOCKS;
    s->options.launches = launches_for(budget_s / SHORTEST_LAUNCH_S);
    if (choose_pairs(&s->options, error) < 0 || zcb_run_prepare(s, error) < 0) {
        return -1;
    }
    if (s->run.variant_count != 1) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "selftest takes one interpreter, not %zu",
                        s->run.variant_count);
    }
    s->run.plan.budget_s = budget_s;
    return 0;
}

static int record(zcb_session *s, zcb_error *error)
{
    return zcb_folder_create(s, error) < 0 || zcb_folder_write(s, error) < 0 ||
                   zcb_folder_open_samples(s, 0, error) < 0
               ? -1
               : 0;
}

/* By the calibrated times: as many whole sets as fit, and half as many again, because the
 * deadline ends the run and a machine that gets quieter must not. */
static void fit_launches(zcb_session *s)
{
    uint64_t now_ns = zcb_now_ns(), deadline_ns = s->deadline_ns;
    double left_s = deadline_ns > now_ns ? (double)(deadline_ns - now_ns) / 1e9 : 0;
    s->deadline_ns = 0; /* so that what is left is that of the whole plan */
    double launch_s = zcb_session_left_s(s) / s->run.plan.launches;
    s->deadline_ns = deadline_ns;
    uint32_t fit = launches_for(left_s * 1.5 / launch_s);
    s->run.plan.launches = fit < s->run.plan.launches ? fit : s->run.plan.launches;
}

static int run_phases(zcb_session *s, zcb_error *error)
{
    if (zcb_run_proof(s, error) < 0 || zcb_run_calibrate(s, error) < 0) {
        return -1;
    }
    fit_launches(s);
    return zcb_run_launches(s, NULL, error);
}

int zcb_selftest_measure(zcb_session *s, uint64_t budget_ns, zcb_costs *costs, zcb_error *error)
{
    double budget_s = (double)budget_ns / 1e9;
    double end_s = budget_s - ANALYSIS_S - ANALYSIS_SHARE * budget_s;
    if (prepare(s, budget_s, error) < 0) {
        return -1;
    }
    zcb_run_announce(s);
    if (zcb_costs_measure(&s->run.variants[0], costs, error) < 0 || record(s, error) < 0) {
        return -1;
    }
    s->deadline_ns = s->started_ns + (end_s > 0 ? (uint64_t)(end_s * 1e9) : 1);
    zcb_progress_start(&s->progress, s->started_ns,
                       zcb_color_wanted(s->options.common.color, STDERR_FILENO));
    int result = run_phases(s, error);
    zcb_progress_stop(&s->progress);
    if (result < 0 && zcb_signals_exit_code() != ZCB_EXIT_OK) {
        zcb_signals_fail(error);
    }
    result = zcb_folder_settle(s, result, error);
    if (result == 0) {
        zcb_copies_remove(s->dir);
    }
    return result;
}
