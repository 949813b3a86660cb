/* See catalogue.h. */
#include "driver/catalogue.h"

#include "driver/nearest.h"
#include "driver/places.h"
#include "driver/worker_ask.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DESCRIBE_LIMIT_MS 60000u
#define MISSING "this interpreter's worker does not have it"

static void clear_entry(zcb_entry *entry, size_t variant_count)
{
    for (size_t v = 0; entry->availability != NULL && v < variant_count; v++) {
        free(entry->availability[v].reason);
        free(entry->availability[v].without);
    }
    free(entry->availability);
    free(entry->hot_only);
    free(entry->drop_only);
    zcb_planned_pair_clear(&entry->pair);
}

void zcb_catalogue_clear(zcb_catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        clear_entry(&catalogue->entries[i], catalogue->variant_count);
    }
    free(catalogue->entries);
    *catalogue = (zcb_catalogue){0};
}

static zcb_entry *find(const zcb_catalogue *catalogue, const char *name, zcb_lane lane)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        zcb_entry *entry = &catalogue->entries[i];
        if (entry->pair.lane == lane && strcmp(entry->pair.name, name) == 0) {
            return entry;
        }
    }
    return NULL;
}

const zcb_entry *zcb_catalogue_find(const zcb_catalogue *catalogue, const char *name,
                                    zcb_lane lane)
{
    return find(catalogue, name, lane);
}

int zcb_catalogue_unknown(const zcb_catalogue *catalogue, const char *word, zcb_error *error)
{
    const char **names = zcb_allocate(catalogue->count * 2, sizeof *names, error);
    if (names == NULL) {
        return -1;
    }
    size_t count = 0;
    for (size_t i = 0; i < catalogue->count; i++) {
        names[count++] = catalogue->entries[i].pair.name;
        names[count++] = catalogue->entries[i].pair.id;
    }
    const char *near = zcb_nearest(word, names, count);
    zcb_fail(error, ZCB_EXIT_USAGE, "unknown pair '%s'%s%s; `zcbench list` shows all names",
             word, near == NULL ? "" : ", nearest is ", near == NULL ? "" : near);
    free(names);
    return -1;
}

/* Where a new entry of `pair` belongs: beside its name, python lane first, else last. */
static size_t place_of(const zcb_catalogue *catalogue, const zcb_planned_pair *pair)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        if (strcmp(catalogue->entries[i].pair.name, pair->name) == 0) {
            return pair->lane == ZCB_LANE_PYTHON ? i : i + 1;
        }
    }
    return catalogue->count;
}

/* Takes *pair over (emptied on success). */
static zcb_entry *insert(zcb_catalogue *catalogue, zcb_planned_pair *pair, int is_users,
                         zcb_error *error)
{
    zcb_availability *availability =
        zcb_allocate(catalogue->variant_count, sizeof *availability, error);
    zcb_entry *grown = realloc(catalogue->entries, (catalogue->count + 1) * sizeof *grown);
    if (grown != NULL) {
        catalogue->entries = grown;
    }
    if (availability == NULL || grown == NULL) {
        free(availability);
        zcb_no_memory(error);
        return NULL;
    }
    size_t at = place_of(catalogue, pair);
    memmove(&grown[at + 1], &grown[at], (catalogue->count - at) * sizeof *grown);
    grown[at] = (zcb_entry){.pair = *pair, .availability = availability, .is_users = is_users};
    catalogue->count++;
    *pair = (zcb_planned_pair){0};
    return &grown[at];
}

/* The alternatives that a description says are missing, with the reasons, as one text. */
static int set_without(char **field, const json_t *object, zcb_error *error)
{
    const char *name;
    json_t *reason;
    if (zcb_set_text(field, "", error) < 0) {
        return -1;
    }
    json_object_foreach(json_object_get(object, "missing"), name, reason)
    {
        char *longer = zcb_format(error, "%s%s%s %s", *field, **field != '\0' ? "; " : "", name,
                                  json_string_value(reason));
        if (longer == NULL) {
            return -1;
        }
        free(*field);
        *field = longer;
    }
    return 0;
}

/* What variant `v` says of a pair it describes. */
static int take_availability(zcb_entry *entry, const json_t *object, size_t v, zcb_error *error)
{
    zcb_availability *a = &entry->availability[v];
    a->ok = zcb_field_flag(object, "ok") == 1;
    return zcb_set_text(&a->reason, zcb_field_text(object, "reason"), error) < 0 ||
                   set_without(&a->without, object, error) < 0 ||
                   zcb_set_text(&entry->hot_only, zcb_field_text(object, "hot_only"), error) <
                       0 ||
                   zcb_set_text(&entry->drop_only, zcb_field_text(object, "drop_only"), error) <
                       0
               ? -1
               : 0;
}

/* One object of "pairs" as variant `v` describes it. */
static int take_pair(zcb_catalogue *catalogue, const json_t *object, const zcb_texts *files,
                     size_t v, zcb_error *error)
{
    zcb_planned_pair pair = {0};
    if (zcb_planned_pair_parse(object, &pair, error) < 0) {
        return -1;
    }
    int result = -1;
    int is_users = zcb_texts_find(files, pair.file) >= 0;
    zcb_entry *entry = find(catalogue, pair.name, pair.lane);
    if (entry != NULL &&
        (entry->availability[v].reason != NULL || strcmp(entry->pair.file, pair.file) != 0)) {
        zcb_fail(error, ZCB_EXIT_USAGE, "pair '%s' of %s has the name of a pair of %s",
                 pair.name, pair.file, entry->pair.file);
        goto done;
    }
    if (entry == NULL && (entry = insert(catalogue, &pair, is_users, error)) == NULL) {
        goto done;
    }
    result = take_availability(entry, object, v, error);
done:
    zcb_planned_pair_clear(&pair);
    return result;
}

/* The first error of a user's file fails all; one of ours can't happen in a tested tree and
 * fails too. */
static int take_errors(const json_t *root, zcb_error *error)
{
    const json_t *first = json_array_get(json_object_get(root, "errors"), 0);
    if (first == NULL) {
        return 0;
    }
    const char *file = zcb_field_text(first, "file"), *text = zcb_field_text(first, "error");
    if (strstr(text, file) != NULL) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "%s", text);
    }
    return zcb_fail(error, ZCB_EXIT_USAGE, "%s: %s", file, text);
}

/* The numpy that the worker imports, where it says so. */
static int take_numpy(const json_t *root, zcb_variant *variant, zcb_error *error)
{
    const json_t *numpy = json_object_get(json_object_get(root, "interpreter"), "numpy");
    return !json_is_string(numpy)
               ? 0
               : zcb_set_text(&variant->numpy, json_string_value(numpy), error);
}

static int take_description(zcb_catalogue *catalogue, const char *text, const zcb_texts *files,
                            size_t v, zcb_variant *variant, zcb_error *error)
{
    json_error_t why;
    json_t *root = json_loads(text == NULL ? "" : text, 0, &why);
    int result = -1;
    if (!json_is_object(root) || zcb_field_u64(root, "schema", 0) != 1) {
        zcb_fail(error, ZCB_EXIT_INTERNAL,
                 "the worker of %s describes its pairs in no known form", variant->name);
        goto done;
    }
    if (take_errors(root, error) < 0 || take_numpy(root, variant, error) < 0) {
        goto done;
    }
    size_t index;
    json_t *object;
    json_array_foreach(json_object_get(root, "pairs"), index, object)
    {
        if (take_pair(catalogue, object, files, v, error) < 0) {
            goto done;
        }
    }
    result = 0;
done:
    json_decref(root);
    return result;
}

static int is_pair_file(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 3 && entry->d_name[0] != '.' && entry->d_name[0] != '_' &&
           strcmp(entry->d_name + length - 3, ".py") == 0;
}

/* Adds every bench/python/<pair>.py of the share folder, sorted by name. */
static int add_our_files(zcb_texts *argv, zcb_error *error)
{
    char *folder = zcb_format(error, "%s/bench/python", zcb_share_dir());
    if (folder == NULL) {
        return -1;
    }
    struct dirent **names = NULL;
    int count = scandir(folder, &names, is_pair_file, alphasort);
    int result = 0;
    if (count < 0) {
        result =
            zcb_fail(error, ZCB_EXIT_USAGE, "'%s' can't be read: %s", folder, strerror(errno));
    }
    for (int i = 0; i < count; i++) {
        if (result == 0) {
            result = zcb_texts_take(argv, zcb_format(error, "%s/%s", folder, names[i]->d_name),
                                    error);
        }
        free(names[i]);
    }
    free(names);
    free(folder);
    return result;
}

static int build_arguments(const zcb_variant *variant, const zcb_texts *files, zcb_texts *argv,
                           zcb_error *error)
{
    if (zcb_texts_add(argv, variant->worker, error) < 0 ||
        zcb_texts_add(argv, "--describe", error) < 0 ||
        zcb_texts_add(argv, "--program", error) < 0 ||
        zcb_texts_add(argv, variant->program, error) < 0) {
        return -1;
    }
    if (variant->path[0] != '\0' && (zcb_texts_add(argv, "--path", error) < 0 ||
                                     zcb_texts_add(argv, variant->path, error) < 0)) {
        return -1;
    }
    if (zcb_texts_add(argv, "--pairs", error) < 0 || add_our_files(argv, error) < 0) {
        return -1;
    }
    for (size_t i = 0; i < files->count; i++) {
        if (zcb_texts_add(argv, files->items[i], error) < 0) {
            return -1;
        }
    }
    return 0;
}

static int describe(zcb_variant *variant, const zcb_texts *files, size_t v, zcb_catalogue *out,
                    zcb_error *error)
{
    zcb_texts argv = {0};
    zcb_child child = {0};
    char status[64];
    int result = -1;
    if (build_arguments(variant, files, &argv, error) < 0 ||
        zcb_worker_ask((const char *const *)argv.items, DESCRIBE_LIMIT_MS, &child, error) < 0) {
        goto done;
    }
    if (!zcb_child_succeeded(&child)) {
        zcb_fail(error, ZCB_EXIT_USAGE,
                 "python '%s' can't be used: its worker ended with %s%s%s", variant->name,
                 zcb_child_status_text(&child, status, sizeof status),
                 child.last_line[0] != '\0' ? ": " : "", child.last_line);
        goto done;
    }
    result = take_description(out, child.out, files, v, variant, error);
done:
    zcb_child_clear(&child);
    zcb_texts_clear(&argv);
    return result;
}

/* Variants that did not mention an entry can't run it. */
static int fill_gaps(zcb_catalogue *catalogue, zcb_error *error)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        for (size_t v = 0; v < catalogue->variant_count; v++) {
            zcb_availability *a = &catalogue->entries[i].availability[v];
            if (a->reason == NULL && (zcb_set_text(&a->reason, MISSING, error) < 0 ||
                                      zcb_set_text(&a->without, "", error) < 0)) {
                return -1;
            }
        }
    }
    return 0;
}

int zcb_catalogue_load(zcb_run *run, const zcb_texts *files, zcb_catalogue *out,
                       zcb_error *error)
{
    *out = (zcb_catalogue){.variant_count = run->variant_count};
    int result = 0;
    for (size_t v = 0; result == 0 && v < run->variant_count; v++) {
        result = describe(&run->variants[v], files, v, out, error);
    }
    if (result == 0) {
        result = fill_gaps(out, error);
    }
    if (result < 0) {
        zcb_catalogue_clear(out);
    }
    return result;
}
