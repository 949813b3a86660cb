/* See contrasts.h. */
#include "driver/contrasts.h"

#include "driver/run_folder.h"

#include <stdlib.h>
#include <string.h>

#define LATEST "results/latest"

/* A word taken apart: a run, and one of its variants or -1 for all. */
typedef struct operand {
    const zcb_open_run *run;
    int64_t variant;

} operand;

/* Zero value: empty. */
typedef struct operands {
    operand *items;
    size_t count;
} operands;

static int add_operand(operands *list, const zcb_open_run *run, int64_t variant,
                       zcb_error *error)
{
    operand *grown = realloc(list->items, (list->count + 1) * sizeof *grown);
    if (grown == NULL) {
        return zcb_no_memory(error);
    }
    list->items = grown;
    grown[list->count++] = (operand){run, variant};
    return 0;
}

/* A name in the folder before it. */
static int take_name(operands *list, zcb_open_runs *runs, const char *name, zcb_error *error)
{
    operand *before = list->count > 0 ? &list->items[list->count - 1] : NULL;
    const zcb_open_run *run =
        before != NULL ? before->run : zcb_open_runs_get(runs, LATEST, error);
    int64_t variant = run == NULL ? -1 : zcb_open_run_variant(run, name, error);
    if (variant < 0) {
        return -1;
    }
    if (before != NULL && before->variant < 0) {
        before->variant = variant; /* the folder stood there for the names after it */
        return 0;
    }
    return add_operand(list, run, variant, error);
}

/* FOLDER:NAME, `colon` being where it parts. */
static int take_both(operands *list, zcb_open_runs *runs, const char *word, const char *colon,
                     zcb_error *error)
{
    char *dir = zcb_format(error, "%.*s", (int)(colon - word), word);
    const zcb_open_run *run = dir == NULL ? NULL : zcb_open_runs_get(runs, dir, error);
    int64_t variant = run == NULL ? -1 : zcb_open_run_variant(run, colon + 1, error);
    free(dir);
    return variant < 0 ? -1 : add_operand(list, run, variant, error);
}

static int take_word(operands *list, zcb_open_runs *runs, const char *word, zcb_error *error)
{
    const char *colon = strrchr(word, ':');
    if (zcb_is_folder(word)) {
        const zcb_open_run *run = zcb_open_runs_get(runs, word, error);
        return run == NULL ? -1 : add_operand(list, run, -1, error);
    }
    if (colon != NULL && colon != word) {
        return take_both(list, runs, word, colon, error);
    }
    if (colon == NULL && strchr(word, '/') != NULL) {
        return zcb_folder_check_run(word, error);
    }
    if (list->count == 0 && !zcb_is_folder(LATEST)) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "'%s' is no folder of a run, and there is no %s that could have a "
                        "variant of that name",
                        word, LATEST);
    }
    return take_name(list, runs, colon == word ? word + 1 : word, error);
}

static int add(zcb_contrasts *out, const zcb_open_run *base, int64_t base_variant,
               const zcb_open_run *head, int64_t head_variant, zcb_error *error)
{
    zcb_contrast *grown = realloc(out->items, (out->count + 1) * sizeof *grown);
    if (grown == NULL) {
        return zcb_no_memory(error);
    }
    out->items = grown;
    grown[out->count++] = (zcb_contrast){zcb_open_run_side(base, (size_t)base_variant),
                                         zcb_open_run_side(head, (size_t)head_variant)};
    return 0;
}

/* The variant of `run` called `name`, or its only one if it has one only; -1: neither. */
static int64_t named_or_only(const zcb_open_run *run, const char *name)
{
    const zcb_run *about = &run->recorded.run;
    for (size_t i = 0; i < about->variant_count; i++) {
        if (strcmp(about->variants[i].name, name) == 0) {
            return (int64_t)i;
        }
    }
    return about->variant_count == 1 ? 0 : -1;
}

static const char *name_of(const zcb_open_run *run, int64_t variant)
{
    return run->recorded.run.variants[variant].name;
}

static int fail_alone(const zcb_open_run *run, const char *name, const char *other,
                      zcb_error *error)
{
    return zcb_fail(error, ZCB_EXIT_NOTHING,
                    "nothing to compare: the run in '%s' has no variant '%s' as that in '%s' "
                    "has; name one, as in %s:NAME",
                    run->dir, name, other, run->dir);
}

/* All variants of two folders by name. */
static int pair_folders(zcb_contrasts *out, const zcb_open_run *base, const zcb_open_run *head,
                        zcb_error *error)
{
    const zcb_run *about = &base->recorded.run;
    size_t before = out->count;
    for (size_t i = 0; i < about->variant_count; i++) {
        int64_t other = named_or_only(head, about->variants[i].name);
        int is_match =
            other >= 0 && (strcmp(name_of(head, other), about->variants[i].name) == 0 ||
                           about->variant_count == 1);
        if (is_match && add(out, base, (int64_t)i, head, other, error) < 0) {
            return -1;
        }
    }
    return out->count > before ? 0
                               : fail_alone(head, about->variants[0].name, base->dir, error);
}

static int pair_operands(zcb_contrasts *out, const operand *base, const operand *head,
                         zcb_error *error)
{
    int64_t left = base->variant, right = head->variant;
    if (left < 0 && right < 0) {
        return pair_folders(out, base->run, head->run, error);
    }
    if (left < 0) {
        left = named_or_only(base->run, name_of(head->run, right));
        if (left < 0) {
            return fail_alone(base->run, name_of(head->run, right), head->run->dir, error);
        }
    }
    if (right < 0) {
        right = named_or_only(head->run, name_of(base->run, left));
        if (right < 0) {
            return fail_alone(head->run, name_of(base->run, left), base->run->dir, error);
        }
    }
    return add(out, base->run, left, head->run, right, error);
}

/* One folder: its first variant against all others. */
static int pair_within(zcb_contrasts *out, const operand *only, zcb_error *error)
{
    const zcb_run *about = &only->run->recorded.run;
    if (only->variant >= 0 || about->variant_count < 2) {
        return zcb_fail(error, ZCB_EXIT_NOTHING,
                        "nothing to compare: '%s'%s one variant, %s; name another run or "
                        "measure with two --python",
                        only->run->dir, only->variant >= 0 ? " was named with" : " has",
                        name_of(only->run, only->variant >= 0 ? only->variant : 0));
    }
    out->is_whole_run = 1;
    for (size_t i = 1; i < about->variant_count; i++) {
        if (add(out, only->run, 0, only->run, (int64_t)i, error) < 0) {
            return -1;
        }
    }
    return 0;
}

/* Brings those with one base together, the order kept otherwise: they share a table. */
static void group_by_base(zcb_contrasts *out)
{
    for (size_t i = 1; i < out->count; i++) {
        zcb_contrast moved = out->items[i];
        size_t place = i;
        for (; place > 0 && out->items[place - 1].base.variant > moved.base.variant; place--) {
            out->items[place] = out->items[place - 1];
        }
        out->items[place] = moved;
    }
}

int zcb_contrasts_list(const zcb_texts *words, zcb_open_runs *runs, zcb_contrasts *out,
                       zcb_error *error)
{
    operands list = {0};
    int result = 0;
    for (size_t i = 0; result == 0 && i < words->count; i++) {
        result = take_word(&list, runs, words->items[i], error);
    }
    if (result == 0 && words->count == 0) {
        result = take_word(&list, runs, LATEST, error);
    }
    if (result == 0 && list.count == 1) {
        result = pair_within(out, &list.items[0], error);
    }
    for (size_t i = 1; result == 0 && i < list.count; i++) {
        result = pair_operands(out, &list.items[0], &list.items[i], error);
    }
    group_by_base(out);
    free(list.items);
    if (result < 0) {
        zcb_contrasts_clear(out);
    }
    return result;
}

void zcb_contrasts_clear(zcb_contrasts *contrasts)
{
    free(contrasts->items);
    *contrasts = (zcb_contrasts){0};
}
