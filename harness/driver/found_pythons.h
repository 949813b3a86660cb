/* What scripts/find-python says of the interpreters that a `--python` word stands for: who uses
 * them (a run, the doctor) decides what becomes of those that can't be used. */
#ifndef ZCB_DRIVER_FOUND_PYTHONS_H
#define ZCB_DRIVER_FOUND_PYTHONS_H

#include "base/error.h"
#include "driver/python_spec.h"
#include "store/run.h"

#include <stddef.h>

/* One interpreter. Facts that could not be learnt are "" or -1. */
typedef struct zcb_found_python {
    zcb_variant variant; /* name: the NAME= given, else the tag; worker: absolute */
    char *spec;          /* what was asked for; of `all`, the version */
    char *library;       /* the libpython a worker is linked with */
    char *reason;        /* why it can't be used; "" where it can */
} zcb_found_python;

/* Zero value: empty. Owns its items. */
typedef struct zcb_found_pythons {
    zcb_found_python *items;
    size_t count;
} zcb_found_pythons;

/* 1 when the word stands for every interpreter found, not for one. */
int zcb_python_spec_is_all(const zcb_python_spec *spec);

/* Adds what `spec` stands for to *out, in find-python's order, at least one item: 0, or -1 with
 * exit code 2 (nothing was found at all, or `all` was given a name) or 1. Items added before a
 * failure stay. */
int zcb_pythons_ask(const zcb_python_spec *spec, zcb_found_pythons *out, zcb_error *error);

void zcb_found_pythons_clear(zcb_found_pythons *found);

#endif
