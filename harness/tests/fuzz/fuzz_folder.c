/* A whole hostile run's folder, read back and reported on. The input holds its files one after
 * the other, each behind a line `=== NAME`. */
#include "scratch.h"

#include "report/derive.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char *const names[] = {"run.json",   "samples.csv",   "launches.csv", "cells.csv",
                                    "memory.csv", "semantics.csv", "lies.csv"};

/* The next line that begins with "=== ", from `at` on; the end when there is none. */
static const uint8_t *next_mark(const uint8_t *at, const uint8_t *end)
{
    for (; end - at >= 4; at++) {
        if (memcmp(at, "=== ", 4) == 0) {
            return at;
        }
        const uint8_t *line = memchr(at, '\n', (size_t)(end - at));
        if (line == NULL) {
            return end;
        }
        at = line;
    }
    return end;
}

static void put_files(const uint8_t *at, const uint8_t *end)
{
    for (at = next_mark(at, end); at < end;) {
        const uint8_t *name = at + 4;
        const uint8_t *line = memchr(name, '\n', (size_t)(end - name));
        if (line == NULL) {
            return;
        }
        const uint8_t *next = next_mark(line + 1, end);
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            if ((size_t)(line - name) == strlen(names[i]) &&
                memcmp(name, names[i], strlen(names[i])) == 0) {
                zcb_scratch_put(names[i], line + 1, (size_t)(next - line - 1));
            }
        }
        at = next;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    zcb_recorded recorded = {0};
    zcb_error error;
    zcb_scratch_empty();
    put_files(bytes, bytes + size);
    if (zcb_recorded_read(zcb_scratch_dir(), &recorded, &error) == 0) {
        zcb_report_write(&recorded, zcb_scratch_dir(), NULL, &error);
    }
    zcb_recorded_clear(&recorded);
    return 0;
}
