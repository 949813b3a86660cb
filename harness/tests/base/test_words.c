/* Protects: the words of files and command line, spelled as documented, and nothing else taken
 * for one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/words.h"

#include <string.h>

/* One vocabulary: its documented words in the order of the enum, and its two functions behind
 * one face. */
typedef struct vocabulary {
    const char *const *words;
    int count;
    const char *(*name)(int value);
    int (*parse)(const char *text, int *out);
} vocabulary;

#define FACE(word)                                                                             \
    static const char *word##_name(int value)                                                  \
    {                                                                                          \
        return zcb_##word##_name((zcb_##word)value);                                           \
    }                                                                                          \
    static int word##_parse(const char *text, int *out)                                        \
    {                                                                                          \
        zcb_##word value = (zcb_##word) * out;                                                 \
        int status = zcb_##word##_parse(text, &value);                                         \
        *out = (int)value;                                                                     \
        return status;                                                                         \
    }

FACE(lane)
FACE(heap)
FACE(cache)
FACE(consumer)
FACE(kind)
FACE(status)

static const char *const lanes[] = {"python", "capi"};
static const char *const heaps[] = {"default", "warm", "fresh"};
static const char *const caches[] = {"hot", "cold"};
static const char *const consumers[] = {"drop", "read"};
static const char *const kinds[] = {"Z", "R", "K", "L", "Q"};
static const char *const statuses[] = {"ok",     "noisy",       "refused",
                                       "failed", "unavailable", "skipped"};

static const vocabulary vocabularies[] = {
    {lanes, ZCB_LANE_COUNT, lane_name, lane_parse},
    {heaps, ZCB_HEAP_COUNT, heap_name, heap_parse},
    {caches, ZCB_CACHE_COUNT, cache_name, cache_parse},
    {consumers, ZCB_CONSUMER_COUNT, consumer_name, consumer_parse},
    {kinds, ZCB_KIND_COUNT, kind_name, kind_parse},
    {statuses, ZCB_STATUS_COUNT, status_name, status_parse},
};
#define VOCABULARY_COUNT (sizeof vocabularies / sizeof vocabularies[0])

static void the_lists_are_complete(void **state)
{
    (void)state;
    assert_int_equal(ZCB_LANE_COUNT, sizeof lanes / sizeof lanes[0]);
    assert_int_equal(ZCB_HEAP_COUNT, sizeof heaps / sizeof heaps[0]);
    assert_int_equal(ZCB_CACHE_COUNT, sizeof caches / sizeof caches[0]);
    assert_int_equal(ZCB_CONSUMER_COUNT, sizeof consumers / sizeof consumers[0]);
    assert_int_equal(ZCB_KIND_COUNT, sizeof kinds / sizeof kinds[0]);
    assert_int_equal(ZCB_STATUS_COUNT, sizeof statuses / sizeof statuses[0]);
}

static void every_word_reads_back(void **state)
{
    (void)state;
    for (size_t v = 0; v < VOCABULARY_COUNT; v++) {
        for (int i = 0; i < vocabularies[v].count; i++) {
            int value = (i + 1) % vocabularies[v].count;
            assert_string_equal(vocabularies[v].name(i), vocabularies[v].words[i]);
            assert_int_equal(vocabularies[v].parse(vocabularies[v].words[i], &value), 0);
            assert_int_equal(value, i);
        }
    }
}

static void other_texts_are_no_words(void **state)
{
    (void)state;
    const char *const texts[] = {"",      " hot", "hot ", "Python",   "CAPI",  "z",
                                 "pytho", "oks",  "0",    "default,", "drop\n"};
    for (size_t v = 0; v < VOCABULARY_COUNT; v++) {
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
            int value = 1;
            assert_int_equal(vocabularies[v].parse(texts[i], &value), -1);
            assert_int_equal(value, 1);
        }
    }
}

static void alternatives_are_views(void **state)
{
    (void)state;
    assert_true(zcb_arm_is_alternative("view"));
    assert_true(zcb_arm_is_alternative("view:offset"));
    const char *const others[] = {"",     "vie",  "views", "view ", "View",
                                  "copy", "null", "twin",  "limit"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_false(zcb_arm_is_alternative(others[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lists_are_complete),
        cmocka_unit_test(every_word_reads_back),
        cmocka_unit_test(other_texts_are_no_words),
        cmocka_unit_test(alternatives_are_views),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
