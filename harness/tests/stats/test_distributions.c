/* Guards every interval's foundation: the distributions agree with SciPy, hold their digits in
 * the tails, and refuse what is outside their domain. */
#include "check.h"

#include "golden_distributions.h"
#include "stats/distributions.h"

static const double tolerance = 1e-10;

#define FOR_EACH(row, table) for (size_t row = 0; row < COUNT_OF(table); row++)

static void beta_agrees(void **state)
{
    (void)state;
    FOR_EACH(i, golden_beta_cdf)
    {
        check_near(
            zcb_beta_cdf(golden_beta_cdf[i].x, golden_beta_cdf[i].a, golden_beta_cdf[i].b),
            golden_beta_cdf[i].value, tolerance, i);
    }
    FOR_EACH(i, golden_beta_quantile)
    {
        check_near(zcb_beta_quantile(golden_beta_quantile[i].p, golden_beta_quantile[i].a,
                                     golden_beta_quantile[i].b),
                   golden_beta_quantile[i].value, tolerance, i);
    }
}

static void normal_agrees(void **state)
{
    (void)state;
    FOR_EACH(i, golden_normal_cdf)
    {
        check_near(zcb_normal_cdf(golden_normal_cdf[i].z), golden_normal_cdf[i].value,
                   tolerance, i);
    }
    FOR_EACH(i, golden_normal_quantile)
    {
        check_near(zcb_normal_quantile(golden_normal_quantile[i].p),
                   golden_normal_quantile[i].value, tolerance, i);
    }
}

static void student_agrees(void **state)
{
    (void)state;
    FOR_EACH(i, golden_t_cdf)
    {
        double t = golden_t_cdf[i].t, df = golden_t_cdf[i].df;
        check_near(zcb_t_cdf(t, df), golden_t_cdf[i].value, tolerance, i);
        check_near(zcb_t_two_sided(t, df), golden_t_cdf[i].two_sided, tolerance, i);
    }
    FOR_EACH(i, golden_t_quantile)
    {
        check_near(zcb_t_quantile(golden_t_quantile[i].p, golden_t_quantile[i].df),
                   golden_t_quantile[i].value, tolerance, i);
    }
    check_near(zcb_t_factor(0.95, 9.0), zcb_t_quantile(0.975, 9.0), 1e-14, 0);
}

static void fisher_agrees(void **state)
{
    (void)state;
    FOR_EACH(i, golden_f_cdf)
    {
        check_near(zcb_f_cdf(golden_f_cdf[i].f, golden_f_cdf[i].df1, golden_f_cdf[i].df2),
                   golden_f_cdf[i].value, tolerance, i);
    }
    FOR_EACH(i, golden_f_quantile)
    {
        check_near(zcb_f_quantile(golden_f_quantile[i].p, golden_f_quantile[i].df1,
                                  golden_f_quantile[i].df2),
                   golden_f_quantile[i].value, tolerance, i);
    }
}

static void binomial_agrees(void **state)
{
    (void)state;
    FOR_EACH(i, golden_binomial)
    {
        uint64_t k = (uint64_t)golden_binomial[i].k,
                 trials = (uint64_t)golden_binomial[i].trials;
        double p = golden_binomial[i].p;
        check_near(zcb_binomial_pmf(k, trials, p), golden_binomial[i].pmf, tolerance, i);
        check_near(zcb_binomial_cdf(k, trials, p), golden_binomial[i].cdf, tolerance, i);
    }
    double sum = 0.0;
    for (uint64_t k = 0; k <= 30; k++) {
        sum += zcb_binomial_pmf(k, 30, 0.3);
        check_near(zcb_binomial_cdf(k, 30, 0.3), sum, 1e-12, k);
    }
}

static void borders_are_exact(void **state)
{
    (void)state;
    check_near(zcb_normal_quantile(0.0), -INFINITY, 0.0, 0);
    check_near(zcb_normal_quantile(1.0), INFINITY, 0.0, 1);
    check_near(zcb_normal_quantile(0.5), 0.0, 0.0, 2);
    check_near(zcb_t_quantile(0.0, 3.0), -INFINITY, 0.0, 3);
    check_near(zcb_t_quantile(1.0, 3.0), INFINITY, 0.0, 4);
    check_near(zcb_t_quantile(0.5, 3.0), 0.0, 0.0, 5);
    double p = 0.5000001; /* SciPy loses half its digits so close to the middle */
    check_near(zcb_t_quantile(p, 1.0), tan(M_PI * (p - 0.5)), 1e-14, 19);
    check_near(zcb_normal_quantile(p), (p - 0.5) * sqrt(2.0 * M_PI), 1e-13, 20);
    check_near(zcb_t_cdf(INFINITY, 3.0), 1.0, 0.0, 6);
    check_near(zcb_t_cdf(-INFINITY, 3.0), 0.0, 0.0, 7);
    check_near(zcb_t_two_sided(1e140, 1.0), 2.0 / M_PI * 1e-140, 1e-12, 8);
    check_near(0.5 - zcb_t_cdf(-1e-9, 1.0), 1e-9 / M_PI, 1e-6, 17);
    check_near(zcb_t_two_sided(1e200, 1.0), 0.0, 1e-199, 18);
    check_near(zcb_f_cdf(INFINITY, 2.0, 3.0), 1.0, 0.0, 9);
    check_near(zcb_f_quantile(0.0, 2.0, 3.0), 0.0, 0.0, 10);
    check_near(zcb_binomial_cdf(7, 5, 0.5), 1.0, 0.0, 11);
    check_near(zcb_binomial_pmf(7, 5, 0.5), 0.0, 0.0, 12);
    check_near(zcb_binomial_pmf(0, 0, 0.5), 1.0, 0.0, 13);
    check_near(zcb_binomial_pmf(2, 5, 0.0), 0.0, 0.0, 14);
    check_near(zcb_beta_quantile(0.0, 2.0, 3.0), 0.0, 0.0, 15);
    check_near(zcb_beta_quantile(1.0, 2.0, 3.0), 1.0, 0.0, 16);
}

static void outside_the_domain_is_nan(void **state)
{
    (void)state;
    const double values[] = {
        zcb_beta_cdf(1.5, 1.0, 1.0),
        zcb_beta_cdf(0.5, 0.0, 1.0),
        zcb_beta_quantile(-0.1, 1.0, 1.0),
        zcb_normal_quantile(1.1),
        zcb_normal_quantile(NAN),
        zcb_t_cdf(NAN, 3.0),
        zcb_t_two_sided(1.0, 0.0),
        zcb_t_quantile(0.5, -1.0),
        zcb_t_factor(1.0, 3.0),
        zcb_f_cdf(-1.0, 2.0, 2.0),
        zcb_f_quantile(1.0, 2.0, 2.0),
        zcb_binomial_pmf(1, 2, 1.5),
        zcb_binomial_cdf(1, 2, -0.5),
    };
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        check_near(values[i], NAN, 0.0, i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beta_agrees),
        cmocka_unit_test(normal_agrees),
        cmocka_unit_test(student_agrees),
        cmocka_unit_test(fisher_agrees),
        cmocka_unit_test(binomial_agrees),
        cmocka_unit_test(borders_are_exact),
        cmocka_unit_test(outside_the_domain_is_nan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
