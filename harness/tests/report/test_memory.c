/* Protects: a run of a million samples is analysed within the driver's 200 MiB. Skipped under a
 * sanitizer, whose own memory would be counted. */
#include "fabricate.h"

#include "report/analysis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include <cmocka.h>

#ifndef IS_SANITIZED
#define IS_SANITIZED 0
#endif

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void a_million_samples_fit(void **state)
{
    (void)state;
    if (IS_SANITIZED) {
        skip();
    }
    zcb_recorded recorded;
    zcb_analysis analysis;
    struct rusage usage;
    fabrication large = *usual_fabrication();
    large.launches = 30;
    large.blocks = 30;
    large.pair_count = 7;
    large.sparse_every = 0;
    fabricate(&large, &recorded);
    assert_true(recorded.samples.count > 1000000);
    double start = now_s();
    assert_int_equal(zcb_analyse(&recorded, &analysis, NULL), 0);
    getrusage(RUSAGE_SELF, &usage);
    printf("%zu samples analysed in %.2f s, peak %ld MiB\n", recorded.samples.count,
           now_s() - start, usage.ru_maxrss / 1024);
    assert_true(usage.ru_maxrss < 200 * 1024);
    zcb_analysis_clear(&analysis);
    zcb_recorded_clear(&recorded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_million_samples_fit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
