/* The rows of "memory and meaning" as texts: Markdown and page show the same. */
#ifndef ZCB_REPORT_MEMORY_TABLE_H
#define ZCB_REPORT_MEMORY_TABLE_H

#include "report/units.h"
#include "store/recorded.h"

/* What is said of one alternative. */
typedef struct zcb_memory_line {
    const zcb_arm_key *key; /* borrowed */
    char size[ZCB_UNIT_TEXT_MAX];
    char copy[ZCB_UNIT_TEXT_MAX], view[ZCB_UNIT_TEXT_MAX]; /* "64 KiB in 1" */
    char copy_keeps[ZCB_UNIT_TEXT_MAX], view_keeps[ZCB_UNIT_TEXT_MAX];
    const char *change_seen, *source_locked, *source_kept_alive; /* yes, no, – */
} zcb_memory_line;

/* Fills *out for row `index` of recorded->memory; 0 when that row is not told: copies, and
 * sizes other than the largest up to 64 KiB (else the least) of its pair, lane and interpreter.
 */
int zcb_memory_line_make(const zcb_recorded *recorded, size_t index, zcb_memory_line *out);

/* The alternative that keeps most alive for what it shows, or NULL. */
const zcb_memory_row *zcb_memory_most_kept(const zcb_recorded *recorded);

/* The row of lie `lie` on interpreter `python`, or NULL; both interned. */
const zcb_lie_row *zcb_lie_find(const zcb_recorded *recorded, const char *lie,
                                const char *python);

/* 1 when an earlier row speaks of the same statement. */
int zcb_lie_was_told(const zcb_recorded *recorded, size_t index);

/* How many answers there are, and how many are not as known. */
void zcb_lies_count(const zcb_recorded *recorded, size_t *asked, size_t *wrong);

/* Why the statement is a lie: the note of a row that has an answer. Borrowed. */
const char *zcb_lie_why(const zcb_recorded *recorded, const zcb_lie_row *lie);

#endif
