/* Why this file: a picture alone says nothing to who can't see it, and little to who does not
 * know what it shows; here each gets its sentence, its name and its sources. */
#include "report/page_parts.h"

#include "report/plan.h"
#include "report/svg_inline.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

/* A page below 5 MB still loads at once; tables and
 * the pictures there are few of come behind those there are many of. */
#define PAGE_BYTES_MAX ((off_t)4980000)
#define TABLES_BYTES ((off_t)560000)
#define FIGURE_BYTES ((off_t)520) /* without its picture */
#define SVG_BYTES_MAX ((size_t)16 << 20)

/* What a section says before its pictures. */
typedef struct section {
    const char *title, *text;
    int is_wide;    /* one under the other, not side by side */
    int has_groups; /* several for each group and lane: a heading for them */
} section;

static const section SECTIONS[ZCB_PICTURE_COUNT] = {
    [ZCB_PICTURE_FOREST] = {"Break-even",
                            "From which size on sharing is faster: a shape for each "
                            "interpreter, with the interval "
                            "of its break-even as a bar. An arrow to the left: at every size "
                            "that was measured; to "
                            "the right: at none; a cross: the data show no break-even.",
                            0, 0},
    [ZCB_PICTURE_TIME] =
        {"Time against size",
         "What one operation takes. Ribbons are intervals, the upright band is the break-even, "
         "dotted lines are cache sizes. limit is a plain memcpy of the same bytes.",
         0, 1},
    [ZCB_PICTURE_SPEEDUP] =
        {"Speed-up against size",
         "Copy time ÷ view time, a curve for each interpreter; above the line at 1× sharing "
         "wins. Rings are break-evens.",
         0, 1},
    [ZCB_PICTURE_HEATMAP] =
        {"Speed-up, pair × size",
         "Each field holds a speed-up (k: thousands). Blue: sharing is faster, red: copying "
         "is; "
         "the deeper, the more (2×, 10×). Grey: within 2 %, or the interval holds 1.",
         1, 1},
    [ZCB_PICTURE_COMPARE] =
        {"Interpreters compared",
         "Each interpreter against the first one. Hollow: the data do not tell them apart. The "
         "last row is the geometric mean.",
         1, 0},
    [ZCB_PICTURE_CONTROLS] = {"Controls",
                              "Whether the instrument can be believed: the same code visited "
                              "twice must take the same "
                              "time, and nothing should move over the run.",
                              1, 0},
};

int zcb_page_has_figures(const zcb_page *page, zcb_picture_kind figure)
{
    for (size_t i = 0; i < page->pictures->count; i++) {
        if (page->pictures->items[i].figure == figure) {
            return 1;
        }
    }
    return 0;
}

/* The text of a picture's file; NULL when it can't be read. The caller frees it. */
static char *read_svg(const zcb_page *page, const zcb_picture *picture)
{
    char path[PATH_MAX];
    char *text = NULL;
    snprintf(path, sizeof path, "%s/%s.svg", page->plots_dir, picture->name);
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        return NULL;
    }
    long size = fseek(stream, 0, SEEK_END) == 0 ? ftell(stream) : -1;
    if (size > 0 && (size_t)size < SVG_BYTES_MAX && fseek(stream, 0, SEEK_SET) == 0) {
        text = malloc((size_t)size + 1);
    }
    if (text != NULL) {
        text[fread(text, 1, (size_t)size, stream)] = '\0';
    }
    fclose(stream);
    return text;
}

/* What the page will need behind this place if no further picture enters it. */
static off_t bytes_to_come(const zcb_page *page)
{
    return TABLES_BYTES + FIGURE_BYTES * (off_t)(page->pictures->count - page->figure_count);
}

/* 1 for the kinds that a large catalogue has hundreds of: the others always enter the page. */
static int is_one_of_many(const zcb_picture *picture)
{
    return picture->figure == ZCB_PICTURE_TIME || picture->figure == ZCB_PICTURE_SPEEDUP ||
           picture->figure == ZCB_PICTURE_HEATMAP;
}

/* The picture itself, or why it is not there. */
static int write_picture(zcb_page *page, const zcb_picture *picture, int is_wide,
                         zcb_error *error)
{
    char *text = NULL, *svg;
    size_t length = 0;
    if (!picture->is_drawn) {
        return 0; /* one note on top says why */
    }
    svg = read_svg(page, picture);
    FILE *memory = open_memstream(&text, &length);
    int result = -1;
    if (svg == NULL || memory == NULL) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "plots/%s.svg can't be read", picture->name);
        goto done;
    }
    if (zcb_svg_inline(memory, svg, picture->head, picture->alt, error) != 0 ||
        fflush(memory) != 0) {
        goto done;
    }
    if (is_one_of_many(picture) &&
        ftello(page->stream) + (off_t)length + bytes_to_come(page) > PAGE_BYTES_MAX) {
        fputs("<p>Left out of this page to keep it small: see the files below.</p>\n",
              page->stream);
    } else {
        fputs(is_wide ? "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                        "aria-label=\"picture\">\n"
                      : "",
              page->stream);
        fwrite(text, 1, length, page->stream);
        fputs(is_wide ? "</div>\n" : "", page->stream);
    }
    result = 0;
done:
    if (memory != NULL) {
        fclose(memory);
    }
    free(text);
    free(svg);
    return result;
}

static void write_links(const zcb_page *page, const zcb_picture *picture)
{
    static const char *const endings[] = {"csv", "gp"};
    static const char *const words[] = {"data", "script"};
    fputs("<p class=\"links\">", page->stream);
    for (size_t i = 0; i < 2; i++) {
        zcb_page_print(page, "<a href=\"plots/%s.%s\">%s</a>", picture->name, endings[i],
                       words[i]);
    }
    fputs("</p>\n", page->stream);
}

static int write_figure(zcb_page *page, const zcb_picture *picture, const char *heading,
                        int is_wide, zcb_error *error)
{
    page->figure_count++;
    zcb_page_print(page, "<figure id=\"%s\"", picture->name);
    zcb_page_class(page, "", picture->about);
    zcb_page_print(page, ">\n<figcaption><%s>", heading);
    zcb_page_text(page, picture->heading);
    zcb_page_print(page, "</%s>", heading);
    if (picture->finding[0] != '\0') {
        zcb_page_field(page, "<p>", picture->finding, "</p>");
    }
    fputs("</figcaption>\n", page->stream);
    if (write_picture(page, picture, is_wide, error) != 0) {
        return -1;
    }
    write_links(page, picture);
    fputs("</figure>\n", page->stream);
    return 0;
}

/* The order on the page: by group, lane, pair, then interpreter. */
static int compare_pictures(const void *left, const void *right)
{
    const zcb_picture *a = *(const zcb_picture *const *)left,
                      *b = *(const zcb_picture *const *)right;
    const size_t keys[][2] = {{a->about.group, b->about.group},
                              {a->about.lane, b->about.lane},
                              {a->about.rank, b->about.rank},
                              {a->about.variant, b->about.variant},
                              {(size_t)a, (size_t)b}}; /* of one array */
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (keys[i][0] != keys[i][1]) {
            return keys[i][0] < keys[i][1] ? -1 : 1;
        }
    }
    return 0;
}

/* Opens a group and lane with its heading, when the picture begins one. */
static void begin_group(const zcb_page *page, const zcb_picture *picture,
                        const zcb_picture *before, const section *section)
{
    const zcb_about *about = &picture->about;
    if (before != NULL && (!section->has_groups || (before->about.group == about->group &&
                                                    before->about.lane == about->lane))) {
        return;
    }
    fputs(before != NULL ? "</div>\n" : "", page->stream);
    if (section->has_groups && about->group != ZCB_ABOUT_ALL) {
        zcb_about place = {about->group, about->lane, ZCB_ABOUT_ALL, 0};
        fputs("<h3", page->stream);
        zcb_page_class(page, "", place);
        zcb_page_field(page, ">",
                       zcb_plan_group_name(&page->analysis->recorded->run, about->group), "");
        zcb_page_print(page, " · %s lane</h3>\n", zcb_lane_name((zcb_lane)about->lane));
    }
    zcb_page_print(page, "<div class=\"figures%s\">\n", section->is_wide ? " wide" : "");
}

int zcb_page_figures(zcb_page *page, zcb_picture_kind figure, zcb_error *error)
{
    const section *section = &SECTIONS[figure];
    const zcb_picture **order = calloc(page->pictures->count + 1, sizeof(zcb_picture *));
    size_t count = 0;
    int result = 0, is_drawn = 0;
    if (order == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    for (size_t i = 0; i < page->pictures->count; i++) {
        if (page->pictures->items[i].figure == figure) {
            is_drawn |= page->pictures->items[i].is_drawn;
            order[count++] = &page->pictures->items[i];
        }
    }
    qsort(order, count, sizeof(zcb_picture *), compare_pictures);
    if (count > 0) {
        zcb_page_heading(page, zcb_picture_kind_name(figure), section->title);
        zcb_page_print(page, "<p>%s</p>\n", section->text);
        fputs(is_drawn ? "" : "<p>There are no pictures: gnuplot was missing or failed.</p>\n",
              page->stream);
    }
    for (size_t i = 0; result == 0 && i < count; i++) {
        int has_group = section->has_groups && order[i]->about.group != ZCB_ABOUT_ALL;
        begin_group(page, order[i], i > 0 ? order[i - 1] : NULL, section);
        result = write_figure(page, order[i], has_group ? "h4" : "h3", section->is_wide, error);
    }
    fputs(count > 0 ? "</div>\n" : "", page->stream);
    free(order);
    return result;
}
