/* Under which conditions a run measures: those asked for vary one at a time from a base, never
 * as a full product. */
#ifndef ZCB_DRIVER_CONDITIONS_H
#define ZCB_DRIVER_CONDITIONS_H

#include "base/error.h"
#include "base/words.h"

#include <stddef.h>

#define ZCB_CONDITIONS_MAX (ZCB_HEAP_COUNT + ZCB_CACHE_COUNT + ZCB_CONSUMER_COUNT - 2)

/* What the command line asks for: 1 where a value was named. Zero value: nothing. */
typedef struct zcb_factors {
    int heaps[ZCB_HEAP_COUNT], caches[ZCB_CACHE_COUNT], consumers[ZCB_CONSUMER_COUNT];
} zcb_factors;

/* Where a cell is measured. Zero value: the base a run has by default. */
typedef struct zcb_condition {
    zcb_heap heap;
    zcb_cache cache;
    zcb_consumer consumer;
} zcb_condition;

/* Each adds the values that `text` names, parted by commas. 0, or -1 with exit code 2, the
 * allowed values and the nearest named. */
int zcb_factors_add_heaps(const char *text, zcb_factors *factors, zcb_error *error);
int zcb_factors_add_caches(const char *text, zcb_factors *factors, zcb_error *error);
int zcb_factors_add_consumers(const char *text, zcb_factors *factors, zcb_error *error);

/* 1 when anything was named. */
int zcb_factors_any(const zcb_factors *factors);

/* Every value of every factor. */
zcb_factors zcb_factors_all(void);

/* Fills out[ZCB_CONDITIONS_MAX]: first the base — of each factor its default where that or
 * nothing was named, else the first value named — then each other value named, the other
 * factors staying at the base. Returns how many. */
size_t zcb_conditions_list(const zcb_factors *factors, zcb_condition *out);

/* 1 for default, hot, drop. */
int zcb_condition_is_default(zcb_condition condition);

#endif
