/* Why this file: a table of a hundred rows answers everything but the question one came with.
 */
#include "report/answers_page.h"

#include "report/answers.h"
#include "report/cutoff.h"
#include "report/reuse.h"
#include "report/text.h"
#include "report/units.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { NAME_COLUMNS = 80, PAIRS_MAX = 4 };

/* Writes one line of an answer without "- "; 0 when this series has nothing to say. */
typedef int answer_line(const zcb_analysis *analysis, const zcb_series *series, FILE *stream);

/* A question, the pairs that answer it, and how. */
typedef struct question {
    const char *title;
    const char *pairs[PAIRS_MAX]; /* NULL ends; none at all: every pair of the run */
    answer_line *answer;
    const char *hint; /* what the figures mean; "" none */
} question;

static const zcb_cell *cell_at(const zcb_analysis *analysis, const zcb_series *series, size_t i)
{
    return zcb_cells_at(analysis->recorded->cells,
                        analysis->results[series->result_first + i].cell);
}

/* "pays from 0.9 KiB (0.8–1.0); at 1 MiB 340× (310–370)" */
static int answer_breakeven(const zcb_analysis *analysis, const zcb_series *series,
                            FILE *stream)
{
    char text[ZCB_ANSWER_TEXT_MAX];
    if (zcb_answer_text(analysis, series, text, sizeof text)[0] == '\0') {
        return 0;
    }
    fputs(text, stream);
    zcb_answer_speedup(analysis, series, text, sizeof text);
    fprintf(stream, "%s%s", text[0] != '\0' ? "; " : "", text);
    return 1;
}

/* At the smallest size: the time of the view in times of the copy's. */
static int answer_smallest(const zcb_analysis *analysis, const zcb_series *series, FILE *stream)
{
    char where[ZCB_UNIT_TEXT_MAX], ratio[ZCB_UNIT_TEXT_MAX];
    const zcb_speedup_row *row = zcb_analysis_speedup_at(analysis, series, 1);
    if (row == NULL) {
        return 0;
    }
    const zcb_cell *cell = zcb_cells_at(analysis->recorded->cells, row->cell);
    zcb_unit_size((double)cell->size_bytes, where, sizeof where);
    zcb_unit_ratio_interval(1 / row->gross, 1 / row->gross_hi, 1 / row->gross_lo, ratio,
                            sizeof ratio);
    fprintf(stream, "at %s the view takes %s the time of the copy", where, ratio);
    return 1;
}

/* Writes "98.1 ns (96.0 ns–101 ns)" for one arm of a cell; 0 when it has no time. */
static int write_time(const zcb_analysis *analysis, const zcb_cell_result *result,
                      const char *arm, FILE *stream)
{
    char middle[ZCB_UNIT_TEXT_MAX], lo[ZCB_UNIT_TEXT_MAX], hi[ZCB_UNIT_TEXT_MAX];
    const zcb_summary_row *row = zcb_analysis_summary(analysis, result, arm);
    if (row == NULL || !isfinite(row->median_ns)) {
        return 0;
    }
    fprintf(stream, "%s", zcb_unit_time(row->median_ns, middle, sizeof middle));
    if (isfinite(row->ci_lo_ns) && isfinite(row->ci_hi_ns)) {
        fprintf(stream, " (%s–%s)", zcb_unit_time(row->ci_lo_ns, lo, sizeof lo),
                zcb_unit_time(row->ci_hi_ns, hi, sizeof hi));
    }
    return 1;
}

/* "no: " or "as good as: " by the time of the view in times of doing nothing; "" unknown. */
static const char *is_free(const zcb_analysis *analysis, const zcb_cell_result *result,
                           const char *arm)
{
    const zcb_summary_row *view = zcb_analysis_summary(analysis, result, arm);
    const zcb_summary_row *null = zcb_analysis_summary(analysis, result, ZCB_ARM_NULL);
    if (view == NULL || null == NULL || !isfinite(view->ci_lo_ns) ||
        !isfinite(null->ci_hi_ns)) {
        return "";
    }
    return view->ci_lo_ns > null->ci_hi_ns ? "no: " : "as good as: ";
}

/* What the view costs where it is smallest, and what the call path alone costs. */
static int answer_cost(const zcb_analysis *analysis, const zcb_series *series, FILE *stream)
{
    for (size_t i = 0; i < series->result_count; i++) {
        const zcb_cell_result *result = &analysis->results[series->result_first + i];
        if (zcb_analysis_speedup(analysis, result, series->arm) == NULL) {
            continue;
        }
        char where[ZCB_UNIT_TEXT_MAX];
        zcb_unit_size((double)cell_at(analysis, series, i)->size_bytes, where, sizeof where);
        fprintf(stream, "%sone takes ", is_free(analysis, result, series->arm));
        write_time(analysis, result, series->arm, stream);
        fprintf(stream, " at %s; doing nothing in its place takes ", where);
        if (!write_time(analysis, result, ZCB_ARM_NULL, stream)) {
            fputs("an unknown time", stream);
        }
        return 1;
    }
    return 0;
}

static double pinned_ratio(const zcb_memory_row *row)
{
    return row->figures.retained_bytes / row->figures.used_bytes;
}

/* Retained ÷ used bytes of the view, where in memory.csv it is largest. */
static int answer_memory(const zcb_analysis *analysis, const zcb_series *series, FILE *stream)
{
    const zcb_recorded *recorded = analysis->recorded;
    const zcb_cell *cell = cell_at(analysis, series, 0);
    const zcb_memory_row *found = NULL;
    for (size_t i = 0; i < recorded->memory_count; i++) {
        const zcb_memory_row *row = &recorded->memory[i];
        if (strcmp(row->key.pair, cell->pair) == 0 && row->key.lane == cell->lane &&
            strcmp(row->key.python, cell->python) == 0 &&
            strcmp(row->key.arm, series->arm) == 0 && isfinite(row->figures.retained_bytes) &&
            row->figures.used_bytes > 0 &&
            (found == NULL || pinned_ratio(row) > pinned_ratio(found))) {
            found = row;
        }
    }
    if (found == NULL) {
        return 0;
    }
    char used[ZCB_UNIT_TEXT_MAX], retained[ZCB_UNIT_TEXT_MAX];
    fprintf(stream,
            "a view of %s keeps its whole source alive, here %s, %.*f times what it "
            "shows",
            zcb_unit_size(found->figures.used_bytes, used, sizeof used),
            zcb_unit_size(found->figures.retained_bytes, retained, sizeof retained),
            pinned_ratio(found) < 10 ? 2 : 0, pinned_ratio(found));
    return 1;
}

/* "at 1 MiB 1.20 times as long, with 12 page faults a copy" for one cell; 0 without limit. */
static int write_limit(const zcb_analysis *analysis, const zcb_series *series, size_t i,
                       const char *before, FILE *stream)
{
    const zcb_cell_result *result = &analysis->results[series->result_first + i];
    const zcb_speedup_row *row = zcb_analysis_speedup(analysis, result, series->arm);
    const zcb_summary_row *copy = zcb_analysis_summary(analysis, result, ZCB_ARM_COPY);
    char where[ZCB_UNIT_TEXT_MAX];
    if (row == NULL || copy == NULL || !isfinite(row->limit_ratio)) {
        return 0;
    }
    zcb_unit_size((double)cell_at(analysis, series, i)->size_bytes, where, sizeof where);
    fprintf(stream, "%sat %s %.3g times as long, with %.3g page faults a copy", before, where,
            row->limit_ratio, copy->faults_per_op);
    return 1;
}

/* The copy's time in times of memcpy's, and its page faults, at the smallest and the largest
 * size. */
static int answer_limit(const zcb_analysis *analysis, const zcb_series *series, FILE *stream)
{
    size_t first = 0, last = series->result_count;
    while (first < last && !write_limit(analysis, series, first,
                                        "beside memcpy into memory that is there already the "
                                        "copy takes ",
                                        stream)) {
        first++;
    }
    if (first == last) {
        return 0;
    }
    while (last > first + 1 && !write_limit(analysis, series, last - 1, "; ", stream)) {
        last--;
    }
    fputs(" (no intervals: quotients of medians)", stream);
    return 1;
}

static int answer_reuse(const zcb_analysis *analysis, const zcb_series *series, FILE *stream)
{
    char text[ZCB_REUSE_TEXT_MAX];
    zcb_reuse_text(analysis, series, text, sizeof text);
    fputs(text, stream);
    return text[0] != '\0';
}

static int answer_cutoff(const zcb_analysis *analysis, const zcb_series *series, FILE *stream)
{
    zcb_cutoff cutoff;
    zcb_cutoff_make(analysis, series, &cutoff);
    if (cutoff.rule == ZCB_CUTOFF_COPY_BELOW || cutoff.rule == ZCB_CUTOFF_COPY_ABOVE) {
        fprintf(stream, "copy %s %" PRIu64 " bytes; ",
                cutoff.rule == ZCB_CUTOFF_COPY_BELOW ? "below" : "above", cutoff.bytes);
    }
    fputs(cutoff.sentence, stream);
    return 1;
}

static const question questions[] = {
    {"When does a memoryview pay, and from what size?",
     {"bytes_slice", "bytearray_slice"},
     answer_breakeven,
     ""},
    {"Is it slower for small slices, by how much?",
     {"bytes_slice", "bytearray_slice"},
     answer_smallest,
     "Above 1× the view is the slower one."},
    {"Is a memoryview of a memoryview free?",
     {"view_tobytes"},
     answer_cost,
     "Free would be the time of doing nothing. `view` is `mv[:]`, `view:memoryview` is "
     "`memoryview(mv)`: a small object each time, whatever it shows."},
    {"Is numpy to memoryview free?",
     {"ndarray_tobytes"},
     answer_cost,
     "Free would be the time of doing nothing. `view` is `a.data`, `view:memoryview` is "
     "`memoryview(a)`: numpy describes its buffer anew for each."},
    {"Is `readinto` faster, and when is it slower?",
     {"file_read", "file_chunks", "socket_recv", "socket_recv_sparse"},
     answer_breakeven,
     "It is slower below a size from which it pays. `socket_recv_sparse` asks for eight times "
     "what "
     "comes, as a server does that reads whatever is there."},
    {"Is `BufferedProtocol` faster?", {"asyncio_protocol"}, answer_breakeven, ""},
    {"How much memory does a slice pin?",
     {"bytes_slice", "bytearray_slice", "ndarray_slice", "video_roi"},
     answer_memory,
     "A view keeps its whole source alive, however little it shows."},
    {"Why is my copy slower than memcpy?",
     {"bytes_slice"},
     answer_limit,
     "A copy also makes an object, which is most of it at small sizes; large blocks come as "
     "pages "
     "that fault when first written."},
    {"How often must a view be read until a copy pays?",
     {"video_roi", "record_field", "sliding_windows", "bytes_slice"},
     answer_reuse,
     "A view whose bytes do not lie side by side is dearer to read each time: `zcbench run "
     "PAIR "
     "--consumer drop,read`."},
    {"Which cut-off should my library use?",
     {NULL},
     answer_cutoff,
     "`zcbench threshold PAIR` prints it as a constant to paste."}};

static int is_of(const question *q, const zcb_cell *cell)
{
    /* what a reader does afterwards changes whether sharing pays, and no other answer */
    int is_asked_of_readers = q->answer == answer_breakeven || q->answer == answer_cutoff;
    if (cell->heap != ZCB_HEAP_DEFAULT || cell->cache != ZCB_CACHE_HOT ||
        (cell->consumer == ZCB_CONSUMER_READ && !is_asked_of_readers)) {
        return 0;
    }
    if (q->pairs[0] == NULL) {
        return 1;
    }
    for (size_t i = 0; i < PAIRS_MAX && q->pairs[i] != NULL; i++) {
        if (strcmp(q->pairs[i], cell->pair) == 0) {
            return 1;
        }
    }
    return 0;
}

static void write_label(const zcb_cell *cell, const char *arm, FILE *stream)
{
    zcb_text_markdown(stream, cell->python, NAME_COLUMNS);
    fputs(", ", stream);
    zcb_text_markdown(stream, cell->pair, NAME_COLUMNS);
    fprintf(stream, " %s", zcb_lane_name(cell->lane));
    if (strcmp(arm, ZCB_ARM_VIEW) != 0) {
        fputs(", ", stream);
        zcb_text_markdown(stream, arm, NAME_COLUMNS);
    }
    fputs(cell->consumer == ZCB_CONSUMER_READ ? ", every byte read: " : ": ", stream);
}

/* Writes a line through memory first: its label belongs to it only if there is something to
 * say.
 */
static int write_line(const zcb_analysis *analysis, const question *q, const zcb_series *series,
                      FILE *stream)
{
    char line[2048];
    FILE *memory = fmemopen(line, sizeof line, "w");
    if (memory == NULL) {
        return 0;
    }
    int is_said = q->answer(analysis, series, memory);
    is_said = fclose(memory) == 0 && is_said;
    if (is_said) {
        fputs("- ", stream);
        write_label(cell_at(analysis, series, 0), series->arm, stream);
        fprintf(stream, "%s.\n", line);
    }
    return is_said;
}

static void write_question(const zcb_analysis *analysis, const question *q, FILE *stream)
{
    size_t said = 0;
    fprintf(stream, "\n## %s\n\n", q->title);
    for (size_t i = 0; i < analysis->series_count; i++) {
        const zcb_series *series = &analysis->series[i];
        if (series->result_count > 0 && is_of(q, cell_at(analysis, series, 0))) {
            said += (size_t)write_line(analysis, q, series, stream);
        }
    }
    if (said > 0) {
        fprintf(stream, "%s%s%s", q->hint[0] != '\0' ? "\n" : "", q->hint,
                q->hint[0] != '\0' ? "\n" : "");
        return;
    }
    fputs("Not measured in this run", stream);
    for (size_t i = 0; i < PAIRS_MAX && q->pairs[i] != NULL; i++) {
        fprintf(stream, "%s%s", i == 0 ? ": `zcbench run " : " ", q->pairs[i]);
    }
    fputs(q->answer == answer_reuse ? " --consumer drop,read" : "", stream);
    fputs(q->pairs[0] != NULL ? "` measures it.\n" : ".\n", stream);
}

void zcb_answers_page(const zcb_analysis *analysis, FILE *stream)
{
    const zcb_run *run = &analysis->recorded->run;
    fputs("# What people ask, answered by one run\n\nMeasured ", stream);
    zcb_text_markdown(stream,
                      run->started_utc != NULL ? run->started_utc : "at an unknown time",
                      NAME_COLUMNS);
    fputs(" on ", stream);
    zcb_text_markdown(stream,
                      run->machine.cpu_model != NULL ? run->machine.cpu_model
                                                     : "an unknown processor",
                      NAME_COLUMNS);
    fputs(" (run ", stream);
    zcb_text_markdown(stream, run->run_id != NULL ? run->run_id : "", NAME_COLUMNS);
    fputs(") with", stream);
    for (size_t v = 0; v < run->variant_count; v++) {
        fputs(v == 0 ? " " : ", ", stream);
        zcb_text_markdown(stream, run->variants[v].name, NAME_COLUMNS);
        fputs(" ", stream);
        zcb_text_markdown(stream,
                          run->variants[v].version != NULL ? run->variants[v].version : "",
                          NAME_COLUMNS);
    }
    fputs(".\nIntervals are 95 % intervals. Another machine answers with other numbers.\n",
          stream);
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
        write_question(analysis, &questions[i], stream);
    }
}
