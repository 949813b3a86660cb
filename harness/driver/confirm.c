/* See confirm.h. */
#include "driver/confirm.h"

#include "driver/amounts.h"
#include "driver/machine.h"
#include "driver/phases.h"
#include "driver/resume.h"
#include "driver/run_folder.h"
#include "driver/signals.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int is_same_text(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

/* Launches of another machine confirm nothing. */
static int check_machine(const zcb_session *s, zcb_error *error)
{
    zcb_run here = {0};
    const zcb_machine *then = &s->run.machine;
    if (zcb_machine_read(&here.machine, error) < 0) {
        zcb_run_clear(&here);
        return -1;
    }
    int is_same = is_same_text(here.machine.host, then->host) &&
                  is_same_text(here.machine.cpu_model, then->cpu_model) &&
                  is_same_text(here.machine.kernel, then->kernel);
    zcb_run_clear(&here);
    return is_same ? 0
                   : zcb_fail(error, ZCB_EXIT_INCONCLUSIVE,
                              "the run was made on another machine, %s", then->host);
}

/* 1 when the question is the cell's, on whatever variant. */
static int asks(const zcb_session *s, size_t question, const zcb_cell *cell)
{
    const zcb_cell *own = zcb_cells_at(s->cells, question * s->run.variant_count);
    return own->lane == cell->lane && own->heap == cell->heap && own->cache == cell->cache &&
           own->consumer == cell->consumer && own->size_bytes == cell->size_bytes &&
           strcmp(own->pair, cell->pair) == 0;
}

/* The marks of the questions asked for; owned by the caller, NULL without memory. */
static unsigned char *mark(const zcb_session *s, const zcb_confirm_request *request,
                           zcb_error *error)
{
    unsigned char *wanted = zcb_allocate(s->questions.count, 1, error);
    for (size_t q = 0; wanted != NULL && q < s->questions.count; q++) {
        for (size_t i = 0; i < request->count && !wanted[q]; i++) {
            wanted[q] = asks(s, q, zcb_cells_at(request->cells, request->chosen[i])) ? 1 : 0;
        }
    }
    return wanted;
}

/* Seconds that one launch of the wanted questions takes. */
static double launch_s(const zcb_session *s, const unsigned char *wanted)
{
    double seconds = 0;
    for (size_t cell = 0; cell < s->cell_count; cell++) {
        if (wanted[s->states[cell].question] && !zcb_session_is_closed(s, cell)) {
            seconds += zcb_eta_cell_s(&s->eta, cell);
        }
    }
    return seconds + ZCB_OVERHEAD_START_S * (double)s->run.variant_count;
}

/* The first wanted cell that was given up in these launches, or -1. */
static int64_t given_up(const zcb_session *s, const unsigned char *wanted,
                        const zcb_cell_row *before)
{
    for (size_t cell = 0; cell < s->cell_count; cell++) {
        if (wanted[s->states[cell].question] && before[cell].status != s->rows[cell].status) {
            return (int64_t)cell;
        }
    }
    return -1;
}

static int measure(zcb_session *s, const zcb_confirm_request *request,
                   const unsigned char *wanted, const zcb_cell_row *before, zcb_error *error)
{
    uint32_t last = zcb_session_last_launch(s);
    int is_over = 0;
    for (uint32_t i = 1; i <= request->launches; i++) {
        s->narrowing_left_s = (request->launches - i + 1) * launch_s(s, wanted);
        if (zcb_run_launch(s, last + i, wanted, &is_over, error) < 0) {
            return -1;
        }
        int64_t cell = given_up(s, wanted, before);
        if (cell >= 0) {
            return zcb_fail(error, ZCB_EXIT_INCONCLUSIVE, "%s", s->rows[cell].reason);
        }
    }
    return 0;
}

/* Closes samples.csv and writes the tables; cells.csv as it was. An earlier error stays. */
static int settle(zcb_session *s, const zcb_cell_row *before, int result, zcb_error *error)
{
    zcb_error later;
    zcb_samples_writer *writer = s->writer;
    s->writer = NULL;
    memcpy(s->rows, before, s->cell_count * sizeof *before);
    if (zcb_samples_writer_close(writer, &later) < 0 || zcb_folder_write(s, &later) < 0) {
        if (result == 0) {
            *error = later;
        }
        result = -1;
    }
    return result;
}

static int confirm(zcb_session *s, const zcb_confirm_request *request, zcb_error *error)
{
    unsigned char *wanted = mark(s, request, error);
    zcb_cell_row *before = zcb_allocate(s->cell_count, sizeof *before, error);
    int result = -1;
    if (wanted != NULL && before != NULL) {
        memcpy(before, s->rows, s->cell_count * sizeof *before);
        zcb_progress_start(&s->progress, zcb_now_ns(), 0);
        result = measure(s, request, wanted, before, error);
        zcb_progress_stop(&s->progress);
        if (result < 0 && zcb_signals_exit_code() != ZCB_EXIT_OK) {
            zcb_signals_fail(error);
        }
        result = settle(s, before, result, error);
    }
    free(before);
    free(wanted);
    return result;
}

int zcb_confirm(const char *dir, const zcb_confirm_request *request, zcb_error *error)
{
    zcb_session session = {.lock_fd = -1,
                           .started_ns = zcb_now_ns(),
                           .extra_launches = request->launches,
                           .launch_phase = "confirm",
                           .is_silent = 1};
    uint64_t truncate_to = 0;
    int result = -1;
    if (zcb_folder_open(&session, dir, error) == 0 &&
        zcb_resume_load(&session, &truncate_to, error) == 0 &&
        check_machine(&session, error) == 0 &&
        zcb_folder_open_samples(&session, truncate_to, error) == 0) {
        result = confirm(&session, request, error);
    }
    zcb_session_clear(&session);
    return result;
}
