/* The last phase of a run with a precision or a budget: launches of the widest intervals. */
#ifndef ZCB_DRIVER_RUN_NARROW_H
#define ZCB_DRIVER_RUN_NARROW_H

#include "base/error.h"
#include "driver/session.h"

/* Goes on, launch by launch, with the questions whose widest interval of a speed-up is wider
 * than the precision asked for — with a budget alone, with the widest — until none is, the
 * deadline comes, or ZCB_LAUNCHES_MAX launches are made. 0, or -1 as the other phases. */
int zcb_run_narrow(zcb_session *session, zcb_error *error);

/* Says how wide the intervals are, and, with a precision, what was not reached and how many
 * launches it would need. Nothing without precision, budget, or full profile. */
void zcb_run_tell_widths(const zcb_session *session);

#endif
