/* See estimate.h. */
#include "driver/estimate.h"

#include "driver/texts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FEW_BLOCKS_FROM_NS 2e6
#define FEWEST_BLOCKS 5u
#define COPY_NS_PER_BYTE 0.25
#define Q_PIECE_BYTES 1024.0
#define READINGS 4.0           /* visits per arm that a calibration takes, about */
#define WARM_UP_NS 3e6         /* of the cheap arms of the python lane, beyond one visit each */
#define COLD_SET_UP_S 2.0      /* a ring of sources, 1 to 6 s where the last cache is large */
#define PROOF_S 0.1            /* proof and memory pass of one pair on one variant … */
#define PROOF_S_PER_BYTE 10e-9 /* … and of its sizes, which double up to the largest */
#define REPORT_PAIR_S 0.12     /* tables and pictures of one pair on one variant */
#define REPORT_S 0.5

uint32_t zcb_blocks_for(uint32_t blocks, double copy_ns)
{
    if (!(copy_ns > FEW_BLOCKS_FROM_NS) || blocks <= FEWEST_BLOCKS) {
        return blocks;
    }
    uint32_t fewer = (uint32_t)(blocks * (FEW_BLOCKS_FROM_NS / copy_ns));
    return fewer < FEWEST_BLOCKS ? FEWEST_BLOCKS : fewer;
}

uint64_t zcb_visits_of(const zcb_plan *plan, const char *arm, uint64_t size_bytes,
                       uint32_t blocks)
{
    int is_sparse = strcmp(arm, ZCB_ARM_TWIN) == 0 || strcmp(arm, ZCB_ARM_LIMIT) == 0;
    if (!is_sparse || size_bytes < plan->sparse_from_bytes || plan->sparse_every <= 1) {
        return blocks;
    }
    return (blocks + plan->sparse_every - 1) / plan->sparse_every;
}

static double guess_copy_ns(const zcb_planned_pair *pair, uint64_t size_bytes)
{
    double bytes = (double)size_bytes;
    if (pair->kind == ZCB_KIND_Q) {
        bytes = bytes * bytes / (2 * Q_PIECE_BYTES);
    }
    return bytes * COPY_NS_PER_BYTE;
}

double zcb_guess_cell_s(const zcb_planned_pair *pair, uint64_t size_bytes, const zcb_plan *plan)
{
    double copy_ns = guess_copy_ns(pair, size_bytes);
    double visit_ns = fmax(copy_ns, (double)plan->visit_ns);
    uint32_t blocks = zcb_blocks_for(plan->blocks, copy_ns);
    double slow =
        (double)blocks + 2.0 * (double)zcb_visits_of(plan, ZCB_ARM_TWIN, size_bytes, blocks);
    double fast = (double)blocks * (double)(pair->alternative_count + 1);
    double warm_up_ns = pair->lane == ZCB_LANE_PYTHON ? WARM_UP_NS : 0;
    /* null has the view's count and less to do: half a visit; warm-up: one visit of each arm
     * but twin */
    return ((slow + 2) * visit_ns + (fast - 0.5 * blocks + 2) * (double)plan->visit_ns +
            warm_up_ns) /
               1e9 +
           ZCB_OVERHEAD_CELL_S;
}

double zcb_guess_calibration_s(const zcb_planned_pair *pair, uint64_t size_bytes,
                               const zcb_plan *plan)
{
    double visit_ns = fmax(guess_copy_ns(pair, size_bytes), (double)plan->visit_ns);
    double arms = 3.0 + (double)pair->alternative_count;
    return READINGS * arms * visit_ns / 1e9 + ZCB_OVERHEAD_CELL_S;
}

double zcb_guess_set_up_s(zcb_condition condition)
{
    return condition.cache == ZCB_CACHE_COLD ? COLD_SET_UP_S : 0;
}

/* What a reader makes of a view's visits: with `read` they take as long as copying does. */
static double reading_s(const zcb_planned_pair *pair, const zcb_question *question,
                        const zcb_plan *plan)
{
    double copy_ns = guess_copy_ns(pair, question->size_bytes);
    if (question->condition.consumer != ZCB_CONSUMER_READ || copy_ns < (double)plan->visit_ns) {
        return 0;
    }
    double visits =
        (double)(zcb_blocks_for(plan->blocks, copy_ns) + 2) * (double)pair->alternative_count;
    return visits * (copy_ns - (double)plan->visit_ns) / 1e9;
}

double zcb_guess_question_s(const zcb_planned_pair *pair, const zcb_question *question,
                            const zcb_plan *plan)
{
    return zcb_guess_cell_s(pair, question->size_bytes, plan) +
           reading_s(pair, question, plan) + zcb_guess_set_up_s(question->condition);
}

double zcb_guess_question_calibration_s(const zcb_planned_pair *pair,
                                        const zcb_question *question, const zcb_plan *plan)
{
    return zcb_guess_calibration_s(pair, question->size_bytes, plan) +
           zcb_guess_set_up_s(question->condition);
}

double zcb_expect_cell_s(const zcb_calibration *calibration, uint64_t size_bytes,
                         const zcb_plan *plan)
{
    double ns = 0;
    for (size_t i = 0; i < calibration->arm_count; i++) {
        uint64_t visits =
            zcb_visits_of(plan, calibration->arms[i], size_bytes, calibration->blocks);
        ns += (double)visits * (double)calibration->visit_ns[i];
    }
    return ns / 1e9 + ZCB_OVERHEAD_CELL_S;
}

zcb_cost zcb_guess_run(const zcb_selection *selection, const zcb_questions *questions,
                       const zcb_plan *plan, size_t variants)
{
    zcb_cost cost = {0, 0};
    for (size_t i = 0; i < questions->count; i++) {
        const zcb_question *q = &questions->items[i];
        const zcb_planned_pair *pair = &selection->entries[q->pair]->pair;
        cost.launch_s += zcb_guess_question_s(pair, q, plan);
        cost.fixed_s += zcb_guess_question_calibration_s(pair, q, plan);
        cost.fixed_s += zcb_condition_is_default(q->condition)
                            ? PROOF_S_PER_BYTE * (double)q->size_bytes
                            : 0;
    }
    cost.launch_s = (cost.launch_s + 2 * ZCB_OVERHEAD_START_S) * (double)variants;
    cost.fixed_s += PROOF_S * (double)selection->count + 4 * ZCB_OVERHEAD_START_S;
    cost.fixed_s *= (double)variants;
    cost.fixed_s += zcb_guess_report_s(selection->count * variants);
    return cost;
}

double zcb_guess_report_s(size_t series)
{
    return REPORT_S + REPORT_PAIR_S * (double)series;
}

int zcb_eta_grow(zcb_eta *eta, size_t count, zcb_error *error)
{
    double *expected = realloc(eta->expected_s, (count + 1) * sizeof *expected);
    eta->expected_s = expected != NULL ? expected : eta->expected_s;
    double *measured = realloc(eta->measured_s, (count + 1) * sizeof *measured);
    eta->measured_s = measured != NULL ? measured : eta->measured_s;
    uint32_t *launches = realloc(eta->launches, (count + 1) * sizeof *launches);
    eta->launches = launches != NULL ? launches : eta->launches;
    if (expected == NULL || measured == NULL || launches == NULL) {
        return zcb_no_memory(error);
    }
    for (size_t i = eta->count; i < count; i++) {
        expected[i] = measured[i] = 0;
        launches[i] = 0;
    }
    eta->count = count;
    return 0;
}

void zcb_eta_clear(zcb_eta *eta)
{
    free(eta->expected_s);
    free(eta->measured_s);
    free(eta->launches);
    *eta = (zcb_eta){0};
}

void zcb_eta_expect(zcb_eta *eta, size_t cell, double seconds)
{
    eta->expected_s[cell] = seconds;
}

void zcb_eta_measured(zcb_eta *eta, size_t cell, double seconds)
{
    eta->measured_s[cell] += seconds;
    eta->launches[cell]++;
    eta->measured_sum += seconds;
    eta->expected_sum += eta->expected_s[cell];
}

double zcb_eta_factor(const zcb_eta *eta)
{
    return eta->expected_sum > 0 ? eta->measured_sum / eta->expected_sum : 1;
}

double zcb_eta_cell_s(const zcb_eta *eta, size_t cell)
{
    if (eta->launches[cell] > 0) {
        return eta->measured_s[cell] / eta->launches[cell];
    }
    return eta->expected_s[cell] * zcb_eta_factor(eta);
}
