/* Options that several commands share: --python, --pairs, --json, --color. */
#ifndef ZCB_DRIVER_COMMON_OPTIONS_H
#define ZCB_DRIVER_COMMON_OPTIONS_H

#include "base/error.h"
#include "driver/color.h"
#include "driver/texts.h"

#include <argp.h>
#include <jansson.h>

/* Zero value: nothing given. Owns its members. */
typedef struct zcb_common_options {
    zcb_texts pythons;
    zcb_texts pair_files; /* absolute, each once */
    int json;             /* --json or --json=FILE */
    char *json_file;      /* NULL: stdout */
    zcb_color color;
    zcb_error *error; /* borrowed: where the parser says what is wrong */
} zcb_common_options;

/* argp children; the child's input is a zcb_common_options. */
extern const struct argp zcb_output_argp; /* --json, --color */
extern const struct argp zcb_source_argp; /* --python, --pairs */

void zcb_common_options_clear(zcb_common_options *options);

/* Prints `json` (takes its reference) where --json asked for it: 0, or -1 when it can't be
 * written. */
int zcb_common_print_json(const zcb_common_options *options, json_t *json, zcb_error *error);

#endif
