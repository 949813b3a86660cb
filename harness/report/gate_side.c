/* Side by side: the times of two variants, launch against launch.
 *
 * What a launch says of an arm is its quickest visit: two processes are compared, so nothing is
 * paired within blocks, and what disturbs a visit only makes it slower (docs/gate.md has the
 * launches this was chosen on). */
#include "report/gate_private.h"

#include "report/figures.h"
#include "report/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ln(quickest time) of an arm by launch. Owns its arrays. Zero value: empty. */
typedef struct quickest {
    zcb_clusters logs;
    double *values;
} quickest;

static void quickest_clear(quickest *q)
{
    zcb_clusters_clear(&q->logs);
    free(q->values);
}

static int no_memory(zcb_error *error)
{
    return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
}

static int quickest_make(zcb_gate_work *work, uint32_t cell, const char *arm,
                         zcb_gate_launches launches, quickest *out, zcb_error *error)
{
    if (zcb_cell_visits_load(&work->grouping, cell, &work->visits, error) < 0) {
        return -1;
    }
    const zcb_arm_visits *found = zcb_cell_visits_find(&work->visits, arm);
    zcb_visits visits =
        found == NULL ? (zcb_visits){NULL, 0} : zcb_gate_within(found->visits, launches);
    if (zcb_block_log_times(visits, &out->logs) < 0) {
        return no_memory(error);
    }
    out->values = calloc(out->logs.count + 1, sizeof *out->values);
    if (out->values == NULL) {
        return no_memory(error);
    }
    zcb_cluster_least(&out->logs, out->values);
    return 0;
}

static zcb_launch_series series_of(const quickest *q)
{
    return (zcb_launch_series){q->logs.launches, q->values, q->logs.count};
}

/* ln(head / base) of one arm by launch into logs, which has room for `most`; how many. -1:
 * memory. */
static int64_t arm_logs(zcb_gate_work *work, const zcb_gate_figure *figure, const char *arm,
                        zcb_gate_launches launches, size_t most, double *logs, zcb_error *error)
{
    quickest base = {0}, head = {0};
    int64_t count = -1;
    if (quickest_make(work, figure->base_cell, arm, launches, &base, error) == 0 &&
        quickest_make(work, figure->cell, arm, launches, &head, error) == 0) {
        count = base.logs.count > most
                    ? 0
                    : (int64_t)zcb_launches_join(series_of(&base), -1.0, series_of(&head), 1.0,
                                                 logs);
    }
    quickest_clear(&head);
    quickest_clear(&base);
    return count;
}

/* The arms that the machine's pace shows in: the figure's first, copy, its twin, alternatives. */
static size_t arms_of(const zcb_gate_work *work, const zcb_gate_figure *figure,
                      const char *arms[ZCB_ARMS_MAX])
{
    size_t count = 0;
    const zcb_cell_result *result = zcb_gate_result(
        work->analysis, zcb_cells_at(work->analysis->recorded->cells, figure->cell));
    arms[count++] = figure->arm;
    for (size_t i = 0; result != NULL && i < result->summary_count; i++) {
        const char *arm = work->analysis->summary[result->summary_first + i].arm;
        int is_code = strcmp(arm, ZCB_ARM_COPY) == 0 || strcmp(arm, ZCB_ARM_TWIN) == 0 ||
                      zcb_arm_is_alternative(arm);
        if (is_code && strcmp(arm, figure->arm) != 0 && count < ZCB_ARMS_MAX) {
            arms[count++] = arm;
        }
    }
    return count;
}

/* The change over the launches of one pace; logs holds `arms` rows of `launches`, the figure's
 * first. */
static int change_of(const double *logs, size_t arms, size_t launches, zcb_gate_stage *out)
{
    unsigned char *is_kept = calloc(launches + 1, 1);
    double *values = calloc(launches + 1, sizeof *values);
    size_t kept = 0, count = 0;
    int result = -1;
    if (is_kept != NULL && values != NULL &&
        zcb_launches_of_one_pace(logs, arms, launches, is_kept, &kept) == 0) {
        for (size_t i = 0; i < launches; i++) {
            if (is_kept[i]) {
                values[count++] = logs[i];
            }
        }
        out->change = zcb_change_of_pairs(values, count, ZCB_CONFIDENCE);
        out->left_out = launches - count;
        result = 0;
    }
    free(values);
    free(is_kept);
    return result;
}

static int measure_change(zcb_gate_work *work, const zcb_gate_figure *figure,
                          zcb_gate_launches launches, zcb_gate_stage *out, zcb_error *error)
{
    const char *arms[ZCB_ARMS_MAX];
    size_t arm_count = arms_of(work, figure, arms), most = zcb_gate_most_launches(work);
    double *logs = calloc(arm_count * most + 1, sizeof *logs);
    int64_t count = logs == NULL ? no_memory(error)
                                 : arm_logs(work, figure, arms[0], launches, most, logs, error);
    size_t used = 1;
    for (size_t i = 1; count >= 0 && i < arm_count; i++) {
        double *row = logs + used * (size_t)count;
        int64_t others = arm_logs(work, figure, arms[i], launches, most, row, error);
        used += others == count ? 1 : 0;
        count = others < 0 ? -1 : count;
    }
    int result = count < 0 ? -1 : change_of(logs, used, (size_t)count, out);
    free(logs);
    return result == 0 || count < 0 ? result : no_memory(error);
}

static int check_variant(const zcb_run *run, const char *name, zcb_error *error)
{
    char names[512] = "";
    if (zcb_plan_variant(run, name) < run->variant_count) {
        return 0;
    }
    for (size_t i = 0; i < run->variant_count; i++) {
        size_t used = strlen(names);
        snprintf(names + used, sizeof names - used, "%s%s", i > 0 ? ", " : "",
                 run->variants[i].name);
    }
    return zcb_fail(error, ZCB_EXIT_USAGE, "the run has no variant '%s'; it has %s", name,
                    names);
}

static zcb_interval time_of(const zcb_summary_row *row)
{
    return (zcb_interval){row->median_ns, row->ci_lo_ns, row->ci_hi_ns};
}

/* Both are there, two, and were measured side by side. */
static int check_variants(const zcb_run *run, const zcb_gate_request *request, zcb_error *error)
{
    if (check_variant(run, request->base, error) < 0 ||
        check_variant(run, request->head, error) < 0) {
        return -1;
    }
    if (strcmp(request->base, request->head) == 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "base and head are both '%s'", request->base);
    }
    const zcb_variant *base = &run->variants[zcb_plan_variant(run, request->base)];
    const zcb_variant *head = &run->variants[zcb_plan_variant(run, request->head)];
    if (zcb_run_source(run, base) == zcb_run_source(run, head)) {
        return 0;
    }
    return zcb_fail(error, ZCB_EXIT_NOTHING,
                    "%s and %s were measured in different runs, not side by side: `zcbench "
                    "compare` tells what can be told",
                    request->base, request->head);
}

/* The figures of one question: each arm that both variants have and that is compared. */
static int list_arms(zcb_gate_work *work, const zcb_cell_result *base,
                     const zcb_cell_result *head, zcb_error *error)
{
    const zcb_analysis *analysis = work->analysis;
    for (size_t i = 0; i < base->summary_count; i++) {
        const zcb_summary_row *before = &analysis->summary[base->summary_first + i];
        const zcb_summary_row *now = zcb_analysis_summary(analysis, head, before->arm);
        int is_compared =
            strcmp(before->arm, ZCB_ARM_COPY) == 0 || zcb_arm_is_alternative(before->arm);
        if (!is_compared || now == NULL) {
            continue;
        }
        zcb_gate_figure *figure = zcb_gate_add(work, head->cell, before->arm, ZCB_GATE_BASE);
        if (figure == NULL) {
            return no_memory(error);
        }
        figure->base_cell = base->cell;
        figure->base = time_of(before);
        figure->head = time_of(now);
        if (measure_change(work, figure, work->phase[0], &figure->first, error) < 0) {
            return -1;
        }
    }
    return 0;
}

int zcb_gate_list_side(zcb_gate_work *work, zcb_error *error)
{
    const zcb_analysis *analysis = work->analysis;
    const zcb_gate_request *request = &work->made.request;
    const zcb_run *run = &analysis->recorded->run;
    if (check_variants(run, request, error) < 0) {
        return -1;
    }
    for (size_t i = 0; i < analysis->result_count; i++) {
        const zcb_cell_result *base = &analysis->results[i];
        zcb_cell cell = *zcb_cells_at(analysis->recorded->cells, base->cell);
        if (base->speedup_count == 0 || strcmp(cell.python, request->base) != 0) {
            continue;
        }
        cell.python = request->head;
        const zcb_cell_result *head = zcb_gate_result(analysis, &cell);
        if (head == NULL) {
            continue;
        }
        int result = head->speedup_count > 0             ? list_arms(work, base, head, error)
                     : zcb_gate_add_lost(work, head) < 0 ? no_memory(error)
                                                         : 0;
        if (result < 0) {
            return -1;
        }
    }
    return 0;
}

int zcb_gate_confirm_side(zcb_gate_work *work, zcb_error *error)
{
    for (size_t i = 0; i < work->made.figure_count; i++) {
        zcb_gate_figure *figure = &work->made.figures[i];
        if (figure->outcome == ZCB_GATE_EXCEEDED &&
            measure_change(work, figure, work->phase[1], &figure->confirm, error) < 0) {
            return -1;
        }
    }
    return 0;
}
