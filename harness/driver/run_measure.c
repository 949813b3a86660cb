/* See run_measure.h. */
#include "driver/run_measure.h"

#include "driver/amounts.h"
#include "driver/console.h"
#include "driver/folder_copies.h"
#include "driver/outcome.h"
#include "driver/phases.h"
#include "driver/places.h"
#include "driver/run_folder.h"
#include "driver/run_narrow.h"
#include "driver/run_prepare.h"
#include "driver/run_refine.h"
#include "driver/signals.h"
#include "report/text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Tells how to go on with what was kept. */
static void tell_how_to_resume(const zcb_session *s)
{
    char program[PATH_MAX], dir[PATH_MAX];
    zcb_note("what was measured is kept: `%s run --resume %s` goes on",
             zcb_text_shell(zcb_program(), program, sizeof program),
             zcb_text_shell(s->dir, dir, sizeof dir));
}

/* The phases; on return the folder is as whole as it can be. 0 or -1. */
static int measure(zcb_session *s, zcb_error *error)
{
    zcb_progress_start(&s->progress, zcb_now_ns(),
                       zcb_color_wanted(s->options.common.color, STDERR_FILENO));
    zcb_run_set_deadline(s);
    int has_budget = s->run.plan.budget_s > 0;
    int result = zcb_run_proof(s, error);
    if (result == 0) {
        result = zcb_run_calibrate(s, error);
    }
    if (result == 0 && has_budget) { /* what it takes must be known before the rest is spent */
        result = zcb_run_memory(s, error);
    }
    if (result == 0) {
        zcb_run_fit_budget(s);
        result = zcb_folder_write(s, error);
    }
    if (result == 0) {
        result = zcb_run_launches(s, zcb_run_refine_between, error);
    }
    if (result == 0) {
        result = zcb_run_refine(s, error);
    }
    if (result == 0) {
        result = zcb_run_narrow(s, error);
    }
    if (result == 0 && !has_budget) {
        result = zcb_run_memory(s, error);
    }
    zcb_progress_stop(&s->progress);
    zcb_run_tell_widths(s);
    return result;
}

/* What --json says beyond the tables: owned by the caller; NULL with `error` filled. */
static json_t *more_json(const zcb_session *s, zcb_error *error)
{
    json_t *more = json_object();
    if (more == NULL ||
        (s->options.precision > 0 &&
         json_object_set_new(more, "precision", zcb_run_precision_json(s)) < 0)) {
        zcb_no_memory(error);
    } else if (s->add_results == NULL || s->add_results(s, more, error) == 0) {
        return more;
    }
    json_decref(more);
    return NULL;
}

static int tell(zcb_session *s, zcb_error *error)
{
    size_t measured = 0;
    const char *shown = s->dir;
    char *latest = NULL;
    if (s->is_default_folder && s->run.complete) {
        const char *name = strrchr(s->dir, '/');
        if (zcb_folder_set_latest(s, error) < 0) {
            zcb_note("note: %s", error->text);
        } else {
            latest = zcb_format(error, "%.*s/latest", (int)(name - s->dir), s->dir);
            shown = latest == NULL ? s->dir : latest;
        }
    }
    json_t *more = s->options.common.json ? more_json(s, error) : NULL;
    int result =
        s->options.common.json && more == NULL
            ? -1
            : zcb_outcome_tell(s->dir, shown, &s->options.common, more, &measured, error);
    json_decref(more);
    free(latest);
    if (result == 0 && measured == 0 && s->run.complete) {
        return zcb_fail(error, ZCB_EXIT_NOTHING, "nothing was measured: %s",
                        s->cell_count > 0 ? s->rows[0].reason : "no cells");
    }
    return result;
}

int zcb_run_measure_and_tell(zcb_session *s, const char *command, zcb_error *error)
{
    zcb_run_announce(s);
    int is_writing = s->writer != NULL;
    int result = measure(s, error);
    if (result < 0 && zcb_signals_exit_code() != ZCB_EXIT_OK) {
        zcb_signals_fail(error);
    }
    result = zcb_folder_settle(s, result, error);
    if (result == 0) {
        return tell(s, error) < 0 ? zcb_complain(command, error) : 0;
    }
    zcb_error why = *error; /* what fails from here on follows from it, or matters less */
    if (is_writing && s->timed_s > 0) {
        tell(s, error);
    }
    if (is_writing) { /* after the verdict: at the end it is seen */
        tell_how_to_resume(s);
    }
    return zcb_complain(command, &why);
}

int zcb_run_tell_again(const zcb_session *s, const char *dir, zcb_error *error)
{
    if (!zcb_copies_exist(dir)) {
        return 0;
    }
    return zcb_outcome_tell(dir, dir, &s->options.common, NULL, NULL, error);
}
