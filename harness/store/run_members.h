/* Which members run.json has, section by section: asked by its writer and by its reader. */
#ifndef ZCB_STORE_RUN_MEMBERS_H
#define ZCB_STORE_RUN_MEMBERS_H

#include "store/json_members.h"
#include "store/run.h"

/* The identity and settings of a calibration, flat: the rest are its arms. */
typedef struct zcb_calibration_head {
    char *python, *pair;
    zcb_lane lane;
    zcb_heap heap;
    zcb_cache cache;
    zcb_consumer consumer;
    uint64_t size_bytes;
    int settled;
    uint32_t blocks;
} zcb_calibration_head;

/* The members of one struct; static storage. */
typedef struct zcb_json_table {
    const zcb_json_member *members;
    size_t count;
} zcb_json_table;

extern const zcb_json_table zcb_run_start_members; /* of zcb_run: run_id, complete */
extern const zcb_json_table
    zcb_run_tool_members; /* of zcb_run: the section "tool" but its version */
extern const zcb_json_table zcb_run_time_members; /* of zcb_run: seed to wall_s */
extern const zcb_json_table zcb_plan_members;     /* of zcb_plan */
extern const zcb_json_table zcb_machine_members;
extern const zcb_json_table zcb_variant_members;
extern const zcb_json_table zcb_source_members; /* but its machine */
extern const zcb_json_table zcb_left_out_members;
extern const zcb_json_table zcb_planned_pair_members; /* but its alternatives */
extern const zcb_json_table zcb_calibration_members;  /* of zcb_calibration_head */

#endif
