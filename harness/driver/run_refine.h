/* The phase after the planned launches: sizes between those that hold a break-even. */
#ifndef ZCB_DRIVER_RUN_REFINE_H
#define ZCB_DRIVER_RUN_REFINE_H

#include "base/error.h"
#include "driver/session.h"

/* Round by round adds the sizes that zcb_refine_sizes asks for, to all variants, and calibrates
 * and measures them in as many launches as the others. Rounds end when every crossing is close
 * enough, or the next would take longer than the run may: a budget leaves a third of what is
 * left, the standard profile's promise is five minutes per interpreter, otherwise a third of
 * what the run has taken, at least 15 s. Nothing is added where sizes were asked for by name
 * and refining was not. 0, or -1 as the other phases. */
int zcb_run_refine(zcb_session *session, zcb_error *error);

#endif
