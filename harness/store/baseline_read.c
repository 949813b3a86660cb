/* A baseline from its file. It comes from a repository: nothing in it is taken on trust. */
#include "store/baseline_members.h"

#include "store/json_file.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BASELINE_MAX ((size_t)64 * 1024 * 1024)

/* Reads one element of a list into the baseline's next row. */
typedef int (*row_reader)(const json_t *element, const char *where, zcb_baseline *out,
                          zcb_error *error);

static int no_memory(zcb_error *error)
{
    return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory reading a baseline");
}

static int read_table(const json_t *object, void *record, const zcb_json_table *table,
                      const char *where, zcb_error *error)
{
    return zcb_json_read(object, record, table->members, table->count, where, error);
}

static int read_variant(const json_t *element, const char *where, zcb_baseline *out,
                        zcb_error *error)
{
    return read_table(element, &out->variants[out->variant_count++],
                      &zcb_baseline_variant_members, where, error);
}

/* Index of the row's cell in the baseline's, or -1 with `error` filled. */
static int64_t add_cell(zcb_baseline *out, const zcb_cell *cell, const char *where,
                        zcb_error *error)
{
    if (cell->size_bytes == 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "%s has size 0", where);
    }
    if (zcb_baseline_find(out, cell->python) == NULL) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "%s is of '%s', which is not in interpreters",
                        where, cell->python);
    }
    int64_t index = zcb_cells_add(out->cells, cell);
    return index < 0 ? no_memory(error) : index;
}

static int take_figure(const zcb_baseline_figure_row *row, const char *where, zcb_baseline *out,
                       zcb_error *error)
{
    int is_arm = strcmp(row->arm, ZCB_ARM_COPY) == 0 || zcb_arm_is_alternative(row->arm);
    int is_divisor =
        strcmp(row->divisor, ZCB_ARM_NULL) == 0 || strcmp(row->divisor, ZCB_ARM_LIMIT) == 0;
    if (!is_arm || !is_divisor) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "%s compares '%s' with '%s', and not copy or a view with null or limit",
                        where, row->arm, row->divisor);
    }
    if (!(row->lo > 0 && row->lo <= row->ratio && row->ratio <= row->hi) || row->launches < 2) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "%s has no ratio above 0 with an interval over two launches or more",
                        where);
    }
    zcb_cell cell = {row->python, row->pair,     row->lane,      row->heap,
                     row->cache,  row->consumer, row->size_bytes};
    int64_t index = add_cell(out, &cell, where, error);
    if (index < 0) {
        return -1;
    }
    zcb_baseline_figure *f = &out->figures[out->figure_count++];
    *f = (zcb_baseline_figure){(uint32_t)index,
                               zcb_cells_intern(out->cells, row->arm),
                               zcb_cells_intern(out->cells, row->divisor),
                               row->ratio,
                               row->lo,
                               row->hi,
                               row->launches};
    return f->arm == NULL || f->divisor == NULL ? no_memory(error) : 0;
}

static int read_figure(const json_t *element, const char *where, zcb_baseline *out,
                       zcb_error *error)
{
    zcb_baseline_figure_row row = {0};
    int status = read_table(element, &row, &zcb_baseline_figure_members, where, error);
    if (status == 0) {
        status = take_figure(&row, where, out, error);
    }
    free(row.python);
    free(row.pair);
    free(row.arm);
    free(row.divisor);
    return status;
}

static int take_breakeven(const zcb_baseline_breakeven_row *row, const char *where,
                          zcb_baseline *out, zcb_error *error)
{
    int is_crossed = strcmp(row->status, "crossed") == 0;
    if (!zcb_arm_is_alternative(row->arm) ||
        (is_crossed && !(row->lo > 0 && row->lo <= row->bytes && row->bytes <= row->hi))) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "%s is no break-even of a view: crossed needs bytes with an interval",
                        where);
    }
    zcb_cell cell = {row->python, row->pair,     row->lane,    row->heap,
                     row->cache,  row->consumer, row->size_min};
    int64_t index = add_cell(out, &cell, where, error);
    if (index < 0) {
        return -1;
    }
    zcb_baseline_breakeven *b = &out->breakevens[out->breakeven_count++];
    *b = (zcb_baseline_breakeven){(uint32_t)index,
                                  zcb_cells_intern(out->cells, row->arm),
                                  zcb_cells_intern(out->cells, row->status),
                                  is_crossed ? row->bytes : (double)NAN,
                                  is_crossed ? row->lo : (double)NAN,
                                  is_crossed ? row->hi : (double)NAN};
    return b->arm == NULL || b->status == NULL ? no_memory(error) : 0;
}

static int read_breakeven(const json_t *element, const char *where, zcb_baseline *out,
                          zcb_error *error)
{
    zcb_baseline_breakeven_row row = {0};
    int status = read_table(element, &row, &zcb_baseline_breakeven_members, where, error);
    if (status == 0) {
        status = take_breakeven(&row, where, out, error);
    }
    free(row.python);
    free(row.pair);
    free(row.arm);
    free(row.status);
    return status;
}

/* Reads the list `name`, which must be there, into rows of `size` bytes at *rows. */
static int read_list(const json_t *root, const char *name, size_t size, void *rows,
                     row_reader reader, zcb_baseline *out, zcb_error *error)
{
    const json_t *list = json_object_get(root, name);
    if (!json_is_array(list)) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "%s is not a list", name);
    }
    void *made = calloc(json_array_size(list) + 1, size);
    if (made == NULL) {
        return no_memory(error);
    }
    memcpy(rows, &made, sizeof made);
    for (size_t i = 0; i < json_array_size(list); i++) {
        char where[64];
        snprintf(where, sizeof where, "%s[%zu]", name, i);
        if (reader(json_array_get(list, i), where, out, error) < 0) {
            return -1;
        }
    }
    return 0;
}

static int read_document(const json_t *root, zcb_baseline *out, zcb_error *error)
{
    uint64_t schema = 0;
    const char *format = json_string_value(json_object_get(root, "format"));
    if (format == NULL || strcmp(format, ZCB_BASELINE_FORMAT) != 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "it is no baseline: `zcbench baseline --out FILE` writes one");
    }
    if (zcb_json_as_whole(json_object_get(root, "schema"), UINT64_MAX, &schema) < 0 ||
        schema == 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "it has no schema number");
    }
    if (schema > ZCB_BASELINE_SCHEMA) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "its schema %llu is newer than %d, the newest this zcbench reads",
                        (unsigned long long)schema, ZCB_BASELINE_SCHEMA);
    }
    out->cells = zcb_cells_new();
    if (out->cells == NULL) {
        return no_memory(error);
    }
    if (read_table(json_object_get(root, "measured"), out, &zcb_baseline_head_members,
                   "measured", error) < 0 ||
        read_list(root, "interpreters", sizeof *out->variants, &out->variants, read_variant,
                  out, error) < 0 ||
        read_list(root, "figures", sizeof *out->figures, &out->figures, read_figure, out,
                  error) < 0) {
        return -1;
    }
    return read_list(root, "breakevens", sizeof *out->breakevens, &out->breakevens,
                     read_breakeven, out, error);
}

int zcb_baseline_read(const char *path, zcb_baseline *out, zcb_error *error)
{
    *out = (zcb_baseline){0};
    if (access(path, F_OK) < 0 && errno == ENOENT) {
        return zcb_fail(error, ZCB_EXIT_NOTHING, "there is no baseline '%s'", path);
    }
    json_t *root = zcb_json_load(path, BASELINE_MAX, error);
    if (root == NULL) {
        return -1;
    }
    zcb_error trouble = {.exit_code = ZCB_EXIT_OK};
    int status = read_document(root, out, &trouble);
    json_decref(root);
    if (status < 0) {
        zcb_baseline_clear(out);
        return zcb_fail(error, trouble.exit_code, "'%s': %s", path, trouble.text);
    }
    return 0;
}
