/* Why this file: parameter files are programs to gnuplot; all text enters them through one
 * door. */
#include "report/plot_parts.h"

#include "report/text.h"
#include "store/files.h"

#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int is_taken(const zcb_pictures *pictures, const char *name)
{
    for (size_t i = 0; i < pictures->count; i++) {
        if (strcmp(pictures->names[i], name) == 0) {
            return 1;
        }
    }
    return 0;
}

const char *zcb_pictures_add(zcb_pictures *pictures, const char *text)
{
    char base[ZCB_PICTURE_NAME_MAX - 24], name[ZCB_PICTURE_NAME_MAX];
    if (pictures->count == pictures->capacity) {
        size_t capacity = 2 * pictures->capacity + 16;
        void *names = realloc(pictures->names, capacity * sizeof *pictures->names);
        if (names == NULL) {
            return NULL;
        }
        pictures->names = names;
        pictures->capacity = capacity;
    }
    zcb_text_filename(text, base, sizeof base);
    snprintf(name, sizeof name, "%s", base);
    for (unsigned again = 2; is_taken(pictures, name); again++) {
        snprintf(name, sizeof name, "%s-%u", base, again);
    }
    memcpy(pictures->names[pictures->count], name, sizeof name);
    return pictures->names[pictures->count++];
}

void zcb_pictures_clear(zcb_pictures *pictures)
{
    free(pictures->names);
    *pictures = (zcb_pictures){0};
}

char *zcb_plot_conditions(const zcb_cell *cell, const char *before, char *out, size_t size)
{
    const struct {
        int is_special;
        const char *word;
    } words[] = {
        {cell->heap != ZCB_HEAP_DEFAULT, zcb_heap_name(cell->heap)},
        {cell->cache != ZCB_CACHE_HOT, zcb_cache_name(cell->cache)},
        {cell->consumer != ZCB_CONSUMER_DROP, zcb_consumer_name(cell->consumer)},
    };
    out[0] = '\0';
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t used = strlen(out);
        if (words[i].is_special) {
            snprintf(out + used, size - used, "%s%s", before, words[i].word);
        }
    }
    return out;
}

void zcb_plot_range_add(zcb_plot_range *range, double value)
{
    if (!isfinite(value) || value <= 0.0) {
        return;
    }
    range->lo = range->lo == 0.0 || value < range->lo ? value : range->lo;
    range->hi = value > range->hi ? value : range->hi;
}

void zcb_plot_head(FILE *stream, const char *name)
{
    fprintf(stream,
            "# One picture's parameters. Draw it again, in this folder: gnuplot -d %s.gp\n"
            "name = '%s'\nsvg_name = '",
            name, name); /* made by zcb_text_filename: no quotes inside */
    for (const char *c = name; *c != '\0'; c++) {
        fputc(isalnum((unsigned char)*c) ? *c : '_', stream);
    }
    fputs("'\n", stream);
}

void zcb_plot_text(FILE *stream, const char *key, const char *text, size_t columns)
{
    char shown[512];
    zcb_text_visible(text, shown, sizeof shown);
    if (zcb_text_width(shown) > columns) {
        strcpy(shown + zcb_text_fit(shown, columns > 0 ? columns - 1 : 0), "…");
    }
    fprintf(stream, "%s = ", key);
    zcb_text_gnuplot(stream, shown);
    fputc('\n', stream);
}

void zcb_plot_number(FILE *stream, const char *key, double number)
{
    fprintf(stream, "%s = %.9g\n", key, number);
}

void zcb_plot_size_axis(FILE *stream, zcb_plot_range sizes, int labels)
{
    double octaves = log2(sizes.hi / sizes.lo), room = octaves < 1.0 ? 2.0 : 1.25;
    int step = 1; /* octaves from label to label */
    while (octaves / step > labels) {
        step++;
    }
    step = step == 3 ? 4 : step == 5 ? 6 : step; /* 64 B, 1 KiB, … rather than odd octaves */
    zcb_plot_number(stream, "x_min", sizes.lo / room);
    zcb_plot_number(stream, "x_max", sizes.hi * room);
    zcb_plot_number(stream, "x_step", exp2(step));
    zcb_plot_number(stream, "x_minor", step);
}

struct zcb_file *zcb_plot_begin(const char *folder, const char *name, const char *ending,
                                zcb_error *error)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/%s%s", folder, name, ending);
    if (length < 0 || (size_t)length >= sizeof path) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "the path of %s%s is too long", name, ending);
        return NULL;
    }
    return zcb_file_begin(path, error);
}
