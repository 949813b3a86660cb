/* How many answers fall how, as the beginning of a sentence. */
#ifndef ZCB_REPORT_ANSWER_COUNTS_H
#define ZCB_REPORT_ANSWER_COUNTS_H

#include <stddef.h>

/* Zero value: no answer. */
typedef struct zcb_answer_counts {
    size_t always, crossed, never, unclear;
} zcb_answer_counts;

/* "Sharing never loses in 14 of 27 answers, pays from some size on in 12; in 1 the data do
 * not say": what there is none of is not spoken of. Without a full stop; returns `out`. */
char *zcb_answer_counts_text(zcb_answer_counts counts, char *out, size_t size);

#endif
