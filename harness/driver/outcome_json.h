/* A run's result as one JSON object. */
#ifndef ZCB_DRIVER_OUTCOME_JSON_H
#define ZCB_DRIVER_OUTCOME_JSON_H

#include "report/analysis.h"

#include <jansson.h>

/* {"schema":1,"run_id","complete","folder","timed_share","cells":{status: count},"not_ok":[…],
 * "widths":{"speedups","median","p90","widest"},"speedups":[…],"breakevens":[…]}: rows as in
 * cells.csv, speedup.csv (with the half width of gross as a share of 1) and breakeven.csv, missing
 * numbers null. New reference; NULL when memory is short. */
json_t *zcb_outcome_json(const zcb_analysis *analysis, const char *dir);

/* A new row with the columns that say of which cell and arm (NULL: none) it speaks; a series has
 * no size. New reference. */
json_t *zcb_json_row(const zcb_analysis *analysis, uint32_t cell, const char *arm,
                     int has_size);

/* Sets a member: a text repaired to UTF-8, "" for NULL; a number, null for what is not finite. */
void zcb_json_set_text(json_t *object, const char *key, const char *text);
void zcb_json_set_number(json_t *object, const char *key, double number);

#endif
