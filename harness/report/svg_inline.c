/* Why this file: gnuplot repeats every colour, font and state change at every stroke; a page of
 * hundreds of pictures has room for none of that. */
#include "report/svg_inline.h"

#include "report/svg_palette.h"
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

/* How things look at some place in the file. */
typedef struct look {
    char fill[32], stroke[32], color[32], dash[48], anchor[16], weight[16];
    double width, opacity, font_size;
    double x, y, scale, turn; /* of transforms that hold text or a point shape */
} look;

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
    look looks[DEPTH_MAX];
    size_t depth;
    run runs[RUNS_MAX];
    size_t run_count;
    int is_short; /* of memory */
    double head;
} rewrite;

/* "rgb(  0, 114, 178)", "#ffffff", "black" as a number; -1: none of these. */
static long colour_of(const char *text)
{
    unsigned r, g, b;
    if (sscanf(text, "rgb( %u , %u , %u )", &r, &g, &b) == 3 && r < 256 && g < 256 && b < 256) {
        return (long)(r << 16 | g << 8 | b);
    }
    if (text[0] == '#' && strlen(text) == 7 && sscanf(text + 1, "%x", &r) == 1) {
        return (long)r;
    }
    return strcmp(text, "black") == 0 ? 0 : strcmp(text, "white") == 0 ? 0xffffff : -1;
}

/* "c3" for a colour of the palette; another becomes that of words. `letter`: f fill, s stroke,
 * c current colour. */
static void colour_class(const look *look, const char *text, char letter, char *out,
                         size_t size)
{
    size_t count;
    long colour = colour_of(strcmp(text, "currentColor") == 0 ? look->color : text);
    zcb_palette(&count);
    size_t index = zcb_palette_find((unsigned)colour);
    snprintf(out, size, "%c%zu", letter, colour < 0 || index == count ? 0 : index);
}

static void take_number(const zcb_svg_part *tag, const char *name, double *out)
{
    char text[32];
    if (zcb_svg_attribute(tag, name, text, sizeof text)) {
        *out = strtod(text, NULL);
    }
}

static void take_transform(const zcb_svg_part *tag, look *look)
{
    char text[128];
    if (!zcb_svg_attribute(tag, "transform", text, sizeof text)) {
        return;
    }
    const char *move = strstr(text, "translate("), *scale = strstr(text, "scale("),
               *turn = strstr(text, "rotate(");
    if (move != NULL) {
        sscanf(move, "translate( %lf , %lf )", &look->x, &look->y);
    }
    look->scale = scale != NULL ? strtod(scale + strlen("scale("), NULL) : look->scale;
    look->turn = turn != NULL ? strtod(turn + strlen("rotate("), NULL) : look->turn;
}

/* The look of what `tag` holds. */
static void take_look(const zcb_svg_part *tag, look *look)
{
    zcb_svg_attribute(tag, "fill", look->fill, sizeof look->fill);
    zcb_svg_attribute(tag, "stroke", look->stroke, sizeof look->stroke);
    zcb_svg_attribute(tag, "color", look->color, sizeof look->color);
    zcb_svg_attribute(tag, "stroke-dasharray", look->dash, sizeof look->dash);
    zcb_svg_attribute(tag, "text-anchor", look->anchor, sizeof look->anchor);
    zcb_svg_attribute(tag, "font-weight", look->weight, sizeof look->weight);
    take_number(tag, "stroke-width", &look->width);
    take_number(tag, "fill-opacity", &look->opacity);
    take_number(tag, "font-size", &look->font_size);
    take_transform(tag, look);
}

static long tenths(double value)
{
    return lround(10.0 * value);
}

/* A number of tenths, short: -.5, 12, 3.4. */
static void write_tenths(FILE *stream, long number)
{
    long size = number < 0 ? -number : number;
    fputs(number < 0 ? "-" : "", stream);
    if (size >= 10 || size == 0) {
        fprintf(stream, "%ld", size / 10);
    }
    if (size % 10 != 0) {
        fprintf(stream, ".%ld", size % 10);
    }
}

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

/* Two numbers with as little between them as can be. */
static void write_pair(FILE *stream, long a, long b)
{
    write_tenths(stream, a);
    fputs(b >= 0 ? " " : "", stream);
    write_tenths(stream, b);
}

/* Moves from *x, *y, known in tenths, to the next point, as short as can be; *letter is the
 * command before. */
static void write_step(FILE *stream, long *x, long *y, long to_x, long to_y, char *letter)
{
    long dx = to_x - *x, dy = to_y - *y;
    char next = dy == 0 ? 'h' : dx == 0 ? 'v' : 'l';
    int is_parted = next == *letter && (dy == 0 || dx != 0 ? dx : dy) < 0;
    if (!is_parted) {
        fputc(next, stream);
    }
    if (next == 'l') {
        write_pair(stream, dx, dy);
    } else {
        write_tenths(stream, dy == 0 ? dx : dy);
    }
    *letter = next;
    *x = to_x;
    *y = to_y;
}

/* Writes the points of a path ("M1,2 L3,4 …") or of a polygon ("1,2 3,4 …"); a move that
 * nothing is drawn from is left out. */
static void write_points(FILE *stream, const char *at, const char *end, int is_filled)
{
    long x = 0, y = 0, move_x = 0, move_y = 0;
    char letter = 'M';
    int is_moved = 1, has_line = 0;
    while (at < end) {
        if (*at == 'M' || *at == 'L') {
            is_moved = *at == 'M';
            at++;
        }
        char *rest;
        double a = strtod(at, &rest);
        if (rest == at || rest >= end || *rest != ',') {
            at++;
            continue;
        }
        double b = strtod(rest + 1, &rest);
        at = rest;
        if (is_moved) {
            move_x = tenths(a), move_y = tenths(b);
            is_moved = 0;
            has_line = 0;
            continue;
        }
        if (!has_line) {
            fputc('M', stream);
            write_pair(stream, move_x, move_y);
            x = move_x, y = move_y;
            letter = 'M';
            has_line = 1;
        }
        write_step(stream, &x, &y, tenths(a), tenths(b), &letter);
    }
    fputs(is_filled && has_line ? "Z" : "", stream);
}

static void write_path(rewrite *to, const zcb_svg_part *tag, const look *look, int is_filled)
{
    char style[STYLE_MAX], class[16];
    const char *points;
    size_t length;
    if (!zcb_svg_attribute_at(tag, is_filled ? "points" : "d", &points, &length)) {
        return;
    }
    colour_class(look, is_filled ? look->fill : look->stroke, is_filled ? 'f' : 's', class,
                 sizeof class);
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
        write_points(run->stream, points, points + length, is_filled);
    }
}

/* A full circle or square is the cap of a line without length: a third of the bytes. */
static void write_dot(rewrite *to, const look *look, int is_circle)
{
    const double width = 2.222; /* of the shapes below, their outline included */
    char style[STYLE_MAX], class[16];
    colour_class(look, "currentColor", 's', class, sizeof class);
    snprintf(style, sizeof style, "class=\"%s\" stroke-linecap=\"%s\" stroke-width=\"%.3g\"",
             class, is_circle ? "round" : "square", width * look->scale);
    run *run = run_of(to, KIND_PATH, style);
    if (run != NULL) {
        long x = tenths(look->x), y = tenths(look->y);
        fputc(run->x == 0 && run->y == 0 ? 'M' : 'm', run->stream);
        write_pair(run->stream, x - run->x, y - run->y);
        fputc('z', run->stream);
        run->x = x;
        run->y = y;
    }
}

/* A point shape; gnuplot calls them #gpPt0 to #gpPt14. */
static void write_use(rewrite *to, const zcb_svg_part *tag, const look *look)
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
    colour_class(look, "currentColor", 'c', class, sizeof class);
    snprintf(transform, sizeof transform, "scale(%.3g)", look->scale);
    snprintf(style, sizeof style, "class=\"%s\" transform=\"%s\"", class, transform);
    run *run = run_of(to, KIND_USE, style);
    if (run != NULL) {
        fprintf(run->stream, "<use href=\"#zp%u\" x=\"%.4g\" y=\"%.4g\"/>", number,
                look->x / look->scale, look->y / look->scale);
    }
}

/* Text of a file is XML already: it holds no '<', and what is an entity stays one. */
static void write_text(rewrite *to, const zcb_svg_part *part, const look *look)
{
    char style[STYLE_MAX], class[16];
    int is_upright = look->turn == 0.0;
    if (is_upright && look->y < to->head) {
        return;
    }
    colour_class(look, look->fill, 'f', class, sizeof class);
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
    look look = to->looks[to->depth];
    if (zcb_svg_is(tag, "defs") || zcb_svg_is(tag, "title") || zcb_svg_is(tag, "desc")) {
        skip_element(at, tag);
        return;
    }
    take_look(tag, &look);
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
            take_number(&part, "width", width);
            take_number(&part, "height", height);
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
    to->looks[0] = (look){
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

void zcb_svg_styles(FILE *stream)
{
    size_t count;
    const zcb_colour *colours = zcb_palette(&count);
    for (int is_dark = 0; is_dark < 2; is_dark++) {
        fputs(is_dark ? "@media screen and (prefers-color-scheme:dark){:root{" : ":root{",
              stream);
        for (size_t i = 0; i < count; i++) {
            fprintf(stream, "--z%zu:#%06x;", i, is_dark ? colours[i].dark : colours[i].light);
        }
        fputs(is_dark ? "}}\n" : "}\n", stream);
    }
    for (size_t i = 0; i < count; i++) {
        fprintf(stream,
                ".f%zu{fill:var(--z%zu)}.s%zu{stroke:var(--z%zu);fill:none}"
                ".c%zu{color:var(--z%zu)}\n",
                i, i, i, i, i, i);
    }
}

void zcb_svg_shapes(FILE *stream)
{
    static const char up[] = "M0-1.33-1.33.67h2.66z", down[] = "M0 1.33-1.33-.67h2.66z",
                      diamond[] = "M0-1.41 1.41 0 0 1.41-1.41 0z", square[] = "M-1-1h2v2h-2z",
                      ring[] = "M-1 0a1 1 0 1 1 2 0 1 1 0 1 1-2 0z",
                      penta[] = "M0 1.33 1.265.411.782-1.067-.782-1.076-1.265.411z";
    static const struct {
        const char *path;
        int is_full;
    } shapes[SHAPES] = {
        {"M-1 0h2M0-1v2", 0},
        {"M-1-1 1 1M1-1-1 1", 0},
        {"M-1 0h2M0-1v2M-1-1 1 1M-1 1 1-1", 0},
        {square, 0},
        {square, 1},
        {ring, 0},
        {ring, 1},
        {up, 0},
        {up, 1},
        {down, 0},
        {down, 1},
        {diamond, 0},
        {diamond, 1},
        {penta, 0},
        {penta, 1},
    };
    fputs("<svg class=\"shapes\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>", stream);
    for (int i = 0; i < SHAPES; i++) {
        fprintf(stream,
                "<path id=\"zp%d\" stroke-width=\".222\" stroke=\"currentColor\" "
                "fill=\"%s\" d=\"%s\"/>",
                i, shapes[i].is_full ? "currentColor" : "none", shapes[i].path);
    }
    fputs("</defs></svg>\n", stream);
}
