/* See known_pairs.h. */
#include "driver/known_pairs.h"

#include "driver/interpreters.h"

#include <string.h>

int zcb_pairs_known(const zcb_common_options *options, zcb_run *run, zcb_catalogue *catalogue,
                    zcb_error *error)
{
    if (zcb_interpreters_find(&options->pythons, run, error) < 0) {
        return -1;
    }
    return zcb_catalogue_load(run, &options->pair_files, catalogue, error);
}

size_t zcb_lanes_of(const zcb_catalogue *catalogue, size_t first)
{
    const char *name = catalogue->entries[first].pair.name;
    size_t count = 1;
    while (first + count < catalogue->count &&
           strcmp(catalogue->entries[first + count].pair.name, name) == 0) {
        count++;
    }
    return count;
}
