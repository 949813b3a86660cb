/* See serve.h. */
#include "worker/serve.h"

#include "worker/child.h"
#include "worker/embed.h"
#include "worker/engine.h"
#include "worker/job.h"
#include "worker/lines.h"
#include "worker/python_lane.h"
#include "worker/shared_memory.h"

#include "base/wire.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Lines from the driver; static, so that reading never allocates. */
typedef struct input {
    size_t begin, end;
    char buffer[4 * ZCB_WIRE_LINE_MAX];
} input;

/* The next line without its newline, or NULL at the end of input or on an overlong line. */
static char *next_line(input *in)
{
    for (;;) {
        char *line = in->buffer + in->begin;
        char *newline = memchr(line, '\n', in->end - in->begin);
        if (newline != NULL) {
            *newline = '\0';
            in->begin = (size_t)(newline + 1 - in->buffer);
            return line;
        }
        memmove(in->buffer, line, in->end - in->begin);
        in->end -= in->begin;
        in->begin = 0;
        if (in->end == sizeof in->buffer) {
            return NULL;
        }
        ssize_t got =
            read(ZCB_WIRE_FROM_DRIVER, in->buffer + in->end, sizeof in->buffer - in->end);
        if (got > 0) {
            in->end += (size_t)got;
        } else if (got == 0 || errno != EINTR) {
            return NULL;
        }
    }
}

static int load(const zcb_wire *wire, zcb_lines *lines)
{
    const char *pair = zcb_wire_text(wire, "pair"), *path = zcb_wire_text(wire, "path");
    if (pair == NULL || path == NULL) {
        return -1;
    }
    char name[3 * ZCB_NAME_MAX + 1];
    zcb_wire_encode(pair, name, sizeof name);
    if (zcb_lane_load(pair, path) == 0) {
        zcb_lines_add(lines, "loaded pair=%s\n", name);
    } else {
        zcb_error error;
        char encoded[3 * 500 + 1];
        zcb_embed_error(&error);
        error.text[500] = '\0';
        zcb_wire_encode(error.text, encoded, sizeof encoded);
        zcb_lines_add(lines, "loaded pair=%s error=%s\n", name, encoded);
    }
    return zcb_lines_flush(lines);
}

static int empty_loop(void *self, uint64_t iterations)
{
    (void)self;
    (void)iterations;
    return 0;
}

/* Value of `name` in module `sys` as encoded text; "" when it can't be had. */
static void sys_text(const char *name, char *out, size_t size)
{
    PyObject *value = PySys_GetObject(name); /* borrowed */
    const char *text =
        value == NULL || !PyUnicode_Check(value) ? NULL : PyUnicode_AsUTF8(value);
    PyErr_Clear();
    zcb_wire_encode(text == NULL ? "" : text, out, size);
}

/* The last of start-up: one engine pass, so that Google Benchmark's own set-up is done, then a frozen
 * interpreter. */
static int get_ready(zcb_lines *lines, zcb_error *error)
{
    uint64_t elapsed_ns;
    zcb_gbench_visit pass = {.loop = empty_loop, .iterations = 1};
    if (zcb_gbench_run(&pass, &elapsed_ns) < 0) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "the benchmark engine does not run");
    }
    if (zcb_embed_freeze(error) < 0) {
        return -1;
    }
    char prefix[1024];
    sys_text("prefix", prefix, sizeof prefix);
    zcb_lines_add(lines, "hello pid=%ld prefix=%s version=%d.%d.%d threads=%d\n",
                  (long)getpid(), prefix, PY_MAJOR_VERSION, PY_MINOR_VERSION, PY_MICRO_VERSION,
                  zcb_child_threads());
    return zcb_lines_flush(lines) < 0 ? zcb_fail(error, ZCB_EXIT_INTERNAL, "the driver is gone")
                                      : 0;
}

static int do_job(const zcb_wire *wire, zcb_lines *lines)
{
    zcb_job job;
    zcb_child_end end;
    if (zcb_job_parse(wire, &job) < 0 || zcb_child_run(&job, &end) < 0) {
        return -1;
    }
    zcb_lines_add(lines, "end token=%s status=%s switches=%ld peak_kib=%ld\n", job.token,
                  end.status, end.involuntary_switches, end.peak_kib);
    return zcb_lines_flush(lines);
}

/* One message: 0, 1 on `quit`, -1 on a broken protocol. */
static int answer(char *line, zcb_lines *lines, zcb_error *error)
{
    zcb_wire wire;
    if (zcb_wire_parse(line, &wire) < 0) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "the driver sent a malformed line");
    }
    if (strcmp(wire.verb, "quit") == 0) {
        return 1;
    }
    if (strcmp(wire.verb, "ready") == 0) {
        return get_ready(lines, error);
    }
    int result = strcmp(wire.verb, "load") == 0 ? load(&wire, lines) : do_job(&wire, lines);
    return result < 0 ? zcb_fail(error, ZCB_EXIT_INTERNAL, "the message %s failed", wire.verb)
                      : 0;
}

int zcb_serve(zcb_error *error)
{
    static input in;
    static zcb_lines lines = {.to = ZCB_WIRE_TO_DRIVER};
    int result = 0;
    if (zcb_child_block_signals() < 0) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "signals can't be blocked");
    }
    zcb_shared_memory_sweep();
    while (result == 0) {
        char *line = next_line(&in);
        result = line == NULL ? zcb_fail(error, ZCB_EXIT_INTERNAL, "the driver is gone")
                              : answer(line, &lines, error);
    }
    zcb_child_reap();
    return result < 0 ? -1 : 0;
}
