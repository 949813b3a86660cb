/* The programs and libraries that zcbench, its workers and its pictures need beside Python. */
#ifndef ZCB_DRIVER_TOOLS_H
#define ZCB_DRIVER_TOOLS_H

#include "base/error.h"

#include <stddef.h>

#define ZCB_TOOLS_MAX 16

/* What a missing tool costs. */
typedef enum zcb_tool_need {
    ZCB_TOOL_BUILDS_WORKERS, /* no worker can be built: only interpreters that have one run */
    ZCB_TOOL_DRAWS,          /* no pictures */
    ZCB_TOOL_SPARED          /* nothing */
} zcb_tool_need;

typedef struct zcb_tool {
    const char *name;
    zcb_tool_need need;
    char version[160]; /* as it names itself, one line; "" where it is missing or silent */
    int is_there;
} zcb_tool;

/* Zero value: none. */
typedef struct zcb_tools {
    zcb_tool items[ZCB_TOOLS_MAX];
    size_t count;
} zcb_tools;

/* Asks every tool for its version; compilers are those that CC and CXX name. One that can't be
 * started is missing. 0, or -1 (memory, or a signal that asked to stop). */
int zcb_tools_find(zcb_tools *out, zcb_error *error);

/* The word for what a tool is needed for: "workers", "pictures", "". Static storage. */
const char *zcb_tool_need_name(zcb_tool_need need);

#endif
