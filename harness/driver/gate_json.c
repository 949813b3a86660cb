/* See gate_json.h. */
#include "driver/gate_json.h"

#include "driver/outcome_json.h"
#include "report/gate_text.h"

#include <math.h>

static json_t *head_of(const zcb_run *run, const zcb_gate_request *request, const char *file)
{
    json_t *root = json_object();
    json_object_set_new(root, "schema", json_integer(1));
    zcb_json_set_text(root, "run_id", run->run_id);
    zcb_json_set_text(root, "mode", file != NULL ? "baseline" : "side_by_side");
    json_object_set_new(root, "base", request->base ? json_string(request->base) : json_null());
    json_object_set_new(root, "head", request->head ? json_string(request->head) : json_null());
    json_object_set_new(root, "baseline", file ? json_string(file) : json_null());
    return root;
}

static void set_end(json_t *root, const char *verdict, zcb_exit exit_code, const char *reason)
{
    zcb_json_set_text(root, "verdict", verdict);
    json_object_set_new(root, "exit_code", json_integer((int)exit_code));
    zcb_json_set_text(root, "reason", reason);
}

static void set_interval(json_t *object, const char *const keys[3], zcb_interval interval)
{
    zcb_json_set_number(object, keys[0], interval.estimate);
    zcb_json_set_number(object, keys[1], interval.lo);
    zcb_json_set_number(object, keys[2], interval.hi);
}

/* What the launches of one phase say. A break-even's is copy ÷ view at the tested size. */
static json_t *stage_of(const zcb_gate_figure *figure, const zcb_gate_stage *stage)
{
    static const char *const changes[] = {"change", "change_lo", "change_hi"};
    static const char *const speedups[] = {"speedup", "speedup_lo", "speedup_hi"};
    zcb_interval log = stage->change.log;
    json_t *object = json_object();
    if (figure->scale == ZCB_GATE_BREAKEVEN) {
        zcb_interval turned = {-log.estimate, -log.hi, -log.lo};
        set_interval(object, speedups, zcb_interval_exp(turned));
    } else {
        set_interval(object, changes, zcb_interval_exp(log));
    }
    json_object_set_new(object, "launches", json_integer((json_int_t)stage->change.launches));
    json_object_set_new(object, "launches_left_out", json_integer((json_int_t)stage->left_out));
    zcb_json_set_number(object, "p", stage->test.p);
    zcb_json_set_number(object, "p_adjusted", stage->test.adjusted_p);
    json_object_set_new(object, "exceeded", json_boolean(stage->test.is_exceeded));
    json_object_set_new(object, "twin_clean",
                        stage->test.is_exceeded ? json_boolean(stage->is_twin_clean)
                                                : json_null());
    return object;
}

static json_t *figure_of(const zcb_gate *gate, const zcb_gate_figure *figure)
{
    static const char *const bases[] = {"base", "base_lo", "base_hi"};
    static const char *const heads[] = {"head", "head_lo", "head_hi"};
    int is_breakeven = figure->scale == ZCB_GATE_BREAKEVEN;
    json_t *row = zcb_json_row(gate->analysis, figure->cell, figure->arm, !is_breakeven);
    zcb_json_set_text(row, "against", zcb_gate_scale_name(figure->scale));
    set_interval(row, bases, figure->base);
    set_interval(row, heads, figure->head);
    zcb_json_set_number(row, "allowed", 1.0 + figure->allowed);
    if (is_breakeven) {
        zcb_json_set_number(row, "tested_bytes", figure->tested_bytes);
    }
    zcb_json_set_text(row, "outcome", zcb_gate_outcome_name(figure->outcome));
    zcb_json_set_text(row, "reason", figure->reason);
    json_object_set_new(row, "measure", stage_of(figure, &figure->first));
    json_object_set_new(row, "confirm",
                        figure->has_confirm ? stage_of(figure, &figure->confirm) : json_null());
    return row;
}

static json_t *lost_of(const zcb_gate *gate, const zcb_gate_lost *lost)
{
    json_t *row = zcb_json_row(gate->analysis, lost->cell, "", 1);
    json_object_del(row, "arm");
    zcb_json_set_text(row, "status", zcb_status_name(lost->status));
    zcb_json_set_text(row, "reason", lost->reason);
    return row;
}

static json_t *counts_of(const zcb_gate *gate)
{
    json_t *counts = json_object();
    json_object_set_new(counts, "figures", json_integer((json_int_t)gate->figure_count));
    for (int i = 0; i <= ZCB_GATE_REGRESSION; i++) {
        json_object_set_new(counts, zcb_gate_outcome_name((zcb_gate_outcome)i),
                            json_integer((json_int_t)gate->outcome_count[i]));
    }
    json_object_set_new(counts, "lost", json_integer((json_int_t)gate->lost_count));
    json_object_set_new(counts, "blunt", json_integer((json_int_t)gate->blunt_count));
    json_object_set_new(counts, "not_measured", json_integer((json_int_t)gate->not_measured));
    json_object_set_new(counts, "not_stored", json_integer((json_int_t)gate->not_stored));
    return counts;
}

json_t *zcb_gate_json(const zcb_gate *gate, const char *file)
{
    char reason[ZCB_GATE_TEXT_MAX];
    json_t *root = head_of(&gate->analysis->recorded->run, &gate->request, file);
    json_t *figures = json_array(), *lost = json_array();
    set_end(root, zcb_gate_verdict_name(gate), gate->exit_code,
            zcb_gate_sentence(gate, reason, sizeof reason));
    json_object_set_new(root, "counts", counts_of(gate));
    for (size_t i = 0; i < gate->figure_count; i++) {
        json_array_append_new(figures, figure_of(gate, &gate->figures[i]));
    }
    for (size_t i = 0; i < gate->lost_count; i++) {
        json_array_append_new(lost, lost_of(gate, &gate->lost[i]));
    }
    json_object_set_new(root, "figures", figures);
    if (json_object_set_new(root, "lost", lost) < 0) {
        json_decref(root);
        return NULL;
    }
    return root;
}

json_t *zcb_gate_json_unjudged(const zcb_run *run, const zcb_gate_request *request,
                               const char *file, zcb_exit exit_code, const char *reason)
{
    json_t *root = head_of(run, request, file);
    const char *verdict = exit_code == ZCB_EXIT_OK        ? "created"
                          : exit_code == ZCB_EXIT_NOTHING ? "not_comparable"
                                                          : "error";
    set_end(root, verdict, exit_code, reason);
    return root;
}
