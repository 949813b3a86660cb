/* A hostile baseline: what is taken is written and read again as the same. */
#include "scratch.h"

#include "store/baseline.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* A figure that is not a number, or not above 0, never comes out of a file. */
static void check(const zcb_baseline *baseline)
{
    for (size_t i = 0; i < baseline->figure_count; i++) {
        const zcb_baseline_figure *figure = &baseline->figures[i];
        if (!(figure->lo > 0 && figure->ratio > 0 && figure->hi > 0)) {
            abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    zcb_baseline first = {0}, second = {0};
    zcb_error error;
    char copy[256];
    const char *path = zcb_scratch_put("baseline.json", bytes, size);
    if (zcb_baseline_read(path, &first, &error) < 0) {
        return 0;
    }
    check(&first);
    snprintf(copy, sizeof copy, "%s/copy.json", zcb_scratch_dir());
    if (zcb_baseline_write(copy, &first, &error) == 0) {
        if (zcb_baseline_read(copy, &second, &error) < 0 ||
            second.figure_count != first.figure_count ||
            second.breakeven_count != first.breakeven_count) {
            abort();
        }
        zcb_baseline_clear(&second);
    }
    zcb_baseline_clear(&first);
    return 0;
}
