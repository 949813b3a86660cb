/* numpy's C API for pairs and for the one file that imports it (numpy_api.c defines
 * ZCB_IMPORT_NUMPY first). Where numpy's headers were not to be had (ZCB_HAVE_NUMPY 0) a pair
 * is only listed: its operations stand in an #if. */
#ifndef ZCB_WORKER_NUMPY_API_H
#define ZCB_WORKER_NUMPY_API_H

#include "worker/compat.h"

#if ZCB_HAVE_NUMPY
#define PY_ARRAY_UNIQUE_SYMBOL zcb_numpy_api
#ifndef ZCB_IMPORT_NUMPY
#define NO_IMPORT_ARRAY
#endif
#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <numpy/arrayobject.h>
#endif

#endif
