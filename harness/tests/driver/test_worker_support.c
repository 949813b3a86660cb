/* See test_worker_support.h. */
#include "test_worker_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <dirent.h>

int fake_start_with(zcb_worker_options options, const char *part, const char *path,
                    zcb_worker **out, zcb_error *error)
{
    zcb_variant variant = {
        .name = "fake",
        .worker = ZCB_FAKE_WORKER,
        .program = (char *)part,
        .path = (char *)path,
    };
    options.variant = &variant;
    return zcb_worker_start(&options, out, error);
}

zcb_worker *fake_start(const char *part)
{
    zcb_worker *worker = NULL;
    zcb_error error = {0};
    zcb_worker_options options = {.seed = 5};
    if (fake_start_with(options, part, NULL, &worker, &error) < 0) {
        fail_msg("%s", error.text);
    }
    return worker;
}

const zcb_job *fake_job(void)
{
    static const zcb_cell cell = {
        .python = "fake", .pair = "bytes_slice", .lane = ZCB_LANE_CAPI, .size_bytes = 4096};
    static const zcb_count counts[] = {
        {.arm = "copy", .iterations = 10},  {.arm = "view:slice", .iterations = 20},
        {.arm = "null", .iterations = 20},  {.arm = "twin", .iterations = 10},
        {.arm = "limit", .iterations = 30},
    };
    static const zcb_job job = {
        .cell = &cell,
        .seed = 77,
        .limit_ms = 60000,
        .visit_ns = 500000,
        .warmup = 10,
        .blocks = 6,
        .sparse_every = 3,
        .counts = counts,
        .count_count = sizeof counts / sizeof counts[0],
    };
    return &job;
}

int open_descriptors(void)
{
    int count = 0;
    DIR *all = opendir("/proc/self/fd");
    assert_non_null(all);
    while (readdir(all) != NULL) {
        count++;
    }
    closedir(all);
    return count;
}
