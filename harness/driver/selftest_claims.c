/* See selftest_claims.h. */
#include "driver/selftest_claims.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define ALARMS_MOST 0.05
#define DETECTED_LEAST 0.90
#define DETECTED_PER_MILLE 20 /* the slow-down that detection is promised for */
#define LINEAR_WITHIN 0.02

const char *zcb_claim_name(zcb_claim claim)
{
    static const char *const names[] = {"", "holds", "can't say", "does not hold"};
    return names[claim];
}

zcb_claim zcb_claim_within(zcb_interval interval, double lo, double hi)
{
    if (interval.lo > hi || interval.hi < lo) {
        return ZCB_CLAIM_BROKEN;
    }
    return interval.lo >= lo && interval.hi <= hi ? ZCB_CLAIM_HOLDS : ZCB_CLAIM_OPEN;
}

zcb_claim zcb_claim_at_most(zcb_interval interval, double limit)
{
    if (interval.lo > limit) {
        return ZCB_CLAIM_BROKEN;
    }
    return interval.hi <= limit ? ZCB_CLAIM_HOLDS : ZCB_CLAIM_OPEN;
}

zcb_claim zcb_claim_at_least(zcb_interval interval, double limit)
{
    if (interval.hi < limit) {
        return ZCB_CLAIM_BROKEN;
    }
    return interval.lo >= limit ? ZCB_CLAIM_HOLDS : ZCB_CLAIM_OPEN;
}

static zcb_selftest_figure *add(zcb_selftest_figures *out, const char *id, const char *what,
                                zcb_selftest_unit unit, zcb_interval value, uint64_t trials)
{
    assert(out->count < ZCB_SELFTEST_FIGURES_MAX);
    zcb_selftest_figure *figure = &out->items[out->count++];
    *figure = (zcb_selftest_figure){.unit = unit, .value = value, .trials = trials};
    snprintf(figure->id, sizeof figure->id, "%s", id);
    snprintf(figure->what, sizeof figure->what, "%s", what);
    return figure;
}

static void promise(zcb_selftest_figure *figure, const char *text, zcb_claim claim)
{
    snprintf(figure->promise, sizeof figure->promise, "%s", text);
    figure->claim = claim;
}

static zcb_selftest_figure *add_share(zcb_selftest_figures *out, const char *id,
                                      const char *what, const zcb_share *share)
{
    return add(out, id, what, ZCB_SELFTEST_UNIT_SHARE, share->interval, share->trials);
}

static void add_alarms(const zcb_findings *f, zcb_selftest_figures *out)
{
    promise(add_share(out, "alarms", "alarms on identical code", &f->alarms), "≤ 5 %",
            zcb_claim_at_most(f->alarms.interval, ALARMS_MOST));
}

/* "0.5", "2": a share of so many thousandths in per cent. `separator` stands for the point. */
static char *percent_text(unsigned per_mille, char separator, char *out, size_t size)
{
    if (per_mille % 10 == 0) {
        snprintf(out, size, "%u", per_mille / 10);
    } else {
        snprintf(out, size, "%u%c%u", per_mille / 10, separator, per_mille % 10);
    }
    return out;
}

/* Names of the works as ids and as texts: selftest_us is "us", "µs". */
#define WORK(name, label) {&name[sizeof "selftest_" - 1], label},
static const struct {
    const char *id, *label;
} works[ZCB_SELFTEST_WORKS] = {ZCB_SELFTEST_SLOW_PAIRS(WORK)};
#undef WORK

#define SHARE(arm, per_mille) per_mille,
static const unsigned shares[ZCB_SELFTEST_SHARES] = {ZCB_SELFTEST_SLOW_ARMS(SHARE)};
#undef SHARE

/* The slow-downs that detection is promised for, or all others. */
static void add_detected(const zcb_findings *f, int is_promised, zcb_selftest_figures *out)
{
    for (size_t i = 0; i < ZCB_SELFTEST_SHARES; i++) {
        if ((shares[i] == DETECTED_PER_MILLE) != is_promised) {
            continue;
        }
        for (size_t work = 0; work < ZCB_SELFTEST_WORKS; work++) {
            char id[ZCB_SELFTEST_TEXT_MAX], what[ZCB_SELFTEST_TEXT_MAX], share[16];
            const zcb_share *found = &f->detected[work][i];
            snprintf(id, sizeof id, "detects_%s_%s",
                     percent_text(shares[i], 'p', share, sizeof share), works[work].id);
            snprintf(what, sizeof what, "detects %s %%, %s-sized work",
                     percent_text(shares[i], '.', share, sizeof share), works[work].label);
            zcb_selftest_figure *figure = add_share(out, id, what, found);
            if (is_promised) {
                promise(figure, "≥ 90 %", zcb_claim_at_least(found->interval, DETECTED_LEAST));
            }
        }
    }
}

static void add_linearity(const zcb_findings *f, zcb_selftest_figures *out)
{
    promise(
        add(out, "linearity", "net times add up", ZCB_SELFTEST_UNIT_FACTOR, f->linearity, 0),
        "1 ± 2 %", zcb_claim_within(f->linearity, 1 - LINEAR_WITHIN, 1 + LINEAR_WITHIN));
}

/* What was really injected where 5 % was asked for. */
static void add_injected(const zcb_findings *f, zcb_selftest_figures *out)
{
    for (size_t work = 0; work < ZCB_SELFTEST_WORKS; work++) {
        char id[ZCB_SELFTEST_TEXT_MAX], what[ZCB_SELFTEST_TEXT_MAX], share[16];
        snprintf(id, sizeof id, "injected_%s", works[work].id);
        snprintf(what, sizeof what, "the %s %% really put in, %s",
                 percent_text(ZCB_SELFTEST_SPIN_PER_MILLE, '.', share, sizeof share),
                 works[work].label);
        add(out, id, what, ZCB_SELFTEST_UNIT_SHARE, f->injected[work], 0);
    }
}

static void add_coverage(const zcb_findings *f, zcb_selftest_figures *out)
{
    const zcb_interval a = f->alarms.interval;
    const zcb_interval twin = {1 - a.estimate, 1 - a.hi, 1 - a.lo};
    add(out, "covers_twin", "covers 1, identical code", ZCB_SELFTEST_UNIT_SHARE, twin,
        f->alarms.trials);
    add_share(out, "covers_ratio", "covers known ratios", &f->ratios_covered);
    add_share(out, "covers_net", "covers the known net ratio", &f->nets_covered);
    add_share(out, "covers_halves", "halves of a run agree", &f->halves_covered);
}

void zcb_selftest_figures_make(const zcb_findings *findings, const zcb_costs *costs,
                               zcb_selftest_figures *out)
{
    out->count = 0;
    add_alarms(findings, out);
    add_detected(findings, 1, out);
    add_linearity(findings, out);
    add_detected(findings, 0, out);
    add_injected(findings, out);
    add_coverage(findings, out);
    add(out, "order", "later visit ÷ earlier", ZCB_SELFTEST_UNIT_FACTOR, findings->order, 0);
    add(out, "mirror", "same code, other place", ZCB_SELFTEST_UNIT_FACTOR, findings->mirror, 0);
    add(out, "loop_capi", "loop, C lane, each time", ZCB_SELFTEST_UNIT_NS, costs->capi_ns, 0);
    add(out, "loop_python", "loop, python lane", ZCB_SELFTEST_UNIT_NS, costs->python_ns, 0);
    add(out, "loop_over_timeit", "… ÷ timeit's loop", ZCB_SELFTEST_UNIT_FACTOR,
        costs->over_timeit, 0);
    add(out, "clock", "reading the clock", ZCB_SELFTEST_UNIT_NS, costs->clock_ns, 0);
}

size_t zcb_selftest_figures_count(const zcb_selftest_figures *figures, zcb_claim claim)
{
    size_t count = 0;
    for (size_t i = 0; i < figures->count; i++) {
        count += figures->items[i].claim == claim;
    }
    return count;
}
