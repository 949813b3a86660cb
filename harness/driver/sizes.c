/* See sizes.h. */
#include "driver/sizes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HELP "write 4096, 4KiB, 64..64M, 64..64M:4 or a list of these"
#define POINTS_MAX 64

typedef struct unit {
    const char *name;
    unsigned shift;
} unit;

static const unit units[] = {{"", 0},     {"B", 0},  {"K", 10},   {"KiB", 10}, {"M", 20},
                             {"MiB", 20}, {"G", 30}, {"GiB", 30}, {"T", 40},   {"TiB", 40}};

int zcb_sizes_add(zcb_sizes *sizes, uint64_t size_bytes)
{
    size_t at = 0;
    while (at < sizes->count && sizes->items[at] < size_bytes) {
        at++;
    }
    if (at < sizes->count && sizes->items[at] == size_bytes) {
        return 0;
    }
    if (sizes->count == ZCB_SIZES_MAX) {
        return -1;
    }
    memmove(&sizes->items[at + 1], &sizes->items[at],
            (sizes->count - at) * sizeof sizes->items[0]);
    sizes->items[at] = size_bytes;
    sizes->count++;
    return 0;
}

/* Whole decimal digits of `text`: their count, the value in *out; SIZE_MAX when it passes the
 * limit. */
static size_t parse_digits(const char *text, uint64_t *out)
{
    size_t length = strspn(text, "0123456789");
    uint64_t value = 0;
    for (size_t i = 0; i < length; i++) {
        value = value * 10 + (uint64_t)(text[i] - '0');
        if (value > ZCB_SIZE_LIMIT) {
            return SIZE_MAX;
        }
    }
    *out = value;
    return length;
}

static int unit_shift(const char *name)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strcmp(units[i].name, name) == 0) {
            return (int)units[i].shift;
        }
    }
    return -1;
}

static int parse_one(const char *text, uint64_t *out, zcb_error *error)
{
    uint64_t value = 0;
    size_t digits = parse_digits(text, &value);
    if (text[0] == '\0') {
        return zcb_fail(error, ZCB_EXIT_USAGE, "a size is missing: %s", HELP);
    }
    if (digits == 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "malformed size '%s': %s", text, HELP);
    }
    int shift = digits == SIZE_MAX ? 0 : unit_shift(text + digits);
    if (shift < 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "malformed size '%s': unit '%s' is none of B, K, KiB, M, MiB, G, GiB",
                        text, text + digits);
    }
    if (digits == SIZE_MAX || value > (ZCB_SIZE_LIMIT >> shift)) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "size '%s' is too large: at most 1 TiB", text);
    }
    if (value == 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "size '%s' is too small: at least 1 byte", text);
    }
    *out = value << shift;
    return 0;
}

static int parse_points(const char *text, unsigned *out, zcb_error *error)
{
    uint64_t points = 0;
    size_t digits = parse_digits(text, &points);
    if (digits == 0 || digits == SIZE_MAX || text[digits] != '\0' || points == 0 ||
        points > POINTS_MAX) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "malformed points per octave '%s': a whole number from 1 to %d", text,
                        POINTS_MAX);
    }
    *out = (unsigned)points;
    return 0;
}

/* Adds the rounded 2^(i/points) from lo to hi: how many there are, or -1 when the list is full.
 */
static int add_range(uint64_t lo, uint64_t hi, unsigned points, zcb_sizes *sizes)
{
    int found = 0;
    for (unsigned i = 0; i <= 40 * points; i++) {
        uint64_t size = (uint64_t)llround(exp2((double)i / points));
        if (size < lo || size > hi) {
            continue;
        }
        if (zcb_sizes_add(sizes, size) < 0) {
            return -1;
        }
        found++;
    }
    return found;
}

/* `text` is lo..hi or lo..hi:points, `dots` its two dots; changes `text`. */
static int parse_range(char *text, char *dots, zcb_sizes *sizes, zcb_error *error)
{
    unsigned points = 1;
    uint64_t lo = 0, hi = 0;
    char *colon = strchr(dots, ':');
    if (colon != NULL && parse_points(colon + 1, &points, error) < 0) {
        return -1;
    }
    if (colon != NULL) {
        *colon = '\0';
    }
    *dots = '\0';
    if (parse_one(text, &lo, error) < 0 || parse_one(dots + 2, &hi, error) < 0) {
        return -1;
    }
    if (lo > hi) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "size range '%s..%s' runs backwards: the smaller size comes first",
                        text, dots + 2);
    }
    int found = add_range(lo, hi, points, sizes);
    if (found < 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "too many sizes: at most %d", ZCB_SIZES_MAX);
    }
    if (found == 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "no %s lies in '%s..%s'",
                        points == 1 ? "power of two" : "such size", text, dots + 2);
    }
    return 0;
}

static int parse_item(char *text, zcb_sizes *sizes, zcb_error *error)
{
    char *dots = strstr(text, "..");
    if (dots != NULL) {
        return parse_range(text, dots, sizes, error);
    }
    uint64_t size = 0;
    if (parse_one(text, &size, error) < 0) {
        return -1;
    }
    if (zcb_sizes_add(sizes, size) < 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "too many sizes: at most %d", ZCB_SIZES_MAX);
    }
    return 0;
}

int zcb_sizes_parse(const char *text, zcb_sizes *sizes, zcb_error *error)
{
    char *copy = strdup(text);
    zcb_sizes *added = malloc(sizeof *added);
    int result = -1;
    if (copy == NULL || added == NULL) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
        goto done;
    }
    *added = *sizes;
    char *rest = copy;
    for (char *item = strsep(&rest, ","); item != NULL; item = strsep(&rest, ",")) {
        if (parse_item(item, added, error) < 0) {
            goto done;
        }
    }
    *sizes = *added;
    result = 0;
done:
    free(added);
    free(copy);
    return result;
}
