/* A break-even as the constant a library can hold: one whole number inside the interval, or the
 * words why there is none. */
#ifndef ZCB_REPORT_CUTOFF_H
#define ZCB_REPORT_CUTOFF_H

#include "report/analysis.h"

#include <stddef.h>
#include <stdint.h>

#define ZCB_CUTOFF_TEXT_MAX 640

typedef enum zcb_cutoff_rule {
    ZCB_CUTOFF_NONE,       /* no constant can be given: `sentence` says why */
    ZCB_CUTOFF_COPY_BELOW, /* copy below `bytes`, share from there on */
    ZCB_CUTOFF_COPY_ABOVE, /* share up to `bytes`, copy above */
    ZCB_CUTOFF_SHARE,      /* share at every size that was measured */
    ZCB_CUTOFF_COPY        /* copy at every size that was measured */
} zcb_cutoff_rule;

/* What one series says. Texts are borrowed from the analysis. Invariant: bytes, lo, hi are set
 * for COPY_BELOW and COPY_ABOVE only, else 0 and NAN; lo and hi may be NAN there too. */
typedef struct zcb_cutoff {
    const zcb_series *series;
    const zcb_cell *cell; /* of the series: its size means nothing */
    const char *status;   /* of breakeven.csv; "unmeasured" where it has no row */
    zcb_cutoff_rule rule;
    uint64_t bytes;
    double estimate, lo, hi;
    uint64_t size_min, size_max;        /* measured; 0 and 0: nothing was */
    char sentence[ZCB_CUTOFF_TEXT_MAX]; /* without a final full stop */
} zcb_cutoff;

/* The roundest whole number near `estimate`: the one with the most trailing zero bits among
 * those inside lo…hi (NAN: no end) and within 10 % of the estimate, of several the nearest to
 * it; the next whole number where there is none. estimate > 0. */
uint64_t zcb_cutoff_round(double estimate, double lo, double hi);

/* Reads one series of `analysis`. */
void zcb_cutoff_make(const zcb_analysis *analysis, const zcb_series *series, zcb_cutoff *out);

#endif
