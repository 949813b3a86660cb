/* See gate.h: the three steps, whatever the figures are held against. */
#include "report/gate_private.h"

#include "base/room.h"
#include "report/figures.h"
#include "report/plan.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *zcb_gate_scale_name(zcb_gate_scale scale)
{
    static const char *const names[] = {"base", "null", "limit", "breakeven"};
    return names[scale];
}

const char *zcb_gate_outcome_name(zcb_gate_outcome outcome)
{
    static const char *const names[] = {"ok", "not_confirmed", "refuted", "noisy",
                                        "regression"};
    return names[outcome];
}

uint32_t zcb_gate_launches_wanted(const zcb_gate_figure *figure)
{
    size_t launches = figure->first.change.launches + figure->first.left_out;
    return launches < ZCB_GATE_CONFIRM_MIN   ? ZCB_GATE_CONFIRM_MIN
           : launches > ZCB_GATE_CONFIRM_MAX ? ZCB_GATE_CONFIRM_MAX
                                             : (uint32_t)launches;
}

static int no_memory(zcb_error *error)
{
    return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
}

zcb_gate_figure *zcb_gate_add(zcb_gate_work *work, uint32_t cell, const char *arm,
                              zcb_gate_scale scale)
{
    zcb_gate *made = &work->made;
    const zcb_run *run = &work->analysis->recorded->run;
    const zcb_planned_pair *pair =
        zcb_plan_pair(run, zcb_cells_at(work->analysis->recorded->cells, cell));
    zcb_gate_figure *figures =
        zcb_with_room(made->figures, &work->capacity, made->figure_count + 1, sizeof *figures);
    if (figures == NULL) {
        return NULL;
    }
    made->figures = figures;
    zcb_gate_figure *figure = &figures[made->figure_count++];
    double usual =
        made->request.baseline != NULL ? ZCB_GATE_ALLOWED_STORED : ZCB_GATE_ALLOWED_SIDE;
    double allowed = pair != NULL ? made->request.allowed[pair - run->pairs] : usual;
    *figure = (zcb_gate_figure){
        .cell = cell,
        .base_cell = cell,
        .next_cell = cell,
        .arm = arm,
        .scale = scale,
        .allowed = scale == ZCB_GATE_BREAKEVEN ? ZCB_GATE_BREAKEVEN_TIMES - 1.0 : allowed};
    return figure;
}

int zcb_gate_add_lost(zcb_gate_work *work, const zcb_cell_result *result)
{
    zcb_gate *made = &work->made;
    if (result->status != ZCB_STATUS_REFUSED && result->status != ZCB_STATUS_FAILED) {
        return 0;
    }
    if (made->lost_count > 0 && made->lost[made->lost_count - 1].cell == result->cell) {
        return 0; /* by another of its arms */
    }
    zcb_gate_lost *grown = realloc(made->lost, (made->lost_count + 1) * sizeof *grown);
    if (grown == NULL) {
        return -1;
    }
    made->lost = grown;
    grown[made->lost_count++] = (zcb_gate_lost){result->cell, result->status, result->reason};
    return 0;
}

/* The launches of phase `confirm` come after all others. */
static void find_phases(zcb_gate_work *work)
{
    const zcb_recorded *recorded = work->analysis->recorded;
    uint32_t first = UINT32_MAX;
    for (size_t i = 0; i < recorded->launch_count; i++) {
        const zcb_launch_row *row = &recorded->launches[i];
        if (strcmp(row->phase, "confirm") == 0 && row->launch < first) {
            first = row->launch;
        }
    }
    work->phase[0] = (zcb_gate_launches){0, first};
    work->phase[1] = (zcb_gate_launches){first, UINT32_MAX};
}

const zcb_cell_result *zcb_gate_result(const zcb_analysis *analysis, const zcb_cell *cell)
{
    int64_t found = zcb_cells_find(analysis->recorded->cells, cell);
    for (size_t i = 0; found >= 0 && i < analysis->result_count; i++) {
        if (analysis->results[i].cell == (uint32_t)found) {
            return &analysis->results[i];
        }
    }
    return NULL;
}

size_t zcb_gate_most_launches(const zcb_gate_work *work)
{
    size_t most = 0;
    for (size_t i = 0; i < work->figures->count; i++) {
        most = work->figures->rows[i].count > most ? work->figures->rows[i].count : most;
    }
    return most;
}

zcb_visits zcb_gate_within(zcb_visits visits, zcb_gate_launches launches)
{
    while (visits.count > 0 && visits.rows[0].launch < launches.first) {
        visits.rows++;
        visits.count--;
    }
    while (visits.count > 0 && visits.rows[visits.count - 1].launch >= launches.end) {
        visits.count--;
    }
    return visits;
}

/* An arm's visits in these launches; none where it has none. */
static zcb_visits within(const zcb_cell_visits *visits, const char *arm,
                         zcb_gate_launches launches)
{
    const zcb_arm_visits *found = zcb_cell_visits_find(visits, arm);
    return found == NULL ? (zcb_visits){NULL, 0} : zcb_gate_within(found->visits, launches);
}

/* Sets *is_clean to 0 where the cell's twin differs from its copy in these launches. */
static int check_twin(zcb_gate_work *work, uint32_t cell, zcb_gate_launches launches,
                      int *is_clean, zcb_error *error)
{
    int is_flagged = 0;
    if (zcb_cell_visits_load(&work->grouping, cell, &work->visits, error) < 0) {
        return -1;
    }
    if (zcb_figures_twin_flags(within(&work->visits, ZCB_ARM_TWIN, launches),
                               within(&work->visits, ZCB_ARM_COPY, launches),
                               &is_flagged) < 0) {
        return no_memory(error);
    }
    *is_clean &= !is_flagged;
    return 0;
}

static int check_twins(zcb_gate_work *work, const zcb_gate_figure *figure,
                       zcb_gate_launches launches, zcb_gate_stage *stage, zcb_error *error)
{
    const uint32_t cells[] = {figure->cell, figure->base_cell, figure->next_cell};
    stage->is_twin_clean = 1;
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        int is_new = i == 0 || cells[i] != figure->cell;
        if (is_new && check_twin(work, cells[i], launches, &stage->is_twin_clean, error) < 0) {
            return -1;
        }
    }
    return 0;
}

static double allowed_log(const zcb_gate_figure *figure)
{
    return figure->scale == ZCB_GATE_BREAKEVEN ? 0.0 : log1p(figure->allowed);
}

static zcb_gate_stage *stage_of(zcb_gate_figure *figure, int phase)
{
    return phase == 0 ? &figure->first : &figure->confirm;
}

/* Tests the chosen figures (NULL: all) over the launches of a phase, as one family. */
static int test_phase(zcb_gate_work *work, int phase, const unsigned char *chosen,
                      zcb_error *error)
{
    zcb_gate *made = &work->made;
    zcb_change *changes = calloc(made->figure_count + 1, sizeof *changes);
    zcb_change_test *tests = calloc(made->figure_count + 1, sizeof *tests);
    size_t count = 0;
    int result = changes == NULL || tests == NULL ? no_memory(error) : 0;
    for (size_t i = 0; result == 0 && i < made->figure_count; i++) {
        if (chosen == NULL || chosen[i]) {
            tests[count].allowed = allowed_log(&made->figures[i]);
            changes[count++] = stage_of(&made->figures[i], phase)->change;
        }
    }
    if (result == 0 && zcb_changes_test(changes, count, ZCB_CONFIDENCE, tests) < 0) {
        result = no_memory(error);
    }
    for (size_t i = 0, at = 0; result == 0 && i < made->figure_count; i++) {
        if (chosen == NULL || chosen[i]) {
            zcb_gate_stage *stage = stage_of(&made->figures[i], phase);
            stage->test = tests[at++];
            if (stage->test.is_exceeded) {
                result = check_twins(work, &made->figures[i], work->phase[phase], stage, error);
            }
        }
    }
    free(tests);
    free(changes);
    return result;
}

static void conclude(zcb_gate_figure *figure, zcb_gate_outcome outcome, const char *reason)
{
    figure->outcome = outcome;
    snprintf(figure->reason, sizeof figure->reason, "%s", reason);
}

static void conclude_first(zcb_gate_figure *figure)
{
    if (!figure->first.test.is_exceeded) {
        return;
    }
    if (figure->first.is_twin_clean) {
        conclude(figure, ZCB_GATE_EXCEEDED, "not confirmed by fresh launches");
    } else {
        conclude(figure, ZCB_GATE_NOISY, "the same copy visited twice differs as well");
    }
}

static void conclude_confirm(zcb_gate_figure *figure)
{
    char text[128];
    figure->has_confirm = 1;
    if (!figure->confirm.test.is_exceeded) {
        snprintf(text, sizeof text, "%zu fresh launches did not confirm it",
                 figure->confirm.change.launches + figure->confirm.left_out);
        conclude(figure, ZCB_GATE_REFUTED, text);
    } else if (!figure->confirm.is_twin_clean) {
        conclude(figure, ZCB_GATE_NOISY,
                 "in the fresh launches the same copy visited twice differs as well");
    } else {
        snprintf(text, sizeof text, "confirmed by %zu fresh launches",
                 figure->confirm.change.launches + figure->confirm.left_out);
        conclude(figure, ZCB_GATE_REGRESSION, text);
    }
}

/* Step 3, for the figures that have their fresh launches. */
static int confirm(zcb_gate_work *work, zcb_error *error)
{
    zcb_gate *made = &work->made;
    unsigned char *chosen = calloc(made->figure_count + 1, 1);
    if (chosen == NULL) {
        return no_memory(error);
    }
    int result = made->request.baseline != NULL ? zcb_gate_confirm_stored(work, error)
                                                : zcb_gate_confirm_side(work, error);
    for (size_t i = 0; result == 0 && i < made->figure_count; i++) {
        zcb_gate_figure *figure = &made->figures[i];
        chosen[i] = figure->outcome == ZCB_GATE_EXCEEDED &&
                    figure->confirm.change.launches + figure->confirm.left_out >=
                        zcb_gate_launches_wanted(figure) &&
                    zcb_interval_is_whole(figure->confirm.change.log);
    }
    if (result == 0) {
        result = test_phase(work, 1, chosen, error);
    }
    for (size_t i = 0; result == 0 && i < made->figure_count; i++) {
        if (chosen[i]) {
            conclude_confirm(&made->figures[i]);
        }
    }
    free(chosen);
    return result;
}

static void count(zcb_gate *made)
{
    size_t refused = 0, timed = 0;
    for (size_t i = 0; i < made->figure_count; i++) {
        const zcb_gate_figure *figure = &made->figures[i];
        made->outcome_count[figure->outcome]++;
        if (figure->scale != ZCB_GATE_BREAKEVEN) {
            timed++;
            made->blunt_count +=
                zcb_change_is_blunt(&figure->first.change, allowed_log(figure)) ? 1 : 0;
        }
    }
    for (size_t i = 0; i < made->lost_count; i++) {
        refused += made->lost[i].status == ZCB_STATUS_REFUSED ? 1 : 0;
    }
    const size_t *outcomes = made->outcome_count;
    if (outcomes[ZCB_GATE_REGRESSION] + refused > 0) {
        made->exit_code = ZCB_EXIT_REGRESSION;
    } else if (outcomes[ZCB_GATE_EXCEEDED] + outcomes[ZCB_GATE_NOISY] + made->lost_count > 0 ||
               2 * made->blunt_count > timed) {
        made->exit_code = ZCB_EXIT_INCONCLUSIVE;
    }
}

static int judge(zcb_gate_work *work, zcb_error *error)
{
    zcb_gate *made = &work->made;
    if (zcb_grouping_make(&work->analysis->recorded->samples,
                          zcb_cells_count(work->analysis->recorded->cells), &work->grouping,
                          error) < 0) {
        return -1;
    }
    int result = made->request.baseline != NULL ? zcb_gate_list_stored(work, error)
                                                : zcb_gate_list_side(work, error);
    if (result < 0) {
        return -1;
    }
    if (made->figure_count == 0 && made->lost_count == 0) {
        return zcb_fail(error, ZCB_EXIT_NOTHING, "nothing can be compared: %s",
                        made->request.baseline != NULL
                            ? "no cell of this run is in the baseline"
                            : "the two variants have no measured cell in common");
    }
    if (test_phase(work, 0, NULL, error) < 0) {
        return -1;
    }
    for (size_t i = 0; i < made->figure_count; i++) {
        conclude_first(&made->figures[i]);
    }
    return confirm(work, error);
}

int zcb_gate_make(const zcb_analysis *analysis, const zcb_launch_figures *figures,
                  const zcb_gate_request *request, zcb_gate *out, zcb_error *error)
{
    zcb_gate_work work = {.analysis = analysis,
                          .figures = figures,
                          .made = {.analysis = analysis, .request = *request}};
    find_phases(&work);
    int result = judge(&work, error);
    zcb_cell_visits_clear(&work.visits);
    zcb_grouping_clear(&work.grouping);
    if (result < 0) {
        zcb_gate_clear(&work.made);
    } else {
        count(&work.made);
    }
    *out = work.made;
    return result;
}

void zcb_gate_clear(zcb_gate *gate)
{
    free(gate->figures);
    free(gate->lost);
    *gate = (zcb_gate){0};
}
