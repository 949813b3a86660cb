/* gate.json: the verdict for programs, since make turns every exit code into 2. */
#ifndef ZCB_DRIVER_GATE_JSON_H
#define ZCB_DRIVER_GATE_JSON_H

#include "report/gate.h"

#include <jansson.h>

/* {"schema":1,"run_id","mode","base","head","baseline","verdict","exit_code","reason",
 * "counts":{…},"figures":[…],"lost":[…]}; docs/ci.md says what members mean. `file` is the
 * baseline's name or NULL. New reference; NULL when memory is short. */
json_t *zcb_gate_json(const zcb_gate *gate, const char *file);

/* The same members without figures for a gate that did not judge: verdict "created" for exit code
 * 0, "not_comparable" for 5, else "error". */
json_t *zcb_gate_json_unjudged(const zcb_run *run, const zcb_gate_request *request,
                               const char *file, zcb_exit exit_code, const char *reason);

#endif
