/* What `compare --json` prints. */
#ifndef ZCB_DRIVER_COMPARE_JSON_H
#define ZCB_DRIVER_COMPARE_JSON_H

#include "report/comparison_set.h"

#include <jansson.h>

/* {"schema":1,"folder":…,"comparisons":[{base, head, paired, margin, builds, cells, series,
 * means, breakevens}]} with the columns of compare.csv, compare-means.csv and
 * compare-breakeven.csv; NULL where memory is short. `folder`: where these files are, NULL:
 * nowhere. */
json_t *zcb_compare_json(const zcb_comparison_set *set, const char *folder);

#endif
