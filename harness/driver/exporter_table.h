/* What an object's exports cost beside those of bytes, from a run of the exporter's pairs. */
#ifndef ZCB_DRIVER_EXPORTER_TABLE_H
#define ZCB_DRIVER_EXPORTER_TABLE_H

#include "base/error.h"

#include <jansson.h>
#include <stdio.h>

/* Reads the run in `dir` and prints the table: for each interpreter, export, slice and both
 * copies at the size nearest below 1 MiB, each with its time, that of bytes, their ratio
 * (launch against launch) and the break-even. 0 or -1. */
int zcb_exporter_table_print(const char *dir, const char *label, FILE *stream,
                             zcb_error *error);

/* The same lines as an array of objects, numbers in ns and bytes, missing ones null. New reference;
 * NULL on failure. */
json_t *zcb_exporter_table_json(const char *dir, zcb_error *error);

#endif
