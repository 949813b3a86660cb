/* `zcbench gate`: pass or fail, for a CI job. */
#include "driver/commands.h"

#include "driver/accept_baseline.h"
#include "driver/amounts.h"
#include "driver/confirm.h"
#include "driver/console.h"
#include "driver/gate_json.h"
#include "driver/gate_options.h"
#include "driver/open_runs.h"
#include "driver/outcome.h"
#include "driver/run_folder.h"
#include "driver/signals.h"
#include "driver/streams.h"
#include "report/gate.h"
#include "report/gate_text.h"
#include "report/summary_md.h"
#include "store/files.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A gate at work. Zero value but for options: nothing is read. Invariant: gate borrows from run, request, baseline and allowed. */
typedef struct work {
    const zcb_gate_options *options;
    zcb_open_runs runs; /* one, owned */
    const zcb_open_run *run;
    zcb_baseline baseline;
    double *allowed;
    zcb_gate_request request;
    zcb_gate gate;
    int is_created; /* a baseline was written instead */
} work;

static void work_clear(work *w)
{
    zcb_gate_clear(&w->gate);
    zcb_baseline_clear(&w->baseline);
    zcb_open_runs_clear(&w->runs);
    free(w->allowed);
}

static FILE *stream_of(const zcb_common_options *common)
{
    return common->json && common->json_file == NULL ? stderr : stdout;
}

/* Reads the baseline, or makes it: 0 it is there, 1 it was made, -1. */
static int find_baseline(work *w, zcb_error *error)
{
    const zcb_gate_options *o = w->options;
    if (o->baseline == NULL || zcb_baseline_read(o->baseline, &w->baseline, error) == 0) {
        return 0;
    }
    if (error->exit_code != ZCB_EXIT_NOTHING) {
        return -1;
    }
    if (!o->creates) {
        zcb_error why = *error;
        return zcb_fail(error, ZCB_EXIT_NOTHING,
                        "%s: --create or `zcbench baseline --out` writes it", why.text);
    }
    zcb_accepted accepted;
    return zcb_baseline_accept(w->run, o->baseline, stream_of(&o->common), &accepted, error) < 0
               ? -1
               : 1;
}

static int open_run(work *w, zcb_error *error)
{
    w->run = zcb_open_runs_get(&w->runs, w->options->dir, error);
    return w->run == NULL ? -1 : 0;
}

static int judge(work *w, zcb_error *error)
{
    zcb_gate_clear(&w->gate);
    free(w->allowed);
    w->allowed = zcb_gate_options_allowed(w->options, &w->run->recorded.run, error);
    w->request.allowed = w->allowed;
    return w->allowed == NULL ? -1
                              : zcb_gate_make(&w->run->analysis, &w->run->figures, &w->request,
                                              &w->gate, error);
}

/* The cells whose figures wait for fresh launches. 0, or -1 (memory); the caller frees. */
static int list_cells(const zcb_gate *gate, zcb_confirm_request *out, uint32_t **chosen,
                      zcb_error *error)
{
    *chosen = zcb_allocate(2 * gate->figure_count, sizeof **chosen, error);
    *out = (zcb_confirm_request){.cells = gate->analysis->recorded->cells, .chosen = *chosen};
    if (*chosen == NULL) {
        return -1;
    }
    for (size_t i = 0; i < gate->figure_count; i++) {
        const zcb_gate_figure *figure = &gate->figures[i];
        if (figure->outcome == ZCB_GATE_EXCEEDED) {
            uint32_t wanted = zcb_gate_launches_wanted(figure);
            (*chosen)[out->count++] = figure->cell;
            (*chosen)[out->count++] = figure->next_cell;
            out->launches = wanted > out->launches ? wanted : out->launches;
        }
    }
    return 0;
}

/* Makes the fresh launches and judges anew. 0 also where they can't be made: then it is told,
 * and the figures stay unconfirmed; -1 for a signal or trouble of our own. */
static int confirm(work *w, zcb_error *error)
{
    zcb_confirm_request request;
    uint32_t *chosen = NULL;
    zcb_error why;
    if (list_cells(&w->gate, &request, &chosen, error) < 0) {
        return -1;
    }
    zcb_note("%zu figure%s beyond what is allowed: %u fresh launches are to confirm",
             w->gate.outcome_count[ZCB_GATE_EXCEEDED],
             w->gate.outcome_count[ZCB_GATE_EXCEEDED] == 1 ? " is" : "s are", request.launches);
    int result = w->run->recorded.run.source_count > 0
                     ? zcb_fail(&why, ZCB_EXIT_INCONCLUSIVE, "the run was merged from several")
                     : zcb_confirm(w->options->dir, &request, &why);
    free(chosen);
    if (result < 0) {
        if (zcb_signals_exit_code() != ZCB_EXIT_OK) {
            *error = why;
            return -1;
        }
        zcb_note("not confirmed: fresh launches can't be made: %s", why.text);
    }
    zcb_gate_clear(&w->gate);
    zcb_open_runs_clear(&w->runs);
    if (open_run(w, error) < 0 || judge(w, error) < 0) {
        return -1;
    }
    return result < 0 ? 0 : zcb_outcome_derive(&w->run->analysis, w->options->dir, error);
}

/* The gate's verdict, then the run's own page, folded. */
static int write_summary(const work *w, zcb_error *error)
{
    char *path = zcb_folder_path(w->options->dir, "summary.md", error);
    zcb_file *file = path == NULL ? NULL : zcb_file_begin(path, error);
    free(path);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    zcb_gate_md(&w->gate, stream);
    fputs("\n<details><summary>The whole run</summary>\n\n", stream);
    if (zcb_summary_md(&w->run->analysis, stream, error) < 0) {
        zcb_file_discard(file);
        return -1;
    }
    fputs("\n</details>\n", stream);
    return zcb_file_commit(file, error);
}

/* Takes the reference of `json`. */
static int write_json(const char *dir, json_t *json, zcb_error *error)
{
    zcb_common_options target = {.json = 1};
    target.json_file = zcb_folder_path(dir, "gate.json", error);
    if (target.json_file == NULL) {
        json_decref(json);
        return -1;
    }
    int result = zcb_common_print_json(&target, json, error);
    free(target.json_file);
    return result;
}

static int tell(const work *w, zcb_error *error)
{
    const zcb_gate_options *o = w->options;
    FILE *stream = stream_of(&o->common);
    zcb_gate_print(&w->gate, stream);
    fflush(stream); /* the files come first: whether it could be written is asked at the end */
    if (write_json(o->dir, zcb_gate_json(&w->gate, o->baseline), error) < 0 ||
        write_summary(w, error) < 0) {
        return -1;
    }
    if (o->common.json &&
        zcb_common_print_json(&o->common, zcb_gate_json(&w->gate, o->baseline), error) < 0) {
        return -1;
    }
    return zcb_stream_flush(stream, error);
}

static int gate(work *w, zcb_error *error)
{
    const zcb_gate_options *o = w->options;
    if (open_run(w, error) < 0 || zcb_open_run_check_complete(w->run, error) < 0) {
        return -1;
    }
    int found = find_baseline(w, error);
    if (found != 0) {
        w->is_created = found > 0;
        return found < 0 ? -1 : 0;
    }
    w->request = (zcb_gate_request){.base = o->base,
                                    .head = o->head,
                                    .baseline = o->baseline != NULL ? &w->baseline : NULL,
                                    .ignored = o->ignored};
    if (judge(w, error) < 0) {
        return -1;
    }
    if (o->confirms && w->gate.outcome_count[ZCB_GATE_EXCEEDED] > 0 && confirm(w, error) < 0) {
        return -1;
    }
    return tell(w, error);
}

static int is_run(const char *dir)
{
    char *path = zcb_folder_path(dir, "run.json", NULL);
    int found = path != NULL && access(path, F_OK) == 0;
    free(path);
    return found;
}

/* gate.json for a gate that did not judge, so that none of an earlier gate stands there. */
static int record(const work *w, zcb_exit exit_code, const char *reason, zcb_error *error)
{
    static const zcb_run unread = {0};
    const zcb_gate_options *o = w->options;
    const zcb_run *run = w->run != NULL ? &w->run->recorded.run : &unread;
    zcb_gate_request request = {.base = o->base, .head = o->head};
    return is_run(o->dir) ? write_json(o->dir,
                                       zcb_gate_json_unjudged(run, &request, o->baseline,
                                                              exit_code, reason),
                                       error)
                          : 0;
}

static int run(const zcb_gate_options *o, const char *command, zcb_error *error)
{
    work w = {.options = o};
    zcb_error later;
    int code = ZCB_EXIT_OK;
    int result = gate(&w, error);
    if (result == 0 && w.is_created) {
        result = record(&w, ZCB_EXIT_OK, "there was no baseline: this run is it now", error);
    } else if (result == 0) {
        code = (int)w.gate.exit_code;
    } else if (record(&w, error->exit_code, error->text, &later) < 0) {
        zcb_note("note: %s", later.text);
    }
    code = result < 0 ? zcb_complain(command, error) : code;
    work_clear(&w);
    return code;
}

int zcb_cmd_gate(int argc, char **argv)
{
    zcb_error error = {0};
    zcb_gate_options options;
    zcb_signals_catch();
    if (zcb_gate_options_parse(argc, argv, &options, &error) < 0) {
        return zcb_complain(argv[0], &error);
    }
    int code = run(&options, argv[0], &error);
    zcb_gate_options_clear(&options);
    return code;
}
