/* Why this file: one picture per question shows both answers, speed-up and break-even, from run to
 * run. */
#include "report/history.h"

#include "report/plan.h"
#include "report/plot_parts.h"
#include "store/files.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { VARIANTS_MAX = 64, LABEL_COLUMNS = 16 };

/* One picture: a question, and the variants that answer it in some run. */
typedef struct picture {
    const zcb_history *history;
    const zcb_history_row *like;
    const char *variants[VARIANTS_MAX];
    size_t variant_count;
    zcb_plot_range speedups, sizes;
} picture;

static int is_asked(const picture *picture, const zcb_history_row *row)
{
    return zcb_asks_the_same(&picture->like->cell, &row->cell) &&
           strcmp(picture->like->arm, row->arm) == 0;
}

/* Number of the variant from 1, added when it is new; 0: there are too many. */
static size_t number_of(picture *picture, const char *python)
{
    for (size_t v = 0; v < picture->variant_count; v++) {
        if (strcmp(picture->variants[v], python) == 0) {
            return v + 1;
        }
    }
    if (picture->variant_count == VARIANTS_MAX) {
        return 0;
    }
    picture->variants[picture->variant_count++] = python;
    return picture->variant_count;
}

static void write_interval(FILE *stream, zcb_plot_range *range, zcb_interval interval)
{
    const double numbers[] = {interval.estimate,
                              isnan(interval.lo) ? interval.estimate : interval.lo,
                              isnan(interval.hi) ? interval.estimate : interval.hi};
    for (size_t i = 0; i < 3; i++) {
        fputc(',', stream);
        zcb_csv_number(stream, numbers[i]);
        zcb_plot_range_add(range, numbers[i]);
    }
}

static int write_data(picture *picture, const char *folder, const char *name, zcb_error *error)
{
    zcb_file *file = zcb_plot_begin(folder, name, ".csv", error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    fputs("x,number,python,run_id,speedup,speedup_lo,speedup_hi,bytes,bytes_lo,bytes_hi\n",
          stream);
    for (size_t r = 0; r < picture->history->run_count; r++) {
        const zcb_history_run *run = &picture->history->runs[r];
        for (size_t i = run->first; i < run->first + run->count; i++) {
            const zcb_history_row *row = &picture->history->rows[i];
            if (is_asked(picture, row)) {
                fprintf(stream, "%zu,%zu,", r + 1, number_of(picture, row->cell.python));
                zcb_csv_text(stream, row->cell.python);
                fputc(',', stream);
                zcb_csv_text(stream, run->run_id);
                write_interval(stream, &picture->speedups, row->speedup);
                write_interval(stream, &picture->sizes, row->bytes);
                fputc('\n', stream);
            }
        }
    }
    return zcb_file_commit(file, error);
}

/* run_1 …: day and commit of each run. */
static void write_runs(const picture *picture, FILE *stream)
{
    const zcb_history *history = picture->history;
    zcb_plot_number(stream, "runs", (double)history->run_count);
    for (size_t r = 0; r < history->run_count; r++) {
        const zcb_history_run *run = &history->runs[r];
        char key[32], text[64];
        snprintf(key, sizeof key, "run_%zu", r + 1);
        snprintf(text, sizeof text, "%.5s %.8s",
                 strlen(run->started_utc) > 10 ? run->started_utc + 5 : run->run_id,
                 run->count > 0 ? history->rows[run->first].commit : "");
        zcb_plot_text(stream, key, text, LABEL_COLUMNS);
    }
}

static int tell(const picture *picture, FILE *stream, zcb_picture *target, zcb_error *error)
{
    char question[ZCB_ANSWER_TEXT_MAX], title[2 * ZCB_ANSWER_TEXT_MAX],
        finding[2 * ZCB_ANSWER_TEXT_MAX];
    zcb_plot_question(&picture->like->cell, picture->like->arm, 1, question, sizeof question);
    snprintf(title, sizeof title, "History: %s", question);
    snprintf(finding, sizeof finding, "Speed-up and break-even of %s over %zu runs.", question,
             picture->history->run_count);
    zcb_plot_title(stream, target, title, NULL, 0);
    return zcb_picture_tell(target, title, finding, finding, error);
}

static int write_script(const picture *picture, const char *folder, zcb_picture *target,
                        zcb_error *error)
{
    zcb_file *file = zcb_plot_begin(folder, target->name, ".gp", error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    zcb_plot_head(stream, target->name);
    if (tell(picture, stream, target, error) != 0) {
        zcb_file_discard(file);
        return -1;
    }
    zcb_plot_number(stream, "pythons", (double)picture->variant_count);
    zcb_plot_names(stream, "python", picture->variants, picture->variant_count, 0);
    write_runs(picture, stream);
    zcb_plot_number(stream, "has_bytes", picture->sizes.hi > 0.0);
    zcb_plot_number(stream, "y_min", picture->speedups.hi > 0.0 ? picture->speedups.lo : 1.0);
    zcb_plot_number(stream, "y_max", picture->speedups.hi > 0.0 ? picture->speedups.hi : 1.0);
    zcb_plot_number(stream, "b_min", picture->sizes.hi > 0.0 ? picture->sizes.lo : 1.0);
    zcb_plot_number(stream, "b_max", picture->sizes.hi > 0.0 ? picture->sizes.hi : 1.0);
    fputs("load 'history.gp'\n", stream);
    return zcb_file_commit(file, error);
}

/* 1 when a row before row i asks the same. */
static int is_drawn(const zcb_history *history, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (zcb_asks_the_same(&history->rows[k].cell, &history->rows[i].cell) &&
            strcmp(history->rows[k].arm, history->rows[i].arm) == 0) {
            return 1;
        }
    }
    return 0;
}

int zcb_plot_history(const zcb_history *history, const char *folder, zcb_pictures *pictures,
                     zcb_error *error)
{
    for (size_t i = 0; i < history->row_count; i++) {
        picture picture = {.history = history, .like = &history->rows[i]};
        char text[ZCB_ANSWER_TEXT_MAX], question[ZCB_ANSWER_TEXT_MAX];
        zcb_about about = {ZCB_ABOUT_ALL, ZCB_ABOUT_ALL, ZCB_ABOUT_ALL, i};
        if (is_drawn(history, i) || history->rows[i].cell.size_bytes == 0) {
            continue;
        }
        zcb_plot_question(&picture.like->cell, picture.like->arm, 1, question, sizeof question);
        for (char *c = question; *c != '\0'; c++) {
            *c = *c == ' ' ? '-' : *c;
        }
        snprintf(text, sizeof text, "history-%.200s", question);
        zcb_picture *target = zcb_pictures_add(pictures, text, ZCB_PICTURE_SPEEDUP, about);
        if (target == NULL) {
            return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
        }
        if (write_data(&picture, folder, target->name, error) != 0 ||
            write_script(&picture, folder, target, error) != 0) {
            return -1;
        }
    }
    return 0;
}
