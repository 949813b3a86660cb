/* A run's result as one JSON object. */
#ifndef ZCB_DRIVER_OUTCOME_JSON_H
#define ZCB_DRIVER_OUTCOME_JSON_H

#include "report/analysis.h"

#include <jansson.h>

/* {"schema":1,"run_id","complete","folder","timed_share","cells":{status:
 * count},"speedups":[…], "breakevens":[…]}: rows as in speedup.csv and breakeven.csv, missing
 * numbers null. New reference; NULL when memory is short. */
json_t *zcb_outcome_json(const zcb_analysis *analysis, const char *dir);

#endif
