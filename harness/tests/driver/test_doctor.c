/* What the doctor concludes: figures of noise from known durations, limits from known control
 * groups, advice from machines in known states. */
#include "driver/doctor_advice.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { PIECES = 1000 };

static void steady(double pieces[PIECES])
{
    for (size_t i = 0; i < PIECES; i++) {
        pieces[i] = 20000;
    }
}

static void a_steady_machine_loses_nothing(void **state)
{
    (void)state;
    double pieces[PIECES];
    zcb_noise noise = {.clock_ns = 22};
    steady(pieces);
    zcb_noise_summarise(pieces, PIECES, &noise);
    assert_float_equal(noise.piece_ns, 20000, 0);
    assert_float_equal(noise.lost_share, 0, 0);
    assert_float_equal(noise.longest_ns, 0, 0);
    assert_float_equal(noise.p99_ratio, 1, 0);
    assert_float_equal(noise.drift, 0, 0);
    assert_float_equal(noise.clock_ns, 22, 0);
}

static void a_pause_is_lost_time_and_not_drift(void **state)
{
    (void)state;
    double pieces[PIECES];
    zcb_noise noise = {0};
    steady(pieces);
    pieces[500] += 5e6;
    zcb_noise_summarise(pieces, PIECES, &noise);
    assert_float_equal(noise.lost_share, 5e6 / (PIECES * 20000.0 + 5e6), 1e-9);
    assert_float_equal(noise.longest_ns, 5e6, 1e-6);
    assert_float_equal(noise.drift, 0, 0);
}

static void a_slower_clock_is_drift_and_not_lost_time(void **state)
{
    (void)state;
    double pieces[PIECES];
    zcb_noise noise = {0};
    steady(pieces);
    for (size_t i = PIECES / 2; i < PIECES; i++) {
        pieces[i] *= 1.2;
    }
    zcb_noise_summarise(pieces, PIECES, &noise);
    assert_float_equal(noise.drift, 0.2, 1e-9);
    assert_float_equal(noise.lost_share, 0, 0);
}

static void nothing_timed_is_no_figure(void **state)
{
    (void)state;
    zcb_noise noise = {0};
    double none[1];
    zcb_noise_summarise(none, 0, &noise);
    assert_true(isnan(noise.piece_ns) && isnan(noise.lost_share) && isnan(noise.drift));
}

/* A file below `root`, its folders made. */
static void write_file(const char *root, const char *path, const char *text)
{
    char whole[512];
    snprintf(whole, sizeof whole, "%s%s", root, path);
    for (char *slash = strchr(whole + strlen(root) + 1, '/'); slash != NULL;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(whole, 0700);
        *slash = '/';
    }
    FILE *file = fopen(whole, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static char *make_root(char *root)
{
    strcpy(root, "/tmp/zcb-doctor-XXXXXX");
    assert_non_null(mkdtemp(root));
    return root;
}

static void remove_root(const char *root)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", root);
    assert_int_equal(system(command), 0);
}

static void the_tightest_group_counts(void **state)
{
    (void)state;
    char root[32];
    make_root(root);
    write_file(root, "/proc/self/cgroup", "0::/ci/job\n");
    write_file(root, "/sys/fs/cgroup/ci/cpu.max", "150000 100000\n");
    write_file(root, "/sys/fs/cgroup/ci/memory.max", "536870912\n");
    write_file(root, "/sys/fs/cgroup/ci/job/cpu.max", "max 100000\n");
    write_file(root, "/sys/fs/cgroup/ci/job/memory.max", "max\n");
    zcb_limits limits = zcb_limits_read(root);
    assert_float_equal(limits.cpus, 1.5, 1e-9);
    assert_int_equal(limits.memory_bytes, 536870912);
    remove_root(root);
}

static void groups_of_the_first_version_are_read(void **state)
{
    (void)state;
    char root[32];
    make_root(root);
    write_file(root, "/proc/self/cgroup", "4:memory:/job\n1:cpu:/\n0::/\n");
    write_file(root, "/sys/fs/cgroup/memory/job/memory.limit_in_bytes", "1073741824\n");
    write_file(root, "/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    write_file(root, "/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
    write_file(root, "/sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
    zcb_limits limits = zcb_limits_read(root);
    assert_float_equal(limits.cpus, 0, 0);
    assert_int_equal(limits.memory_bytes, 1073741824);
    remove_root(root);
}

/* A machine without fault, with two interpreters. */
typedef struct healthy {
    zcb_doctor doctor;
    zcb_found_python pythons[2];
    zcb_patient patients[2];
} healthy;

static void make_healthy(healthy *h)
{
    *h = (healthy){0};
    for (int i = 0; i < 2; i++) {
        h->pythons[i].variant = (zcb_variant){.name = i == 0 ? "cp311" : "cp313",
                                              .version = "3.1x.1",
                                              .numpy = "2.4.6",
                                              .executable = "/usr/bin/python3",
                                              .pgo = 1,
                                              .gil = 1,
                                              .shared = 1};
        h->pythons[i].reason = "";
    }
    h->doctor.pythons = (zcb_found_pythons){h->pythons, 2};
    h->doctor.patients = h->patients;
    h->doctor.machine = (zcb_machine){.cpus = 2,
                                      .affinity_cpus = 2,
                                      .aslr = 1,
                                      .memory_bytes = UINT64_C(8) << 30,
                                      .clocksource = "tsc"};
    h->doctor.noise = (zcb_noise){.clock_ns = 22};
}

/* The one piece of advice must hold `part`; NULL: there must be none. */
static void expect_advice(const healthy *h, const char *part)
{
    zcb_texts advice = {0};
    zcb_error error;
    assert_int_equal(zcb_doctor_advise(&h->doctor, &advice, &error), 0);
    assert_int_equal(advice.count, part == NULL ? 0 : 1);
    if (part != NULL && strstr(advice.items[0], part) == NULL) {
        fail_msg("'%s' lacks '%s'", advice.items[0], part);
    }
    zcb_texts_clear(&advice);
}

static void a_healthy_machine_needs_no_advice(void **state)
{
    (void)state;
    healthy h;
    make_healthy(&h);
    expect_advice(&h, NULL);
}

static void each_fault_of_an_interpreter_has_its_sentence(void **state)
{
    (void)state;
    healthy h;
    make_healthy(&h);
    h.pythons[1].variant.numpy = "";
    expect_advice(&h, "no numpy for cp313:");
    make_healthy(&h);
    h.pythons[0].variant.pgo = 0;
    expect_advice(&h, "built without PGO: cp311; with it: cp313");
    h.pythons[1].variant.pgo = 0;
    expect_advice(&h, "built without PGO: cp311, cp313");
    make_healthy(&h);
    h.pythons[1].variant.debug = 1;
    expect_advice(&h, "cp313: a debug build");
    make_healthy(&h);
    h.pythons[1].variant.gil = 0;
    expect_advice(&h, "allocator of their own (cp313): a comparison with cp311");
    make_healthy(&h);
    h.patients[1].state = ZCB_PATIENT_LEFT_OUT;
    h.pythons[1].reason = "no headers (Python.h is missing)";
    h.pythons[1].variant.version = "3.11.2";
    expect_advice(&h, "`apt-get install python3.11-dev`");
    h.pythons[1].reason = "no libpython";
    expect_advice(&h, NULL);
    h.patients[0].state = ZCB_PATIENT_LEFT_OUT;
    expect_advice(&h, "no interpreter can be used");
}

static void each_fault_of_the_machine_has_its_sentence(void **state)
{
    (void)state;
    healthy h;
#define EXPECT(change, part)                                                                   \
    do {                                                                                       \
        make_healthy(&h);                                                                      \
        change;                                                                                \
        expect_advice(&h, part);                                                               \
    } while (0)
    EXPECT(h.doctor.load1 = 1.5, "load 1.5 on 2 CPUs");
    EXPECT(h.doctor.noise.steal_ms = 30, "took 30 ms");
    EXPECT(h.doctor.noise.lost_share = 0.03, "3.0 % of the probe");
    EXPECT(h.doctor.noise.drift = 0.25, "moved by 25 %");
    EXPECT(h.doctor.noise.clock_ns = 1200, "takes 1.20 µs (clocksource tsc)");
    EXPECT(h.doctor.machine.affinity_cpus = 1, "one CPU for everything");
    EXPECT(h.doctor.limits.cpus = 0.5, "grants 0.5 CPUs");
    EXPECT(h.doctor.limits.memory_bytes = 1 << 28, "256 MiB of memory");
    EXPECT(h.doctor.machine.aslr = 0, "not randomised");
    EXPECT(h.doctor.machine.governor = "powersave", "governor is powersave");
    EXPECT(h.doctor.machine.governor = "performance", NULL);
    EXPECT(h.doctor.machine.turbo = "on", "turbo is on");
    EXPECT(h.doctor.machine.virtualisation = "kvm", "kvm: the host's other guests");
    EXPECT((h.doctor.tools = (zcb_tools){.items = {{.name = "gnuplot", .need = ZCB_TOOL_DRAWS}},
                                         .count = 1}),
           "no gnuplot");
    EXPECT((h.doctor.tools = (zcb_tools){.items = {{.name = "cmake"}}, .count = 1}),
           "missing: cmake.");
#undef EXPECT
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_steady_machine_loses_nothing),
        cmocka_unit_test(a_pause_is_lost_time_and_not_drift),
        cmocka_unit_test(a_slower_clock_is_drift_and_not_lost_time),
        cmocka_unit_test(nothing_timed_is_no_figure),
        cmocka_unit_test(the_tightest_group_counts),
        cmocka_unit_test(groups_of_the_first_version_are_read),
        cmocka_unit_test(a_healthy_machine_needs_no_advice),
        cmocka_unit_test(each_fault_of_an_interpreter_has_its_sentence),
        cmocka_unit_test(each_fault_of_the_machine_has_its_sentence)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
