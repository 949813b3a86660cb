/* See worker_judge_memory.h. */
#include "driver/worker_judge_memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A finite number that is not negative, or nothing: 0, or -1. LC_NUMERIC stays "C". */
static int read_figure(const zcb_wire *wire, const char *key, double *out)
{
    const char *text = zcb_wire_text(wire, key);
    char *end;
    if (text == NULL) {
        return -1;
    }
    *out = NAN;
    if (text[0] == '\0') {
        return 0;
    }
    *out = strtod(text, &end);
    int is_decimal = text[strspn(text, "0123456789.e+-")] == '\0';
    return is_decimal && *end == '\0' && isfinite(*out) && *out >= 0 ? 0 : -1;
}

/* 0, 1 or nothing: 0, or -1. */
static int read_answer(const zcb_wire *wire, const char *key, int *out)
{
    const char *text = zcb_wire_text(wire, key);
    if (text == NULL || (text[0] != '\0' && strcmp(text, "0") != 0 && strcmp(text, "1") != 0)) {
        return -1;
    }
    *out = text[0] == '\0' ? -1 : text[0] - '0';
    return 0;
}

static int read_finding(const zcb_wire *wire, zcb_finding *out)
{
    zcb_memory_figures *f = &out->figures;
    zcb_meaning *m = &out->meaning;
    return read_figure(wire, "blocks", &f->blocks_per_op) < 0 ||
                   read_figure(wire, "bytes", &f->bytes_per_op) < 0 ||
                   read_figure(wire, "gc", &f->gc_objects_per_op) < 0 ||
                   read_figure(wire, "peak", &f->peak_bytes) < 0 ||
                   read_figure(wire, "retained", &f->retained_bytes) < 0 ||
                   read_figure(wire, "used", &f->used_bytes) < 0 ||
                   read_answer(wire, "change", &m->change_seen) < 0 ||
                   read_answer(wire, "locked", &m->source_locked) < 0 ||
                   read_answer(wire, "kept", &m->source_kept_alive) < 0 ||
                   read_answer(wire, "writable", &m->writable) < 0 ||
                   read_answer(wire, "contiguous", &m->contiguous) < 0
               ? -1
               : 0;
}

zcb_verdict zcb_judge_take_memory(zcb_judge *judge, const zcb_wire *wire)
{
    zcb_outcome *out = judge->out;
    zcb_finding finding;
    const char *arm = zcb_wire_text(wire, "arm");
    if (arm == NULL || strlen(arm) > ZCB_NAME_MAX || read_finding(wire, &finding) < 0) {
        return zcb_judge_garbage(judge,
                                 "an arm's memory lacks a field, or a field is no number");
    }
    size_t count = out->finding_count;
    int is_expected = count == 0 ? strcmp(arm, ZCB_ARM_COPY) == 0
                                 : count <= ZCB_ALTERNATIVES_MAX && zcb_arm_is_alternative(arm);
    for (size_t i = 0; i < count; i++) {
        is_expected = is_expected && strcmp(out->findings[i].arm, arm) != 0;
    }
    if (!is_expected) {
        return zcb_judge_garbage(judge, "the memory of an unexpected arm: %s", arm);
    }
    snprintf(finding.arm, sizeof finding.arm, "%s", arm);
    out->findings[out->finding_count++] = finding;
    return ZCB_JUDGE_GOES_ON;
}

const char *zcb_judge_memory_contradiction(const zcb_outcome *out)
{
    return out->finding_count < 2 ? "the memory of an arm is missing" : NULL;
}
