/* See run_refine.h. */
#include "driver/run_refine.h"

#include "driver/amounts.h"
#include "driver/phases.h"
#include "driver/refine.h"
#include "driver/run_folder.h"
#include "stats/verdict.h"

#include <stdlib.h>
#include <string.h>

#define ADDED_MAX 256
#define PROMISE_S 285.0 /* of the standard profile, tables and pictures included */
#define SHARE 0.35      /* of what the run takes without, or of a budget's rest */
#define LEAST_S 15.0
#define LAUNCHES_LEAST 2u /* of which intervals can be made */

/* The sizes one round adds. */
typedef struct additions {
    zcb_question items[ADDED_MAX];
    size_t count;
} additions;

static int compare_points(const void *a, const void *b)
{
    double left = ((const zcb_size_point *)a)->size_bytes;
    double right = ((const zcb_size_point *)b)->size_bytes;
    return (left > right) - (left < right);
}

/* The points of one alternative of the series of question `first` on one variant, ascending:
 * how many, or -1 (memory). */
static int list_points(const zcb_session *s, size_t first, size_t variant, size_t alternative,
                       zcb_size_point *points, zcb_error *error)
{
    int count = 0;
    const zcb_question *like = &s->questions.items[first];
    for (size_t q = first; q < s->questions.count; q++) {
        size_t cell = q * s->run.variant_count + variant;
        const zcb_question *question = &s->questions.items[q];
        if (zcb_session_is_closed(s, cell) || !zcb_questions_share_series(question, like)) {
            continue;
        }
        zcb_size_point *point = &points[count++];
        point->size_bytes = (double)question->size_bytes;
        if (zcb_medians_interval(&s->medians, cell, alternative, &point->log_ratio, error) <
            0) {
            return -1;
        }
    }
    qsort(points, (size_t)count, sizeof *points, compare_points);
    return count;
}

static int is_asked_already(const zcb_session *s, const additions *out,
                            const zcb_question *question)
{
    for (size_t q = 0; q < s->questions.count; q++) {
        const zcb_question *other = &s->questions.items[q];
        if (other->size_bytes == question->size_bytes &&
            zcb_questions_share_series(other, question)) {
            return 1;
        }
    }
    for (size_t i = 0; i < out->count; i++) {
        if (out->items[i].size_bytes == question->size_bytes &&
            zcb_questions_share_series(&out->items[i], question)) {
            return 1;
        }
    }
    return 0;
}

static void add_crossing(const zcb_session *s, size_t first, const zcb_size_point *points,
                         size_t count, const zcb_crossing *crossing, additions *out)
{
    uint64_t sizes[ZCB_REFINE_SIZES_MAX];
    size_t found = zcb_refine_sizes(points, count, crossing, sizes);
    for (size_t i = 0; i < found && out->count < ADDED_MAX; i++) {
        zcb_question question = s->questions.items[first];
        question.size_bytes = sizes[i];
        if (!is_asked_already(s, out, &question)) {
            out->items[out->count++] = question;
        }
    }
}

/* What the series of question `first` asks for; points has room for all its sizes. */
static int add_series(const zcb_session *s, size_t first, zcb_size_point *points,
                      additions *out, zcb_error *error)
{
    const zcb_planned_pair *pair = &s->run.pairs[s->questions.items[first].pair];
    for (size_t i = 0; i < s->run.variant_count * pair->alternative_count; i++) {
        zcb_breakeven found;
        int count = list_points(s, first, i / pair->alternative_count,
                                i % pair->alternative_count, points, error);
        if (count < 0) {
            return -1;
        }
        zcb_breakeven_find(points, (size_t)count, ZCB_MARGIN_DEFAULT, &found);
        for (size_t c = 0; c < found.count; c++) {
            add_crossing(s, first, points, (size_t)count, &found.crossings[c], out);
        }
    }
    return 0;
}

static int is_first_of_series(const zcb_session *s, size_t question)
{
    for (size_t q = 0; q < question; q++) {
        if (zcb_questions_share_series(&s->questions.items[q], &s->questions.items[question])) {
            return 0;
        }
    }
    return 1;
}

static int find_additions(const zcb_session *s, additions *out, zcb_error *error)
{
    zcb_size_point *points = zcb_allocate(s->questions.count, sizeof *points, error);
    int result = points == NULL ? -1 : 0;
    out->count = 0;
    for (size_t q = 0; result == 0 && q < s->questions.count; q++) {
        if (is_first_of_series(s, q)) {
            result = add_series(s, q, points, out, error);
        }
    }
    free(points);
    return result;
}

/* Seconds since the command's start. */
static double elapsed_s(const zcb_session *s)
{
    return (double)(zcb_now_ns() - s->started_ns) / 1e9;
}

/* Second of the command at which everything planned and added must be over; settled when it is
 * first asked for. */
static double end_s(zcb_session *s)
{
    if (s->refine_end_s > 0) {
        return s->refine_end_s;
    }
    double planned_s = elapsed_s(s) + zcb_session_planned_left_s(s);
    if (s->deadline_ns != 0) {
        double rest_s = (double)(s->deadline_ns - s->started_ns) / 1e9 - planned_s;
        s->refine_end_s = planned_s + (rest_s > 0 ? rest_s * SHARE : 0);
        return s->refine_end_s;
    }
    double end = planned_s + (planned_s * SHARE > LEAST_S ? planned_s * SHARE : LEAST_S);
    double promised_s = PROMISE_S * (double)s->run.variant_count -
                        zcb_guess_report_s(s->run.pair_count * s->run.variant_count);
    int is_promised = strcmp(s->run.plan.profile, "standard") == 0;
    s->refine_end_s = is_promised && end > promised_s ? promised_s : end;
    return s->refine_end_s;
}

/* Leaves out, from the end, what there is no time for, `starts` worker starts included. */
static void fit(zcb_session *s, uint32_t starts, additions *out)
{
    const zcb_plan *plan = &s->run.plan;
    double start_s = s->start_count > 0 ? s->start_s / s->start_count : ZCB_OVERHEAD_START_S;
    double variants = (double)s->run.variant_count;
    double left_s = end_s(s) - elapsed_s(s) - zcb_session_planned_left_s(s);
    left_s -= start_s * starts * variants * (double)s->modules.count;
    size_t kept = 0;
    for (; kept < out->count; kept++) {
        const zcb_question *q = &out->items[kept];
        const zcb_planned_pair *pair = &s->run.pairs[q->pair];
        left_s -= variants * (zcb_guess_question_calibration_s(pair, q, plan) +
                              plan->launches * zcb_guess_question_s(pair, q, plan) *
                                  zcb_eta_factor(&s->eta));
        if (left_s < 0) {
            break;
        }
    }
    out->count = kept;
}

static int add_and_calibrate(zcb_session *s, const additions *added, zcb_error *error)
{
    for (size_t i = 0; i < added->count; i++) {
        if (zcb_session_add_question(s, &added->items[i], error) < 0) {
            return -1;
        }
    }
    return zcb_run_calibrate(s, error) < 0 ? -1 : zcb_folder_write(s, error);
}

static int is_wanted(const zcb_session *s)
{
    return s->options.refine > 0 || (s->options.refine == 0 && s->options.sizes.count == 0);
}

/* One round at the cost of `starts` more worker starts: 1 when it added something, 0, or -1. */
static int refine_once(zcb_session *s, uint32_t starts, zcb_error *error)
{
    additions *added = zcb_allocate(1, sizeof *added, error);
    int result = added == NULL ? -1 : find_additions(s, added, error);
    if (result == 0 && added->count > 0) {
        fit(s, starts, added);
    }
    if (result == 0 && added->count > 0) {
        s->refine_rounds++;
        result = add_and_calibrate(s, added, error) < 0 ? -1 : 1;
    }
    free(added);
    return result;
}

int zcb_run_refine_between(zcb_session *s, uint32_t launch, zcb_error *error)
{
    int is_time = launch >= LAUNCHES_LEAST && launch < s->run.plan.launches;
    if (!is_wanted(s) || !is_time || s->refine_rounds >= ZCB_REFINE_ROUNDS) {
        return 0;
    }
    return refine_once(s, launch + 1, error) < 0 ? -1 : 0;
}

/* Rounds of their own start every launch again, for a cell or two: only where somebody asked,
 * or there was no launch between which they had a place. */
static int has_rounds_left(const zcb_session *s)
{
    int is_rigorous = strcmp(s->run.plan.profile, "rigorous") == 0;
    int had_none = s->run.plan.launches <= LAUNCHES_LEAST;
    return is_wanted(s) && (s->options.refine > 0 || is_rigorous || had_none) &&
           s->refine_rounds < ZCB_REFINE_ROUNDS;
}

int zcb_run_refine(zcb_session *s, zcb_error *error)
{
    s->is_refining = 1;
    int result = s->refine_rounds > 0 ? zcb_run_launches(s, NULL, error) : 0;
    while (result == 0 && has_rounds_left(s)) {
        int added = refine_once(s, s->run.plan.launches + 1, error);
        if (added <= 0) {
            result = added;
            break;
        }
        result = zcb_run_launches(s, NULL, error);
    }
    s->is_refining = 0;
    return result;
}
