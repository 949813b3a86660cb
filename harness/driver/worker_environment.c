/* See worker_environment.h. */
#include "driver/worker_environment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Passed on where they are set. The sanitizers' are no condition of a measurement: they reach
 * only builds made to find bugs. */
static const char *const inherited[] = {
    "PATH", "HOME", "TMPDIR", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS",
};

static const char *const fixed[] = {
    "LANG=C.UTF-8",
    "LC_NUMERIC=C",
    "OMP_NUM_THREADS=1",
    "OPENBLAS_NUM_THREADS=1",
    "NUMPY_MADVISE_HUGEPAGE=0",
};

#define INHERITED_COUNT (sizeof inherited / sizeof inherited[0])
#define FIXED_COUNT (sizeof fixed / sizeof fixed[0])
#define PLACES (INHERITED_COUNT + FIXED_COUNT + 3) /* padding, preload, NULL */

/* Adds name=value as a new text: 0 or -1. */
static int add(char **environment, size_t *count, const char *name, const char *value)
{
    char *entry;
    if (asprintf(&entry, "%s=%s", name, value) < 0) {
        return -1;
    }
    environment[(*count)++] = entry;
    return 0;
}

static int add_all(char **environment, const zcb_worker_options *options)
{
    size_t count = 0;
    char padding[ZCB_ENV_PAD_MAX + 1] = "";
    memset(padding, 'x', options->env_pad_bytes);
    int failed = add(environment, &count, "ZCB_PAD", padding);
    for (size_t i = 0; i < FIXED_COUNT && failed == 0; i++) {
        environment[count] = strdup(fixed[i]);
        failed = environment[count] == NULL ? -1 : 0;
        count++;
    }
    for (size_t i = 0; i < INHERITED_COUNT && failed == 0; i++) {
        const char *value = getenv(inherited[i]);
        failed = value == NULL ? 0 : add(environment, &count, inherited[i], value);
    }
    if (failed == 0 && options->preload != NULL) {
        failed = add(environment, &count, "LD_PRELOAD", options->preload);
    }
    return failed;
}

char **zcb_worker_environment(const zcb_worker_options *options)
{
    char **environment = calloc(PLACES, sizeof *environment);
    if (environment != NULL && add_all(environment, options) < 0) {
        zcb_worker_environment_free(environment);
        return NULL;
    }
    return environment;
}

void zcb_worker_environment_free(char **environment)
{
    for (char **entry = environment; entry != NULL && *entry != NULL; entry++) {
        free(*entry);
    }
    free(environment);
}
