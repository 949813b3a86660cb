/* What differs between two Pythons beside their version, and whether two machines are one: the
 * reasons why a ratio may be someone else's than Python's. */
#ifndef ZCB_REPORT_BUILDS_H
#define ZCB_REPORT_BUILDS_H

#include "store/run.h"

#include <stddef.h>

/* A set of these says in what two builds differ. A part that is known of one of them only
 * counts as different, one that is known of neither does not. */
typedef enum zcb_build_part {
    ZCB_BUILD_COMPILER = 1 << 0,
    ZCB_BUILD_PGO = 1 << 1,
    ZCB_BUILD_LTO = 1 << 2,
    ZCB_BUILD_DEBUG = 1 << 3,
    ZCB_BUILD_GIL = 1 << 4,
    ZCB_BUILD_JIT = 1 << 5,
    ZCB_BUILD_SHARED = 1 << 6,    /* libpython shared or static */
    ZCB_BUILD_ALLOCATOR = 1 << 7, /* pymalloc, mimalloc or malloc */
    ZCB_BUILD_NUMPY = 1 << 8,     /* touches the pairs that need numpy only */
} zcb_build_part;

/* The parts in which the builds of two variants differ. */
unsigned zcb_build_differences(const zcb_variant *base, const zcb_variant *head);

/* 1 when both are one build of one version of Python, whatever folder it is used from: only
 * numpy, import path and name may differ. */
int zcb_build_is_same_python(const zcb_variant *one, const zcb_variant *other);

/* 1 when the pair needs numpy, so that its version touches it. NULL: 0. */
int zcb_build_needs_numpy(const zcb_planned_pair *pair);

/* "compiler, PGO, numpy": the names of a set of parts, in the order above, ", " between; "" for
 * none. Returns `out`. */
char *zcb_build_words(unsigned parts, char *out, size_t size);

/* "compiler (GCC 12.2.0, Clang 18.1.8), PGO (no, yes)": the same with what base and head have;
 * "" for none. Texts as recorded, not made safe for showing. Returns `out`. */
char *zcb_build_sentence(const zcb_variant *base, const zcb_variant *head, unsigned parts,
                         char *out, size_t size);

/* What must be equal before absolute times may be held against each other: never a live clock
 * speed. */
enum { ZCB_FINGERPRINT_PARTS = 5, ZCB_FINGERPRINT_TEXT = 256 };

typedef struct zcb_fingerprint {
    char parts[ZCB_FINGERPRINT_PARTS][ZCB_FINGERPRINT_TEXT]; /* "" unknown */
} zcb_fingerprint;

/* "cpu_model", "kernel", "libc", "compiler" (of driver and worker), "python_build": the name of
 * a part in files. part < ZCB_FINGERPRINT_PARTS; static storage. */
const char *zcb_fingerprint_key(size_t part);

/* The fingerprint of a variant of a run. */
void zcb_fingerprint_make(const zcb_run *run, const zcb_variant *variant, zcb_fingerprint *out);

/* 1 when they match; else 0, and the first difference in out[size] as "CPU model 'A' against
 * 'B'". A part unknown on both sides matches. */
int zcb_fingerprint_matches(const zcb_fingerprint *base, const zcb_fingerprint *head, char *out,
                            size_t size);

#endif
