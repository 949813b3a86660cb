/* What driver and worker say to each other: one line per message, a verb and key=value fields,
 * fields parted by one space, values percent-encoded (everything but [A-Za-z0-9_.:,+/-]).
 *
 * Driver to worker, on the worker's descriptor 3:
 *   load pair= path=             compile a python-lane pair file; before `ready` only
 *   ready                        answered by one `hello`
 *   proof token= pair= lane= size= seed= limit_ms=
 *   calibrate token= pair= lane= heap= cache= consumer= size= seed= limit_ms= visit_ns= counts=
 *   measure token= pair= lane= heap= cache= consumer= size= seed= limit_ms= blocks=
 *           sparse_every= warmup= counts=
 *   memory token= pair= lane= size= seed= limit_ms=
 *                                what is allocated, and what results mean
 *   leaks token= pair= lane= heap= cache= consumer= size= seed= limit_ms=
 *                                what repeating it leaves behind; asked by tests only
 *   quit
 * Worker to driver, on the worker's descriptor 4:
 *   loaded pair= [error=]        one per `load`; error is the Python error's one line
 *   hello pid= prefix= version= threads=
 *                                interpreter is up, frozen, and clean
 *   visit token= block= order= arm= n= ns= faults=
 *   calibrated token= arm= n= ns= tries= settled= [chained=]
 *                                one per arm (copy, every view, twin, limit, null); chained=1:
 *                                its visits are several regions
 *   memory token= arm= blocks= bytes= gc= peak= retained= used= change= locked= kept= writable=
 *          contiguous=           one for copy and one for each view: decimal numbers, then 0 or
 *                                1; empty where it can't be seen
 *   left token= what= times= references= to_sources= blocks= bytes=
 *                                one for each arm and one for `preparing`; empty where it can't
 *                                be seen
 *   refused token= reason=       the proof failed
 *   proved token=
 *   error token= reason=         a Python exception or a refusal of the engine, one line
 *   end token= status= switches= peak_kib=
 *                                always the last line of a job, written by the worker's parent:
 *                                status is ok, error, refused, exit:N, signal:N or timeout
 * counts is arm:iterations[,arm:iterations…]. In `calibrate` it holds start values and may be
 * empty. A token is the job's secret of this launch (16 hex digits): a line without it is
 * garbage. */
#ifndef ZCB_BASE_WIRE_H
#define ZCB_BASE_WIRE_H

#include <stddef.h>
#include <stdint.h>

#define ZCB_WIRE_FROM_DRIVER 3 /* file descriptors in the worker */
#define ZCB_WIRE_TO_DRIVER 4
#define ZCB_WIRE_LINE_MAX 8192
#define ZCB_WIRE_FIELDS_MAX 24

/* One message taken apart. Invariant: all pointers lead into the line given to zcb_wire_parse. */
typedef struct zcb_wire {
    const char *verb;
    size_t count;
    const char *keys[ZCB_WIRE_FIELDS_MAX];
    const char *values[ZCB_WIRE_FIELDS_MAX]; /* decoded */
} zcb_wire;

/* Takes `line` (without its newline) apart in place. 0, or -1 when it is not a message. */
int zcb_wire_parse(char *line, zcb_wire *out);

/* Value of `key`, or NULL. */
const char *zcb_wire_text(const zcb_wire *wire, const char *key);

/* Value of `key` as a whole decimal number without sign: 0, or -1 when missing or malformed. */
int zcb_wire_u64(const zcb_wire *wire, const char *key, uint64_t *out);

/* Writes `text` percent-encoded and NUL-terminated into out[size]; cut at a whole character when it
 * does not fit. Returns `out`. */
char *zcb_wire_encode(const char *text, char *out, size_t size);

#endif
