/* What `--python [NAME=]VERSION|EXE[,path=DIR]` says. */
#ifndef ZCB_DRIVER_PYTHON_SPEC_H
#define ZCB_DRIVER_PYTHON_SPEC_H

#include "base/error.h"

/* Zero value: empty. Owns its texts. */
typedef struct zcb_python_spec {
    char *name; /* "" when not given */
    char *spec; /* version, path, command, or "all" */
    char *path; /* absolute import path put first, "" when not given */
} zcb_python_spec;

/* Takes `text` apart: 0, or -1 with *out empty and exit code 2 (empty parts, a path that is no
 * folder). */
int zcb_python_spec_parse(const char *text, zcb_python_spec *out, zcb_error *error);

void zcb_python_spec_clear(zcb_python_spec *spec);

/* 1 when `name` may name a variant: [A-Za-z0-9_.-]+, at most ZCB_NAME_MAX bytes. */
int zcb_variant_name_is_valid(const char *name);

#endif
