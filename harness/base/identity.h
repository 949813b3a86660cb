/* Which sources a program was built from: driver, worker and libzcbcount.so are built at different
 * times, and share structures and messages that only fit where all stem from the same ones. */
#ifndef ZCB_BASE_IDENTITY_H
#define ZCB_BASE_IDENTITY_H

/* 16 hex digits that follow from the names and contents of all sources of a worker
 * (base/identity.cmake): equal where these were. Static storage. */
const char *zcb_build_identity(void);

#endif
