/* How an arm's time grows with size, and whether that is what its pair's kind promises.
 *
 * Regimes: the sizes of a series in a row, cut where a step of the machine or of an allocator
 * shows in the times of that arm (stats/scaling.h says when). Steps looked for: 512 B (up to
 * there CPython's pymalloc serves), a quarter to the whole of each cache level in run.json
 * (source and copy together take twice the size: within that band the level stops holding both;
 * sizes inside belong to no regime), 128 KiB and 32 MiB (glibc's mmap threshold as it starts
 * and as far as it grows), 4 MiB (numpy asks for huge pages). Times are gross: null takes away
 * a constant that does not matter where an exponent is expected, and would leave differences
 * that have no logarithm.
 *
 * Expected: copy 1 (kind Q: 2), limit 1, alternatives 0 for kinds Z and L as long as nobody
 * reads the result, else 1. An exponent of 1 or more shows only where lower orders have ceased
 * to matter: from the first size on whose time is 5 × what the smallest size of the series lets
 * them be, t(n) ≥ 5 t(min) (n ÷ min)^(expected − 1). There a regime ends and the next begins;
 * what is left of a constant then costs less than 0.12 of the exponent over three octaves.
 * Below, `expected` is NAN.
 *
 * Finding: an interval that lies as a whole outside what is allowed: 0 ± 0.1; or expected ±
 * 0.15 × expected, widened to hold what memcpy does over the same sizes: where its time grows
 * with n^L, moving bytes costs more per byte by itself, and expected + L − 1 is allowed as
 * well. limit itself is memcpy and never a finding. */
#ifndef ZCB_REPORT_SCALING_H
#define ZCB_REPORT_SCALING_H

#include "report/size_times.h"

/* Fills `scaling` of an analysis whose series are made: per series of cells copy, the
 * alternatives, limit; regimes ascending. A size that misses more than half of the launches
 * which the best size of the arm has is left out. 0 or -1 (memory; what was made stays in
 * *analysis for its clear). */
int zcb_scaling_make(zcb_analysis *analysis, const zcb_launch_logs *logs, zcb_error *error);

#endif
