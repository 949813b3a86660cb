/* Guards the plain summaries: against NumPy and SciPy, on every small arrangement of equal and
 * unequal values, and at the limits of double. */
#include "check.h"

#include "base/random.h"
#include "golden_samples.h"
#include "stats/order.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

static size_t copy_set(double set, double *to)
{
    size_t index = (size_t)set, count = golden_sets[index].count;
    memcpy(to, golden_sets[index].values, count * sizeof *to);
    return count;
}

static void moments_agree(void **state)
{
    (void)state;
    double x[64];
    for (size_t i = 0; i < COUNT_OF(golden_moments); i++) {
        size_t count = copy_set(golden_moments[i].set, x);
        check_near(zcb_mean(x, count), golden_moments[i].mean, 1e-12, i);
        check_near(zcb_sd(x, count), golden_moments[i].sd, 1e-12, i);
        check_near(zcb_trimmed_mean(x, count, 0.2), golden_moments[i].trimmed, 1e-12, i);
        check_near(zcb_mad(x, count), golden_moments[i].mad, 1e-12, i);
    }
}

static void quantiles_agree(void **state)
{
    (void)state;
    double x[64];
    for (size_t i = 0; i < COUNT_OF(golden_quantiles); i++) {
        size_t count = copy_set(golden_quantiles[i].set, x);
        check_near(zcb_quantile(x, count, golden_quantiles[i].p), golden_quantiles[i].value,
                   1e-12, i);
        zcb_sort(x, count);
        check_near(zcb_quantile_sorted(x, count, golden_quantiles[i].p),
                   golden_quantiles[i].value, 1e-12, i);
    }
}

/* Every array of 1 … 6 digits out of 0, 1, 2: partitioning meets all patterns of equal values.
 */
static void selection_agrees_with_sorting_on_all_small_arrays(void **state)
{
    (void)state;
    for (size_t count = 1, total = 3; count <= 6; count++, total *= 3) {
        for (size_t code = 0; code < total; code++) {
            double x[6], sorted[6];
            size_t rest = code;
            for (size_t i = 0; i < count; i++, rest /= 3) {
                sorted[i] = (double)(rest % 3);
            }
            for (size_t step = 0; step <= 10; step++) {
                rest = code;
                for (size_t i = 0; i < count; i++, rest /= 3) {
                    x[i] = (double)(rest % 3);
                }
                zcb_sort(sorted, count);
                double p = (double)step / 10.0;
                check_near(zcb_quantile(x, count, p), zcb_quantile_sorted(sorted, count, p),
                           0.0, code);
            }
        }
    }
}

static void a_million_values_have_their_median(void **state)
{
    (void)state;
    size_t count = 1000001;
    double *x = malloc(count * sizeof *x);
    assert_non_null(x);
    for (int shape = 0; shape < 4; shape++) {
        zcb_random random = {7};
        for (size_t i = 0; i < count; i++) {
            double place = (double)i;
            const double shapes[] = {place, (double)count - 1 - place,
                                     (double)(zcb_random_next(&random) % 1000), 5.0};
            x[i] = shapes[shape];
        }
        double median = zcb_median(x, count);
        size_t below = 0, above = 0;
        for (size_t i = 0; i < count; i++) {
            below += x[i] < median;
            above += x[i] > median;
        }
        assert_true(below <= count / 2 && above <= count / 2);
        assert_true(shape != 3 || median == 5.0);
    }
    free(x);
}

static void few_values(void **state)
{
    (void)state;
    double one[] = {3.0};
    check_near(zcb_mean(one, 0), NAN, 0.0, 0);
    check_near(zcb_sd(one, 1), NAN, 0.0, 1);
    check_near(zcb_median(one, 0), NAN, 0.0, 2);
    check_near(zcb_quantile_sorted(one, 0, 0.5), NAN, 0.0, 3);
    check_near(zcb_trimmed_mean(one, 0, 0.1), NAN, 0.0, 5);
    check_near(zcb_mad(one, 0), NAN, 0.0, 6);
    check_near(zcb_median(one, 1), 3.0, 0.0, 7);
    check_near(zcb_mad(one, 1), 0.0, 0.0, 8);
    check_near(zcb_trimmed_mean(one, 1, 0.5), NAN, 0.0, 9);
    check_near(zcb_quantile(one, 1, 1.5), NAN, 0.0, 10);
}

static void constant_data_have_no_spread(void **state)
{
    (void)state;
    double x[10];
    for (size_t i = 0; i < COUNT_OF(x); i++) {
        x[i] = 0.1;
    }
    check_near(zcb_mean(x, COUNT_OF(x)), 0.1, 0.0, 0);
    check_near(zcb_sd(x, COUNT_OF(x)), 0.0, 0.0, 1);
}

static void huge_and_tiny_values_do_not_overflow(void **state)
{
    (void)state;
    double huge[] = {DBL_MAX, DBL_MAX, -DBL_MAX, -DBL_MAX};
    check_near(zcb_mean(huge, 2), DBL_MAX, 0.0, 0);
    check_near(zcb_mean(huge, 4), 0.0, 1e290, 1);
    double wide[] = {1e300, 3e300};
    check_near(zcb_sd(wide, 2), sqrt(2.0) * 1e300, 1e-14, 2);
    double tiny[] = {1e-300, 3e-300};
    check_near(zcb_sd(tiny, 2), sqrt(2.0) * 1e-300, 1e-14, 3);
    check_near(zcb_median(huge, 4), 0.0, 0.0, 4);
    double denormal[] = {5e-324, 5e-324};
    check_near(zcb_mean(denormal, 2), 5e-324, 0.0, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_agree),
        cmocka_unit_test(quantiles_agree),
        cmocka_unit_test(selection_agrees_with_sorting_on_all_small_arrays),
        cmocka_unit_test(a_million_values_have_their_median),
        cmocka_unit_test(few_values),
        cmocka_unit_test(constant_data_have_no_spread),
        cmocka_unit_test(huge_and_tiny_values_do_not_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
