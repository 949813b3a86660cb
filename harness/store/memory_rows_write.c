/* Writes memory.csv, semantics.csv and lies.csv whole. */
#include "store/memory_rows.h"

#include "store/columns.h"
#include "store/files.h"
#include "store/utf8.h"

#include <inttypes.h>

static int fail_row(zcb_file *file, const char *path, size_t row, zcb_error *error)
{
    zcb_file_discard(file);
    return zcb_fail(error, ZCB_EXIT_INTERNAL, "cannot write '%s': row %zu names nothing", path,
                    row + 1);
}

/* A key that could not be read back is a programming error upstream. */
static int is_key(const zcb_arm_key *key)
{
    return zcb_name_is_valid(key->python) && zcb_name_is_valid(key->pair) &&
           zcb_name_is_valid(key->arm);
}

static void write_key(FILE *stream, const zcb_arm_key *key)
{
    zcb_csv_text(stream, key->python);
    putc(',', stream);
    zcb_csv_text(stream, key->pair);
    fprintf(stream, ",%s,%" PRIu64 ",", zcb_lane_name(key->lane), key->size_bytes);
    zcb_csv_text(stream, key->arm);
}

/* Begins a table: its file, or NULL. */
static zcb_file *begin(const char *path, const char *columns, zcb_error *error)
{
    zcb_file *file = zcb_file_begin(path, error);
    if (file != NULL) {
        fprintf(zcb_file_stream(file), "%s\n", columns);
    }
    return file;
}

int zcb_memory_rows_write(const char *path, const zcb_memory_row *rows, size_t count,
                          zcb_error *error)
{
    zcb_file *file = begin(path, ZCB_MEMORY_COLUMNS, error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    for (size_t i = 0; i < count; i++) {
        const zcb_memory_figures *f = &rows[i].figures;
        const double figures[] = {f->blocks_per_op, f->bytes_per_op,   f->gc_objects_per_op,
                                  f->peak_bytes,    f->retained_bytes, f->used_bytes};
        if (!is_key(&rows[i].key)) {
            return fail_row(file, path, i, error);
        }
        write_key(stream, &rows[i].key);
        for (size_t k = 0; k < sizeof figures / sizeof figures[0]; k++) {
            putc(',', stream);
            zcb_csv_number(stream, figures[k]);
        }
        putc('\n', stream);
    }
    return zcb_file_commit(file, error);
}

int zcb_semantics_rows_write(const char *path, const zcb_semantics_row *rows, size_t count,
                             zcb_error *error)
{
    zcb_file *file = begin(path, ZCB_SEMANTICS_COLUMNS, error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    for (size_t i = 0; i < count; i++) {
        const zcb_meaning *m = &rows[i].meaning;
        const int answers[] = {m->change_seen, m->source_locked, m->source_kept_alive,
                               m->writable, m->contiguous};
        if (!is_key(&rows[i].key)) {
            return fail_row(file, path, i, error);
        }
        write_key(stream, &rows[i].key);
        for (size_t k = 0; k < sizeof answers / sizeof answers[0]; k++) {
            fputs(answers[k] < 0 ? "," : answers[k] ? ",yes" : ",no", stream);
        }
        putc('\n', stream);
    }
    return zcb_file_commit(file, error);
}

int zcb_lie_rows_write(const char *path, const zcb_lie_row *rows, size_t count,
                       zcb_error *error)
{
    zcb_file *file = begin(path, ZCB_LIES_COLUMNS, error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    for (size_t i = 0; i < count; i++) {
        const zcb_lie_row *r = &rows[i];
        const char *const texts[] = {r->python, r->lie,   r->statement,
                                     r->claim,  r->found, r->note};
        if (!zcb_name_is_valid(r->python) || !zcb_name_is_valid(r->lie)) {
            return fail_row(file, path, i, error);
        }
        for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
            fputs(k == 0 ? "" : ",", stream);
            zcb_csv_text(stream, texts[k]);
        }
        putc('\n', stream);
    }
    return zcb_file_commit(file, error);
}
