/* See planned_pair.h. */
#include "driver/planned_pair.h"

#include "base/selftest.h"
#include "driver/pattern.h"
#include "driver/places.h"
#include "driver/texts.h"

#include <stdlib.h>
#include <string.h>

#define SIZE_MIN_DEFAULT UINT64_C(64)
#define SIZE_MAX_DEFAULT (UINT64_C(64) << 20)

void zcb_planned_pair_clear(zcb_planned_pair *pair)
{
    char *texts[] = {pair->id, pair->name, pair->group, pair->note, pair->requires, pair->file};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        free(texts[i]);
    }
    for (size_t i = 0; i < pair->alternative_count; i++) {
        free(pair->alternatives[i]);
    }
    *pair = (zcb_planned_pair){0};
}

static int add_alternative(zcb_planned_pair *pair, const char *name, zcb_error *error)
{
    if (pair->alternative_count == ZCB_ALTERNATIVES_MAX || !zcb_arm_is_alternative(name) ||
        strlen(name) > ZCB_NAME_MAX) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL,
                        "pair '%s' has an impossible alternative '%s'", pair->name, name);
    }
    if (zcb_set_text(&pair->alternatives[pair->alternative_count], name, error) < 0) {
        return -1;
    }
    pair->alternative_count++;
    return 0;
}

int zcb_planned_pair_copy(const zcb_planned_pair *from, zcb_planned_pair *to, zcb_error *error)
{
    *to = (zcb_planned_pair){.kind = from->kind,
                             .lane = from->lane,
                             .size_min = from->size_min,
                             .size_max = from->size_max};
    int failed = zcb_set_text(&to->id, from->id, error) < 0 ||
                 zcb_set_text(&to->name, from->name, error) < 0 ||
                 zcb_set_text(&to->group, from->group, error) < 0 ||
                 zcb_set_text(&to->note, from->note, error) < 0 ||
                 zcb_set_text(&to->requires, from->requires, error) < 0 ||
                 zcb_set_text(&to->file, from->file, error) < 0;
    for (size_t i = 0; !failed && i < from->alternative_count; i++) {
        failed = add_alternative(to, from->alternatives[i], error) < 0;
    }
    if (failed) {
        zcb_planned_pair_clear(to);
    }
    return failed ? -1 : 0;
}

static int set_words(zcb_planned_pair *pair, const json_t *object, zcb_error *error)
{
    const struct {
        char **field;
        const char *key;
    } members[] = {
        {&pair->id, "id"},     {&pair->name, "name"},         {&pair->group, "group"},
        {&pair->note, "note"}, {&pair->requires, "requires"}, {&pair->file, "file"}};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        if (zcb_set_text(members[i].field, zcb_field_text(object, members[i].key), error) < 0) {
            return -1;
        }
    }
    return 0;
}

/* Cuts the share folder's bench/ off a file of ours. */
static void shorten_file(char *file)
{
    const char *share = zcb_share_dir();
    size_t length = strlen(share);
    const char *middle = "/bench/";
    if (strncmp(file, share, length) == 0 &&
        strncmp(file + length, middle, strlen(middle)) == 0) {
        const char *rest = file + length + strlen(middle);
        memmove(file, rest, strlen(rest) + 1);
    }
}

static int fill(zcb_planned_pair *pair, const json_t *object, zcb_error *error)
{
    if (set_words(pair, object, error) < 0) {
        return -1;
    }
    if (pair->name[0] == '\0' || strlen(pair->name) > ZCB_NAME_MAX ||
        zcb_kind_parse(zcb_field_text(object, "kind"), &pair->kind) < 0 ||
        zcb_lane_parse(zcb_field_text(object, "lane"), &pair->lane) < 0) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL,
                        "a worker describes a pair '%s' with no valid name, "
                        "kind or lane",
                        pair->name);
    }
    shorten_file(pair->file);
    uint64_t lo = zcb_field_u64(object, "size_min", 0),
             hi = zcb_field_u64(object, "size_max", 0);
    pair->size_min = lo == 0 ? SIZE_MIN_DEFAULT : lo;
    pair->size_max = hi == 0 ? SIZE_MAX_DEFAULT : hi;
    size_t index;
    json_t *name;
    json_array_foreach(json_object_get(object, "alternatives"), index, name)
    {
        const char *text = json_string_value(name);
        if (add_alternative(pair, text == NULL ? "" : text, error) < 0) {
            return -1;
        }
    }
    return pair->alternative_count > 0 ? 0 : add_alternative(pair, ZCB_ARM_VIEW, error);
}

int zcb_planned_pair_parse(const json_t *object, zcb_planned_pair *out, zcb_error *error)
{
    *out = (zcb_planned_pair){0};
    if (fill(out, object, error) < 0) {
        zcb_planned_pair_clear(out);
        return -1;
    }
    return 0;
}

int zcb_planned_pair_is_instruments(const zcb_planned_pair *pair)
{
    /* users' pairs are of the python lane, whatever group they name */
    return pair->lane == ZCB_LANE_CAPI && strcmp(pair->group, ZCB_SELFTEST_GROUP) == 0;
}

int zcb_planned_pair_matches(const zcb_planned_pair *pair, const char *word)
{
    return zcb_planned_pair_is_instruments(pair)
               ? strcmp(word, pair->name) == 0
               : zcb_pattern_matches(word, pair->name, pair->id);
}

char *zcb_pair_file_path(const zcb_planned_pair *pair, zcb_error *error)
{
    return pair->file[0] == '/' ? zcb_format(error, "%s", pair->file)
                                : zcb_format(error, "%s/bench/%s", zcb_share_dir(), pair->file);
}
