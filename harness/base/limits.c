/* See limits.h. */
#include "base/limits.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#define UNLIMITED_BYTES (UINT64_C(1) << 60) /* v1 says "none" as a number near 2^63 */

/* Up to two numbers of a one-line file: how many there are; "max" is none. */
static int read_numbers(const char *path, double numbers[2])
{
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return 0;
    }
    int count = fscanf(file, "%lf %lf", &numbers[0], &numbers[1]);
    fclose(file);
    return count < 0 ? 0 : count;
}

static void lower_cpus(zcb_limits *limits, double quota, double period)
{
    double cpus = quota > 0 && period > 0 ? quota / period : 0;
    if (cpus > 0 && (limits->cpus <= 0 || cpus < limits->cpus)) {
        limits->cpus = cpus;
    }
}

static void lower_memory(zcb_limits *limits, double bytes)
{
    if (bytes > 0 && bytes < (double)UNLIMITED_BYTES &&
        (limits->memory_bytes == 0 || bytes < (double)limits->memory_bytes)) {
        limits->memory_bytes = (uint64_t)bytes;
    }
}

/* The files of one control group in either version; those that aren't there limit nothing. */
static void read_group(const char *folder, zcb_limits *limits)
{
    char path[PATH_MAX];
    double quota[2], period[2];
    snprintf(path, sizeof path, "%.4000s/cpu.max", folder);
    if (read_numbers(path, quota) == 2) {
        lower_cpus(limits, quota[0], quota[1]);
    }
    snprintf(path, sizeof path, "%.4000s/cpu.cfs_quota_us", folder);
    if (read_numbers(path, quota) >= 1) {
        snprintf(path, sizeof path, "%.4000s/cpu.cfs_period_us", folder);
        lower_cpus(limits, quota[0], read_numbers(path, period) >= 1 ? period[0] : 0);
    }
    const char *const memory[] = {"memory.max", "memory.limit_in_bytes"};
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%.4000s/%s", folder, memory[i]);
        if (read_numbers(path, quota) >= 1) {
            lower_memory(limits, quota[0]);
        }
    }
}

/* The group `group` below `mount` and all above it. */
static void read_groups(const char *mount, const char *group, zcb_limits *limits)
{
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%.2000s%.2000s", mount, group);
    size_t end = strlen(mount);
    while (strlen(folder) >= end) {
        read_group(folder, limits);
        char *slash = strrchr(folder, '/');
        if (slash == NULL || strlen(folder) == end) {
            return;
        }
        *slash = '\0';
    }
}

/* One line of /proc/self/cgroup: "0::/group" (v2) or "4:memory:/group" (v1). */
static void read_membership(const char *root, char *line, zcb_limits *limits)
{
    char mount[PATH_MAX];
    char *names = strchr(line, ':'), *group = names == NULL ? NULL : strchr(names + 1, ':');
    if (group == NULL) {
        return;
    }
    *group++ = '\0';
    names++;
    group[strcspn(group, "\n")] = '\0';
    snprintf(mount, sizeof mount, "%.1000s/sys/fs/cgroup%s%.200s", root,
             names[0] != '\0' ? "/" : "", names);
    read_groups(mount, group, limits);
}

static void read_address_space(zcb_limits *limits)
{
    struct rlimit space;
    if (getrlimit(RLIMIT_AS, &space) == 0 && space.rlim_cur != RLIM_INFINITY) {
        lower_memory(limits, (double)space.rlim_cur);
    }
}

zcb_limits zcb_limits_read(const char *root)
{
    zcb_limits limits = {0};
    char path[PATH_MAX], line[4096];
    snprintf(path, sizeof path, "%.4000s/proc/self/cgroup", root);
    FILE *file = fopen(path, "re");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        read_membership(root, line, &limits);
    }
    if (file != NULL) {
        fclose(file);
    }
    read_address_space(&limits);
    return limits;
}
