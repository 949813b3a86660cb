/* The buffer of a bytearray: copied, or acquired and released as an extension does. */
#include "export.h"

static int set_up(zcb_case *c)
{
    return export_set_up(c, zcb_source_bytearray(c));
}

const zcb_pair zcb_pair_capi_export_bytearray = {
    .id = "B1",
    .name = "export_bytearray",
    .group = "buffer protocol",
    .note = EXPORT_NOTE,
    .kind = ZCB_KIND_Z,
    .set_up = set_up,
    .copy = {.once = export_copy, .loop = export_copy_loop},
    .views = {{.once = export_view, .loop = export_view_loop}},
};
