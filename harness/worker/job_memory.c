/* See job_memory.h. */
#include "worker/job_memory.h"

#include "worker/meaning.h"
#include "worker/memory_pass.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct findings {
    char arm[ZCB_NAME_MAX + 1];
    zcb_arm_memory memory;
    zcb_arm_retained retained;
    zcb_arm_meaning meaning;
} findings;

/* Counts all arms on one case, so that it is made but once. */
static int count_all(const zcb_job *job, findings *found, size_t *count)
{
    zcb_prepared prepared;
    int result = zcb_prepare(job->lane, job->pair, job->size_bytes, job->seed, &prepared);
    for (size_t arm = 0;
         result == 0 && (arm == 0 || zcb_prepared_is_alternative(&prepared, arm)); arm++) {
        strcpy(found[arm].arm, prepared.arms[arm].name);
        result = zcb_memory_count_arm(&prepared, arm, &found[arm].memory);
        *count = arm + 1;
    }
    zcb_prepared_clear(&prepared);
    return result;
}

static void number(char **to, const char *key, double value)
{
    *to += isnan(value) ? sprintf(*to, " %s=", key) : sprintf(*to, " %s=%.9g", key, value);
}

static void answer(char **to, const char *key, int value)
{
    *to += value < 0 ? sprintf(*to, " %s=", key) : sprintf(*to, " %s=%d", key, value);
}

static void report(const zcb_job *job, const findings *found, zcb_lines *lines)
{
    char fields[512], *to = fields;
    number(&to, "blocks", found->memory.blocks);
    number(&to, "bytes", found->memory.bytes);
    number(&to, "gc", found->memory.gc_objects);
    number(&to, "peak", found->memory.peak_bytes);
    number(&to, "retained", found->retained.bytes);
    number(&to, "used", found->memory.used_bytes);
    answer(&to, "change", found->meaning.change_seen);
    answer(&to, "locked", found->meaning.source_locked);
    /* A source that is itself a view may go while its memory stays: memory is what is asked
     * about, and where it can't be seen, references. */
    answer(&to, "kept",
           found->retained.keeps_source >= 0 ? found->retained.keeps_source
                                             : found->meaning.source_kept_alive);
    answer(&to, "writable", found->meaning.writable);
    answer(&to, "contiguous", found->meaning.contiguous);
    zcb_lines_add(lines, "memory token=%s arm=%s%s\n", job->token, found->arm, fields);
}

int zcb_job_memory(const zcb_job *job, zcb_lines *lines)
{
    findings found[ZCB_ALTERNATIVES_MAX + 1];
    size_t count = 0;
    if (count_all(job, found, &count) < 0) {
        return -1;
    }
    for (size_t arm = 0; arm < count; arm++) {
        if (zcb_memory_retained(job->lane, job->pair, job->size_bytes, job->seed, arm,
                                &found[arm].retained) < 0 ||
            zcb_meaning_observe(job->lane, job->pair, job->size_bytes, job->seed, arm,
                                &found[arm].meaning) < 0) {
            return -1;
        }
    }
    for (size_t arm = 0; arm < count; arm++) {
        report(job, &found[arm], lines);
    }
    return 0;
}
