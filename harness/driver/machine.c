/* See machine.h. */
#include "driver/machine.h"

#include "driver/texts.h"

#include <fcntl.h>
#include <gnu/libc-version.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#define TEXT_MAX 256

/* First line of a small file into out[TEXT_MAX], "" when it can't be read. Returns `out`. */
static char *read_line(const char *path, char *out)
{
    out[0] = '\0';
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return out;
    }
    if (fgets(out, TEXT_MAX, file) == NULL) {
        out[0] = '\0';
    }
    fclose(file);
    out[strcspn(out, "\n")] = '\0';
    return out;
}

/* Value of the first line `key<separators>value` of a file into out[TEXT_MAX], quotes taken
 * off. */
static char *read_value(const char *path, const char *key, char separator, char *out)
{
    char line[4096];
    out[0] = '\0';
    FILE *file = fopen(path, "re");
    while (file != NULL && out[0] == '\0' && fgets(line, sizeof line, file) != NULL) {
        char *value = strchr(line, separator);
        if (value == NULL || strncmp(line, key, strlen(key)) != 0) {
            continue;
        }
        value += 1 + strspn(value + 1, " \t\"");
        value[strcspn(value, "\"\n")] = '\0';
        snprintf(out, TEXT_MAX, "%.*s", TEXT_MAX - 1, value);
    }
    if (file != NULL) {
        fclose(file);
    }
    return out;
}

/* The word in [brackets] of a /sys choice. */
static char *read_choice(const char *path, char *out)
{
    char line[TEXT_MAX];
    read_line(path, line);
    char *open = strchr(line, '['), *close = open == NULL ? NULL : strchr(open, ']');
    if (close != NULL) {
        *close = '\0';
        memmove(out, open + 1, (size_t)(close - open));
    } else {
        memcpy(out, line, sizeof line);
    }
    return out;
}

static char *read_turbo(char *out)
{
    char line[TEXT_MAX];
    const char *text = "";
    if (read_line("/sys/devices/system/cpu/intel_pstate/no_turbo", line)[0] != '\0') {
        text = line[0] == '0' ? "on" : "off";
    } else if (read_line("/sys/devices/system/cpu/cpufreq/boost", line)[0] != '\0') {
        text = line[0] == '0' ? "off" : "on";
    }
    return strcpy(out, text);
}

/* The product a virtual machine calls itself, "virtual machine" where only the processor says
 * so. */
static char *read_virtualisation(char *out)
{
    char flags[TEXT_MAX], line[4096];
    int is_virtual = 0;
    FILE *file = fopen("/proc/cpuinfo", "re");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        is_virtual |= strncmp(line, "flags", 5) == 0 && strstr(line, " hypervisor") != NULL;
    }
    if (file != NULL) {
        fclose(file);
    }
    if (read_line("/sys/hypervisor/type", flags)[0] != '\0') {
        return strcpy(out, flags);
    }
    if (!is_virtual) {
        return strcpy(out, "");
    }
    read_line("/sys/class/dmi/id/product_name", flags);
    return strcpy(out, flags[0] != '\0' ? flags : "virtual machine");
}

static uint64_t cache_bytes(int name)
{
    long bytes = sysconf(name);
    return bytes > 0 ? (uint64_t)bytes : 0;
}

static uint32_t affinity_cpus(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? (uint32_t)CPU_COUNT(&set) : 0;
}

static int has_hardware_counters(void)
{
    struct perf_event_attr attr = {.type = PERF_TYPE_HARDWARE,
                                   .size = sizeof attr,
                                   .config = PERF_COUNT_HW_CPU_CYCLES,
                                   .disabled = 1,
                                   .exclude_kernel = 1,
                                   .exclude_hv = 1};
    long fd = syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
    if (fd >= 0) {
        close((int)fd);
    }
    return fd >= 0;
}

static int has_aslr(void)
{
    char line[TEXT_MAX];
    read_line("/proc/sys/kernel/randomize_va_space", line);
    return line[0] == '\0' ? -1 : line[0] != '0';
}

static void read_numbers(zcb_machine *out)
{
    long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
    long cpus = sysconf(_SC_NPROCESSORS_ONLN);
    out->memory_bytes = pages > 0 && page > 0 ? (uint64_t)pages * (uint64_t)page : 0;
    out->l1d_bytes = cache_bytes(_SC_LEVEL1_DCACHE_SIZE);
    out->l2_bytes = cache_bytes(_SC_LEVEL2_CACHE_SIZE);
    out->l3_bytes = cache_bytes(_SC_LEVEL3_CACHE_SIZE);
    out->cpus = cpus > 0 ? (uint32_t)cpus : 0;
    out->affinity_cpus = affinity_cpus();
    out->aslr = has_aslr();
    out->hardware_counters = has_hardware_counters();
}

static int read_names(zcb_machine *out, zcb_error *error)
{
    struct utsname name;
    char text[TEXT_MAX];
    if (uname(&name) < 0) {
        memset(&name, 0, sizeof name);
    }
    snprintf(text, sizeof text, "glibc %s", gnu_get_libc_version());
    if (zcb_set_text(&out->host, name.nodename, error) < 0 ||
        zcb_set_text(&out->libc, text, error) < 0 ||
        zcb_set_text(&out->libc_tunables, getenv("GLIBC_TUNABLES"), error) < 0) {
        return -1;
    }
    snprintf(text, sizeof text, "%.60s %.120s %.60s", name.sysname, name.release, name.machine);
    return zcb_set_text(&out->kernel, text, error);
}

int zcb_machine_read(zcb_machine *out, zcb_error *error)
{
    char text[TEXT_MAX];
    read_numbers(out);
    if (read_names(out, error) < 0 ||
        zcb_set_text(&out->cpu_model, read_value("/proc/cpuinfo", "model name", ':', text),
                     error) < 0 ||
        zcb_set_text(&out->os, read_value("/etc/os-release", "PRETTY_NAME", '=', text), error) <
            0 ||
        zcb_set_text(&out->thp,
                     read_choice("/sys/kernel/mm/transparent_hugepage/enabled", text),
                     error) < 0 ||
        zcb_set_text(
            &out->clocksource,
            read_line("/sys/devices/system/clocksource/clocksource0/current_clocksource", text),
            error) < 0 ||
        zcb_set_text(&out->governor,
                     read_line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", text),
                     error) < 0 ||
        zcb_set_text(&out->turbo, read_turbo(text), error) < 0) {
        return -1;
    }
    return zcb_set_text(&out->virtualisation, read_virtualisation(text), error);
}

uint64_t zcb_machine_steal_ms(void)
{
    unsigned long long steal = 0;
    FILE *file = fopen("/proc/stat", "re");
    if (file == NULL) {
        return 0;
    }
    if (fscanf(file, "cpu %*u %*u %*u %*u %*u %*u %*u %llu", &steal) != 1) {
        steal = 0;
    }
    fclose(file);
    long ticks = sysconf(_SC_CLK_TCK);
    return ticks > 0 ? steal * 1000 / (unsigned long long)ticks : 0;
}

double zcb_machine_load1(void)
{
    double load = 0;
    return getloadavg(&load, 1) == 1 && load >= 0 ? load : 0;
}
