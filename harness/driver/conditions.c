/* See conditions.h. */
#include "driver/conditions.h"

#include "driver/nearest.h"
#include "driver/texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VALUES_MAX ZCB_HEAP_COUNT

/* One factor with its values' names. */
typedef struct factor {
    const char *what;
    const char *names[VALUES_MAX];
    size_t count;
} factor;

static factor heap_factor(void)
{
    factor f = {.what = "heap", .count = ZCB_HEAP_COUNT};
    for (int i = 0; i < ZCB_HEAP_COUNT; i++) {
        f.names[i] = zcb_heap_name((zcb_heap)i);
    }
    return f;
}

static factor cache_factor(void)
{
    factor f = {.what = "cache", .count = ZCB_CACHE_COUNT};
    for (int i = 0; i < ZCB_CACHE_COUNT; i++) {
        f.names[i] = zcb_cache_name((zcb_cache)i);
    }
    return f;
}

static factor consumer_factor(void)
{
    factor f = {.what = "consumer", .count = ZCB_CONSUMER_COUNT};
    for (int i = 0; i < ZCB_CONSUMER_COUNT; i++) {
        f.names[i] = zcb_consumer_name((zcb_consumer)i);
    }
    return f;
}

static int fail_value(const factor *f, const char *word, zcb_error *error)
{
    char allowed[128] = "";
    for (size_t i = 0; i < f->count; i++) {
        size_t used = strlen(allowed);
        const char *before = i == 0 ? "" : i + 1 == f->count ? " and " : ", ";
        snprintf(allowed + used, sizeof allowed - used, "%s%s", before, f->names[i]);
    }
    const char *near = zcb_nearest(word, f->names, f->count);
    return zcb_fail(error, ZCB_EXIT_USAGE, "unknown %s '%s'%s%s; there are %s", f->what, word,
                    near == NULL ? "" : ", nearest is ", near == NULL ? "" : near, allowed);
}

static int add_value(const factor *f, const char *word, int *named, zcb_error *error)
{
    for (size_t i = 0; i < f->count; i++) {
        if (strcmp(word, f->names[i]) == 0) {
            named[i] = 1;
            return 0;
        }
    }
    return fail_value(f, word, error);
}

static int add_values(factor f, const char *text, int *named, zcb_error *error)
{
    char *copy = strdup(text), *rest = copy;
    int result = copy == NULL ? zcb_no_memory(error) : 0;
    for (char *word = strsep(&rest, ","); result == 0 && word != NULL;
         word = strsep(&rest, ",")) {
        result = add_value(&f, word, named, error);
    }
    free(copy);
    return result;
}

int zcb_factors_add_heaps(const char *text, zcb_factors *factors, zcb_error *error)
{
    return add_values(heap_factor(), text, factors->heaps, error);
}

int zcb_factors_add_caches(const char *text, zcb_factors *factors, zcb_error *error)
{
    return add_values(cache_factor(), text, factors->caches, error);
}

int zcb_factors_add_consumers(const char *text, zcb_factors *factors, zcb_error *error)
{
    return add_values(consumer_factor(), text, factors->consumers, error);
}

/* The first value named, or the count of values. */
static int first_named(const int *named, int count)
{
    int i = 0;
    while (i < count && !named[i]) {
        i++;
    }
    return i;
}

int zcb_factors_any(const zcb_factors *factors)
{
    return first_named(factors->heaps, ZCB_HEAP_COUNT) < ZCB_HEAP_COUNT ||
           first_named(factors->caches, ZCB_CACHE_COUNT) < ZCB_CACHE_COUNT ||
           first_named(factors->consumers, ZCB_CONSUMER_COUNT) < ZCB_CONSUMER_COUNT;
}

zcb_factors zcb_factors_all(void)
{
    return (zcb_factors){{1, 1, 1}, {1, 1}, {1, 1}};
}

size_t zcb_conditions_list(const zcb_factors *factors, zcb_condition *out)
{
    /* nothing named: the count, and with it the default at 0 */
    int heap = first_named(factors->heaps, ZCB_HEAP_COUNT) % ZCB_HEAP_COUNT;
    int cache = first_named(factors->caches, ZCB_CACHE_COUNT) % ZCB_CACHE_COUNT;
    int consumer = first_named(factors->consumers, ZCB_CONSUMER_COUNT) % ZCB_CONSUMER_COUNT;
    const zcb_condition base = {(zcb_heap)heap, (zcb_cache)cache, (zcb_consumer)consumer};
    size_t count = 0;
    out[count++] = base;
    for (int i = heap + 1; i < ZCB_HEAP_COUNT; i++) {
        if (factors->heaps[i]) {
            out[count] = base;
            out[count++].heap = (zcb_heap)i;
        }
    }
    for (int i = cache + 1; i < ZCB_CACHE_COUNT; i++) {
        if (factors->caches[i]) {
            out[count] = base;
            out[count++].cache = (zcb_cache)i;
        }
    }
    for (int i = consumer + 1; i < ZCB_CONSUMER_COUNT; i++) {
        if (factors->consumers[i]) {
            out[count] = base;
            out[count++].consumer = (zcb_consumer)i;
        }
    }
    return count;
}

int zcb_condition_is_default(zcb_condition condition)
{
    return condition.heap == ZCB_HEAP_DEFAULT && condition.cache == ZCB_CACHE_HOT &&
           condition.consumer == ZCB_CONSUMER_DROP;
}
