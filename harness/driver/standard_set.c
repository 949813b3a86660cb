/* See standard_set.h. */
#include "driver/standard_set.h"

#include <stddef.h>
#include <string.h>

enum { PYTHON = 1 << ZCB_LANE_PYTHON, CAPI = 1 << ZCB_LANE_CAPI };

typedef struct member {
    const char *name;
    int lanes;
} member;

static const member members[] = {
    {"bytes_slice", PYTHON | CAPI},
    {"bytearray_slice", PYTHON | CAPI},
    {"view_tobytes", PYTHON | CAPI},
    {"consume_front", PYTHON},
    {"export_bytes", CAPI},
    {"export_bytearray", CAPI},
    {"export_array", CAPI},
    {"export_ndarray", CAPI},
    {"wrap_memory", CAPI},
    {"array_tobytes", PYTHON},
    {"struct_unpack", PYTHON},
    {"file_read", PYTHON},
    {"ndarray_slice", PYTHON | CAPI},
    {"frombuffer", PYTHON},
    {"ndarray_tobytes", PYTHON},
    {"numpy_wrap", CAPI},
    {"numpy_view", CAPI},
    {"pickle_oob", PYTHON},
    {"video_roi", PYTHON},
    {"packet_parse", PYTHON},
};

int zcb_standard_has(const char *name, zcb_lane lane)
{
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        if (strcmp(members[i].name, name) == 0) {
            return (members[i].lanes & 1 << lane) != 0;
        }
    }
    return 0;
}
