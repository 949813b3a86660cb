/* Which recorded groups are whole: the bookkeeping of resume.h without the session. */
#include "driver/resume.h"

#include "driver/estimate.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

uint64_t zcb_group_rows(const zcb_run *run, const zcb_cells *cells, uint32_t cell)
{
    for (size_t i = 0; i < run->calibration_count; i++) {
        const zcb_calibration *c = &run->calibrations[i];
        if (c->cell != cell) {
            continue;
        }
        uint64_t rows = 0, size_bytes = zcb_cells_at(cells, cell)->size_bytes;
        for (size_t arm = 0; arm < c->arm_count; arm++) {
            rows += zcb_visits_of(&run->plan, c->arms[arm], size_bytes, c->blocks);
        }
        return rows;
    }
    return 0;
}

zcb_kept zcb_resume_kept(const zcb_run *run, const zcb_cells *cells, const zcb_samples *samples)
{
    size_t first = samples->count;
    if (first == 0) {
        return (zcb_kept){0, 0};
    }
    const zcb_sample *last = &samples->rows[samples->count - 1];
    while (first > 0 && samples->rows[first - 1].cell == last->cell &&
           samples->rows[first - 1].launch == last->launch) {
        first--;
    }
    if (samples->count - first == zcb_group_rows(run, cells, last->cell)) {
        first = samples->count;
    }
    return (zcb_kept){first, samples->count - first};
}

/* Moves *at back over newlines until `lines` more lines lie behind it; what is left in *lines
 * was not found in buffer[0…*at). */
static void step_back(const char *buffer, size_t *at, size_t *lines)
{
    while (*at > 0) {
        if (buffer[*at - 1] == '\n') {
            if (*lines == 0) {
                return;
            }
            (*lines)--;
        }
        (*at)--;
    }
}

int zcb_offset_before_lines(const char *path, uint64_t end, size_t lines, uint64_t *out,
                            zcb_error *error)
{
    char buffer[65536];
    int result = -1;
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "'%s' can't be read: %s", path, strerror(errno));
    }
    while (end > 0 && result < 0) {
        size_t size = end < sizeof buffer ? (size_t)end : sizeof buffer;
        if (fseeko(file, (off_t)(end - size), SEEK_SET) < 0 ||
            fread(buffer, 1, size, file) != size) {
            break;
        }
        size_t at = size;
        step_back(buffer, &at, &lines);
        end -= size - at;
        if (at > 0) {
            *out = end;
            result = 0;
        }
    }
    fclose(file);
    return result == 0 ? 0
                       : zcb_fail(error, ZCB_EXIT_USAGE, "'%s' is shorter than expected", path);
}
