/* See doctor_advice.h. */
#include "driver/doctor_advice.h"

#include "report/units.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define BUSY_LOAD 0.5     /* per CPU, before we added any of our own */
#define LOST_SHARE 0.01   /* of a second: more and quick profiles widen visibly */
#define DRIFT 0.1         /* between tenths of a second */
#define SLOW_CLOCK_NS 200 /* a system call: the page without one reads in 20 to 50 ns */
#define LEAST_MEMORY (UINT64_C(512) << 20) /* what a run of all sizes is tried with */

/* The list being made. Invariant: once failed, nothing more is added. */
typedef struct advice {
    const zcb_doctor *doctor;
    zcb_texts *out;
    zcb_error *error;
    int failed;
} advice;

static void say(advice *a, const char *format, ...) ZCB_PRINTF(2, 3);

static void say(advice *a, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    a->failed = a->failed || zcb_texts_add(a->out, text, a->error) < 0;
}

static const char *text_of(const char *text)
{
    return text == NULL ? "" : text;
}

static int is_usable(const zcb_doctor *d, size_t i)
{
    return d->patients[i].state != ZCB_PATIENT_LEFT_OUT;
}

/* Names of the usable interpreters for which `holds`, separated by commas, into out[size]; how
 * many. */
static size_t names_where(const zcb_doctor *d, int (*holds)(const zcb_found_python *),
                          char *out, size_t size)
{
    size_t count = 0, used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < d->pythons.count; i++) {
        if (is_usable(d, i) && holds(&d->pythons.items[i]) && used < size) {
            used += (size_t)snprintf(out + used, size - used, "%s%s", count > 0 ? ", " : "",
                                     d->pythons.items[i].variant.name);
            count++;
        }
    }
    return count;
}

static int is_any(const zcb_found_python *one)
{
    (void)one;
    return 1;
}

static int has_no_numpy(const zcb_found_python *one)
{
    return text_of(one->variant.numpy)[0] == '\0';
}

static int is_debug(const zcb_found_python *one)
{
    return one->variant.debug == 1;
}

static int is_without_pgo(const zcb_found_python *one)
{
    return one->variant.pgo == 0;
}

static int is_with_pgo(const zcb_found_python *one)
{
    return one->variant.pgo == 1;
}

static int is_free_threaded(const zcb_found_python *one)
{
    return one->variant.gil == 0;
}

static int is_with_gil(const zcb_found_python *one)
{
    return one->variant.gil == 1;
}

static int lacks_headers(const zcb_found_python *one)
{
    return strstr(text_of(one->reason), "no headers") != NULL;
}

/* Bytes of the "3.11" in "3.11.7". */
static int minor_length(const char *version)
{
    size_t major = strcspn(version, ".");
    size_t rest = version[major] == '.' ? 1 + strcspn(version + major + 1, ".") : 0;
    return (int)(major + rest);
}

static void advise_left_out(advice *a)
{
    const zcb_doctor *d = a->doctor;
    for (size_t i = 0; i < d->pythons.count; i++) {
        const zcb_found_python *one = &d->pythons.items[i];
        const char *executable = text_of(one->variant.executable);
        if (!is_usable(d, i) && lacks_headers(one) &&
            strncmp(executable, "/usr/bin/", 9) == 0) {
            say(a, "%s has no headers: `apt-get install python%.*s-dev` brings them",
                executable, minor_length(one->variant.version), one->variant.version);
        }
    }
}

static void advise_pythons(advice *a)
{
    char names[512], others[512];
    if (names_where(a->doctor, is_any, names, sizeof names) == 0) {
        say(a, "no interpreter can be used: install one with headers and libpython, such as "
               "Debian's python3 and python3-dev, then run `make setup`");
    }
    advise_left_out(a);
    if (names_where(a->doctor, has_no_numpy, names, sizeof names) > 0) {
        say(a,
            "no numpy for %s: its pairs are left out there; `make setup PYTHONS=…` puts one "
            "into the build folder",
            names);
    }
    if (names_where(a->doctor, is_debug, names, sizeof names) > 0) {
        say(a,
            "%s: a debug build checks references, and its times say nothing about a release "
            "build",
            names);
    }
    size_t without = names_where(a->doctor, is_without_pgo, names, sizeof names);
    if (without > 0 && names_where(a->doctor, is_with_pgo, others, sizeof others) > 0) {
        say(a,
            "built without PGO: %s; with it: %s. A comparison of these compares builds as "
            "well as versions",
            names, others);
    } else if (without > 0) {
        say(a,
            "built without PGO: %s. Distributions ship builds with it; to measure such a "
            "one, build with --enable-optimizations (pyenv: PYTHON_CONFIGURE_OPTS)",
            names);
    }
    if (names_where(a->doctor, is_free_threaded, names, sizeof names) > 0 &&
        names_where(a->doctor, is_with_gil, others, sizeof others) > 0) {
        say(a,
            "free-threaded builds have an allocator of their own (%s): a comparison with %s "
            "is one of allocators, too",
            names, others);
    }
}

static void advise_tools(advice *a)
{
    char names[256] = "";
    const zcb_tools *tools = &a->doctor->tools;
    for (size_t i = 0; i < tools->count; i++) {
        const zcb_tool *tool = &tools->items[i];
        size_t used = strlen(names);
        if (!tool->is_there && tool->need == ZCB_TOOL_BUILDS_WORKERS) {
            snprintf(names + used, sizeof names - used, "%s%s", used > 0 ? ", " : "",
                     tool->name);
        }
        if (!tool->is_there && tool->need == ZCB_TOOL_DRAWS) {
            say(a,
                "no %s: there are no pictures; everything else is made. `make setup` "
                "installs it",
                tool->name);
        }
    }
    if (names[0] != '\0') {
        say(a, "missing: %s. Without them no worker can be built; `make setup` installs them",
            names);
    }
}

static void advise_processors(advice *a)
{
    const zcb_machine *m = &a->doctor->machine;
    double granted = a->doctor->limits.cpus;
    if (m->affinity_cpus == 1) {
        say(a, "one CPU for everything: the driver and the worker take turns on it. Measuring "
               "works; other programs interrupt visits");
    } else if (m->affinity_cpus > 0 && m->affinity_cpus < m->cpus) {
        say(a, "this process may use %u of %u CPUs", (unsigned)m->affinity_cpus,
            (unsigned)m->cpus);
    }
    if (granted > 0 && granted < fmin(2, m->affinity_cpus)) {
        say(a,
            "a control group grants %.2g CPUs: who uses more is stopped for the rest of its "
            "period, and visits with it. Raise the quota",
            granted);
    }
    if (text_of(m->governor)[0] != '\0' && strcmp(m->governor, "performance") != 0) {
        say(a,
            "the CPU governor is %s: the clock follows the load. As root, `cpupower "
            "frequency-set -g performance` keeps it",
            m->governor);
    }
    if (strcmp(text_of(m->turbo), "on") == 0) {
        say(a, "turbo is on: the clock follows temperature and neighbours. Ratios bear it, "
               "absolute times do not");
    }
}

static void advise_system(advice *a)
{
    const zcb_machine *m = &a->doctor->machine;
    char text[ZCB_UNIT_TEXT_MAX];
    uint64_t limit = a->doctor->limits.memory_bytes;
    uint64_t memory = limit > 0 && limit < m->memory_bytes ? limit : m->memory_bytes;
    if (memory > 0 && memory < LEAST_MEMORY) {
        say(a, "%s of memory: the largest sizes may fail; narrow them with --size",
            zcb_unit_size((double)memory, text, sizeof text));
    }
    if (m->aslr == 0) {
        say(a,
            "addresses are not randomised: launches then share one memory layout, and "
            "intervals miss what another one would do. `sysctl kernel.randomize_va_space=2`");
    }
    if (a->doctor->noise.clock_ns > SLOW_CLOCK_NS) {
        say(a,
            "one reading of the clock takes %s (clocksource %s): visits are made longer "
            "for it. Where tsc can be chosen, no system call is needed",
            zcb_unit_time(a->doctor->noise.clock_ns, text, sizeof text),
            text_of(m->clocksource)[0] != '\0' ? m->clocksource : "unknown");
    }
    if (text_of(m->virtualisation)[0] != '\0') {
        say(a,
            "%s: the host's other guests are not seen from here. Trust ratios of one run; "
            "repeat "
            "absolute times at another hour",
            m->virtualisation);
    }
}

static void advise_noise(advice *a)
{
    const zcb_noise *n = &a->doctor->noise;
    const zcb_machine *m = &a->doctor->machine;
    char text[ZCB_UNIT_TEXT_MAX];
    if (m->cpus > 0 && a->doctor->load1 > BUSY_LOAD * m->cpus) {
        say(a,
            "other programs are at work (load %.1f on %u CPUs): end them, or expect wider "
            "intervals",
            a->doctor->load1, (unsigned)m->cpus);
    }
    if (n->steal_ms > 0) {
        say(a,
            "the hypervisor took %llu ms of the probe: the host is busy; another hour may be "
            "better",
            (unsigned long long)n->steal_ms);
    }
    if (n->lost_share > LOST_SHARE) {
        say(a,
            "%.1f %% of the probe went to others, in pauses of up to %s: more launches "
            "(--launches, --precision) narrow what that widens",
            n->lost_share * 100, zcb_unit_time(n->longest_ns, text, sizeof text));
    }
    if (n->drift > DRIFT) {
        say(a,
            "the speed of this CPU moved by %.0f %% within the probe: only what is measured "
            "side by side can be compared",
            n->drift * 100);
    }
}

int zcb_doctor_advise(const zcb_doctor *doctor, zcb_texts *out, zcb_error *error)
{
    advice a = {doctor, out, error, 0};
    advise_tools(&a);
    advise_pythons(&a);
    advise_noise(&a);
    advise_processors(&a);
    advise_system(&a);
    return a.failed ? -1 : 0;
}
