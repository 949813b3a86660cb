/* See registry.h; the lists themselves are bench/pairs.h and selftest_pairs.h. */
#include "worker/registry.h"

#include "worker/selftest_pairs.h"

#include <string.h>

#if ZCB_HAVE_NUMPY
#define ZCB_WITH_NUMPY(...) __VA_ARGS__
#else
#define ZCB_WITH_NUMPY(...)
#endif

#define ZCB_DECLARE_capi(name) extern const zcb_pair zcb_pair_capi_##name;
#define ZCB_DECLARE_numpy(name) ZCB_WITH_NUMPY(extern const zcb_pair zcb_pair_numpy_##name;)
#define ZCB_PAIR(folder, name) ZCB_DECLARE_##folder(name)
#include "../../bench/pairs.h"
#undef ZCB_PAIR

#define ZCB_LIST_capi(name) {&zcb_pair_capi_##name, "capi"},
#define ZCB_LIST_numpy(name) ZCB_WITH_NUMPY({&zcb_pair_numpy_##name, "numpy"}, )
#define ZCB_PAIR(folder, name) ZCB_LIST_##folder(name)
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
