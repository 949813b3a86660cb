/* What the doctor found, for people and for programs. */
#ifndef ZCB_DRIVER_DOCTOR_OUTPUT_H
#define ZCB_DRIVER_DOCTOR_OUTPUT_H

#include "driver/doctor.h"

#include <jansson.h>
#include <stdio.h>

/* Prints everything as tables and sentences, lines of text broken at `width` columns. A write
 * error stays in the stream. */
void zcb_doctor_print(const zcb_doctor *doctor, unsigned width, FILE *stream);

/* {"schema":1,"tool","interpreters":[{"state","reason",…as in run.json…}],"tools":[…],
 * "machine":{…as in run.json…},"limits","noise","advice":[…]}, unknown null. New reference;
 * NULL when memory is short. */
json_t *zcb_doctor_json(const zcb_doctor *doctor);

#endif
