/* The standard set: what a run without PAIR measures. One list; a lane it does not name is
 * measured only on request. */
#ifndef ZCB_DRIVER_STANDARD_SET_H
#define ZCB_DRIVER_STANDARD_SET_H

#include "base/words.h"

/* 1 when the standard set holds pair `name` in `lane`. */
int zcb_standard_has(const char *name, zcb_lane lane);

#endif
