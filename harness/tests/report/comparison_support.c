/* See comparison_support.h. */
#include "comparison_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

zcb_side side_of(const subject *subject, size_t variant)
{
    return (zcb_side){&subject->analysis, &subject->figures, variant};
}

zcb_comparison compare(zcb_side base, zcb_side head, const zcb_comparison_options *options)
{
    zcb_comparison comparison;
    zcb_error error;
    assert_int_equal(zcb_comparison_make(&base, &head, options, &comparison, &error), 0);
    return comparison;
}

fabrication slower_views(void)
{
    static const double factors[] = {1.0, 1.1};
    fabrication slower = *usual_fabrication();
    slower.view_factors = factors;
    slower.size_max = 16384;
    return slower;
}

double truth_of(const zcb_comparison_row *row, double factor)
{
    int is_copy = strcmp(row->arm, ZCB_ARM_COPY) == 0;
    return is_copy ? 1.0 : row->figure == ZCB_FIGURE_SPEEDUP ? 1.0 / factor : factor;
}
