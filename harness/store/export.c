/* See export.h: the list of formats, and what all of them say alike. */
#include "store/export_format.h"

#include "store/json_members.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const zcb_export_writer *const writers[ZCB_EXPORT_COUNT] = {
    [ZCB_EXPORT_PYPERF] = &zcb_export_pyperf,
    [ZCB_EXPORT_GBENCH] = &zcb_export_gbench,
    [ZCB_EXPORT_GHA] = &zcb_export_gha,
    [ZCB_EXPORT_BMF] = &zcb_export_bmf,
};

const char *zcb_export_format_name(zcb_export_format format)
{
    return writers[format]->name;
}

int zcb_export_format_parse(const char *text, zcb_export_format *out)
{
    for (int i = 0; i < ZCB_EXPORT_COUNT; i++) {
        if (strcmp(writers[i]->name, text) == 0) {
            *out = (zcb_export_format)i;
            return 0;
        }
    }
    return -1;
}

static int fail_memory(zcb_error *error)
{
    return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
}

zcb_export *zcb_export_begin(zcb_export_format format, const zcb_run *run,
                             const zcb_variant *variant, const char *path, zcb_error *error)
{
    zcb_export *export = calloc(1, sizeof *export);
    if (export == NULL) {
        fail_memory(error);
        return NULL;
    }
    export->writer = writers[format];
    export->run = run;
    export->variant = variant;
    export->file = zcb_file_begin(path, error);
    if (export->file == NULL) {
        zcb_export_discard(export);
        return NULL;
    }
    export->json.stream = zcb_file_stream(export->file);
    if (export->writer->begin(export) < 0) {
        fail_memory(error);
        zcb_export_discard(export);
        return NULL;
    }
    return export;
}

int zcb_export_add(zcb_export *export, const zcb_export_cell *cell, zcb_error *error)
{
    return export->writer->add(export, cell) < 0 ? fail_memory(error) : 0;
}

int zcb_export_commit(zcb_export *export, size_t *rows, zcb_error *error)
{
    while (export->json.depth > 0) {
        zcb_json_stream_close(&export->json);
    }
    size_t written = export->rows;
    int result = zcb_file_commit(export->file, error);
    free(export);
    if (result == 0) {
        *rows = written;
    }
    return result;
}

void zcb_export_discard(zcb_export *export)
{
    if (export != NULL) {
        zcb_file_discard(export->file);
        free(export);
    }
}

char *zcb_export_name(const zcb_cell *cell, const char *arm, char *out, size_t size)
{
    char heap[32] = "", cache[32] = "", consumer[32] = "";
    if (cell->heap != ZCB_HEAP_DEFAULT) {
        snprintf(heap, sizeof heap, "/heap:%s", zcb_heap_name(cell->heap));
    }
    if (cell->cache != ZCB_CACHE_HOT) {
        snprintf(cache, sizeof cache, "/cache:%s", zcb_cache_name(cell->cache));
    }
    if (cell->consumer != ZCB_CONSUMER_DROP) {
        snprintf(consumer, sizeof consumer, "/consumer:%s", zcb_consumer_name(cell->consumer));
    }
    snprintf(out, size, "%s/%s%s%s%s/%s/%" PRIu64, cell->pair, zcb_lane_name(cell->lane), heap,
             cache, consumer, arm, cell->size_bytes);
    return out;
}

char *zcb_export_full_name(const zcb_cell *cell, const char *arm, char *out, size_t size)
{
    int used = snprintf(out, size, "%s/", cell->python);
    zcb_export_name(cell, arm, out + used, size - (size_t)used);
    return out;
}

/* Control characters become spaces, those at the ends go. Owned by the caller; NULL for blank.
 */
static char *one_line(const char *text)
{
    char *line = strdup(text == NULL ? "" : text);
    if (line == NULL) {
        return NULL;
    }
    for (char *c = line; *c != '\0'; c++) {
        *c = (unsigned char)*c < 0x20 || *c == 0x7f ? ' ' : *c;
    }
    size_t blank = strspn(line, " "), length = strlen(line);
    memmove(line, line + blank, length - blank + 1);
    for (length -= blank; length > 0 && line[length - 1] == ' '; length--) {
        line[length - 1] = '\0';
    }
    return line;
}

int zcb_export_text(json_t *object, const char *name, const char *text)
{
    char *line = one_line(text);
    int result = line == NULL      ? -1
                 : line[0] == '\0' ? 0
                                   : zcb_json_put(object, name, zcb_json_text(line));
    free(line);
    return result;
}

int zcb_export_number(json_t *object, const char *name, double number)
{
    return isfinite(number) ? zcb_json_put(object, name, json_real(number)) : 0;
}

const zcb_export_arm *zcb_export_find_copy(const zcb_export_cell *cell)
{
    for (size_t i = 0; i < cell->arm_count; i++) {
        if (strcmp(cell->arms[i].times->arm, ZCB_ARM_COPY) == 0) {
            return &cell->arms[i];
        }
    }
    return NULL;
}
