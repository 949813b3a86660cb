/* Why this file: gnuplot repeats every colour, font and state change at every stroke; a page of
 * hundreds of pictures has room for none of that. */
#include "report/svg_inline.h"

#include "report/svg_look.h"
#include "report/svg_points.h"
#include "report/svg_reader.h"
#include "report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEPTH_MAX = 32,
    STYLE_MAX = 192,
    SHAPES = 15,
    FULL_SQUARE = 4,
    FULL_CIRCLE = 6,
    RUNS_MAX = 24
};

/* The style sheet's own, of words and of ribbons. */
#define FONT_SIZE 12.0
#define RIBBON_OPACITY 0.22

typedef enum kind { KIND_PATH, KIND_USE, KIND_TEXT } kind;

/* Things of one kind and style that become one element. Owns its text. */
typedef struct run {
    kind kind;
    char style[STYLE_MAX];
    FILE *stream;
    char *text;
    size_t length;
    long x, y; /* where its last dot stands */
} run;

/* A picture being rewritten. Lines, shapes and words are collected in runs, in the order in
 * which the runs begin, until an area comes: only what lies over or under an area has to stay
 * there. Positions are in tenths of a point. */
typedef struct rewrite {
    FILE *stream;
    zcb_svg_look looks[DEPTH_MAX];
    size_t depth;
    run runs[RUNS_MAX];
    size_t run_count;
    int is_short; /* of memory */
    double head;
} rewrite;

/* Writes all runs, one element each. */
static void end_runs(rewrite *to)
{
    for (size_t i = 0; i < to->run_count; i++) {
        run *run = &to->runs[i];
        to->is_short |= fclose(run->stream) != 0;
        if (run->length == 0) {
            free(run->text); /* moves that drew nothing */
            continue;
        }
        fprintf(to->stream, run->kind == KIND_PATH ? "\n<path %s d=\"" : "\n<g %s>",
                run->style);
        fwrite(run->text, 1, run->length, to->stream);
        fputs(run->kind == KIND_PATH ? "\"/>" : "</g>", to->stream);
        free(run->text);
    }
    to->run_count = 0;
}

/* Where things of this kind and style are collected; NULL when memory is short. */
static run *run_of(rewrite *to, kind kind, const char *style)
{
    for (size_t i = 0; i < to->run_count; i++) {
        if (to->runs[i].kind == kind && strcmp(to->runs[i].style, style) == 0) {
            return &to->runs[i];
        }
    }
    if (to->run_count == RUNS_MAX) {
        end_runs(to);
    }
    run *run = &to->runs[to->run_count];
    *run = (struct run){.kind = kind};
    snprintf(run->style, sizeof run->style, "%s", style);
    run->stream = open_memstream(&run->text, &run->length);
    if (run->stream == NULL) {
        to->is_short = 1;
        return NULL;
    }
    to->run_count++;
    return run;
}

/* " name=\"…\"" of digits, dots, commas and spaces only, taken from `value`. */
static void add_numbers(char *style, size_t size, const char *name, const char *value)
{
    size_t used = strlen(style);
    if (value[0] != '\0' && strspn(value, "0123456789., ") == strlen(value)) {
        snprintf(style + used, size - used, " %s=\"%s\"", name, value);
    }
}

static void add_number(char *style, size_t size, const char *name, double value, double usual)
{
    char text[32];
    if (value != usual) {
        snprintf(text, sizeof text, "%.3g", value);
        add_numbers(style, size, name, text);
    }
}

static void write_path(rewrite *to, const zcb_svg_part *tag, const zcb_svg_look *look,
                       int is_filled)
{
    char style[STYLE_MAX], class[16];
    const char *points;
    size_t length;
    if (!zcb_svg_attribute_at(tag, is_filled ? "points" : "d", &points, &length)) {
        return;
    }
    zcb_svg_colour_class(look, is_filled ? look->fill : look->stroke, is_filled ? 'f' : 's',
                         class, sizeof class);
    int is_ribbon = is_filled && look->opacity == RIBBON_OPACITY;
    snprintf(style, sizeof style, "class=\"%s%s\"", is_ribbon ? "r " : "", class);
    if (is_filled) {
        add_number(style, sizeof style, "fill-opacity", is_ribbon ? 1.0 : look->opacity, 1.0);
    } else {
        add_number(style, sizeof style, "stroke-width", look->width, 1.0);
        add_numbers(style, sizeof style, "stroke-dasharray", look->dash);
    }
    if (is_filled && (to->run_count != 1 || strcmp(to->runs[0].style, style) != 0)) {
        end_runs(to);
    }
    run *run = run_of(to, KIND_PATH, style);
    if (run != NULL) {
        zcb_svg_write_points(run->stream, points, points + length, is_filled);
    }
}

/* A full circle or square is the cap of a line without length: a third of the bytes. */
static void write_dot(rewrite *to, const zcb_svg_look *look, int is_circle)
{
    const double width = 2.222; /* of the shapes below, their outline included */
    char style[STYLE_MAX], class[16];
    zcb_svg_colour_class(look, "currentColor", 's', class, sizeof class);
    snprintf(style, sizeof style, "class=\"%s\" stroke-linecap=\"%s\" stroke-width=\"%.3g\"",
             class, is_circle ? "round" : "square", width * look->scale);
    run *run = run_of(to, KIND_PATH, style);
    if (run != NULL) {
        long x = zcb_svg_tenths(look->x), y = zcb_svg_tenths(look->y);
        fputc(run->x == 0 && run->y == 0 ? 'M' : 'm', run->stream);
        zcb_svg_write_pair(run->stream, x - run->x, y - run->y);
        fputc('z', run->stream);
        run->x = x;
        run->y = y;
    }
}

/* A point shape; gnuplot calls them #gpPt0 to #gpPt14. */
static void write_use(rewrite *to, const zcb_svg_part *tag, const zcb_svg_look *look)
{
    char style[STYLE_MAX], class[16], shape[32], transform[64];
    int has_shape = zcb_svg_attribute(tag, "xlink:href", shape, sizeof shape) ||
                    zcb_svg_attribute(tag, "href", shape, sizeof shape);
    unsigned number;
    if (!has_shape || sscanf(shape, "#gpPt%u", &number) != 1 || number >= SHAPES ||
        !(look->scale > 0.0)) {
        return;
    }
    if (number == FULL_SQUARE || number == FULL_CIRCLE) {
        write_dot(to, look, number == FULL_CIRCLE);
        return;
    }
    zcb_svg_colour_class(look, "currentColor", 'c', class, sizeof class);
    snprintf(transform, sizeof transform, "scale(%.3g)", look->scale);
    snprintf(style, sizeof style, "class=\"%s\" transform=\"%s\"", class, transform);
    run *run = run_of(to, KIND_USE, style);
    if (run != NULL) {
        fprintf(run->stream, "<use href=\"#zp%u\" x=\"%.4g\" y=\"%.4g\"/>", number,
                look->x / look->scale, look->y / look->scale);
    }
}

/* Text of a file is XML already: it holds no '<', and what is an entity stays one. */
static void write_text(rewrite *to, const zcb_svg_part *part, const zcb_svg_look *look)
{
    char style[STYLE_MAX], class[16];
    int is_upright = look->turn == 0.0;
    if (is_upright && look->y < to->head) {
        return;
    }
    zcb_svg_colour_class(look, look->fill, 'f', class, sizeof class);
    snprintf(style, sizeof style, "class=\"%s\"%s", class,
             strcmp(look->anchor, "end") == 0      ? " text-anchor=\"end\""
             : strcmp(look->anchor, "middle") == 0 ? " text-anchor=\"middle\""
                                                   : "");
    add_number(style, sizeof style, "font-size", look->font_size, FONT_SIZE);
    run *run = run_of(to, KIND_TEXT, style);
    if (run == NULL) {
        return;
    }
    FILE *stream = run->stream;
    if (is_upright) {
        fputs("<text x=\"", stream);
        fprintf(stream, "%ld\" y=\"%ld", lround(look->x), lround(look->y));
    } else {
        fprintf(stream, "<text transform=\"translate(%.0f %.0f)rotate(%.3g)", look->x, look->y,
                look->turn);
    }
    fprintf(stream, "\">%.*s</text>", (int)part->length, part->text);
}

/* Passes over everything up to the end of the element that `tag` opened. */
static void skip_element(const char **at, const zcb_svg_part *tag)
{
    size_t length = strcspn(tag->text, " \t\n\r/>");
    zcb_svg_part part;
    while (!tag->is_empty && zcb_svg_next(at, &part)) {
        if (part.kind == ZCB_SVG_CLOSE && part.length >= length &&
            strncmp(part.text, tag->text, length) == 0) {
            return;
        }
    }
}

static void open_tag(rewrite *to, const char **at, const zcb_svg_part *tag)
{
    zcb_svg_look look = to->looks[to->depth];
    if (zcb_svg_is(tag, "defs") || zcb_svg_is(tag, "title") || zcb_svg_is(tag, "desc")) {
        skip_element(at, tag);
        return;
    }
    zcb_svg_take_look(tag, &look);
    if (zcb_svg_is(tag, "g") || zcb_svg_is(tag, "text") || zcb_svg_is(tag, "tspan")) {
        if (!tag->is_empty && to->depth + 1 < DEPTH_MAX) {
            to->looks[++to->depth] = look;
        }
    } else if (zcb_svg_is(tag, "path")) {
        write_path(to, tag, &look, 0);
    } else if (zcb_svg_is(tag, "polygon")) {
        write_path(to, tag, &look, 1);
    } else if (zcb_svg_is(tag, "use")) {
        write_use(to, tag, &look);
    }
}

static int is_blank(const zcb_svg_part *part)
{
    return strspn(part->text, " \t\r\n") >= part->length;
}

static void rewrite_all(rewrite *to, const char *at)
{
    zcb_svg_part part;
    while (zcb_svg_next(&at, &part)) {
        if (part.kind == ZCB_SVG_OPEN) {
            open_tag(to, &at, &part);
        } else if (part.kind == ZCB_SVG_TEXT) {
            if (!is_blank(&part)) {
                write_text(to, &part, &to->looks[to->depth]);
            }
        } else if (to->depth > 0 && (zcb_svg_is(&part, "g") || zcb_svg_is(&part, "text") ||
                                     zcb_svg_is(&part, "tspan"))) {
            to->depth--;
        }
    }
    end_runs(to);
}

/* Width and height of the picture; 0 when `svg` is none of gnuplot's. */
static int read_size(const char *svg, double *width, double *height)
{
    zcb_svg_part part;
    *width = *height = 0.0;
    while (zcb_svg_next(&svg, &part)) {
        if (part.kind == ZCB_SVG_OPEN && zcb_svg_is(&part, "svg")) {
            zcb_svg_take_number(&part, "width", width);
            zcb_svg_take_number(&part, "height", height);
            break;
        }
    }
    return *width > 0.0 && *height > 0.0 && *width < 1e5 && *height < 1e5;
}

int zcb_svg_inline(FILE *stream, const char *svg, unsigned head, const char *alt,
                   zcb_error *error)
{
    double width, height;
    char *text = NULL;
    size_t length = 0;
    if (!read_size(svg, &width, &height) || head >= height) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "no picture of gnuplot's");
    }
    rewrite *to = calloc(1, sizeof *to);
    FILE *memory = open_memstream(&text, &length);
    int result = -1;
    if (to == NULL || memory == NULL) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
        goto done;
    }
    to->stream = memory;
    to->head = head;
    to->looks[0] = (zcb_svg_look){
        .fill = "none", .stroke = "none", .color = "black", .width = 1.0, .opacity = 1.0};
    rewrite_all(to, svg);
    int is_short = fclose(memory) != 0 || to->is_short;
    memory = NULL;
    if (is_short) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
        goto done;
    }
    fprintf(stream,
            "<svg class=\"picture\" viewBox=\"0 %u %.0f %.0f\" role=\"img\" aria-label=\"",
            head, width, height - head);
    zcb_text_html(stream, alt);
    fputs("\">", stream);
    fwrite(text, 1, length, stream);
    fputs("</svg>\n", stream);
    result = 0;
done:
    if (memory != NULL) {
        fclose(memory);
    }
    free(text);
    free(to);
    return result;
}
