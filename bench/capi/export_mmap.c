/* The buffer of an anonymous mmap: copied, or acquired and released as an extension does. */
#include "export.h"

static int set_up(zcb_case *c)
{
    return export_set_up(c, zcb_call("mmap", "mmap", "(in)", -1, export_size(c)));
}

const zcb_pair zcb_pair_capi_export_mmap = {
    .id = "B1",
    .name = "export_mmap",
    .group = "buffer protocol",
    .note = EXPORT_NOTE,
    .requires = "mmap",
    .kind = ZCB_KIND_Z,
    .set_up = set_up,
    .copy = {.once = export_copy, .loop = export_copy_loop},
    .views = {{.once = export_view, .loop = export_view_loop}},
};
