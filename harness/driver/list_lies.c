/* See list_lies.h. */
#include "driver/list_lies.h"

#include "driver/interpreters.h"
#include "driver/lies.h"
#include "report/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The answers of all interpreters. Invariant: each gave the same list in the same order, so row
 * i of variant v is rows[v × per_variant + i]. */
typedef struct answers {
    const zcb_run *run;
    const zcb_lie_row *rows;
    size_t per_variant;
} answers;

static const zcb_lie_row *row_of(const answers *a, size_t variant, size_t index)
{
    return &a->rows[variant * a->per_variant + index];
}

/* The row that explains statement `index`: of an interpreter that has what it needs, if one
 * has. */
static const zcb_lie_row *explained(const answers *a, size_t index)
{
    for (size_t v = 0; v < a->run->variant_count; v++) {
        if (row_of(a, v, index)->found[0] != '\0') {
            return row_of(a, v, index);
        }
    }
    return row_of(a, 0, index);
}

static json_t *as_json(const answers *a)
{
    json_t *list = json_array();
    for (size_t i = 0; i < a->per_variant; i++) {
        const zcb_lie_row *row = explained(a, i);
        json_t *found = json_object();
        for (size_t v = 0; v < a->run->variant_count; v++) {
            json_object_set_new(found, a->run->variants[v].name,
                                json_string(row_of(a, v, i)->found));
        }
        json_t *one = json_object();
        json_object_set_new(one, "lie", json_string(row->lie));
        json_object_set_new(one, "statement", json_string(row->statement));
        json_object_set_new(one, "claim", json_string(row->claim));
        json_object_set_new(one, "note", json_string(row->note));
        json_object_set_new(one, "found", found);
        json_array_append_new(list, one);
    }
    json_t *root = json_object();
    json_object_set_new(root, "schema", json_integer(1));
    json_object_set_new(root, "lies", list);
    return root;
}

static void print_text(const char *text)
{
    char visible[4 * sizeof((zcb_lie_row *)0)->note];
    fputs(zcb_text_visible(text, visible, sizeof visible), stdout);
}

static int all_agree(const answers *a, size_t index)
{
    for (size_t v = 1; v < a->run->variant_count; v++) {
        if (strcmp(row_of(a, v, index)->found, row_of(a, 0, index)->found) != 0) {
            return 0;
        }
    }
    return 1;
}

/* Statement, what becomes of it — on each interpreter where they differ — and why. */
static void print_lie(const answers *a, size_t index)
{
    const zcb_lie_row *row = explained(a, index);
    print_text(row->statement);
    fputs("\n    ", stdout);
    if (all_agree(a, index) && row->found[0] != '\0') {
        print_text(row->found);
    } else {
        for (size_t v = 0; v < a->run->variant_count; v++) {
            const zcb_lie_row *other = row_of(a, v, index);
            fputs(v > 0 ? ", " : "", stdout);
            print_text(other->found[0] != '\0' ? other->found : "not available");
            fputs(" on ", stdout);
            print_text(a->run->variants[v].name);
        }
    }
    fputs(": ", stdout);
    print_text(row->note);
    putchar('\n');
}

int zcb_list_lies(const zcb_common_options *options, zcb_error *error)
{
    zcb_run run = {0};
    zcb_lie_row *rows = NULL;
    size_t count = 0;
    zcb_cells *cells = zcb_cells_new();
    int result = cells == NULL ? zcb_no_memory(error)
                               : zcb_interpreters_find(&options->pythons, &run, error);
    if (result == 0) {
        result = zcb_lies_ask(&run, cells, &rows, &count, error);
    }
    if (result == 0 && run.variant_count > 0) {
        answers a = {&run, rows, count / run.variant_count};
        for (size_t i = 0; (!options->json || options->json_file != NULL) && i < a.per_variant;
             i++) {
            print_lie(&a, i);
        }
        result = options->json ? zcb_common_print_json(options, as_json(&a), error) : 0;
    }
    free(rows);
    zcb_run_clear(&run);
    zcb_cells_free(cells);
    return result;
}
