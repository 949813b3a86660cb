/* The last phase of a run with a precision or a budget: launches of the widest intervals. */
#ifndef ZCB_DRIVER_RUN_NARROW_H
#define ZCB_DRIVER_RUN_NARROW_H

#include "base/error.h"
#include "driver/session.h"

#include <jansson.h>

/* Goes on, launch by launch, with the questions whose widest interval of a speed-up is wider
 * than the precision asked for — with a budget alone, with the widest — until none is, the
 * deadline comes, or ZCB_LAUNCHES_MAX launches are made. 0, or -1 as the other phases. */
int zcb_run_narrow(zcb_session *session, zcb_error *error);

/* Says how wide the intervals are, and, with a precision, what was not reached and how many
 * launches it would need. Nothing without precision, budget, or full profile. */
void zcb_run_tell_widths(const zcb_session *session);

/* {"asked","cells","reached","not_reached":[…]}: the precision asked for as a share of 1, how many
 * of the measured cells are as narrow, and each that is not, the widest first, with its half width
 * and about how many launches more it needs (null: more than can be foreseen). New reference; NULL
 * when memory is short. */
json_t *zcb_run_precision_json(const zcb_session *session);

#endif
