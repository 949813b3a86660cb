/* See identity.h. */
#include "base/identity.h"

#include "base/identity_made.h"

const char *zcb_build_identity(void)
{
    return ZCB_BUILD_IDENTITY;
}
