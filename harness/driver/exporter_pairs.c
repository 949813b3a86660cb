/* See exporter_pairs.h. The same statements for the object and for bytes, so that their
 * quotient is that of the two types. A copy of bytes is taken through a memoryview: bytes(b) is
 * no copy. */
#include "driver/exporter_pairs.h"

#include "driver/python_literal.h"
#include "driver/texts.h"

#include <stdlib.h>

#define OBJECT(size)                                                                           \
    "obj = make(" size ")\n"                                                                   \
    "size = memoryview(obj).nbytes\n"                                                          \
    "assert size == " size ", 'make(%d) gives a buffer of %d bytes' % (" size ", size)\n"
#define OBJECT_EXPORT OBJECT("n")
#define OBJECT_SLICE                                                                           \
    OBJECT("(2 * n)")                                                                          \
    "mv = memoryview(obj)\n"                                                                   \
    "i = len(mv) // 4\n"                                                                       \
    "j = i + len(mv) // 2"
#define BYTES_EXPORT                                                                           \
    "b = payload(n)\n"                                                                         \
    "mv = memoryview(b)"
#define BYTES_SLICE                                                                            \
    "b = payload(2 * n)\n"                                                                     \
    "mv = memoryview(b)\n"                                                                     \
    "i = n // 2\n"                                                                             \
    "j = i + n"

static zcb_pair_text make_pair(const char *name, const char *label, const char *setup,
                               const char *source, const char *copy, const char *view)
{
    return (zcb_pair_text){.name = name,
                           .kind = ZCB_KIND_Z,
                           .parts = {[ZCB_PART_SETUP] = {setup, label, 0},
                                     [ZCB_PART_SOURCE] = {source, "the source", 0},
                                     [ZCB_PART_COPY] = {copy, "the copy", 0},
                                     [ZCB_PART_VIEW] = {view, "the view", 0}}};
}

int zcb_exporter_pairs_make(const char *text, const char *label, zcb_exporter_pairs *out,
                            zcb_error *error)
{
    *out = (zcb_exporter_pairs){0};
    out->setups[0] = zcb_format(error, "%s\n%s", text, OBJECT_EXPORT);
    out->setups[1] = zcb_format(error, "%s\n%s", text, OBJECT_SLICE);
    if (out->setups[0] == NULL || out->setups[1] == NULL) {
        return -1;
    }
    out->pairs[0] = make_pair(ZCB_EXPORTER_EXPORT, label, out->setups[0], "obj", "bytes(obj)",
                              "memoryview(obj)");
    out->pairs[1] = make_pair(ZCB_EXPORTER_SLICE, label, out->setups[1], "obj",
                              "bytes(mv[i:j])", "mv[i:j]");
    for (size_t i = 0; i < ZCB_EXPORTER_OWN; i++) {
        out->pairs[i].parts[ZCB_PART_SETUP].own_lines = zcb_code_line_count(text);
    }
    out->pairs[2] = make_pair(ZCB_EXPORTER_BYTES_EXPORT, "bytes", BYTES_EXPORT, "b",
                              "bytes(mv)", "memoryview(b)");
    out->pairs[3] = make_pair(ZCB_EXPORTER_BYTES_SLICE, "bytes", BYTES_SLICE, "b",
                              "bytes(mv[i:j])", "mv[i:j]");
    return 0;
}

void zcb_exporter_pairs_clear(zcb_exporter_pairs *pairs)
{
    for (size_t i = 0; i < ZCB_EXPORTER_OWN; i++) {
        free(pairs->setups[i]);
    }
    *pairs = (zcb_exporter_pairs){0};
}
