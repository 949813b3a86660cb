/* See doctor.h. */
#include "driver/doctor.h"

#include "driver/doctor_advice.h"
#include "driver/interpreters.h"
#include "driver/machine.h"
#include "driver/signals.h"
#include "driver/worker_ask.h"
#include "driver/worker_identity.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DESCRIBE_LIMIT_MS 60000u

const char *zcb_patient_state_name(zcb_patient_state state)
{
    static const char *const names[] = {"ready", "embeds", "left out"};
    return names[state];
}

void zcb_doctor_clear(zcb_doctor *doctor)
{
    zcb_machine_clear(&doctor->machine);
    zcb_found_pythons_clear(&doctor->pythons);
    zcb_texts_clear(&doctor->advice);
    free(doctor->patients);
    *doctor = (zcb_doctor){0};
}

/* Starts the worker once, so that one of another build, or whose interpreter has moved since, is
 * noticed. */
static int start_worker(const zcb_variant *variant, zcb_error *error)
{
    zcb_child child = {0};
    char status[64];
    const char *const argv[] = {variant->worker,  "--describe", "--program",
                                variant->program, "--pairs",    NULL};
    if (zcb_worker_check_identity(variant, error) < 0) {
        return -1;
    }
    int result = zcb_worker_ask(argv, DESCRIBE_LIMIT_MS, &child, error);
    if (result == 0 && !zcb_child_succeeded(&child)) {
        result = zcb_fail(error, ZCB_EXIT_USAGE, "its worker ended with %s%s%s",
                          zcb_child_status_text(&child, status, sizeof status),
                          child.last_line[0] != '\0' ? ": " : "", child.last_line);
    }
    zcb_child_clear(&child);
    return result;
}

/* Tries one interpreter that find-python calls usable. */
static int try_one(zcb_found_python *one, zcb_patient *patient, zcb_error *error)
{
    zcb_error why = {0};
    int has_worker = access(one->variant.worker, X_OK) == 0;
    int failed = has_worker ? start_worker(&one->variant, &why)
                            : zcb_interpreter_try(&one->variant, &why);
    if (*zcb_signals_flag() != 0) {
        return zcb_signals_fail(error);
    }
    patient->state = failed       ? ZCB_PATIENT_LEFT_OUT
                     : has_worker ? ZCB_PATIENT_READY
                                  : ZCB_PATIENT_EMBEDS;
    return failed ? zcb_set_text(&one->reason, why.text, error) : 0;
}

/* Asks for the interpreters of `word`. */
static int ask(const char *word, zcb_doctor *out, zcb_error *error)
{
    zcb_python_spec spec = {0};
    int result = -1;
    size_t before = out->pythons.count;
    if (zcb_python_spec_parse(word, &spec, error) < 0 ||
        zcb_pythons_ask(&spec, &out->pythons, error) < 0) {
        goto done;
    }
    zcb_patient *grown = realloc(out->patients, out->pythons.count * sizeof *grown);
    if (grown == NULL) {
        zcb_no_memory(error);
        goto done;
    }
    out->patients = grown;
    for (size_t i = before; i < out->pythons.count; i++) {
        grown[i] = (zcb_patient){.state = ZCB_PATIENT_LEFT_OUT,
                                 .is_requested = !zcb_python_spec_is_all(&spec)};
    }
    result = 0;
done:
    zcb_python_spec_clear(&spec);
    return result;
}

/* Marks what `python3` stands for. That there is none is a finding of its own. */
static void mark_default(zcb_doctor *doctor)
{
    zcb_found_pythons found = {0};
    zcb_python_spec spec = {.name = "", .spec = "python3", .path = ""};
    zcb_error unheard;
    if (zcb_pythons_ask(&spec, &found, &unheard) == 0) {
        for (size_t i = 0; i < doctor->pythons.count; i++) {
            const zcb_variant *v = &doctor->pythons.items[i].variant;
            doctor->patients[i].is_default =
                v->executable[0] != '\0' &&
                strcmp(v->executable, found.items[0].variant.executable) == 0;
        }
    }
    zcb_found_pythons_clear(&found);
}

/* Every interpreter; that there is none at all is a finding, too. */
static int ask_all(zcb_doctor *out, zcb_error *error)
{
    zcb_error why = {0};
    if (ask("all", out, &why) == 0 || why.exit_code == ZCB_EXIT_USAGE) {
        return 0;
    }
    return zcb_fail(error, why.exit_code, "%s", why.text);
}

static int examine_pythons(const zcb_texts *asked, zcb_doctor *out, zcb_error *error)
{
    int result = asked->count == 0 ? ask_all(out, error) : 0;
    for (size_t i = 0; result == 0 && i < asked->count; i++) {
        result = ask(asked->items[i], out, error);
    }
    if (result == 0) {
        mark_default(out);
    }
    for (size_t i = 0; result == 0 && i < out->pythons.count; i++) {
        if (out->pythons.items[i].reason[0] == '\0') {
            result = try_one(&out->pythons.items[i], &out->patients[i], error);
        }
    }
    return result;
}

int zcb_doctor_examine(const zcb_texts *asked, uint64_t probe_ns, zcb_doctor *out,
                       zcb_error *error)
{
    *out = (zcb_doctor){.load1 = zcb_machine_load1(), .limits = zcb_limits_read("")};
    if (examine_pythons(asked, out, error) < 0 || zcb_tools_find(&out->tools, error) < 0 ||
        zcb_machine_read(&out->machine, error) < 0 ||
        zcb_noise_probe(probe_ns, &out->noise, error) < 0 ||
        zcb_doctor_advise(out, &out->advice, error) < 0) {
        zcb_doctor_clear(out);
        return -1;
    }
    return 0;
}
