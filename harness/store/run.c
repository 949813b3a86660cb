/* The life of a zcb_run in memory; its ways to and from disk are run_write.c and run_read.c. */
#include "store/run.h"

#include <stdlib.h>
#include <string.h>

void zcb_variant_clear(zcb_variant *variant)
{
    char *const texts[] = {variant->name,    variant->tag,      variant->executable,
                           variant->program, variant->worker,   variant->path,
                           variant->version, variant->compiler, variant->config_args,
                           variant->numpy,   variant->prefix,   variant->source};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        free(texts[i]);
    }
    *variant = (zcb_variant){0};
}

void zcb_machine_clear(zcb_machine *machine)
{
    char *const texts[] = {machine->host,
                           machine->cpu_model,
                           machine->kernel,
                           machine->libc,
                           machine->libc_tunables,
                           machine->thp,
                           machine->clocksource,
                           machine->governor,
                           machine->turbo,
                           machine->virtualisation,
                           machine->os};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        free(texts[i]);
    }
    *machine = (zcb_machine){0};
}

void zcb_source_clear(zcb_source *source)
{
    free(source->run_id);
    free(source->tool_commit);
    free(source->tool_compiler);
    free(source->started_utc);
    free(source->ended_utc);
    zcb_machine_clear(&source->machine);
    *source = (zcb_source){0};
}

const zcb_source *zcb_run_source(const zcb_run *run, const zcb_variant *variant)
{
    for (size_t i = 0; variant->source != NULL && i < run->source_count; i++) {
        if (strcmp(run->sources[i].run_id, variant->source) == 0) {
            return &run->sources[i];
        }
    }
    return NULL;
}

const zcb_machine *zcb_run_machine(const zcb_run *run, const zcb_variant *variant)
{
    const zcb_source *source = zcb_run_source(run, variant);
    return source == NULL ? &run->machine : &source->machine;
}

static void clear_pair(zcb_planned_pair *pair)
{
    free(pair->id);
    free(pair->name);
    free(pair->group);
    free(pair->note);
    free(pair->requires);
    free(pair->file);
    for (size_t i = 0; i < pair->alternative_count; i++) {
        free(pair->alternatives[i]);
    }
}

void zcb_run_clear(zcb_run *run)
{
    for (size_t i = 0; i < run->argument_count; i++) {
        free(run->arguments[i]);
    }
    for (size_t i = 0; i < run->variant_count; i++) {
        zcb_variant_clear(&run->variants[i]);
    }
    for (size_t i = 0; i < run->source_count; i++) {
        zcb_source_clear(&run->sources[i]);
    }
    for (size_t i = 0; i < run->left_out_count; i++) {
        free(run->left_out[i].spec);
        free(run->left_out[i].reason);
    }
    for (size_t i = 0; i < run->pair_count; i++) {
        clear_pair(&run->pairs[i]);
    }
    zcb_machine_clear(&run->machine);
    free(run->plan.profile);
    free(run->arguments);
    free(run->variants);
    free(run->sources);
    free(run->left_out);
    free(run->pairs);
    free(run->calibrations);
    free(run->run_id);
    free(run->tool_commit);
    free(run->tool_compiler);
    free(run->started_utc);
    free(run->ended_utc);
    *run = (zcb_run){0};
}
