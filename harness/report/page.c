/* Why this file: the order of the page, its head, its contents and its filters. */
#include "report/page.h"

#include "report/page_css.h"
#include "report/page_parts.h"
#include "report/plan.h"
#include "report/plot_parts.h"
#include "report/svg_inline.h"
#include "report/text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void zcb_page_text(const zcb_page *page, const char *text)
{
    zcb_text_html(page->stream, text != NULL && text[0] != '\0' ? text : "–");
}

void zcb_page_field(const zcb_page *page, const char *open, const char *text, const char *close)
{
    fputs(open, page->stream);
    zcb_page_text(page, text);
    fputs(close, page->stream);
}

void zcb_page_class(const zcb_page *page, const char *extra, zcb_about about)
{
    const struct {
        char letter;
        size_t index;
    } words[] = {{'g', about.group}, {'l', about.lane}, {'v', about.variant}};
    int used = extra[0] != '\0';
    if (!used && about.group == ZCB_ABOUT_ALL && about.lane == ZCB_ABOUT_ALL &&
        about.variant == ZCB_ABOUT_ALL) {
        return;
    }
    zcb_page_print(page, " class=\"%s", extra);
    for (size_t i = 0; i < 3; i++) {
        if (words[i].index != ZCB_ABOUT_ALL) {
            zcb_page_print(page, "%s%c%zu", used ? " " : "", words[i].letter, words[i].index);
            used = 1;
        }
    }
    fputc('"', page->stream);
}

zcb_about zcb_page_about(const zcb_page *page, const zcb_cell *cell)
{
    const zcb_run *run = &page->analysis->recorded->run;
    return (zcb_about){zcb_plan_group(run, cell), cell->lane,
                       zcb_plan_variant(run, cell->python), 0};
}

void zcb_page_heading(const zcb_page *page, const char *id, const char *text)
{
    zcb_page_print(page, "<h2 id=\"%s\">%s</h2>\n", id, text);
}

void zcb_page_begin_table(const zcb_page *page, const char *name)
{
    zcb_page_print(page,
                   "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n"
                   "<table>\n",
                   name);
}

void zcb_page_end_table(const zcb_page *page)
{
    fputs("</table>\n</div>\n", page->stream);
}

/* A section and whether there is one. */
typedef struct section {
    const char *id, *title;
    int is_there;
} section;

enum { SECTIONS = 12 };

static void list_sections(const zcb_page *page, section sections[SECTIONS])
{
    const zcb_recorded *recorded = page->analysis->recorded;
    const section all[SECTIONS] = {
        {"verdict", "Verdict", 1},
        {"machine", "Machine and interpreters", 1},
        {"forest", "Break-even", zcb_page_has_figures(page, ZCB_PICTURE_FOREST)},
        {"time", "Time against size", zcb_page_has_figures(page, ZCB_PICTURE_TIME)},
        {"speedup", "Speed-up against size", zcb_page_has_figures(page, ZCB_PICTURE_SPEEDUP)},
        {"heatmap", "Speed-up, pair × size", zcb_page_has_figures(page, ZCB_PICTURE_HEATMAP)},
        {"compare", "Interpreters compared", zcb_page_has_figures(page, ZCB_PICTURE_COMPARE)},
        {"memory", "Memory and meaning", recorded->memory_count > 0},
        {"controls", "Controls", zcb_page_has_figures(page, ZCB_PICTURE_CONTROLS)},
        {"cells", "Cells that are not ok", 1},
        {"lies", "Lies", recorded->lie_count > 0},
        {"method", "Method and rerun", 1},
    };
    memcpy(sections, all, sizeof all);
}

/* 1 when a pair before `index` is of the same group. */
static int is_known_group(const zcb_run *run, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (strcmp(zcb_plan_group_name(run, i), zcb_plan_group_name(run, index)) == 0) {
            return 1;
        }
    }
    return 0;
}

static size_t count_groups(const zcb_run *run)
{
    size_t count = 0;
    for (size_t i = 0; i < run->pair_count; i++) {
        count += is_known_group(run, i) ? 0 : 1;
    }
    return count;
}

static int has_lane(const zcb_run *run, zcb_lane lane)
{
    for (size_t i = 0; i < run->pair_count; i++) {
        if (run->pairs[i].lane == lane) {
            return 1;
        }
    }
    return 0;
}

static int has_both_lanes(const zcb_run *run)
{
    return has_lane(run, ZCB_LANE_PYTHON) && has_lane(run, ZCB_LANE_CAPI);
}

/* The rules that make a box of the filter work, without a script. */
static void write_filter_rules(const zcb_page *page)
{
    const zcb_run *run = &page->analysis->recorded->run;
    static const char rule[] = "#f%c%zu:not(:checked)~main .%c%zu{display:none}\n";
    for (size_t i = 0; i < run->pair_count; i++) {
        if (!is_known_group(run, i)) {
            zcb_page_print(page, rule, 'g', i, 'g', i);
        }
    }
    for (size_t lane = 0; lane < ZCB_LANE_COUNT; lane++) {
        zcb_page_print(page, rule, 'l', lane, 'l', lane);
    }
    for (size_t v = 0; v < run->variant_count; v++) {
        zcb_page_print(page, rule, 'v', v, 'v', v);
    }
}

static void write_head(const zcb_page *page)
{
    const zcb_run *run = &page->analysis->recorded->run;
    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
          "<meta name=\"color-scheme\" content=\"light dark\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
          "style-src 'unsafe-inline'; img-src data:\">\n"
          "<link rel=\"icon\" href=\"data:,\">\n<title>zcbench: ",
          page->stream);
    zcb_page_text(page, run->run_id);
    fputs("</title>\n<style>\n", page->stream);
    fwrite(zcb_page_css, 1, zcb_page_css_size, page->stream);
    zcb_svg_styles(page->stream);
    write_filter_rules(page);
    fputs("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#verdict\">Skip to the "
          "verdict</a>\n",
          page->stream);
}

static void write_title(const zcb_page *page)
{
    const zcb_run *run = &page->analysis->recorded->run;
    fputs("<header>\n<h1>When does sharing beat copying?</h1>\n<p>Measured by zcbench, run <b>",
          page->stream);
    zcb_page_text(page, run->run_id);
    fputs("</b>, on ", page->stream);
    zcb_page_text(page, run->machine.cpu_model);
    fputs(" with", page->stream);
    for (size_t v = 0; v < run->variant_count; v++) {
        fputs(v == 0 ? " " : ", ", page->stream);
        zcb_page_text(page, run->variants[v].name);
        fputs(" ", page->stream);
        zcb_page_text(page, run->variants[v].version);
    }
    fputs(". Speed-up is copy time ÷ view time: above 1× sharing wins. Intervals are 95 % "
          "intervals.</p>\n</header>\n",
          page->stream);
}

/* A box of the filter. Boxes stand before <main>, side by side with it: that is what their
 * rules need (a rule with :has() would do elsewhere, and took a browser half a minute). */
static void write_box(const zcb_page *page, char letter, size_t index, const char *text)
{
    zcb_page_print(page,
                   "<input class=\"filter\" type=\"checkbox\" id=\"f%c%zu\" checked>"
                   "<label class=\"filter\" for=\"f%c%zu\">",
                   letter, index, letter, index);
    zcb_page_text(page, text);
    fputs("</label>\n", page->stream);
}

static void write_filter(const zcb_page *page)
{
    const zcb_run *run = &page->analysis->recorded->run;
    if (count_groups(run) > 1) {
        fputs("<p class=\"filter\" id=\"filter\">Show groups:</p>\n", page->stream);
        for (size_t i = 0; i < run->pair_count; i++) {
            if (!is_known_group(run, i)) {
                write_box(page, 'g', i, zcb_plan_group_name(run, i));
            }
        }
    }
    if (has_both_lanes(run)) {
        fputs("<p class=\"filter\">Show lanes:</p>\n", page->stream);
        for (size_t lane = 0; lane < ZCB_LANE_COUNT; lane++) {
            write_box(page, 'l', lane, zcb_lane_name((zcb_lane)lane));
        }
    }
    if (run->variant_count > 1) {
        fputs("<p class=\"filter\">Show interpreters:</p>\n", page->stream);
        for (size_t v = 0; v < run->variant_count; v++) {
            write_box(page, 'v', v, run->variants[v].name);
        }
    }
}

static void write_contents(const zcb_page *page)
{
    section sections[SECTIONS];
    list_sections(page, sections);
    fputs("<nav aria-label=\"Contents\">\n<ul>\n", page->stream);
    for (size_t i = 0; i < SECTIONS; i++) {
        if (sections[i].is_there) {
            zcb_page_print(page, "<li><a href=\"#%s\">%s</a></li>\n", sections[i].id,
                           sections[i].title);
        }
    }
    fputs("</ul>\n</nav>\n", page->stream);
}

/* All sections, in order. */
static int write_sections(zcb_page *page, zcb_error *error)
{
    static const zcb_picture_kind first[] = {ZCB_PICTURE_FOREST, ZCB_PICTURE_TIME,
                                             ZCB_PICTURE_SPEEDUP, ZCB_PICTURE_HEATMAP,
                                             ZCB_PICTURE_COMPARE};
    if (zcb_page_verdict(page, error) != 0) {
        return -1;
    }
    zcb_page_machine(page);
    for (size_t i = 0; i < sizeof first / sizeof first[0]; i++) {
        if (zcb_page_figures(page, first[i], error) != 0) {
            return -1;
        }
    }
    zcb_page_memory(page);
    if (zcb_page_figures(page, ZCB_PICTURE_CONTROLS, error) != 0) {
        return -1;
    }
    zcb_page_cells(page);
    zcb_page_lies(page);
    zcb_page_method(page);
    return 0;
}

static int write_page(zcb_page *page, zcb_error *error)
{
    write_head(page);
    write_title(page);
    write_contents(page);
    fputs("<div>\n", page->stream);
    write_filter(page);
    fputs("<main>\n", page->stream);
    zcb_svg_shapes(page->stream);
    int result = write_sections(page, error);
    fputs("</main>\n</div>\n<footer><p>Made by zcbench " ZCB_VERSION
          " from the recorded files of this folder; <code>zcbench report</code> makes it "
          "again.</p></footer>\n</body>\n</html>\n",
          page->stream);
    return result;
}

int zcb_page_write(const zcb_analysis *analysis, const char *dir, const zcb_pictures *pictures,
                   FILE *stream, zcb_error *error)
{
    zcb_answers answers = {0};
    char plots[PATH_MAX], packed[PATH_MAX];
    if (snprintf(plots, sizeof plots, "%s/plots", dir) >= (int)sizeof plots ||
        snprintf(packed, sizeof packed, "%s/samples.csv.gz", dir) >= (int)sizeof packed) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "the path of plots is too long");
    }
    if (zcb_answers_make(analysis, &answers, error) != 0) {
        return -1;
    }
    /* Through memory: how large the page is decides what enters it. */
    char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);
    zcb_page page = {
        .stream = memory,
        .analysis = analysis,
        .answers = &answers,
        .pictures = pictures,
        .plots_dir = plots,
        .samples = access(packed, F_OK) == 0 ? "samples.csv.gz" : "samples.csv",
    };
    int result = memory == NULL ? -1 : write_page(&page, error);
    if (memory == NULL || (fclose(memory) != 0 && result == 0)) {
        result = zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    if (result == 0) {
        fwrite(text, 1, length, stream);
    }
    free(text);
    zcb_answers_clear(&answers);
    return result;
}
