/* See merge.h. */
#include "driver/merge.h"

#include "driver/merge_run.h"
#include "driver/run_folder.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 8192 };

/* A merge at work. Zero value: nothing done. */
typedef struct merge {
    const zcb_texts *dirs;
    zcb_session session; /* the folder, and everything recorded but samples */
    zcb_recorded made;   /* its tables: run and samples stay empty */
    zcb_merge_names names;
} merge;

/* Grows *array by `more` elements of `size` bytes: a pointer behind the old ones, or NULL. */
static void *extend(void **array, size_t count, size_t more, size_t size, zcb_error *error)
{
    char *grown = realloc(*array, (count + more + 1) * size);
    if (grown == NULL) {
        zcb_no_memory(error);
        return NULL;
    }
    *array = grown;
    return grown + count * size;
}

/* The merged name of a variant of run `r`; a name run.json doesn't know stays. */
static const char *new_name(const merge *m, size_t r, const char *python)
{
    const zcb_merge_run *run = &m->names.runs[r];
    for (size_t v = 0; v < run->count; v++) {
        if (strcmp(run->old_names[v], python) == 0) {
            return run->new_names[v];
        }
    }
    return python;
}

/* Index of a source's cell in the merged list, by its index there. NULL: memory. */
static uint32_t *map_cells(merge *m, size_t r, const zcb_recorded *from, zcb_error *error)
{
    size_t count = zcb_cells_count(from->cells);
    uint32_t *map = zcb_allocate(count, sizeof *map, error);
    for (size_t i = 0; map != NULL && i < count; i++) {
        zcb_cell cell = *zcb_cells_at(from->cells, i);
        cell.python = new_name(m, r, cell.python);
        int64_t index = zcb_cells_add(m->made.cells, &cell);
        if (index < 0) {
            free(map);
            zcb_no_memory(error);
            return NULL;
        }
        map[i] = (uint32_t)index;
    }
    return map;
}

static int take_samples(merge *m, const zcb_recorded *from, const uint32_t *map,
                        zcb_error *error)
{
    zcb_sample *chunk = zcb_allocate(CHUNK, sizeof *chunk, error);
    int result = chunk == NULL ? -1 : 0;
    for (size_t first = 0; result == 0 && first < from->samples.count; first += CHUNK) {
        size_t left = from->samples.count - first, count = left < CHUNK ? left : CHUNK;
        for (size_t i = 0; i < count; i++) {
            chunk[i] = from->samples.rows[first + i];
            chunk[i].cell = map[chunk[i].cell];
        }
        result =
            zcb_samples_writer_append(m->session.writer, m->made.cells, chunk, count, error);
    }
    free(chunk);
    return result;
}

static int take_launches_and_cells(merge *m, size_t r, const zcb_recorded *from,
                                   const uint32_t *map, zcb_error *error)
{
    zcb_recorded *made = &m->made;
    zcb_launch_row *launches = extend((void **)&made->launches, made->launch_count,
                                      from->launch_count, sizeof *launches, error);
    zcb_cell_row *rows = launches == NULL
                             ? NULL
                             : extend((void **)&made->cell_rows, made->cell_row_count,
                                      from->cell_row_count, sizeof *rows, error);
    if (rows == NULL) {
        return -1;
    }
    for (size_t i = 0; i < from->launch_count; i++) {
        launches[i] = from->launches[i];
        launches[i].python =
            zcb_cells_intern(made->cells, new_name(m, r, from->launches[i].python));
        if (launches[i].python == NULL) {
            return zcb_no_memory(error);
        }
    }
    for (size_t i = 0; i < from->cell_row_count; i++) {
        rows[i] = from->cell_rows[i];
        rows[i].cell = map[rows[i].cell];
    }
    made->launch_count += from->launch_count;
    made->cell_row_count += from->cell_row_count;
    return 0;
}

/* Makes a key's texts those of the merged run. */
static int take_key(merge *m, size_t r, zcb_arm_key *key, zcb_error *error)
{
    key->python = zcb_cells_intern(m->made.cells, new_name(m, r, key->python));
    key->pair = zcb_cells_intern(m->made.cells, key->pair);
    key->arm = zcb_cells_intern(m->made.cells, key->arm);
    return key->python == NULL || key->pair == NULL || key->arm == NULL ? zcb_no_memory(error)
                                                                        : 0;
}

static int take_memory(merge *m, size_t r, const zcb_recorded *from, zcb_error *error)
{
    zcb_recorded *made = &m->made;
    zcb_memory_row *memory = extend((void **)&made->memory, made->memory_count,
                                    from->memory_count, sizeof *memory, error);
    zcb_semantics_row *semantics =
        memory == NULL ? NULL
                       : extend((void **)&made->semantics, made->semantics_count,
                                from->semantics_count, sizeof *semantics, error);
    zcb_lie_row *lies = semantics == NULL ? NULL
                                          : extend((void **)&made->lies, made->lie_count,
                                                   from->lie_count, sizeof *lies, error);
    int result = lies == NULL ? -1 : 0;
    for (size_t i = 0; result == 0 && i < from->memory_count; i++) {
        memory[i] = from->memory[i];
        result = take_key(m, r, &memory[i].key, error);
    }
    for (size_t i = 0; result == 0 && i < from->semantics_count; i++) {
        semantics[i] = from->semantics[i];
        result = take_key(m, r, &semantics[i].key, error);
    }
    for (size_t i = 0; result == 0 && i < from->lie_count; i++) {
        lies[i] = from->lies[i];
        lies[i].python = zcb_cells_intern(made->cells, new_name(m, r, lies[i].python));
        lies[i].lie = zcb_cells_intern(made->cells, lies[i].lie);
        result = lies[i].python == NULL || lies[i].lie == NULL ? zcb_no_memory(error) : 0;
    }
    if (result == 0) {
        made->memory_count += from->memory_count;
        made->semantics_count += from->semantics_count;
        made->lie_count += from->lie_count;
    }
    return result;
}

static int take_run(merge *m, size_t r, zcb_error *error)
{
    zcb_recorded from = {0};
    uint32_t *map = NULL;
    int result = zcb_recorded_read(m->dirs->items[r], &from, error);
    if (result == 0) {
        map = map_cells(m, r, &from, error);
        result = map == NULL ? -1 : take_samples(m, &from, map, error);
    }
    if (result == 0) {
        result = take_launches_and_cells(m, r, &from, map, error);
    }
    if (result == 0) {
        result = take_memory(m, r, &from, error);
    }
    if (result == 0) {
        result = zcb_merge_run_take(&m->session.run, &from.run, m->names.runs[r].new_names, map,
                                    m->made.cells, error);
    }
    free(map);
    zcb_recorded_clear(&from);
    return result;
}

static int write_launches(const merge *m, const char *path, zcb_error *error)
{
    return zcb_launches_write(path, m->made.launches, m->made.launch_count, error);
}

static int write_cells(const merge *m, const char *path, zcb_error *error)
{
    return zcb_cell_rows_write(path, m->made.cells, m->made.cell_rows, m->made.cell_row_count,
                               error);
}

static int write_memory(const merge *m, const char *path, zcb_error *error)
{
    return m->made.memory_count == 0
               ? 0
               : zcb_memory_rows_write(path, m->made.memory, m->made.memory_count, error);
}

static int write_semantics(const merge *m, const char *path, zcb_error *error)
{
    return m->made.semantics_count == 0
               ? 0
               : zcb_semantics_rows_write(path, m->made.semantics, m->made.semantics_count,
                                          error);
}

static int write_lies(const merge *m, const char *path, zcb_error *error)
{
    return m->made.lie_count == 0
               ? 0
               : zcb_lie_rows_write(path, m->made.lies, m->made.lie_count, error);
}

static int write_run(const merge *m, const char *path, zcb_error *error)
{
    return zcb_run_write(path, &m->session.run, m->made.cells, error);
}

/* Everything but the samples; run.json last. */
static int write_tables(const merge *m, zcb_error *error)
{
    static const struct {
        const char *name;
        int (*write)(const merge *m, const char *path, zcb_error *error);
    } tables[] = {{"launches.csv", write_launches}, {"cells.csv", write_cells},
                  {"memory.csv", write_memory},     {"semantics.csv", write_semantics},
                  {"lies.csv", write_lies},         {"run.json", write_run}};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        char *path = zcb_folder_path(m->session.dir, tables[i].name, error);
        int result = path == NULL ? -1 : tables[i].write(m, path, error);
        free(path);
        if (result < 0) {
            return -1;
        }
    }
    return 0;
}

static int merge_runs(merge *m, zcb_error *error)
{
    m->made.cells = zcb_cells_new();
    if (m->made.cells == NULL) {
        return zcb_no_memory(error);
    }
    if (zcb_folder_create(&m->session, error) < 0 ||
        zcb_folder_open_samples(&m->session, 0, error) < 0) {
        return -1;
    }
    for (size_t r = 0; r < m->dirs->count; r++) {
        if (take_run(m, r, error) < 0) {
            return -1;
        }
    }
    int result = zcb_samples_writer_close(m->session.writer, error);
    m->session.writer = NULL;
    if (result < 0 || zcb_merge_run_finish(&m->session.run, m->dirs, error) < 0) {
        return -1;
    }
    return write_tables(m, error);
}

int zcb_merge(const zcb_texts *dirs, const char *out, char **dir, zcb_error *error)
{
    merge m = {.dirs = dirs, .session.lock_fd = -1};
    int result = zcb_folder_check(out, error);
    if (result == 0) {
        result = zcb_merge_names_make(dirs, &m.names, error);
    }
    if (result == 0 && out != NULL) {
        result = zcb_set_text(&m.session.options.out, out, error);
    }
    if (result == 0) {
        result = merge_runs(&m, error);
    }
    if (result == 0) {
        *dir = m.session.dir;
        m.session.dir = NULL;
    }
    zcb_samples_writer_close(m.session.writer, NULL);
    if (m.session.lock_fd >= 0) {
        close(m.session.lock_fd);
    }
    free(m.session.options.out);
    free(m.session.dir);
    zcb_run_clear(&m.session.run);
    zcb_recorded_clear(&m.made);
    zcb_merge_names_clear(&m.names);
    return result;
}
