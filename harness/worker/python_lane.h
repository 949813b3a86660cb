/* The python lane: pair files read, compiled and prepared through the embedded module,
 * pair_file.py and lane.py. */
#ifndef ZCB_WORKER_PYTHON_LANE_H
#define ZCB_WORKER_PYTHON_LANE_H

#include "worker/compat.h"

#include <stddef.h>

/* Makes the embedded module ready; after zcb_embed_start. 0, or -1 with a Python exception set. */
int zcb_lane_start(void);

/* Releases everything; before zcb_embed_finish. */
void zcb_lane_finish(void);

/* Reads and compiles the pair file at `path` under `name` (the name it must have). 0, or -1 with a
 * Python exception set. */
int zcb_lane_load(const char *name, const char *path);

/* lane.prepare for the pair `name`: new reference to its dict, or NULL with
 * a Python exception set (KeyError when the pair was not loaded). reads: results are read by a
 * consumer; cold: as many sources as make a ring, instead of one that stays hot. */
PyObject *zcb_lane_prepare(const char *name, Py_ssize_t size, Py_ssize_t offset, int reads,
                           int is_cold);

/* The declared kind of a loaded pair as its letter, or '\0'. */
char zcb_lane_kind(const char *name);

/* lane.describe(c_pairs, paths, facts): new reference to the JSON text, or NULL. */
PyObject *zcb_lane_describe(PyObject *c_pairs, PyObject *paths, PyObject *facts);

/* Why what needs `python` (oldest version) and `requires` (modules) can't run here into
 * reason[size], "" where it can; either may be NULL: nothing needed. 0, or -1 with a Python
 * exception set. */
int zcb_lane_unavailable(const char *python, const char *requires, char *reason, size_t size);

/* Puts `payload`, the function that SETUP is given, into `dict`: 0, or -1 with a Python exception
 * set. */
int zcb_lane_give_payload(PyObject *dict);

/* The Python exception that is set as one line into text[size]; clears it. */
void zcb_lane_error_line(char *text, size_t size);

#endif
