/* What `zcbench doctor` finds out: interpreters, tools, machine and its noise. */
#ifndef ZCB_DRIVER_DOCTOR_H
#define ZCB_DRIVER_DOCTOR_H

#include "driver/found_pythons.h"
#include "base/limits.h"
#include "driver/noise.h"
#include "driver/texts.h"
#include "driver/tools.h"

/* What becomes of an interpreter. */
typedef enum zcb_patient_state {
    ZCB_PATIENT_READY,   /* its worker is built and starts */
    ZCB_PATIENT_EMBEDS,  /* no worker yet, but a small program could embed it */
    ZCB_PATIENT_LEFT_OUT /* found->reason says why */
} zcb_patient_state;

typedef struct zcb_patient {
    zcb_patient_state state;
    int is_default;   /* what is used where none is asked for */
    int is_requested; /* by name, not through `all` */
} zcb_patient;

/* Zero value: empty. Owns its members; patients[i] belongs to pythons.items[i]. */
typedef struct zcb_doctor {
    zcb_found_pythons pythons;
    zcb_patient *patients;
    zcb_tools tools;
    zcb_machine machine;
    zcb_limits limits;
    double load1;
    zcb_noise noise;
    zcb_texts advice;
} zcb_doctor;

/* Finds everything out; takes seconds where interpreters are tried for the first time (told on
 * stderr). `asked` empty: every interpreter found. 0, or -1 (a malformed word: exit code 2). An
 * interpreter that can't be used is a finding, not a failure. */
int zcb_doctor_examine(const zcb_texts *asked, uint64_t probe_ns, zcb_doctor *out,
                       zcb_error *error);

void zcb_doctor_clear(zcb_doctor *doctor);

/* The word for a state: "ready", "embeds", "left out". Static storage. */
const char *zcb_patient_state_name(zcb_patient_state state);

#endif
