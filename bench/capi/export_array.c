/* The buffer of an array.array: copied, or acquired and released as an extension does. */
#include "export.h"

static int set_up(zcb_case *c)
{
    PyObject *one = zcb_call("array", "array", "(sy#)", "B", "\1", (Py_ssize_t)1);
    PyObject *all = one == NULL ? NULL : PySequence_Repeat(one, export_size(c));
    Py_XDECREF(one);
    return export_set_up(c, all);
}

const zcb_pair zcb_pair_capi_export_array = {
    .id = "B1",
    .name = "export_array",
    .group = "buffer protocol",
    .note = EXPORT_NOTE,
    .kind = ZCB_KIND_Z,
    .set_up = set_up,
    .copy = {.once = export_copy, .loop = export_copy_loop},
    .views = {{.once = export_view, .loop = export_view_loop}},
};
