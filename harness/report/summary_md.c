/* Why this file: a pull request shows Markdown, and Markdown obeys what stands in it unless it
 * is escaped. */
#include "report/summary_md.h"

#include "report/answers.h"
#include "report/growth.h"
#include "report/memory_md.h"
#include "report/plan.h"
#include "report/plot_parts.h"
#include "report/reuse.h"
#include "report/scenarios.h"
#include "report/text.h"
#include "report/units.h"

#include <string.h>

/* At most so many rows a table keep the page below the 1 MiB that a job summary may have. */
enum { ROWS_MAX = 400, NAME_COLUMNS = 80, REASON_COLUMNS = 240 };

static void write_text(FILE *stream, const char *text)
{
    zcb_text_markdown(stream, text != NULL && text[0] != '\0' ? text : "–", NAME_COLUMNS);
}

static void write_head(const zcb_analysis *analysis, FILE *stream)
{
    const zcb_run *run = &analysis->recorded->run;
    fputs("# zcbench: when does sharing beat copying?\n\nRun ", stream);
    write_text(stream, run->run_id);
    fputs(", profile ", stream);
    write_text(stream, run->plan.profile);
    fprintf(stream,
            ", up to %u launches × %u blocks. Ratios are copy time ÷ view time, with 95 %% "
            "intervals: above 1× sharing wins.\n",
            run->plan.launches, run->plan.blocks);
    if (!run->complete) {
        fputs("\n**This run is incomplete:** it was stopped before its plan was done.\n",
              stream);
    }
}

static int write_verdict(const zcb_analysis *analysis, FILE *stream, zcb_error *error)
{
    zcb_answers answers;
    if (zcb_answers_make(analysis, &answers, error) != 0) {
        return -1;
    }
    fputs("\n## Verdict\n\n| pair, lane |", stream);
    for (size_t v = 0; v < answers.variant_count; v++) {
        fputc(' ', stream);
        write_text(stream, analysis->recorded->run.variants[v].name);
        fputs(" |", stream);
    }
    fputs("\n|---|", stream);
    for (size_t v = 0; v < answers.variant_count; v++) {
        fputs("---|", stream);
    }
    fputc('\n', stream);
    for (size_t r = 0; r < answers.row_count && r < ROWS_MAX; r++) {
        fputs("| ", stream);
        write_text(stream, answers.rows[r].label);
        for (size_t v = 0; v < answers.variant_count; v++) {
            char text[ZCB_ANSWER_TEXT_MAX];
            const zcb_series *series = answers.rows[r].by_variant[v];
            fprintf(stream, " | %s", zcb_answer_text(analysis, series, text, sizeof text));
            zcb_answer_speedup(analysis, series, text, sizeof text);
            fprintf(stream, "%s%s", text[0] != '\0' ? "; " : "", text);
        }
        fputs(" |\n", stream);
    }
    if (answers.row_count > ROWS_MAX) {
        fprintf(stream, "\n… and %zu more rows: breakeven.csv has them all.\n",
                answers.row_count - ROWS_MAX);
    }
    zcb_answers_clear(&answers);
    return 0;
}

static void write_controls(const zcb_analysis *analysis, FILE *stream)
{
    char text[ZCB_ANSWER_TEXT_MAX];
    fputs("\n## Controls\n\n", stream);
    zcb_answer_controls(analysis, text, sizeof text);
    if (text[0] != '\0') {
        fprintf(stream, "- %s\n", text);
    }
    fprintf(stream, "- %s\n", zcb_answer_cells(analysis, text, sizeof text));
}

/* "- cp311, bytes_slice python, view: time grows as n^0.98 (0.96–1.01) from 64 KiB to 512 KiB;
 * …" */
static void write_finding(const zcb_analysis *analysis, const zcb_scaling_row *row,
                          FILE *stream)
{
    const zcb_cell *cell = zcb_cells_at(analysis->recorded->cells, row->cell);
    const char *note = zcb_growth_note(analysis, row);
    char conditions[ZCB_UNIT_TEXT_MAX], text[ZCB_GROWTH_TEXT_MAX];
    fputs("- ", stream);
    write_text(stream, cell->python);
    fputs(", ", stream);
    write_text(stream, cell->pair);
    fprintf(stream, " %s%s, ", zcb_lane_name(cell->lane),
            zcb_plot_conditions(cell, " ", conditions, sizeof conditions));
    write_text(stream, row->arm);
    fprintf(stream, ": %s.", zcb_growth_text(analysis, row, text, sizeof text));
    if (note[0] != '\0') {
        fputs(" About the pair: ", stream);
        zcb_text_markdown(stream, note, REASON_COLUMNS);
        fputs(".", stream);
    }
    fputs("\n", stream);
}

/* Times that grow otherwise than promised. */
static void write_findings(const zcb_analysis *analysis, FILE *stream)
{
    size_t found = 0;
    for (size_t i = 0; i < analysis->scaling_count; i++) {
        if (analysis->scaling[i].is_finding) {
            fputs(found == 0 ? "\n## Findings\n\n" : "", stream);
            if (found < ROWS_MAX) {
                write_finding(analysis, &analysis->scaling[i], stream);
            }
            found++;
        }
    }
    if (found > ROWS_MAX) {
        fprintf(stream, "\n… and %zu more: scaling.csv has them all.\n", found - ROWS_MAX);
    }
}

static void write_fact(FILE *stream, const char *what, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        fprintf(stream, "| %s | ", what);
        write_text(stream, text);
        fputs(" |\n", stream);
    }
}

static void write_size_fact(FILE *stream, const char *what, uint64_t bytes)
{
    char text[ZCB_UNIT_TEXT_MAX];
    if (bytes > 0) {
        write_fact(stream, what, zcb_unit_size((double)bytes, text, sizeof text));
    }
}

static void write_machine(const zcb_machine *machine, FILE *stream)
{
    fputs("\n## Machine\n\n| | |\n|---|---|\n", stream);
    write_fact(stream, "host", machine->host);
    write_fact(stream, "processor", machine->cpu_model);
    fprintf(stream, "| processors | %u, %u usable |\n", machine->cpus, machine->affinity_cpus);
    write_size_fact(stream, "L1d cache", machine->l1d_bytes);
    write_size_fact(stream, "L2 cache", machine->l2_bytes);
    write_size_fact(stream, "L3 cache", machine->l3_bytes);
    write_size_fact(stream, "memory", machine->memory_bytes);
    write_fact(stream, "virtualisation", machine->virtualisation);
    write_fact(stream, "system", machine->os);
    write_fact(stream, "kernel", machine->kernel);
    write_fact(stream, "C library", machine->libc);
    write_fact(stream, "transparent huge pages", machine->thp);
    write_fact(stream, "clock source", machine->clocksource);
    write_fact(stream, "governor", machine->governor);
    write_fact(stream, "turbo", machine->turbo);
}

/* yes, no, or a dash where nobody knows. */
static const char *known(int value)
{
    return value < 0 ? "–" : value > 0 ? "yes" : "no";
}

static void write_interpreters(const zcb_run *run, FILE *stream)
{
    fputs("\n## Interpreters\n\n| name | version | PGO | LTO | debug | GIL | JIT | numpy | "
          "compiler |\n"
          "|---|---|---|---|---|---|---|---|---|\n",
          stream);
    for (size_t i = 0; i < run->variant_count; i++) {
        const zcb_variant *variant = &run->variants[i];
        fputs("| ", stream);
        write_text(stream, variant->name);
        fputs(" | ", stream);
        write_text(stream, variant->version);
        fprintf(stream, " | %s | %s | %s | %s | %s | ", known(variant->pgo),
                known(variant->lto), known(variant->debug), known(variant->gil),
                known(variant->jit));
        write_text(stream, variant->numpy);
        fputs(" | ", stream);
        write_text(stream, variant->compiler);
        fputs(" |\n", stream);
    }
    for (size_t i = 0; i < run->left_out_count && i < ROWS_MAX; i++) {
        fprintf(stream, "%s- left out: ", i == 0 ? "\n" : "");
        write_text(stream, run->left_out[i].spec);
        fputs(" — ", stream);
        zcb_text_markdown(stream, run->left_out[i].reason, REASON_COLUMNS);
        fputc('\n', stream);
    }
}

static void write_cell(const zcb_analysis *analysis, const zcb_cell_result *result,
                       FILE *stream)
{
    const zcb_cell *cell = zcb_cells_at(analysis->recorded->cells, result->cell);
    char text[ZCB_UNIT_TEXT_MAX];
    fputs("| ", stream);
    write_text(stream, cell->python);
    fputs(" | ", stream);
    write_text(stream, cell->pair);
    fprintf(stream, " | %s%s", zcb_lane_name(cell->lane),
            zcb_plot_conditions(cell, " ", text, sizeof text));
    fprintf(stream, " | %s", zcb_unit_size((double)cell->size_bytes, text, sizeof text));
    fprintf(stream, " | %s | ", zcb_status_name(result->status));
    zcb_text_markdown(stream, result->reason, REASON_COLUMNS);
    fputs(" | ", stream);
    write_text(stream, result->flags);
    fputs(" |\n", stream);
}

/* Cells that are not ok; those that are merely flagged stand in summary.csv. */
static void write_cells(const zcb_analysis *analysis, FILE *stream)
{
    size_t shown = 0, more = 0;
    if (analysis->controls.status_count[ZCB_STATUS_OK] == analysis->result_count) {
        return;
    }
    fputs("\n## Cells that are not ok\n\n| interpreter | pair | lane | size | status | reason "
          "| flags |\n"
          "|---|---|---|---|---|---|---|\n",
          stream);
    for (size_t i = 0; i < analysis->result_count; i++) {
        const zcb_cell_result *result = &analysis->results[i];
        if (result->status == ZCB_STATUS_OK) {
            continue;
        }
        if (shown < ROWS_MAX) {
            write_cell(analysis, result, stream);
            shown++;
        } else {
            more++;
        }
    }
    if (more > 0) {
        fprintf(stream, "\n… and %zu more: cells.csv and summary.csv have them all.\n", more);
    }
}

int zcb_summary_md(const zcb_analysis *analysis, FILE *stream, zcb_error *error)
{
    write_head(analysis, stream);
    if (write_verdict(analysis, stream, error) != 0) {
        return -1;
    }
    zcb_scenarios_md(analysis, stream);
    zcb_reuse_md(analysis, stream);
    write_controls(analysis, stream);
    write_findings(analysis, stream);
    zcb_memory_md(analysis->recorded, stream);
    write_machine(&analysis->recorded->run.machine, stream);
    write_interpreters(&analysis->recorded->run, stream);
    write_cells(analysis, stream);
    zcb_lies_md(analysis->recorded, stream);
    return 0;
}
