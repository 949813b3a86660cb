/* See lies.h. */
#include "driver/lies.h"

#include "driver/json_fields.h"
#include "driver/places.h"
#include "driver/texts.h"
#include "driver/worker_ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIMIT_MS 60000u

/* Rows being gathered. Owns `rows`. */
typedef struct gathered {
    zcb_cells *cells;
    zcb_lie_row *rows;
    size_t count;
} gathered;

static int take_row(gathered *to, const char *python, const json_t *object, zcb_error *error)
{
    zcb_lie_row row = {0};
    row.python = zcb_cells_intern(to->cells, python);
    row.lie = zcb_cells_intern(to->cells, zcb_field_text(object, "lie"));
    zcb_lie_row *grown = realloc(to->rows, (to->count + 1) * sizeof *grown);
    if (grown != NULL) {
        to->rows = grown;
    }
    if (grown == NULL || row.python == NULL || row.lie == NULL) {
        return zcb_no_memory(error);
    }
    snprintf(row.statement, sizeof row.statement, "%s", zcb_field_text(object, "statement"));
    snprintf(row.claim, sizeof row.claim, "%s", zcb_field_text(object, "claim"));
    snprintf(row.found, sizeof row.found, "%s", zcb_field_text(object, "found"));
    snprintf(row.note, sizeof row.note, "%s", zcb_field_text(object, "note"));
    grown[to->count++] = row;
    return 0;
}

static int take_answer(gathered *to, const char *python, const char *text, zcb_error *error)
{
    json_error_t why;
    json_t *root = json_loads(text == NULL ? "" : text, 0, &why);
    const json_t *lies = json_object_get(root, "lies");
    int result = json_is_array(lies) && zcb_field_u64(root, "schema", 0) == 1
                     ? 0
                     : zcb_fail(error, ZCB_EXIT_INTERNAL,
                                "the worker of %s answers in no known form", python);
    for (size_t i = 0; result == 0 && i < json_array_size(lies); i++) {
        result = take_row(to, python, json_array_get(lies, i), error);
    }
    json_decref(root);
    return result;
}

static int build_arguments(const zcb_variant *variant, zcb_texts *argv, zcb_error *error)
{
    if (zcb_texts_add(argv, variant->worker, error) < 0 ||
        zcb_texts_add(argv, "--lies", error) < 0 ||
        zcb_texts_take(argv, zcb_format(error, "%s/bench/lies.py", zcb_share_dir()), error) <
            0 ||
        zcb_texts_add(argv, "--program", error) < 0 ||
        zcb_texts_add(argv, variant->program, error) < 0) {
        return -1;
    }
    return variant->path[0] != '\0' && (zcb_texts_add(argv, "--path", error) < 0 ||
                                        zcb_texts_add(argv, variant->path, error) < 0)
               ? -1
               : 0;
}

static int ask(const zcb_variant *variant, gathered *to, zcb_error *error)
{
    zcb_texts argv = {0};
    zcb_child child = {0};
    char status[64];
    int result = -1;
    if (build_arguments(variant, &argv, error) < 0 ||
        zcb_worker_ask((const char *const *)argv.items, LIMIT_MS, &child, error) < 0) {
        goto done;
    }
    if (!zcb_child_succeeded(&child)) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "python '%s': its worker ended with %s%s%s",
                 variant->name, zcb_child_status_text(&child, status, sizeof status),
                 child.last_line[0] != '\0' ? ": " : "", child.last_line);
        goto done;
    }
    result = take_answer(to, variant->name, child.out, error);
done:
    zcb_child_clear(&child);
    zcb_texts_clear(&argv);
    return result;
}

int zcb_lies_ask(const zcb_run *run, zcb_cells *cells, zcb_lie_row **rows, size_t *count,
                 zcb_error *error)
{
    gathered all = {.cells = cells};
    for (size_t v = 0; v < run->variant_count; v++) {
        if (ask(&run->variants[v], &all, error) < 0) {
            free(all.rows);
            return -1;
        }
    }
    *rows = all.rows;
    *count = all.count;
    return 0;
}
