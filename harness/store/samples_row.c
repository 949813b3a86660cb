/* See samples_row.h. */
#include "store/samples_row.h"

#include "base/words.h"

#include <stddef.h>
#include <string.h>

static const char *const controls[] = {ZCB_ARM_COPY, ZCB_ARM_NULL, ZCB_ARM_TWIN, ZCB_ARM_LIMIT};

int zcb_sample_arm_is_known(const char *arm)
{
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++) {
        if (strcmp(arm, controls[i]) == 0) {
            return 1;
        }
    }
    return zcb_arm_is_alternative(arm) && strcmp(arm, ZCB_ARM_VIEW ":") != 0;
}
