/* Why this file: what went wrong, how it was measured and how to do it again stand at the end,
 * but they stand there. */
#include "report/page_parts.h"

#include "report/growth.h"
#include "report/plan.h"
#include "report/plot_parts.h"
#include "report/text.h"
#include "report/units.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void write_cell(const zcb_page *page, const zcb_cell_result *result)
{
    const zcb_cell *cell = zcb_cells_at(page->analysis->recorded->cells, result->cell);
    char text[ZCB_UNIT_TEXT_MAX];
    fputs("<tr", page->stream);
    zcb_page_class(page, "", zcb_page_about(page, cell));
    zcb_page_field(page, "><th scope=\"row\">", cell->pair, "");
    zcb_page_print(page, " %s%s</th>", zcb_lane_name(cell->lane),
                   zcb_plot_conditions(cell, " ", text, sizeof text));
    zcb_page_field(page, "<td>", cell->python, "</td>");
    zcb_page_print(page, "<td>%s</td><td>%s</td>",
                   zcb_unit_size((double)cell->size_bytes, text, sizeof text),
                   zcb_status_name(result->status));
    zcb_page_field(page, "<td>", result->reason, "</td>");
    zcb_page_field(page, "<td>", result->flags, "</td></tr>\n");
}

static void write_cells(const zcb_page *page)
{
    const zcb_analysis *analysis = page->analysis;
    size_t shown = 0, more = 0;
    zcb_page_begin_table(page, "Cells that are not ok");
    fputs(
        "<thead><tr><th scope=\"col\">pair, lane</th><th scope=\"col\">interpreter</th>"
        "<th scope=\"col\">size</th><th scope=\"col\">status</th><th scope=\"col\">reason</th>"
        "<th scope=\"col\">flags</th></tr></thead>\n<tbody>\n",
        page->stream);
    for (size_t i = 0; i < analysis->result_count; i++) {
        if (analysis->results[i].status == ZCB_STATUS_OK) {
            continue;
        }
        if (shown < ZCB_PAGE_ROWS_MAX) {
            write_cell(page, &analysis->results[i]);
            shown++;
        } else {
            more++;
        }
    }
    fputs("</tbody>\n", page->stream);
    zcb_page_end_table(page);
    if (more > 0) {
        zcb_page_print(
            page, "<p>… and %zu more: summary.csv and cells.csv have them all.</p>\n", more);
    }
}

/* Times that grow otherwise than the pair's kind promises. */
static void write_findings(const zcb_page *page)
{
    const zcb_analysis *analysis = page->analysis;
    size_t found = 0;
    for (size_t i = 0; i < analysis->scaling_count && found < ZCB_PAGE_ROWS_MAX; i++) {
        const zcb_scaling_row *row = &analysis->scaling[i];
        char text[ZCB_ANSWER_TEXT_MAX], growth[ZCB_GROWTH_TEXT_MAX];
        if (!row->is_finding) {
            continue;
        }
        const zcb_cell *cell = zcb_cells_at(analysis->recorded->cells, row->cell);
        fputs(found++ == 0 ? "<h3 id=\"growth\">Growth that is not as promised</h3>\n"
                             "<p class=\"links\"><a href=\"scaling.csv\">scaling.csv</a></p>\n"
                             "<ul>\n"
                           : "",
              page->stream);
        fputs("<li", page->stream);
        zcb_page_class(page, "", zcb_page_about(page, cell));
        snprintf(text, sizeof text, "%s %s of %s on %s", cell->pair, zcb_lane_name(cell->lane),
                 row->arm, cell->python);
        zcb_page_field(page, ">", text, "");
        zcb_page_print(page, ": %s.", zcb_growth_text(analysis, row, growth, sizeof growth));
        if (zcb_growth_note(analysis, row)[0] != '\0') {
            zcb_page_field(page, " About the pair: ", zcb_growth_note(analysis, row), ".");
        }
        fputs("</li>\n", page->stream);
    }
    fputs(found > 0 ? "</ul>\n" : "", page->stream);
}

void zcb_page_cells(zcb_page *page)
{
    char text[ZCB_ANSWER_TEXT_MAX];
    zcb_page_heading(page, "cells", "Noisy, refused and failed cells");
    zcb_answer_cells(page->analysis, text, sizeof text);
    zcb_page_print(page, "<p>Cells: %s.</p>\n", text);
    if (page->analysis->controls.status_count[ZCB_STATUS_OK] != page->analysis->result_count) {
        fputs("<p class=\"links\"><a href=\"cells.csv\">cells.csv</a></p>\n", page->stream);
        write_cells(page);
    }
    write_findings(page);
}

/* Adds `word` to the command as a shell reads it. */
static void add_word(FILE *command, const char *word)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./,:@%";
    if (word[0] != '\0' && strspn(word, plain) == strlen(word)) {
        fprintf(command, " %s", word);
        return;
    }
    fputs(" '", command);
    for (; *word != '\0'; word++) {
        fputs(*word == '\'' ? "'\\''" : (const char[]){*word, '\0'}, command);
    }
    fputc('\'', command);
}

static int starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* The arguments of the run, without the folder it was written to, with the seed it drew. */
static void write_command(const zcb_page *page)
{
    const zcb_run *run = &page->analysis->recorded->run;
    char *text = NULL;
    size_t length = 0;
    int has_seed = 0;
    FILE *command = open_memstream(&text, &length);
    if (command == NULL) {
        return;
    }
    fputs("zcbench", command);
    for (size_t i = 0; i < run->argument_count; i++) {
        const char *word = run->arguments[i];
        if (strcmp(word, "--out") == 0 || strcmp(word, "-o") == 0) {
            i++;
            continue;
        }
        if (!starts_with(word, "--out=")) {
            has_seed |= starts_with(word, "--seed");
            add_word(command, word);
        }
    }
    if (!has_seed) {
        fprintf(command, " --seed %" PRIu64, run->seed);
    }
    fclose(command);
    fputs("<h3 id=\"rerun\">Run it again</h3>\n<pre>", page->stream);
    for (char *line = text; text != NULL && *line != '\0';) {
        /* long commands whole: what shows text cuts it */
        char piece[1025];
        snprintf(piece, sizeof piece, "%s", line);
        size_t used = strlen(piece);
        while (used > 1 && line[used] != '\0' && ((unsigned char)line[used] & 0xc0) == 0x80) {
            used--;
        }
        piece[used] = '\0';
        zcb_text_html(page->stream, piece);
        line += used;
    }
    fputs("</pre>\n", page->stream);
    free(text);
}

void zcb_page_method(zcb_page *page)
{
    const zcb_run *run = &page->analysis->recorded->run;
    zcb_page_heading(page, "method", "Method and rerun");
    zcb_page_print(
        page,
        "<p>Copy, view and the controls were visited in blocks, in random balanced "
        "order, next to each other in time: up to %u blocks in each of up to %u "
        "freshly started processes (launches), each visit about %.2g ms. What is "
        "compared is the ratio within a block; the median of a launch is one "
        "observation; intervals are Student's over launches, a tenth of them trimmed "
        "at each end, at 95 %%. The break-even lies where the interval of the ratio "
        "leaves 1 on opposite sides, by interpolation on a logarithmic size axis.</p>\n",
        run->plan.blocks, run->plan.launches, (double)run->plan.visit_ns / 1e6);
    fputs(
        "<p>Nothing was timed before a proof had shown that copy and view give the same bytes "
        "and that the view shares them. <b>twin</b> is the copy once more, <b>null</b> the "
        "call "
        "path without the operation, <b>limit</b> a memcpy of the same bytes into memory that "
        "is there already. A cell is noisy when its speed-up is known to ±10 % only (±25 % "
        "beyond 10×), or when its twin differs from its copy.</p>\n",
        page->stream);
    zcb_page_field(page, "<p>Profile ", run->plan.profile, "");
    zcb_page_field(page, ", started ", run->started_utc, "");
    zcb_page_field(page, ", ended ", run->ended_utc, "");
    zcb_page_field(page, ", zcbench built from ", run->tool_commit, "");
    zcb_page_field(page, " with ", run->tool_compiler, ".</p>\n");
    fputs("<p class=\"links\"><a href=\"run.json\">run.json</a> "
          "<a href=\"launches.csv\">launches.csv</a> <a href=\"cells.csv\">cells.csv</a> "
          "<a href=\"scaling.csv\">scaling.csv</a>",
          page->stream);
    zcb_page_print(page, " <a href=\"%s\">%s</a></p>\n", page->samples, page->samples);
    write_command(page);
}
