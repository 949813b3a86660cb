/* Scenario pairs in human terms: what a time per hand-over means for frames, packets, requests.
 */
#ifndef ZCB_REPORT_SCENARIOS_H
#define ZCB_REPORT_SCENARIOS_H

#include "report/analysis.h"

#include <stdio.h>

#define ZCB_SCENARIO_TEXT_MAX 640

/* One sentence on what the series means, with intervals: "handing on 60 regions of 1 MiB a
 * second takes 0.41 % (0.40–0.43) of a core by copying, 0.0021 % (0.0020–0.0022) by view"; ""
 * when its pair is no scenario or has no times. Returns `out`. */
char *zcb_scenario_text(const zcb_analysis *analysis, const zcb_series *series, char *out,
                        size_t size);

/* Writes the section "Scenarios" in Markdown; nothing where the run has none. */
void zcb_scenarios_md(const zcb_analysis *analysis, FILE *stream);

#endif
