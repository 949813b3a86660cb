/* Why this file: a variant's name is unique in a run, and two machines both call theirs cp311. */
#include "driver/merge_run.h"

#include "driver/python_spec.h"
#include "driver/run_folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int read_names(const char *dir, zcb_merge_run *out, zcb_error *error)
{
    zcb_run run = {0};
    zcb_cells *cells = zcb_cells_new();
    char *path = zcb_folder_path(dir, "run.json", error);
    int result = cells == NULL ? zcb_no_memory(error) : path == NULL ? -1 : 0;
    if (result == 0 && access(path, F_OK) < 0) {
        result = zcb_fail(error, ZCB_EXIT_NOTHING,
                          "'%s' is no run's folder: it has no run.json", dir);
    }
    if (result == 0) {
        result = zcb_run_read(path, cells, &run, error);
    }
    if (result == 0) {
        out->old_names = zcb_allocate(run.variant_count, sizeof *out->old_names, error);
        out->new_names = zcb_allocate(run.variant_count, sizeof *out->new_names, error);
        result = out->old_names == NULL || out->new_names == NULL ? -1 : 0;
    }
    if (result == 0) {
        result = zcb_set_text(&out->run_id, run.run_id, error) < 0
                     ? -1
                     : zcb_set_text(&out->host, run.machine.host, error);
    }
    for (size_t v = 0; result == 0 && v < run.variant_count; v++) {
        out->count++;
        result = zcb_set_text(&out->old_names[v], run.variants[v].name, error);
    }
    free(path);
    zcb_run_clear(&run);
    zcb_cells_free(cells);
    return result;
}

/* How many variants of all runs have that name, before or after. */
static size_t count_names(const zcb_merge_names *names, const char *name, int is_new)
{
    size_t found = 0;
    for (size_t r = 0; r < names->count; r++) {
        for (size_t v = 0; v < names->runs[r].count; v++) {
            const char *other =
                is_new ? names->runs[r].new_names[v] : names->runs[r].old_names[v];
            found += other != NULL && strcmp(other, name) == 0 ? 1 : 0;
        }
    }
    return found;
}

/* 1 when a run on another machine has a variant of that name. */
static int is_elsewhere(const zcb_merge_names *names, const zcb_merge_run *run,
                        const char *name)
{
    for (size_t r = 0; r < names->count; r++) {
        for (size_t v = 0; v < names->runs[r].count; v++) {
            if (strcmp(names->runs[r].old_names[v], name) == 0 &&
                strcmp(names->runs[r].host, run->host) != 0) {
                return 1;
            }
        }
    }
    return 0;
}

/* "cp311", "cp311-host", "cp311-host-2": the first that nobody has. */
static int settle_name(const zcb_merge_names *names, zcb_merge_run *run, size_t v,
                       zcb_error *error)
{
    const char *old = run->old_names[v];
    char base[ZCB_NAME_MAX - 8], name[ZCB_NAME_MAX + 1];
    snprintf(base, sizeof base, "%s", old);
    if (count_names(names, old, 0) > 1 && is_elsewhere(names, run, old)) {
        size_t used = strlen(base);
        snprintf(base + used, sizeof base - used, "-%s", run->host);
    }
    for (char *c = base; *c != '\0' && !zcb_variant_name_is_valid(base); c++) {
        char one[2] = {*c, '\0'};
        *c = zcb_variant_name_is_valid(one) ? *c : '_';
    }
    snprintf(name, sizeof name, "%s", base);
    for (unsigned again = 2; count_names(names, name, 1) > 0; again++) {
        snprintf(name, sizeof name, "%s-%u", base, again);
    }
    return zcb_set_text(&run->new_names[v], name, error);
}

static int check_once(const zcb_merge_names *names, size_t r, const char *dir, zcb_error *error)
{
    for (size_t earlier = 0; earlier < r; earlier++) {
        if (strcmp(names->runs[earlier].run_id, names->runs[r].run_id) == 0) {
            return zcb_fail(error, ZCB_EXIT_USAGE, "the run in '%s' is given twice: %s", dir,
                            names->runs[r].run_id);
        }
    }
    return 0;
}

int zcb_merge_names_make(const zcb_texts *dirs, zcb_merge_names *out, zcb_error *error)
{
    zcb_merge_names names = {zcb_allocate(dirs->count, sizeof *names.runs, error), 0};
    int result = names.runs == NULL ? -1 : 0;
    for (size_t r = 0; result == 0 && r < dirs->count; r++) {
        names.count++;
        result = read_names(dirs->items[r], &names.runs[r], error);
        if (result == 0) {
            result = check_once(&names, r, dirs->items[r], error);
        }
    }
    for (size_t r = 0; result == 0 && r < names.count; r++) {
        for (size_t v = 0; result == 0 && v < names.runs[r].count; v++) {
            result = settle_name(&names, &names.runs[r], v, error);
        }
    }
    if (result < 0) {
        zcb_merge_names_clear(&names);
    }
    *out = names;
    return result;
}

void zcb_merge_names_clear(zcb_merge_names *names)
{
    for (size_t r = 0; r < names->count; r++) {
        zcb_merge_run *run = &names->runs[r];
        for (size_t v = 0; v < run->count; v++) {
            free(run->old_names[v]);
            free(run->new_names[v]);
        }
        free(run->old_names);
        free(run->new_names);
        free(run->run_id);
        free(run->host);
    }
    free(names->runs);
    *names = (zcb_merge_names){0};
}
