/* See gate_support.h. */
#include "gate_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

fabrication two_variants(size_t pairs, const double factors[2])
{
    fabrication made = *usual_fabrication();
    made.view_factors = factors;
    made.pair_count = pairs;
    made.size_max = 4096;
    made.launches = 12;
    made.launch_sd = 0.0; /* it is drawn for each variant by itself */
    made.arm_sd = 0.003;  /* no twin is off by 1 % */
    return made;
}

void mark_confirm(zcb_recorded *recorded, uint32_t first, uint32_t count)
{
    recorded->launches = calloc(count, sizeof *recorded->launches);
    assert_non_null(recorded->launches);
    for (uint32_t i = 0; i < count; i++) {
        recorded->launches[i].launch = first + i;
        snprintf(recorded->launches[i].phase, sizeof recorded->launches[i].phase, "confirm");
        recorded->launch_count++;
    }
}

/* More pairs than any of these runs has. */
enum { PAIRS_MAX = 16 };

zcb_gate judged(const subject *s, const zcb_baseline *baseline)
{
    static double allowed_by_mode[2][PAIRS_MAX]; /* static: the gate keeps the pointer */
    double *allowed = allowed_by_mode[baseline != NULL];
    zcb_gate gate;
    zcb_error error = {0};
    for (size_t i = 0; i < PAIRS_MAX; i++) {
        allowed[i] = baseline != NULL ? ZCB_GATE_ALLOWED_STORED : ZCB_GATE_ALLOWED_SIDE;
    }
    zcb_gate_request request = {.base = baseline == NULL ? "cp311" : NULL,
                                .head = baseline == NULL ? "cp313" : NULL,
                                .baseline = baseline,
                                .allowed = allowed};
    if (zcb_gate_make(&s->analysis, &s->figures, &request, &gate, &error) != 0) {
        fail_msg("%s", error.text);
    }
    return gate;
}

void refused_request(const subject *s, const zcb_gate_request *request, zcb_exit code,
                     const char *part)
{
    zcb_gate gate;
    zcb_error error = {0};
    assert_int_equal(zcb_gate_make(&s->analysis, &s->figures, request, &gate, &error), -1);
    assert_int_equal(error.exit_code, code);
    if (strstr(error.text, part) == NULL) {
        fail_msg("'%s' does not hold '%s'", error.text, part);
    }
    assert_null(gate.figures);
}
