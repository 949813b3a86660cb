/* A self-test's answer as a table of 80 columns, and as JSON. */
#ifndef ZCB_DRIVER_SELFTEST_OUTPUT_H
#define ZCB_DRIVER_SELFTEST_OUTPUT_H

#include "driver/selftest_claims.h"
#include "store/run.h"

#include <jansson.h>
#include <stdio.h>

/* "3.1 % (1.5–5.6)", "1.0003 (0.9998–1.0008)", "22.3 ns (22.1–22.6)"; "–" without a figure,
 * without its interval where there is none, "≥ …" where it has no upper end. Returns `out`. */
char *zcb_selftest_figure_text(const zcb_selftest_figure *figure, char *out, size_t size);

/* Head, claims, information, and one sentence about the outcome; each broken claim gets a
 * sentence of its own. What can't be written shows in ferror(stream). */
void zcb_selftest_print(const zcb_run *run, const zcb_findings *findings,
                        const zcb_selftest_figures *figures, FILE *stream);

/* {"schema":1, "python", "version", "seed", "budget_s", "launches", "sets", "set_launches",
 * "blocks", "visit_ns", "folder",
 * "figures":[{"id","what","unit","value","lo","hi","trials","promise","verdict"}], "broken"}:
 * missing numbers and promises null, `folder` null where nothing was kept. New reference; NULL
 * when memory is short. */
json_t *zcb_selftest_json(const zcb_run *run, const zcb_findings *findings,
                          const zcb_selftest_figures *figures, const char *folder);

#endif
