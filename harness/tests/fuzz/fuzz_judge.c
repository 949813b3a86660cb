/* Hostile lines of a worker: what the driver's judge lets pass must be whole. The first byte
 * chooses the kind of job. */
#include "driver/worker_judge.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define TOKEN UINT64_C(0x0123456789abcdef)

static zcb_count counts[] = {{.arm = "copy", .iterations = 100, .visit_ns = 500000},
                             {.arm = "view", .iterations = 100, .visit_ns = 400000},
                             {.arm = "null", .iterations = 100, .visit_ns = 300000},
                             {.arm = "twin", .iterations = 100, .visit_ns = 500000},
                             {.arm = "limit", .iterations = 100, .visit_ns = 400000}};

/* Feeds line by line until the judge has heard enough. */
static zcb_verdict judge_all(zcb_judge *judge, char *text)
{
    zcb_verdict verdict = ZCB_JUDGE_GOES_ON;
    for (char *line = text; line != NULL && verdict == ZCB_JUDGE_GOES_ON;) {
        char *end = strchr(line, '\n');
        if (end != NULL) {
            *end++ = '\0';
        }
        verdict = zcb_judge_line(judge, line);
        line = end;
    }
    return verdict;
}

static void judge_job(zcb_job_kind kind, char *text)
{
    const zcb_cell cell = {.python = "cp311", .pair = "bytes_slice", .size_bytes = 4096};
    const zcb_job job = {.cell = &cell,
                         .seed = 1,
                         .limit_ms = 1000,
                         .visit_ns = 500000,
                         .blocks = 3,
                         .sparse_every = 2,
                         .counts = counts,
                         .count_count = sizeof counts / sizeof counts[0]};
    zcb_outcome outcome = {0};
    zcb_judge judge;
    zcb_error error;
    if (zcb_judge_begin(&judge, kind, &job, TOKEN, &outcome, &error) < 0) {
        return;
    }
    zcb_verdict verdict = judge_all(&judge, text);
    int is_ok = verdict == ZCB_JUDGE_ENDED && strcmp(outcome.status, "ok") == 0;
    if (kind == ZCB_JOB_MEASURE && is_ok && outcome.visit_count != judge.visits_expected) {
        abort();
    }
    if (verdict == ZCB_JUDGE_GARBAGE && outcome.visit_count != 0) {
        abort();
    }
    zcb_judge_end(&judge);
    zcb_outcome_clear(&outcome);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *text = size == 0 ? NULL : malloc(size);
    if (text != NULL) {
        memcpy(text, bytes + 1, size - 1);
        text[size - 1] = '\0';
        judge_job((zcb_job_kind)((bytes[0] - '0') & 3), text);
    }
    free(text);
    return 0;
}
