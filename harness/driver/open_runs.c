/* See open_runs.h. */
#include "driver/open_runs.h"

#include "driver/nearest.h"
#include "driver/run_folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int zcb_is_folder(const char *dir)
{
    struct stat info;
    return stat(dir, &info) == 0 && S_ISDIR(info.st_mode);
}

static void close_run(zcb_open_run *run)
{
    if (run != NULL) {
        zcb_launch_figures_clear(&run->figures);
        zcb_analysis_clear(&run->analysis);
        zcb_recorded_clear(&run->recorded);
        free(run->real);
        free(run->dir);
        free(run);
    }
}

static int read_run(zcb_open_run *run, const char *dir, zcb_error *error)
{
    if (zcb_set_text(&run->dir, dir, error) < 0 ||
        zcb_recorded_read(dir, &run->recorded, error) < 0) {
        return -1;
    }
    if (run->recorded.samples.count == 0 || run->recorded.run.variant_count == 0) {
        return zcb_fail(error, ZCB_EXIT_NOTHING,
                        "the run in '%s' is empty: nothing was measured", dir);
    }
    if (zcb_analyse(&run->recorded, &run->analysis, error) < 0) {
        return -1;
    }
    return zcb_launch_figures_make(&run->recorded, &run->figures, error);
}

zcb_open_run *zcb_open_runs_get(zcb_open_runs *runs, const char *dir, zcb_error *error)
{
    char *real = realpath(dir, NULL);
    if (zcb_folder_check_run(dir, error) < 0 || real == NULL) {
        free(real);
        return NULL;
    }
    for (size_t i = 0; i < runs->count; i++) {
        if (strcmp(runs->items[i]->real, real) == 0) {
            free(real);
            return runs->items[i];
        }
    }
    zcb_open_run **grown = realloc(runs->items, (runs->count + 1) * sizeof *grown);
    zcb_open_run *run = calloc(1, sizeof *run);
    runs->items = grown != NULL ? grown : runs->items;
    if (grown == NULL || run == NULL) {
        free(run);
        free(real);
        zcb_no_memory(error);
        return NULL;
    }
    run->real = real;
    if (read_run(run, dir, error) < 0) {
        close_run(run);
        return NULL;
    }
    runs->items[runs->count++] = run;
    return run;
}

int zcb_open_run_check_complete(const zcb_open_run *run, zcb_error *error)
{
    return run->recorded.run.complete
               ? 0
               : zcb_fail(error, ZCB_EXIT_NOTHING,
                          "the run in '%s' is incomplete: `zcbench run --resume %s` goes on",
                          run->dir, run->dir);
}

void zcb_open_runs_clear(zcb_open_runs *runs)
{
    for (size_t i = 0; i < runs->count; i++) {
        close_run(runs->items[i]);
    }
    free(runs->items);
    *runs = (zcb_open_runs){0};
}

zcb_side zcb_open_run_side(const zcb_open_run *run, size_t variant)
{
    return (zcb_side){&run->analysis, &run->figures, variant};
}

int64_t zcb_open_run_variant(const zcb_open_run *run, const char *name, zcb_error *error)
{
    const zcb_run *about = &run->recorded.run;
    const char *names[256];
    char list[512] = "";
    size_t count = 0;
    for (size_t i = 0; i < about->variant_count; i++) {
        size_t used = strlen(list);
        if (strcmp(about->variants[i].name, name) == 0) {
            return (int64_t)i;
        }
        snprintf(list + used, sizeof list - used, "%s%s", used > 0 ? ", " : "",
                 about->variants[i].name);
        if (count < sizeof names / sizeof names[0]) {
            names[count++] = about->variants[i].name;
        }
    }
    const char *near = zcb_nearest(name, names, count);
    return zcb_fail(error, ZCB_EXIT_USAGE, "the run in '%s' has no variant '%s'%s%s: it has %s",
                    run->dir, name, near == NULL ? "" : ", nearest is ",
                    near == NULL ? "" : near, list);
}
