/* Which members a baseline has, row by row: asked by its writer and by its reader. */
#ifndef ZCB_STORE_BASELINE_MEMBERS_H
#define ZCB_STORE_BASELINE_MEMBERS_H

#include "store/baseline.h"
#include "store/run_members.h"

#define ZCB_BASELINE_FORMAT "zcbench baseline"

/* A figure and its cell, flat. */
typedef struct zcb_baseline_figure_row {
    char *python, *pair;
    zcb_lane lane;
    zcb_heap heap;
    zcb_cache cache;
    zcb_consumer consumer;
    uint64_t size_bytes;
    char *arm, *divisor;
    double ratio, lo, hi;
    uint32_t launches;
} zcb_baseline_figure_row;

/* A break-even and its series, flat. */
typedef struct zcb_baseline_breakeven_row {
    char *python, *pair;
    zcb_lane lane;
    zcb_heap heap;
    zcb_cache cache;
    zcb_consumer consumer;
    uint64_t size_min;
    char *arm, *status;
    double bytes, lo, hi;
} zcb_baseline_breakeven_row;

extern const zcb_json_table zcb_baseline_head_members; /* of zcb_baseline: its texts */
extern const zcb_json_table zcb_baseline_variant_members;
extern const zcb_json_table zcb_baseline_figure_members;
extern const zcb_json_table zcb_baseline_breakeven_members;

#endif
