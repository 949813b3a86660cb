/* See builds.h. */
#include "report/builds.h"

#include "base/compiler.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *known(const char *text)
{
    return text == NULL ? "" : text;
}

/* Which allocator serves small objects: settled when Python is configured, as the worker's
 * environment is scrubbed. */
static const char *allocator_of(const zcb_variant *variant)
{
    const char *arguments = known(variant->config_args);
    if (variant->gil == 0) {
        return "mimalloc";
    }
    return strstr(arguments, "--without-pymalloc") != NULL ? "malloc" : "pymalloc";
}

static const char *yes_no(int flag)
{
    return flag < 0 ? "unknown" : flag > 0 ? "yes" : "no";
}

static const char *library_of(const zcb_variant *variant)
{
    return variant->shared < 0 ? "unknown" : variant->shared > 0 ? "shared" : "static";
}

static const char *numpy_of(const zcb_variant *variant)
{
    return known(variant->numpy)[0] == '\0' ? "none" : variant->numpy;
}

/* Every part, in the order of zcb_build_part: its name, and what a variant has. */
static const struct part {
    zcb_build_part part;
    const char *name;
} PARTS[] = {
    {ZCB_BUILD_COMPILER, "compiler"}, {ZCB_BUILD_PGO, "PGO"},
    {ZCB_BUILD_LTO, "LTO"},           {ZCB_BUILD_DEBUG, "debug"},
    {ZCB_BUILD_GIL, "GIL"},           {ZCB_BUILD_JIT, "JIT"},
    {ZCB_BUILD_SHARED, "libpython"},  {ZCB_BUILD_ALLOCATOR, "allocator"},
    {ZCB_BUILD_NUMPY, "numpy"},
};
enum { PART_COUNT = sizeof PARTS / sizeof PARTS[0] };

static const char *value_of(const zcb_variant *variant, zcb_build_part part)
{
    switch (part) {
    case ZCB_BUILD_COMPILER:
        return known(variant->compiler)[0] == '\0' ? "unknown" : variant->compiler;
    case ZCB_BUILD_PGO:
        return yes_no(variant->pgo);
    case ZCB_BUILD_LTO:
        return yes_no(variant->lto);
    case ZCB_BUILD_DEBUG:
        return yes_no(variant->debug);
    case ZCB_BUILD_GIL:
        return yes_no(variant->gil);
    case ZCB_BUILD_JIT:
        return yes_no(variant->jit);
    case ZCB_BUILD_SHARED:
        return library_of(variant);
    case ZCB_BUILD_ALLOCATOR:
        return allocator_of(variant);
    case ZCB_BUILD_NUMPY:
        return numpy_of(variant);
    }
    return "";
}

unsigned zcb_build_differences(const zcb_variant *base, const zcb_variant *head)
{
    unsigned parts = 0;
    for (size_t i = 0; i < PART_COUNT; i++) {
        if (strcmp(value_of(base, PARTS[i].part), value_of(head, PARTS[i].part)) != 0) {
            parts |= PARTS[i].part;
        }
    }
    return parts;
}

int zcb_build_is_same_python(const zcb_variant *one, const zcb_variant *other)
{
    return strcmp(known(one->version), known(other->version)) == 0 &&
           strcmp(known(one->config_args), known(other->config_args)) == 0 &&
           (zcb_build_differences(one, other) & ~(unsigned)ZCB_BUILD_NUMPY) == 0;
}

int zcb_build_needs_numpy(const zcb_planned_pair *pair)
{
    return pair != NULL && strstr(known(pair->requires), "numpy") != NULL;
}

/* Adds printf-style text to out[size], cut to fit. */
ZCB_PRINTF(3, 4) static void append(char *out, size_t size, const char *format, ...)
{
    size_t used = strlen(out);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(out + used, size - used, format, arguments);
    va_end(arguments);
}

char *zcb_build_words(unsigned parts, char *out, size_t size)
{
    out[0] = '\0';
    for (size_t i = 0; i < PART_COUNT; i++) {
        if ((parts & PARTS[i].part) != 0) {
            append(out, size, "%s%s", out[0] != '\0' ? ", " : "", PARTS[i].name);
        }
    }
    return out;
}

char *zcb_build_sentence(const zcb_variant *base, const zcb_variant *head, unsigned parts,
                         char *out, size_t size)
{
    out[0] = '\0';
    for (size_t i = 0; i < PART_COUNT; i++) {
        if ((parts & PARTS[i].part) != 0) {
            append(out, size, "%s%s (%s, %s)", out[0] != '\0' ? ", " : "", PARTS[i].name,
                   value_of(base, PARTS[i].part), value_of(head, PARTS[i].part));
        }
    }
    return out;
}

static const struct fingerprint_part {
    const char *key, *name;
} FINGERPRINT[ZCB_FINGERPRINT_PARTS] = {
    {"cpu_model", "CPU model"},
    {"kernel", "kernel"},
    {"libc", "C library"},
    {"compiler", "compiler of zcbench"},
    {"python_build", "build of Python"},
};

const char *zcb_fingerprint_key(size_t part)
{
    return FINGERPRINT[part].key;
}

/* FNV-1a (Fowler, Noll, Vo): configure arguments are too long to be shown. */
static uint32_t hash_of(const char *text)
{
    uint32_t hash = UINT32_C(2166136261);
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * UINT32_C(16777619);
    }
    return hash;
}

void zcb_fingerprint_make(const zcb_run *run, const zcb_variant *variant, zcb_fingerprint *out)
{
    const zcb_source *source = zcb_run_source(run, variant);
    const zcb_machine *machine = zcb_run_machine(run, variant);
    const char *texts[] = {machine->cpu_model, machine->kernel, machine->libc,
                           source != NULL ? source->tool_compiler : run->tool_compiler};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        snprintf(out->parts[i], sizeof out->parts[i], "%s", known(texts[i]));
    }
    char *build = out->parts[ZCB_FINGERPRINT_PARTS - 1];
    snprintf(build, ZCB_FINGERPRINT_TEXT, "%s", known(variant->version));
    for (size_t i = 0; i < PART_COUNT; i++) {
        if (PARTS[i].part != ZCB_BUILD_NUMPY) {
            append(build, ZCB_FINGERPRINT_TEXT, ", %s %s", PARTS[i].name,
                   value_of(variant, PARTS[i].part));
        }
    }
    append(build, ZCB_FINGERPRINT_TEXT, ", configured %08" PRIx32,
           hash_of(known(variant->config_args)));
}

int zcb_fingerprint_matches(const zcb_fingerprint *base, const zcb_fingerprint *head, char *out,
                            size_t size)
{
    for (size_t i = 0; i < ZCB_FINGERPRINT_PARTS; i++) {
        if (strcmp(base->parts[i], head->parts[i]) != 0) {
            snprintf(out, size, "%s '%s' against '%s'", FINGERPRINT[i].name, base->parts[i],
                     head->parts[i]);
            return 0;
        }
    }
    return 1;
}
