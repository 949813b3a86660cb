/* Jobs as they come over the wire. */
#include "worker/job.h"

#include "base/number.h"
#include "base/wire.h"

#include <string.h>

static int copy_text(const zcb_wire *wire, const char *key, char *out, size_t size)
{
    const char *text = zcb_wire_text(wire, key);
    if (text == NULL || text[0] == '\0' || strlen(text) >= size) {
        return -1;
    }
    strcpy(out, text);
    return 0;
}

/* One arm:iterations of counts; an arm's own name may hold a colon, the number never does. */
static int parse_count(char *item, zcb_job *out)
{
    char *colon = strrchr(item, ':');
    if (colon == NULL || colon == item || out->count_count == ZCB_ARMS_MAX) {
        return -1;
    }
    *colon = '\0';
    if (zcb_number_u64(colon + 1, &out->counts[out->count_count]) < 0 ||
        strlen(item) > ZCB_NAME_MAX) {
        return -1;
    }
    strcpy(out->count_arms[out->count_count++], item);
    return 0;
}

static int parse_counts(const zcb_wire *wire, zcb_job *out)
{
    char text[1024];
    const char *given = zcb_wire_text(wire, "counts");
    if (given == NULL || strlen(given) >= sizeof text) {
        return -1;
    }
    strcpy(text, given);
    char *rest = text;
    while (rest != NULL && *rest != '\0') {
        if (parse_count(strsep(&rest, ","), out) < 0) {
            return -1;
        }
    }
    return 0;
}

static int parse_conditions(const zcb_wire *wire, zcb_job *out)
{
    const char *heap = zcb_wire_text(wire, "heap"), *cache = zcb_wire_text(wire, "cache"),
               *consumer = zcb_wire_text(wire, "consumer");
    return heap == NULL || cache == NULL || consumer == NULL ||
                   zcb_heap_parse(heap, &out->heap) < 0 ||
                   zcb_cache_parse(cache, &out->cache) < 0 ||
                   zcb_consumer_parse(consumer, &out->consumer) < 0
               ? -1
               : 0;
}

static int parse_kind(const char *verb, zcb_job_kind *out)
{
    static const char *const verbs[] = {"proof", "calibrate", "measure", "memory", "leaks"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(verb, verbs[i]) == 0) {
            *out = (zcb_job_kind)i;
            return 0;
        }
    }
    return -1;
}

int zcb_job_parse(const zcb_wire *wire, zcb_job *out)
{
    *out = (zcb_job){.sparse_every = 1};
    const char *lane = zcb_wire_text(wire, "lane");
    if (parse_kind(wire->verb, &out->kind) < 0 || lane == NULL ||
        zcb_lane_parse(lane, &out->lane) < 0 ||
        copy_text(wire, "token", out->token, sizeof out->token) < 0 ||
        copy_text(wire, "pair", out->pair, sizeof out->pair) < 0 ||
        zcb_wire_u64(wire, "size", &out->size_bytes) < 0 ||
        zcb_wire_u64(wire, "seed", &out->seed) < 0 ||
        zcb_wire_u64(wire, "limit_ms", &out->limit_ms) < 0) {
        return -1;
    }
    if (out->kind == ZCB_JOB_PROOF || out->kind == ZCB_JOB_MEMORY) {
        return 0;
    }
    if (parse_conditions(wire, out) < 0) {
        return -1;
    }
    if (out->kind == ZCB_JOB_LEAKS) {
        return 0;
    }
    if (parse_counts(wire, out) < 0) {
        return -1;
    }
    if (out->kind == ZCB_JOB_CALIBRATE) {
        return zcb_wire_u64(wire, "visit_ns", &out->visit_ns);
    }
    return zcb_wire_u64(wire, "blocks", &out->blocks) < 0 || out->blocks == 0 ||
                   out->blocks > 1000000 ||
                   zcb_wire_u64(wire, "sparse_every", &out->sparse_every) < 0 ||
                   out->sparse_every == 0 || zcb_wire_u64(wire, "warmup", &out->warmup) < 0
               ? -1
               : 0;
}
