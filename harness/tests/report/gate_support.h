/* Gates on fabricated runs of two variants: what the tests of both modes share. */
#ifndef ZCB_TESTS_REPORT_GATE_SUPPORT_H
#define ZCB_TESTS_REPORT_GATE_SUPPORT_H

#include "subject.h"

#include "report/gate.h"

/* The first `pairs` pairs of the usual run on cp311 and cp313, sizes 64 B to 4 KiB; views of the
 * second take factors[1] / factors[0] times as long. Borrows `factors`. */
fabrication two_variants(size_t pairs, const double factors[2]);

/* `count` launches from `first` on are of phase confirm. */
void mark_confirm(zcb_recorded *recorded, uint32_t first, uint32_t count);

/* cp313 against cp311, or the run against `baseline`, with what is allowed by default. The caller
 * clears it. */
zcb_gate judged(const subject *subject, const zcb_baseline *baseline);

/* Expects that a gate can't be made: this code, and a sentence that holds `part`. */
void refused_request(const subject *subject, const zcb_gate_request *request, zcb_exit code,
                     const char *part);

#endif
