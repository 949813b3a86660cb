/* From findings to what a user can do about them: pure, so that a machine in any state can be
 * tried in a test. */
#ifndef ZCB_DRIVER_DOCTOR_ADVICE_H
#define ZCB_DRIVER_DOCTOR_ADVICE_H

#include "driver/doctor.h"

/* Adds a sentence for each finding that a user should know or can mend, what stops all first:
 * 0, or -1 (memory). None means that there is nothing to say. */
int zcb_doctor_advise(const zcb_doctor *doctor, zcb_texts *out, zcb_error *error);

#endif
