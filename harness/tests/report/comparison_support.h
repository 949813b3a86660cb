/* Comparisons of fabricated runs whose truth is known: what their tests share. */
#ifndef ZCB_TESTS_REPORT_COMPARISON_SUPPORT_H
#define ZCB_TESTS_REPORT_COMPARISON_SUPPORT_H

#include "subject.h"

#include "report/comparison.h"

/* Borrows the subject. */
zcb_side side_of(const subject *subject, size_t variant);

/* The caller clears it. `options` may be NULL. */
zcb_comparison compare(zcb_side base, zcb_side head, const zcb_comparison_options *options);

/* Views of the second variant take 1.10 times as long. */
fabrication slower_views(void);

/* The true ratio of a row when views take `factor` times as long on head. */
double truth_of(const zcb_comparison_row *row, double factor);

#endif
