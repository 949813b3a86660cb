/* See merge_run.h. */
#include "driver/merge_run.h"

#include "driver/planned_pair.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Grows *array by one zeroed element; NULL: memory. */
static void *push(void **array, size_t *count, size_t size, zcb_error *error)
{
    char *grown = realloc(*array, (*count + 1) * size);
    if (grown == NULL) {
        zcb_no_memory(error);
        return NULL;
    }
    *array = grown;
    void *added = grown + (*count)++ * size;
    memset(added, 0, size);
    return added;
}

/* Moves the text in *from to the empty *to. */
static void move(char **to, char **from)
{
    *to = *from;
    *from = NULL;
}

/* The run itself as a source. */
static int add_source(zcb_run *into, zcb_run *from, zcb_error *error)
{
    zcb_source *source =
        push((void **)&into->sources, &into->source_count, sizeof *source, error);
    if (source == NULL || zcb_set_text(&source->run_id, from->run_id, error) < 0) {
        return -1;
    }
    source->machine = from->machine;
    from->machine = (zcb_machine){0};
    move(&source->tool_commit, &from->tool_commit);
    move(&source->tool_compiler, &from->tool_compiler);
    move(&source->started_utc, &from->started_utc);
    move(&source->ended_utc, &from->ended_utc);
    return 0;
}

static int take_sources(zcb_run *into, zcb_run *from, zcb_error *error)
{
    if (from->source_count == 0) {
        return add_source(into, from, error);
    }
    for (size_t i = 0; i < from->source_count; i++) {
        zcb_source *source =
            push((void **)&into->sources, &into->source_count, sizeof *source, error);
        if (source == NULL) {
            return -1;
        }
        *source = from->sources[i];
        from->sources[i] = (zcb_source){0};
    }
    return 0;
}

static int take_variants(zcb_run *into, zcb_run *from, char *const *new_names, zcb_error *error)
{
    for (size_t v = 0; v < from->variant_count; v++) {
        zcb_variant *variant =
            push((void **)&into->variants, &into->variant_count, sizeof *variant, error);
        if (variant == NULL) {
            return -1;
        }
        *variant = from->variants[v];
        from->variants[v] = (zcb_variant){0};
        int has_source = variant->source != NULL && variant->source[0] != '\0';
        if (zcb_set_text(&variant->name, new_names[v], error) < 0 ||
            (!has_source && zcb_set_text(&variant->source, from->run_id, error) < 0)) {
            return -1;
        }
    }
    return 0;
}

static int has_pair(const zcb_run *run, const zcb_planned_pair *pair)
{
    for (size_t i = 0; i < run->pair_count; i++) {
        if (run->pairs[i].lane == pair->lane && strcmp(run->pairs[i].name, pair->name) == 0) {
            return 1;
        }
    }
    return 0;
}

static int take_pairs(zcb_run *into, const zcb_run *from, zcb_error *error)
{
    for (size_t i = 0; i < from->pair_count; i++) {
        if (has_pair(into, &from->pairs[i])) {
            continue;
        }
        zcb_planned_pair *pair =
            push((void **)&into->pairs, &into->pair_count, sizeof *pair, error);
        if (pair == NULL || zcb_planned_pair_copy(&from->pairs[i], pair, error) < 0) {
            return -1;
        }
    }
    return 0;
}

static int take_left_out(zcb_run *into, zcb_run *from, zcb_error *error)
{
    for (size_t i = 0; i < from->left_out_count; i++) {
        zcb_left_out *left_out =
            push((void **)&into->left_out, &into->left_out_count, sizeof *left_out, error);
        if (left_out == NULL) {
            return -1;
        }
        move(&left_out->spec, &from->left_out[i].spec);
        move(&left_out->reason, &from->left_out[i].reason);
    }
    return 0;
}

static int take_calibrations(zcb_run *into, const zcb_run *from, const uint32_t *map,
                             zcb_cells *cells, zcb_error *error)
{
    for (size_t i = 0; i < from->calibration_count; i++) {
        zcb_calibration *calibration = push(
            (void **)&into->calibrations, &into->calibration_count, sizeof *calibration, error);
        if (calibration == NULL) {
            return -1;
        }
        *calibration = from->calibrations[i];
        calibration->cell = map[calibration->cell];
        for (size_t a = 0; a < calibration->arm_count; a++) {
            calibration->arms[a] = zcb_cells_intern(cells, calibration->arms[a]);
            if (calibration->arms[a] == NULL) {
                return zcb_no_memory(error);
            }
        }
    }
    return 0;
}

/* The first run's plan; later ones that are larger say so. */
static void take_plan(zcb_run *into, zcb_run *from, int is_first)
{
    if (is_first) {
        into->plan = from->plan;
        from->plan.profile = NULL;
        return;
    }
    const char *own = into->plan.profile, *other = from->plan.profile;
    if (own != NULL && (other == NULL || strcmp(own, other) != 0)) {
        free(into->plan.profile);
        into->plan.profile = NULL; /* there is no one profile */
    }
    into->plan.launches =
        into->plan.launches > from->plan.launches ? into->plan.launches : from->plan.launches;
    into->plan.blocks =
        into->plan.blocks > from->plan.blocks ? into->plan.blocks : from->plan.blocks;
}

int zcb_merge_run_take(zcb_run *into, zcb_run *from, char *const *new_names,
                       const uint32_t *map, zcb_cells *cells, zcb_error *error)
{
    int is_first = into->source_count == 0;
    double wall = into->wall_s + from->wall_s;
    into->complete = (is_first || into->complete) && from->complete;
    into->timed_share =
        wall > 0 ? (into->timed_share * into->wall_s + from->timed_share * from->wall_s) / wall
                 : 0;
    into->wall_s = wall;
    take_plan(into, from, is_first);
    if (take_variants(into, from, new_names, error) < 0 ||
        take_sources(into, from, error) < 0 || take_pairs(into, from, error) < 0 ||
        take_left_out(into, from, error) < 0) {
        return -1;
    }
    return take_calibrations(into, from, map, cells, error);
}

/* The text at `offset` of a source that all have, or all different ones with "; " between. */
static int shared_text(const zcb_run *run, size_t offset, char **out, zcb_error *error)
{
    zcb_texts seen = {0};
    char *joined = NULL;
    int result = 0;
    for (size_t i = 0; result == 0 && i < run->source_count; i++) {
        const char *text = *(char *const *)((const char *)&run->sources[i] + offset);
        if (text == NULL || text[0] == '\0' || zcb_texts_find(&seen, text) >= 0) {
            continue;
        }
        char *longer = zcb_format(error, "%s%s%s", joined == NULL ? "" : joined,
                                  joined == NULL ? "" : "; ", text);
        free(joined);
        joined = longer;
        result = longer == NULL ? -1 : zcb_texts_add(&seen, text, error);
    }
    zcb_texts_clear(&seen);
    free(*out);
    *out = joined;
    return result;
}

/* The number that all sources have, else 0: unknown. */
static uint64_t shared_number(uint64_t so_far, uint64_t next, int is_first)
{
    return is_first || so_far == next ? next : 0;
}

static void share_numbers(zcb_run *run)
{
    zcb_machine *to = &run->machine;
    to->aslr = to->hardware_counters = -1;
    for (size_t i = 0; i < run->source_count; i++) {
        const zcb_machine *from = &run->sources[i].machine;
        int is_first = i == 0;
        to->memory_bytes = shared_number(to->memory_bytes, from->memory_bytes, is_first);
        to->l1d_bytes = shared_number(to->l1d_bytes, from->l1d_bytes, is_first);
        to->l2_bytes = shared_number(to->l2_bytes, from->l2_bytes, is_first);
        to->l3_bytes = shared_number(to->l3_bytes, from->l3_bytes, is_first);
        to->cpus = (uint32_t)shared_number(to->cpus, from->cpus, is_first);
        to->affinity_cpus =
            (uint32_t)shared_number(to->affinity_cpus, from->affinity_cpus, is_first);
        to->aslr = is_first || to->aslr == from->aslr ? from->aslr : -1;
        to->hardware_counters = is_first || to->hardware_counters == from->hardware_counters
                                    ? from->hardware_counters
                                    : -1;
    }
}

/* The earliest start and the latest end. ISO times compare as texts. */
static int share_times(zcb_run *run, zcb_error *error)
{
    const char *start = NULL, *end = NULL;
    for (size_t i = 0; i < run->source_count; i++) {
        const char *first = run->sources[i].started_utc, *last = run->sources[i].ended_utc;
        start = first != NULL && (start == NULL || strcmp(first, start) < 0) ? first : start;
        end = last != NULL && (end == NULL || strcmp(last, end) > 0) ? last : end;
    }
    if (start != NULL && zcb_set_text(&run->started_utc, start, error) < 0) {
        return -1;
    }
    return end == NULL ? 0 : zcb_set_text(&run->ended_utc, end, error);
}

/* report DIR DIR …: how it was made. */
static int set_arguments(zcb_run *run, const zcb_texts *dirs, zcb_error *error)
{
    run->arguments = zcb_allocate(dirs->count + 1, sizeof *run->arguments, error);
    if (run->arguments == NULL) {
        return -1;
    }
    for (size_t i = 0; i <= dirs->count; i++) {
        run->argument_count++;
        if (zcb_set_text(&run->arguments[i], i == 0 ? "report" : dirs->items[i - 1], error) <
            0) {
            return -1;
        }
    }
    return 0;
}

int zcb_merge_run_finish(zcb_run *run, const zcb_texts *dirs, zcb_error *error)
{
    const struct {
        size_t offset;
        char **out;
    } texts[] = {
        {offsetof(zcb_source, machine.host), &run->machine.host},
        {offsetof(zcb_source, machine.cpu_model), &run->machine.cpu_model},
        {offsetof(zcb_source, machine.kernel), &run->machine.kernel},
        {offsetof(zcb_source, machine.libc), &run->machine.libc},
        {offsetof(zcb_source, machine.os), &run->machine.os},
        {offsetof(zcb_source, machine.virtualisation), &run->machine.virtualisation},
        {offsetof(zcb_source, tool_commit), &run->tool_commit},
        {offsetof(zcb_source, tool_compiler), &run->tool_compiler},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (shared_text(run, texts[i].offset, texts[i].out, error) < 0) {
            return -1;
        }
    }
    share_numbers(run);
    return share_times(run, error) < 0 ? -1 : set_arguments(run, dirs, error);
}
