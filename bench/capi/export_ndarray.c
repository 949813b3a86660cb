/* The buffer of an ndarray: copied, or acquired and released as an extension does. */
#include "export.h"

static int set_up(zcb_case *c)
{
    return export_set_up(c, zcb_call("numpy", "empty", "(ns)", export_size(c), "u1"));
}

const zcb_pair zcb_pair_capi_export_ndarray = {
    .id = "B1",
    .name = "export_ndarray",
    .group = "buffer protocol",
    .note = EXPORT_NOTE,
    .requires = "numpy",
    .kind = ZCB_KIND_Z,
    .set_up = set_up,
    .copy = {.once = export_copy, .loop = export_copy_loop},
    .views = {{.once = export_view, .loop = export_view_loop}},
};
