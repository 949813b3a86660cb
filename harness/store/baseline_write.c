/* A baseline to its file: one row per line, so that a changed figure is a changed line. */
#include "store/baseline_members.h"

#include "store/files.h"

#include <stdlib.h>

/* Five digits: what a launch can tell, and no more to review. */
#define ROW_FLAGS (JSON_ENCODE_ANY | JSON_REAL_PRECISION(5))

/* A new object with one struct's members. New reference or NULL. */
static json_t *object_of(const void *record, const zcb_json_table *table)
{
    json_t *object = json_object();
    if (object != NULL && zcb_json_write(object, record, table->members, table->count) < 0) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static json_t *figure_of(const zcb_baseline *baseline, size_t index)
{
    const zcb_baseline_figure *f = &baseline->figures[index];
    const zcb_cell *c = zcb_cells_at(baseline->cells, f->cell);
    /* read only: the tables know one kind of text */
    zcb_baseline_figure_row row = {(char *)c->python, (char *)c->pair, c->lane,
                                   c->heap,           c->cache,        c->consumer,
                                   c->size_bytes,     (char *)f->arm,  (char *)f->divisor,
                                   f->ratio,          f->lo,           f->hi,
                                   f->launches};
    return object_of(&row, &zcb_baseline_figure_members);
}

static json_t *breakeven_of(const zcb_baseline *baseline, size_t index)
{
    const zcb_baseline_breakeven *b = &baseline->breakevens[index];
    const zcb_cell *c = zcb_cells_at(baseline->cells, b->cell);
    zcb_baseline_breakeven_row row = {
        (char *)c->python, (char *)c->pair, c->lane,           c->heap,  c->cache, c->consumer,
        c->size_bytes,     (char *)b->arm,  (char *)b->status, b->bytes, b->lo,    b->hi};
    return object_of(&row, &zcb_baseline_breakeven_members);
}

static json_t *variant_of(const zcb_baseline *baseline, size_t index)
{
    return object_of(&baseline->variants[index], &zcb_baseline_variant_members);
}

/* Writes `value` on the line begun, and releases it. 0, or -1 where there is none. */
static int put_value(FILE *stream, json_t *value)
{
    int status = value == NULL ? -1 : json_dumpf(value, stream, ROW_FLAGS);
    json_decref(value);
    return status < 0 && !ferror(stream) ? -1 : 0;
}

/* The list `name`, an element a line. */
static int put_rows(FILE *stream, const char *name, const zcb_baseline *baseline, size_t count,
                    json_t *(*row_of)(const zcb_baseline *, size_t))
{
    fprintf(stream, ",\n\"%s\": [", name);
    for (size_t i = 0; i < count; i++) {
        fputs(i == 0 ? "\n" : ",\n", stream);
        if (put_value(stream, row_of(baseline, i)) < 0) {
            return -1;
        }
    }
    fputs(count > 0 ? "\n]" : "]", stream);
    return 0;
}

static int put_document(FILE *stream, const zcb_baseline *b)
{
    fprintf(stream,
            "{\n\"format\": \"%s\",\n\"schema\": %d,\n\"measured\": ", ZCB_BASELINE_FORMAT,
            ZCB_BASELINE_SCHEMA);
    if (put_value(stream, object_of(b, &zcb_baseline_head_members)) < 0) {
        return -1;
    }
    if (put_rows(stream, "interpreters", b, b->variant_count, variant_of) < 0 ||
        put_rows(stream, "figures", b, b->figure_count, figure_of) < 0 ||
        put_rows(stream, "breakevens", b, b->breakeven_count, breakeven_of) < 0) {
        return -1;
    }
    fputs("\n}\n", stream);
    return 0;
}

int zcb_baseline_write(const char *path, const zcb_baseline *baseline, zcb_error *error)
{
    zcb_file *file = zcb_file_begin(path, error);
    if (file == NULL) {
        return -1;
    }
    if (put_document(zcb_file_stream(file), baseline) < 0) {
        zcb_file_discard(file);
        return zcb_fail(error, ZCB_EXIT_INTERNAL,
                        "cannot write '%s': out of memory, or a name out of range", path);
    }
    return zcb_file_commit(file, error);
}
