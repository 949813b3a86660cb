/* Why this file: time is not the whole price; what results keep alive and mean, and what only
 * looks like a copy or a view, as sections of the page. */
#include "report/memory_table.h"
#include "report/page_parts.h"
#include "report/plan.h"

#include <string.h>

/* Where a row of memory.csv belongs. */
static zcb_about about_key(const zcb_page *page, const zcb_arm_key *key)
{
    const zcb_cell cell = {.python = key->python, .pair = key->pair, .lane = key->lane};
    return zcb_page_about(page, &cell);
}

static void write_line(const zcb_page *page, const zcb_memory_line *line)
{
    const char *const fields[] = {
        line->size,       line->copy,        line->view,          line->copy_keeps,
        line->view_keeps, line->change_seen, line->source_locked, line->source_kept_alive};
    fputs("<tr", page->stream);
    zcb_page_class(page, "", about_key(page, line->key));
    zcb_page_field(page, "><th scope=\"row\">", line->key->pair, "");
    zcb_page_print(page, " %s", zcb_lane_name(line->key->lane));
    if (strcmp(line->key->arm, ZCB_ARM_VIEW) != 0) {
        zcb_page_field(page, " ", line->key->arm + strlen(ZCB_ARM_VIEW ":"), "");
    }
    zcb_page_field(page, "</th><td>", line->key->python, "</td>");
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        zcb_page_print(page, "<td>%s</td>", fields[i]);
    }
    fputs("</tr>\n", page->stream);
}

static void write_most_kept(const zcb_page *page)
{
    const zcb_memory_row *most = zcb_memory_most_kept(page->analysis->recorded);
    char used[ZCB_UNIT_TEXT_MAX], kept[ZCB_UNIT_TEXT_MAX];
    if (most == NULL) {
        return;
    }
    zcb_unit_size(most->figures.retained_bytes, kept, sizeof kept);
    zcb_unit_size(most->figures.used_bytes, used, sizeof used);
    zcb_page_field(page, "<p>The result that keeps most alive for what it shows is that of ",
                   most->key.pair, "");
    zcb_page_print(page, " %s on ", zcb_lane_name(most->key.lane));
    zcb_page_text(page, most->key.python);
    zcb_page_print(page, ": %s for %s.</p>\n", kept, used);
}

void zcb_page_memory(zcb_page *page)
{
    const zcb_recorded *recorded = page->analysis->recorded;
    size_t shown = 0, more = 0;
    if (recorded->memory_count == 0) {
        return;
    }
    zcb_page_heading(page, "memory", "Memory and meaning");
    write_most_kept(page);
    fputs("<p class=\"links\"><a href=\"memory.csv\">memory.csv</a> "
          "<a href=\"semantics.csv\">semantics.csv</a></p>\n",
          page->stream);
    zcb_page_begin_table(page, "Memory and meaning");
    fputs("<caption>Bytes asked for by one operation and the blocks they come in; bytes that "
          "live only because of a result ÷ bytes it shows; what was observed of the view. A "
          "dash: it can't be seen.</caption>\n<thead><tr>",
          page->stream);
    static const char *const heads[] = {
        "pair, lane",    "interpreter",      "size",       "copy",
        "view",          "copy keeps",       "view keeps", "later change seen",
        "source locked", "source kept alive"};
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        zcb_page_print(page, "<th scope=\"col\">%s</th>", heads[i]);
    }
    fputs("</tr></thead>\n<tbody>\n", page->stream);
    for (size_t i = 0; i < recorded->memory_count; i++) {
        zcb_memory_line line;
        if (!zcb_memory_line_make(recorded, i, &line)) {
            continue;
        }
        if (shown < ZCB_PAGE_ROWS_MAX) {
            write_line(page, &line);
            shown++;
        } else {
            more++;
        }
    }
    fputs("</tbody>\n", page->stream);
    zcb_page_end_table(page);
    if (more > 0) {
        zcb_page_print(page,
                       "<p>… and %zu more rows: memory.csv and semantics.csv have them "
                       "all.</p>\n",
                       more);
    }
}

static void write_lie(const zcb_page *page, const zcb_lie_row *lie)
{
    const zcb_recorded *recorded = page->analysis->recorded;
    zcb_page_field(page, "<tr><th scope=\"row\"><code>", lie->statement, "</code></th>");
    for (size_t v = 0; v < recorded->run.variant_count; v++) {
        const zcb_lie_row *row =
            zcb_lie_find(recorded, lie->lie, recorded->run.variants[v].name);
        zcb_about column = {ZCB_ABOUT_ALL, ZCB_ABOUT_ALL, v, 0};
        fputs("<td", page->stream);
        zcb_page_class(page, "", column);
        zcb_page_field(page, ">", row != NULL ? row->found : "", "</td>");
    }
    zcb_page_field(page, "<td>", zcb_lie_why(recorded, lie), "</td></tr>\n");
}

void zcb_page_lies(zcb_page *page)
{
    const zcb_recorded *recorded = page->analysis->recorded;
    size_t asked, wrong;
    if (recorded->lie_count == 0) {
        return;
    }
    zcb_page_heading(page, "lies", "What only looks like a copy or a view");
    zcb_lies_count(recorded, &asked, &wrong);
    if (wrong == 0) {
        zcb_page_print(page,
                       "<p>What could be asked (%zu answers) behaves as known: none of it "
                       "is a pair worth timing.</p>\n",
                       asked);
    } else {
        zcb_page_print(page, "<p><b>%zu of %zu answers are not as known.</b></p>\n", wrong,
                       asked);
    }
    fputs("<p class=\"links\"><a href=\"lies.csv\">lies.csv</a></p>\n", page->stream);
    zcb_page_begin_table(page, "Lies");
    fputs("<thead><tr><th scope=\"col\">statement</th>", page->stream);
    for (size_t v = 0; v < recorded->run.variant_count; v++) {
        zcb_about column = {ZCB_ABOUT_ALL, ZCB_ABOUT_ALL, v, 0};
        fputs("<th scope=\"col\"", page->stream);
        zcb_page_class(page, "", column);
        zcb_page_field(page, ">", recorded->run.variants[v].name, "</th>");
    }
    fputs("<th scope=\"col\">why</th></tr></thead>\n<tbody>\n", page->stream);
    for (size_t i = 0, shown = 0; i < recorded->lie_count && shown < ZCB_PAGE_ROWS_MAX; i++) {
        if (!zcb_lie_was_told(recorded, i)) {
            write_lie(page, &recorded->lies[i]);
            shown++;
        }
    }
    fputs("</tbody>\n", page->stream);
    zcb_page_end_table(page);
}
