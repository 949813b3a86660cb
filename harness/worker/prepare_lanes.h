/* How each lane fills a zcb_prepared: private to prepared.c. */
#ifndef ZCB_WORKER_PREPARE_LANES_H
#define ZCB_WORKER_PREPARE_LANES_H

#include "worker/prepared.h"

/* Fill copy, alternatives, null, sources and kind; cold: as many sources as make a ring, and
 * ring.count. size_bytes is set, `reads` says whether a consumer reads every result: 0, or -1 with a Python exception set; what was
 * made is released by zcb_prepared_clear in either case. */
int zcb_prepare_python(const char *name, Py_ssize_t offset, int reads, int is_cold,
                       zcb_prepared *out);
int zcb_prepare_capi(const char *name, Py_ssize_t offset, int reads, int is_cold,
                     zcb_prepared *out);

/* Undoes zcb_prepare_capi. */
void zcb_release_capi(zcb_prepared *prepared);

#endif
