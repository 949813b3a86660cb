/* The header rows of every table, exactly as they stand in the files. One list of each. */
#ifndef ZCB_STORE_COLUMNS_H
#define ZCB_STORE_COLUMNS_H

/* A cell, and what a derived series of cells starts with. */
#define ZCB_CELL_COLUMNS "python,pair,lane,heap,cache,consumer,size_bytes"
#define ZCB_CELL_COLUMN_COUNT 7
#define ZCB_SERIES_COLUMNS "python,pair,lane,heap,cache,consumer"

#define ZCB_SAMPLES_COLUMNS                                                                    \
    ZCB_CELL_COLUMNS ",launch,block,order,arm,iterations,elapsed_ns,minor_faults"
#define ZCB_SAMPLES_COLUMN_COUNT 14

#define ZCB_LAUNCHES_COLUMNS                                                                   \
    "python,launch,phase,seed,env_pad_bytes,started_utc,steal_ms,involuntary_switches,load1,"  \
    "status"
#define ZCB_LAUNCHES_COLUMN_COUNT 10

#define ZCB_CELL_ROWS_COLUMNS ZCB_CELL_COLUMNS ",status,reason,flags"
#define ZCB_CELL_ROWS_COLUMN_COUNT 10

/* An arm of a pair at a size, under no condition: what is counted and observed, not timed. */
#define ZCB_ARM_COLUMNS "python,pair,lane,size_bytes,arm"
#define ZCB_ARM_COLUMN_COUNT 5

#define ZCB_MEMORY_COLUMNS                                                                     \
    ZCB_ARM_COLUMNS ",blocks_per_op,bytes_per_op,gc_objects_per_op,peak_bytes,retained_bytes," \
                    "used_bytes"

#define ZCB_SEMANTICS_COLUMNS                                                                  \
    ZCB_ARM_COLUMNS ",change_seen,source_locked,source_kept_alive,writable,contiguous"

#define ZCB_LIES_COLUMNS "python,lie,statement,claim,found,note"

#define ZCB_SUMMARY_COLUMNS                                                                    \
    "run_id," ZCB_CELL_COLUMNS                                                                 \
    ",arm,launches,samples,median_ns,ci_lo_ns,ci_hi_ns,mean_ns,sd_ns,"                         \
    "min_ns,p99_ns,faults_per_op,status,flags"

#define ZCB_SPEEDUP_COLUMNS                                                                    \
    "run_id," ZCB_CELL_COLUMNS ",arm,gross,gross_lo,gross_hi,net,net_lo,net_hi,twin,twin_lo,"  \
    "twin_hi,limit_ratio,verdict"

#define ZCB_BREAKEVEN_COLUMNS "run_id," ZCB_SERIES_COLUMNS ",arm,status,bytes,ci_lo,ci_hi"

#define ZCB_SCALING_COLUMNS                                                                    \
    "run_id," ZCB_SERIES_COLUMNS ",arm,regime_lo,regime_hi,exponent,ci_lo,ci_hi,expected"

/* Which two variants a row holds against each other. */
#define ZCB_COMPARED_COLUMNS "base_run_id,base,head_run_id,head"
#define ZCB_QUESTION_COLUMNS "pair,lane,heap,cache,consumer"

#define ZCB_COMPARE_COLUMNS                                                                    \
    ZCB_COMPARED_COLUMNS "," ZCB_QUESTION_COLUMNS                                              \
                         ",size_bytes,arm,figure,share,base_value,base_lo,base_hi,head_value," \
                         "head_lo,head_hi,ratio,ratio_lo,ratio_hi,launches,p,p_holm,verdict,"  \
                         "builds"

#define ZCB_COMPARE_MEANS_COLUMNS                                                              \
    ZCB_COMPARED_COLUMNS "," ZCB_QUESTION_COLUMNS                                              \
                         ",arm,pairs,figure,share,ratio,ratio_lo,ratio_hi,cells,launches,p,"   \
                         "p_holm,verdict,builds"

#define ZCB_HISTORY_COLUMNS                                                                    \
    "run_id,started_utc,commit," ZCB_SERIES_COLUMNS                                            \
    ",arm,version,size_bytes,speedup,speedup_lo,speedup_hi,breakeven_status,breakeven_bytes,"  \
    "breakeven_lo,breakeven_hi"

#define ZCB_COMPARE_BREAKEVEN_COLUMNS                                                          \
    ZCB_COMPARED_COLUMNS "," ZCB_QUESTION_COLUMNS                                              \
                         ",arm,base_status,base_bytes,base_lo,base_hi,head_status,head_bytes," \
                         "head_lo,head_hi,ratio,ratio_lo,ratio_hi,builds"

#endif
