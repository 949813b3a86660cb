/* Sizes between those that hold a break-even, added while a run goes on. */
#ifndef ZCB_DRIVER_RUN_REFINE_H
#define ZCB_DRIVER_RUN_REFINE_H

#include "base/error.h"
#include "driver/session.h"

/* One round, when planned launch number `launch` is over: adds the sizes that zcb_refine_sizes
 * asks for, to all variants, and calibrates them. The launches to come measure them with the
 * others; those that are over are owed to them (zcb_run_refine). Nothing is added after the
 * last planned launch, before two have given intervals, past ZCB_REFINE_ROUNDS, where sizes
 * were asked for by name and refining was not, or when it would take longer than the run may: a
 * budget spends a third of what the planned launches leave, the standard profile's promise is
 * five minutes per interpreter, otherwise a third of what the planned launches take, at least
 * 15 s. 0, or -1 as the phases. */
int zcb_run_refine_between(zcb_session *session, uint32_t launch, zcb_error *error);

/* After the planned launches: makes those that added sizes are still owed; then, in the
 * rigorous profile, with --refine, or in runs of two launches at most, goes on with rounds of
 * their own until every crossing is close enough. 0, or -1 as the phases. */
int zcb_run_refine(zcb_session *session, zcb_error *error);

#endif
