/* Guards the interval between two independent samples: Welch's and Yuen's against SciPy, and
 * what it says where there is too little. */
#include "check.h"

#include "golden_samples.h"
#include "stats/difference.h"
#include "stats/location.h"

static zcb_interval of_sets(size_t left, size_t right, double level, double *df)
{
    size_t l = golden_sets[left].count, r = golden_sets[right].count;
    return zcb_difference_interval(zcb_primary_interval(golden_sets[left].values, l, level),
                                   zcb_primary_df(l),
                                   zcb_primary_interval(golden_sets[right].values, r, level),
                                   zcb_primary_df(r), level, df);
}

static void agrees_with_yuen(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(golden_difference); i++) {
        double df;
        zcb_interval out =
            of_sets((size_t)golden_difference[i].left, (size_t)golden_difference[i].right,
                    golden_difference[i].level, &df);
        check_interval(out, golden_difference[i].estimate, golden_difference[i].lo,
                       golden_difference[i].hi, 1e-9, i);
        check_near(df, golden_difference[i].df, 1e-9, i);
    }
}

static void says_what_it_does_not_know(void **state)
{
    (void)state;
    const zcb_interval whole = {2.0, 1.5, 2.5}, point = {3.0, 3.0, 3.0},
                       single = {1.0, NAN, NAN};
    double df;
    check_interval(zcb_difference_interval(single, 0.0, whole, 5.0, 0.95, &df), 1.0, NAN, NAN,
                   0.0, 0);
    check_near(df, NAN, 0.0, 1);
    check_interval(zcb_difference_interval(whole, 5.0, single, 0.0, 0.95, &df), -1.0, NAN, NAN,
                   0.0, 2);
    check_interval(zcb_difference_interval(point, 5.0, point, 5.0, 0.95, &df), 0.0, 0.0, 0.0,
                   0.0, 3);
    /* a side without spread adds none */
    check_interval(zcb_difference_interval(point, 5.0, whole, 5.0, 0.95, &df), -1.0, -1.5, -0.5,
                   1e-12, 4);
    check_near(df, 5.0, 1e-12, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_yuen),
        cmocka_unit_test(says_what_it_does_not_know),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
