/* The doctor's findings as JSON: doctor_output.h. */
#include "driver/doctor_output.h"

#include "driver/places.h"
#include "store/run_members.h"

/* Adds a number; null where it is unknown. */
static int put_real(json_t *object, const char *name, double value)
{
    json_t *number = json_real(value); /* NULL where it is not finite */
    return zcb_json_put(object, name, number != NULL ? number : json_null());
}

/* `object` where no step failed; else NULL, and it is released. */
static json_t *whole(json_t *object, int failed)
{
    if (failed) {
        json_decref(object);
        return NULL;
    }
    return object;
}

/* The members of run.json; one that does not exist has no name, which run.json would refuse. */
static int put_variant(json_t *object, const zcb_variant *variant)
{
    int failed = 0;
    for (size_t i = 0; i < zcb_variant_members.count; i++) {
        const zcb_json_member *member = &zcb_variant_members.members[i];
        failed |= member->type == ZCB_JSON_NAME
                      ? zcb_json_put(object, member->name, zcb_json_text(variant->name))
                      : zcb_json_write(object, variant, member, 1);
    }
    return failed;
}

static json_t *interpreter_json(const zcb_found_python *one, const zcb_patient *patient)
{
    json_t *o = json_object();
    int is_left_out = patient->state == ZCB_PATIENT_LEFT_OUT;
    int failed =
        put_variant(o, &one->variant) | zcb_json_put(o, "spec", zcb_json_text(one->spec)) |
        zcb_json_put(o, "library", zcb_json_text(one->library)) |
        zcb_json_put(o, "state", json_string(zcb_patient_state_name(patient->state))) |
        zcb_json_put(o, "reason", is_left_out ? zcb_json_text(one->reason) : json_null()) |
        zcb_json_put(o, "default", json_boolean(patient->is_default)) |
        zcb_json_put(o, "requested", json_boolean(patient->is_requested));
    return whole(o, failed);
}

static json_t *interpreters_json(const zcb_doctor *d)
{
    json_t *list = json_array();
    int failed = 0;
    for (size_t i = 0; i < d->pythons.count; i++) {
        failed |=
            zcb_json_append(list, interpreter_json(&d->pythons.items[i], &d->patients[i]));
    }
    return whole(list, failed);
}

static json_t *tools_json(const zcb_tools *tools)
{
    json_t *list = json_array();
    int failed = 0;
    for (size_t i = 0; i < tools->count; i++) {
        const zcb_tool *tool = &tools->items[i];
        json_t *o = json_object();
        failed |= zcb_json_put(o, "name", json_string(tool->name)) |
                  zcb_json_put(o, "for", json_string(zcb_tool_need_name(tool->need))) |
                  zcb_json_put(o, "found", json_boolean(tool->is_there)) |
                  zcb_json_put(o, "version", zcb_json_text(tool->version)) |
                  zcb_json_append(list, o);
    }
    return whole(list, failed);
}

static json_t *machine_json(const zcb_machine *machine)
{
    json_t *o = json_object();
    return whole(
        o, zcb_json_write(o, machine, zcb_machine_members.members, zcb_machine_members.count));
}

static json_t *limits_json(const zcb_limits *limits)
{
    json_t *o = json_object();
    int failed =
        zcb_json_put(o, "cpus", limits->cpus > 0 ? json_real(limits->cpus) : json_null()) |
        zcb_json_put(o, "memory_bytes",
                     limits->memory_bytes > 0 ? zcb_json_whole(limits->memory_bytes)
                                              : json_null());
    return whole(o, failed);
}

static json_t *noise_json(const zcb_doctor *d)
{
    const zcb_noise *n = &d->noise;
    json_t *o = json_object();
    int failed =
        put_real(o, "load1", d->load1) | put_real(o, "probe_ns", n->wall_ns) |
        put_real(o, "piece_ns", n->piece_ns) | put_real(o, "p99_ratio", n->p99_ratio) |
        put_real(o, "longest_pause_ns", n->longest_ns) |
        put_real(o, "lost_share", n->lost_share) | put_real(o, "drift", n->drift) |
        put_real(o, "clock_ns", n->clock_ns) |
        zcb_json_put(o, "steal_ms", zcb_json_whole(n->steal_ms)) |
        zcb_json_put(o, "involuntary_switches", zcb_json_whole(n->involuntary_switches));
    return whole(o, failed);
}

static json_t *advice_json(const zcb_texts *advice)
{
    json_t *list = json_array();
    int failed = 0;
    for (size_t i = 0; i < advice->count; i++) {
        failed |= zcb_json_append(list, zcb_json_text(advice->items[i]));
    }
    return whole(list, failed);
}

static json_t *tool_json(void)
{
    json_t *o = json_object();
    int failed = zcb_json_put(o, "version", json_string(ZCB_VERSION)) |
                 zcb_json_put(o, "commit", zcb_json_text(zcb_tool_commit())) |
                 zcb_json_put(o, "compiler", zcb_json_text(zcb_tool_compiler()));
    return whole(o, failed);
}

json_t *zcb_doctor_json(const zcb_doctor *d)
{
    json_t *root = json_object();
    int failed = zcb_json_put(root, "schema", json_integer(1)) |
                 zcb_json_put(root, "tool", tool_json()) |
                 zcb_json_put(root, "interpreters", interpreters_json(d)) |
                 zcb_json_put(root, "tools", tools_json(&d->tools)) |
                 zcb_json_put(root, "machine", machine_json(&d->machine)) |
                 zcb_json_put(root, "limits", limits_json(&d->limits)) |
                 zcb_json_put(root, "noise", noise_json(d)) |
                 zcb_json_put(root, "advice", advice_json(&d->advice));
    return whole(root, failed);
}
