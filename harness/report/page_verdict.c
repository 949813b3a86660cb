/* Why this file: the answer comes first, with what one has to know to believe it. */
#include "report/page_parts.h"

#include "report/answer_counts.h"
#include "report/plot_parts.h"
#include "report/reuse.h"
#include "report/scenarios.h"
#include "report/units.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How the answers of the run fall, over all interpreters. */
static void write_sentence(const zcb_page *page)
{
    const zcb_analysis *analysis = page->analysis;
    zcb_answer_counts counts = {0};
    char text[ZCB_ANSWER_TEXT_MAX];
    for (size_t s = 0; s < analysis->series_count; s++) {
        const zcb_series *series = &analysis->series[s];
        const char *status = series->breakeven_count > 0
                                 ? analysis->breakeven[series->breakeven_first].status
                                 : "";
        size_t *count = strcmp(status, "always") == 0     ? &counts.always
                        : strcmp(status, "never") == 0    ? &counts.never
                        : strcmp(status, "crossed") == 0  ? &counts.crossed
                        : strcmp(status, "multiple") == 0 ? &counts.crossed
                                                          : &counts.unclear;
        *count += status[0] != '\0';
    }
    zcb_page_print(page, "<p>%s. ", zcb_answer_counts_text(counts, text, sizeof text));
    zcb_answer_controls(analysis, text, sizeof text);
    if (text[0] != '\0') {
        zcb_page_print(page, "Controls: %s. ", text);
    }
    zcb_answer_cells(analysis, text, sizeof text);
    zcb_page_print(page, "Cells: %s.</p>\n", text);
}

static void write_row(const zcb_page *page, const zcb_answer_row *row, zcb_about about)
{
    char text[ZCB_ANSWER_TEXT_MAX];
    const zcb_series *any = zcb_plot_any(row, page->answers->variant_count);
    fputs("<tr", page->stream);
    zcb_page_class(page, "", about);
    fputs("><th scope=\"row\">", page->stream);
    zcb_page_text(page, zcb_plot_question(zcb_plot_cell(page->analysis, any), any->arm, 0, text,
                                          sizeof text));
    fputs("</th>", page->stream);
    for (size_t v = 0; v < page->answers->variant_count; v++) {
        zcb_about column = {ZCB_ABOUT_ALL, ZCB_ABOUT_ALL, v, 0};
        fputs("<td", page->stream);
        zcb_page_class(page, "", column);
        fputc('>', page->stream);
        zcb_page_text(page,
                      zcb_answer_text(page->analysis, row->by_variant[v], text, sizeof text));
        zcb_answer_speedup(page->analysis, row->by_variant[v], text, sizeof text);
        if (text[0] != '\0') {
            zcb_page_print(page, "<small>%s</small>", text);
        }
        fputs("</td>", page->stream);
    }
    fputs("</tr>\n", page->stream);
}

static int write_table(const zcb_page *page, zcb_error *error)
{
    const zcb_run *run = &page->analysis->recorded->run;
    zcb_questions questions = {0};
    size_t from = 0;
    int found = 0;
    zcb_page_begin_table(page, "Verdict table");
    fputs("<caption>From what size on sharing pays, and by how much; sizes and speed-ups with "
          "95 % intervals.</caption>\n<thead><tr><th scope=\"col\">pair, lane</th>",
          page->stream);
    for (size_t v = 0; v < run->variant_count; v++) {
        zcb_about column = {ZCB_ABOUT_ALL, ZCB_ABOUT_ALL, v, 0};
        fputs("<th scope=\"col\"", page->stream);
        zcb_page_class(page, "", column);
        zcb_page_field(page, ">", run->variants[v].name, "</th>");
    }
    fputs("</tr></thead>\n", page->stream);
    while ((found = zcb_questions_next(page->analysis, page->answers, NULL, &from, &questions,
                                       error)) > 0) {
        zcb_about about = {questions.group, questions.lane, ZCB_ABOUT_ALL, 0};
        fputs("<tbody>\n<tr", page->stream);
        zcb_page_class(page, "group", about);
        zcb_page_print(page, "><th scope=\"rowgroup\" colspan=\"%zu\">",
                       run->variant_count + 1);
        zcb_page_text(page, questions.group_name);
        zcb_page_print(page, " · %s lane</th></tr>\n", zcb_lane_name((zcb_lane)questions.lane));
        for (size_t i = 0; i < questions.count; i++) {
            write_row(page, &page->answers->rows[questions.rows[i]], about);
        }
        fputs("</tbody>\n", page->stream);
        free(questions.rows);
    }
    zcb_page_end_table(page);
    return found;
}

static void write_scenarios(const zcb_page *page)
{
    const zcb_analysis *analysis = page->analysis;
    size_t told = 0;
    for (size_t i = 0; i < analysis->series_count && told < ZCB_PAGE_ROWS_MAX; i++) {
        const zcb_series *series = &analysis->series[i];
        char text[ZCB_SCENARIO_TEXT_MAX], conditions[64];
        if (zcb_scenario_text(analysis, series, text, sizeof text)[0] == '\0') {
            continue;
        }
        const zcb_cell *cell = zcb_plot_cell(analysis, series);
        fputs(told++ == 0 ? "<h3 id=\"scenarios\">In human terms</h3>\n<ul>\n" : "",
              page->stream);
        fputs("<li", page->stream);
        zcb_page_class(page, "", zcb_page_about(page, cell));
        zcb_page_field(page, "><b>", cell->pair, "</b>");
        fputs(zcb_plot_conditions(cell, " ", conditions, sizeof conditions), page->stream);
        zcb_page_field(page, " on ", cell->python, ": ");
        zcb_page_text(page, text);
        fputs(".</li>\n", page->stream);
    }
    fputs(told > 0 ? "</ul>\n" : "", page->stream);
}

/* After how many reads copies have paid for themselves, where reading was measured. */
static void write_reuse(const zcb_page *page)
{
    const zcb_analysis *analysis = page->analysis;
    size_t told = 0;
    for (size_t i = 0; i < analysis->series_count && told < ZCB_PAGE_ROWS_MAX; i++) {
        const zcb_series *series = &analysis->series[i];
        char text[ZCB_REUSE_TEXT_MAX];
        if (zcb_reuse_text(analysis, series, text, sizeof text)[0] == '\0') {
            continue;
        }
        const zcb_cell *cell = zcb_plot_cell(analysis, series);
        fputs(told++ == 0 ? "<h3 id=\"reuse\">How often must it be read until a copy pays?</h3>"
                            "\n<ul>\n"
                          : "",
              page->stream);
        fputs("<li", page->stream);
        zcb_page_class(page, "", zcb_page_about(page, cell));
        zcb_page_field(page, "><b>", cell->pair, "</b> ");
        fprintf(page->stream, "%s", zcb_lane_name(cell->lane));
        zcb_page_field(page, ", ", series->arm, "");
        zcb_page_field(page, " on ", cell->python, ": ");
        zcb_page_text(page, text);
        fputs(".</li>\n", page->stream);
    }
    fputs(told > 0 ? "</ul>\n" : "", page->stream);
}

int zcb_page_verdict(zcb_page *page, zcb_error *error)
{
    zcb_page_heading(page, "verdict", "Verdict");
    write_sentence(page);
    fputs("<p class=\"links\"><a href=\"breakeven.csv\">breakeven.csv</a> "
          "<a href=\"speedup.csv\">speedup.csv</a> <a href=\"summary.csv\">summary.csv</a> "
          "<a href=\"summary.md\">summary.md</a> <a href=\"answers.md\">answers to common "
          "questions</a></p>\n",
          page->stream);
    if (write_table(page, error) != 0) {
        return -1;
    }
    write_scenarios(page);
    write_reuse(page);
    return 0;
}
