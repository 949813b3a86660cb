/* Imports numpy's C API for all numpy pairs: one translation unit owns the table. */
#define ZCB_IMPORT_NUMPY
#include "worker/numpy_start.h"

#if ZCB_HAVE_NUMPY
#include "worker/numpy_api.h"

int zcb_numpy_start(void)
{
#if NPY_ABI_VERSION >= 0x02000000
    return PyArray_ImportNumPyAPI();
#else
    return _import_array();
#endif
}
#else
int zcb_numpy_start(void)
{
    return 0;
}
#endif
