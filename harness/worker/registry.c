/* See registry.h; the lists themselves are bench/pairs.h and selftest_pairs.h. */
#include "worker/registry.h"

#include "worker/selftest_pairs.h"

#include <string.h>

#define ZCB_PAIR(folder, name) extern const zcb_pair zcb_pair_##folder##_##name;
#include "../../bench/pairs.h"
#undef ZCB_PAIR

#define ZCB_PAIR(folder, name) {&zcb_pair_##folder##_##name, #folder},
const zcb_registered zcb_registry[] = {
#include "../../bench/pairs.h"
#undef ZCB_PAIR
#define ZCB_LIST_SELFTEST(name) {&zcb_pair_##name, ZCB_FOLDER_OF_INSTRUMENT},
    ZCB_SELFTEST_PAIRS(ZCB_LIST_SELFTEST)
#undef ZCB_LIST_SELFTEST
        {NULL, NULL}};

const zcb_pair *zcb_registry_find(const char *name)
{
    for (const zcb_registered *entry = zcb_registry; entry->pair != NULL; entry++) {
        if (strcmp(entry->pair->name, name) == 0) {
            return entry->pair;
        }
    }
    return NULL;
}

int zcb_registry_is_instruments(const zcb_pair *pair)
{
    for (const zcb_registered *entry = zcb_registry; entry->pair != NULL; entry++) {
        if (entry->pair == pair) {
            return strcmp(entry->folder, ZCB_FOLDER_OF_INSTRUMENT) == 0;
        }
    }
    return 0;
}
