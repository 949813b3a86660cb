/* See run_prepare.h. */
#include "driver/run_prepare.h"

#include "driver/amounts.h"
#include "driver/budget.h"
#include "driver/console.h"
#include "driver/interpreters.h"
#include "driver/machine.h"
#include "driver/places.h"
#include "driver/run_folder.h"
#include "report/text.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define STEPS_MAX 16
#define REPORT_SHARE_MAX 0.25 /* of a budget, kept back for tables and pictures */

static int settle_seed(zcb_session *s, zcb_error *error)
{
    if (s->options.seed_given) {
        s->run.seed = s->options.seed;
        return 0;
    }
    if (getrandom(&s->run.seed, sizeof s->run.seed, 0) != sizeof s->run.seed) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL,
                        "the system gives no random seed: use --seed");
    }
    return 0;
}

/* The profiles a budget may choose among, the most thorough first. */
static size_t list_steps(const zcb_profile *asked, const zcb_profile *steps[STEPS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; zcb_profile_at(i) != NULL && count < STEPS_MAX; i++) {
        if (zcb_profile_is_step_of(zcb_profile_at(i), asked)) {
            steps[count++] = zcb_profile_at(i);
        }
    }
    return count;
}

static int guess_step(zcb_session *s, const zcb_profile *profile, zcb_budget_step *out,
                      zcb_error *error)
{
    zcb_plan plan = {0};
    zcb_questions questions = {0};
    int result = -1;
    if (zcb_plan_settle(&s->options, profile, &plan, error) == 0 &&
        zcb_questions_make(&s->selection, &s->options, profile, &questions, error) == 0) {
        *out = (zcb_budget_step){
            zcb_guess_run(&s->selection, &questions, &plan, s->run.variant_count),
            plan.launches};
        result = 0;
    }
    zcb_questions_clear(&questions);
    free(plan.profile);
    return result;
}

/* The profile that fits the budget; *launches as many as fit, or 0 where there is no budget. */
static const zcb_profile *choose_profile(zcb_session *s, uint32_t *launches, zcb_error *error)
{
    const zcb_profile *asked =
        s->options.profile != NULL ? s->options.profile : zcb_profile_find("standard");
    const zcb_profile *profiles[STEPS_MAX];
    zcb_budget_step steps[STEPS_MAX];
    *launches = 0;
    if (s->options.budget_ns == 0) {
        return asked;
    }
    size_t count = list_steps(asked, profiles);
    for (size_t i = 0; i < count; i++) {
        if (guess_step(s, profiles[i], &steps[i], error) < 0) {
            return NULL;
        }
    }
    double spent_s = (double)(zcb_now_ns() - s->started_ns) / 1e9;
    double budget_s = (double)s->options.budget_ns / 1e9 - spent_s;
    size_t chosen = zcb_budget_choose(steps, count, budget_s, launches);
    s->is_quick_look = chosen > 0;
    return profiles[chosen];
}

static int make_plan(zcb_session *s, zcb_error *error)
{
    uint32_t launches;
    const zcb_profile *profile = choose_profile(s, &launches, error);
    if (profile == NULL || zcb_plan_settle(&s->options, profile, &s->run.plan, error) < 0) {
        return -1;
    }
    if (launches > 0 && s->options.launches == 0) {
        /* the true cost shows after calibration: until then leave room for more */
        s->run.plan.launches = ZCB_BUDGET_LAUNCHES_MAX;
    }
    return zcb_questions_make(&s->selection, &s->options, profile, &s->questions, error);
}

/* A sanitizer's allocator must come first, and the workers beside a sanitized driver are
 * sanitized: there the hooks alone count. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CAN_PRELOAD 0
#else
#define CAN_PRELOAD 1
#endif

int zcb_run_find_preload(zcb_session *s, zcb_error *error)
{
    if (!CAN_PRELOAD) {
        return 0;
    }
    s->preload = zcb_beside_workers("libzcbcount.so", error);
    if (s->preload != NULL && access(s->preload, R_OK) < 0) {
        free(s->preload);
        s->preload = NULL;
        return 0;
    }
    return s->preload == NULL ? -1 : 0;
}

int zcb_run_prepare(zcb_session *s, zcb_error *error)
{
    char now[32];
    if (zcb_folder_check(s->options.out, error) < 0 ||
        zcb_interpreters_find(&s->options.common.pythons, &s->run, error) < 0 ||
        zcb_catalogue_load(&s->run, &s->options.common.pair_files, &s->catalogue, error) < 0 ||
        zcb_selection_make(&s->catalogue, &s->options.pairs, s->options.lanes, &s->selection,
                           error) < 0 ||
        make_plan(s, error) < 0 || zcb_session_plan(s, error) < 0) {
        return -1;
    }
    if (settle_seed(s, error) < 0 || zcb_machine_read(&s->run.machine, error) < 0 ||
        zcb_run_find_preload(s, error) < 0 ||
        zcb_set_text(&s->run.tool_commit, zcb_tool_commit(), error) < 0 ||
        zcb_set_text(&s->run.tool_compiler, zcb_tool_compiler(), error) < 0) {
        return -1;
    }
    return zcb_set_text(&s->run.started_utc, zcb_utc_text(now), error);
}

static double launch_s(const zcb_session *s)
{
    double launch = 0;
    for (size_t cell = 0; cell < s->cell_count; cell++) {
        launch += zcb_session_is_closed(s, cell) ? 0 : zcb_eta_cell_s(&s->eta, cell);
    }
    double start = s->start_count > 0 ? s->start_s / s->start_count : ZCB_OVERHEAD_START_S;
    return launch + start * (double)(s->run.variant_count * s->modules.count);
}

/* A budget below what was asked for is said, so that nobody takes it for the whole. */
static void tell_quick_look(const zcb_session *s)
{
    const zcb_profile *asked =
        s->options.profile != NULL ? s->options.profile : zcb_profile_find("standard");
    const zcb_plan *plan = &s->run.plan;
    if (s->is_quick_look || plan->launches < asked->launches) {
        zcb_note("note: a quick look, to end within the budget: %zu cells, %u launches × %u "
                 "blocks of %.0f us "
                 "(%s: %u × %u)",
                 s->cell_count, plan->launches, plan->blocks, (double)plan->visit_ns / 1e3,
                 asked->name, asked->launches, asked->blocks);
    }
}

void zcb_run_set_deadline(zcb_session *s)
{
    if (s->options.budget_ns == 0) {
        return;
    }
    double budget_s = (double)s->options.budget_ns / 1e9;
    double crowd = zcb_machine_load1() / (s->run.machine.cpus > 0 ? s->run.machine.cpus : 1);
    double report_s =
        zcb_guess_report_s(s->run.pair_count * s->run.variant_count) * fmax(1, crowd);
    double end_s = budget_s - fmin(report_s, budget_s * REPORT_SHARE_MAX) - s->wall_before_s;
    s->deadline_ns = s->started_ns + (uint64_t)(end_s > 0 ? end_s * 1e9 : 1);
}

/* Launches of every cell: those asked for where they fit; else the fewest that give intervals,
 * so that what is left goes to the widest. */
static uint32_t base_launches(const zcb_session *s, uint32_t fit)
{
    const zcb_profile *asked =
        s->options.profile != NULL ? s->options.profile : zcb_profile_find("standard");
    uint32_t base = fit >= asked->launches ? asked->launches : ZCB_LAUNCHES_MIN;
    return fit == 0 ? 1 : fit < base ? fit : base;
}

void zcb_run_fit_budget(zcb_session *s)
{
    if (s->deadline_ns == 0 || s->is_resumed || s->options.launches > 0) {
        return;
    }
    double spent_s = (double)(zcb_now_ns() - s->started_ns) / 1e9;
    zcb_cost cost = {spent_s, launch_s(s)};
    uint32_t fit = zcb_budget_launches(&cost, (double)(s->deadline_ns - s->started_ns) / 1e9);
    s->run.plan.launches = base_launches(s, fit);
    tell_quick_look(s);
}

static const char *build_note(const zcb_run *run)
{
    int without = 0, debug = 0;
    for (size_t i = 0; i < run->variant_count; i++) {
        without += run->variants[i].pgo == 0;
        debug += run->variants[i].debug == 1;
    }
    return debug > 0 ? "debug builds" : without > 0 ? "builds without PGO" : "";
}

static void announce_machine(const zcb_run *run)
{
    const char *virtualisation = run->machine.virtualisation;
    const char *counters = run->machine.hardware_counters == 0 ? "no hardware counters" : "";
    const char *parts[] = {virtualisation == NULL ? "" : virtualisation, counters,
                           build_note(run)};
    char text[512] = "";
    for (size_t i = 0; i < 3; i++) {
        size_t used = strlen(text);
        if (parts[i][0] != '\0') {
            snprintf(text + used, sizeof text - used, "%s%.150s", used > 0 ? ", " : "",
                     parts[i]);
        }
    }
    if (text[0] != '\0') {
        zcb_note("note: %s", text);
    }
}

void zcb_run_announce(const zcb_session *s)
{
    char text[2048] = "", program[PATH_MAX];
    const zcb_run *run = &s->run;
    zcb_text_shell(zcb_program(), program, sizeof program);
    for (size_t i = 0; i < run->variant_count; i++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%s %s", i > 0 ? ", " : "",
                 run->variants[i].name, run->variants[i].version);
    }
    if (run->left_out_count == 1) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used,
                 " (left out: %.60s — %.400s; `%.400s doctor` explains)", run->left_out[0].spec,
                 run->left_out[0].reason, program);
    }
    zcb_note("zcbench %s · %zu interpreter%s: %s", ZCB_VERSION, run->variant_count,
             run->variant_count == 1 ? "" : "s", text);
    for (size_t i = 0; run->left_out_count > 1 && i < run->left_out_count; i++) {
        zcb_note("left out: %s — %s", run->left_out[i].spec, run->left_out[i].reason);
    }
    if (run->left_out_count > 1) {
        zcb_note("`%s doctor` explains what is left out", program);
    }
    announce_machine(run);
}
