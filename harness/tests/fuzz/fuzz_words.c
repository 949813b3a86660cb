/* Hostile words of a command line and of a worker's description: the first byte chooses which
 * reader gets the rest. */
#include "driver/amounts.h"
#include "driver/pattern.h"
#include "driver/planned_pair.h"
#include "driver/python_literal.h"
#include "driver/python_spec.h"
#include "driver/sizes.h"
#include "driver/worker_text.h"

#include "base/wire.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void read_sizes(const char *text)
{
    static zcb_sizes sizes;
    zcb_error error;
    sizes.count = 0;
    if (zcb_sizes_parse(text, &sizes, &error) == 0) {
        for (size_t i = 0; i < sizes.count; i++) {
            int ascends = i == 0 || sizes.items[i] > sizes.items[i - 1];
            if (!ascends || sizes.items[i] == 0 || sizes.items[i] > ZCB_SIZE_LIMIT) {
                abort();
            }
        }
    }
}

static void read_amounts(const char *text)
{
    uint64_t value = 0;
    zcb_error error;
    if (zcb_count_parse(text, "count", 1, 100, &value, &error) == 0 &&
        (value < 1 || value > 100)) {
        abort();
    }
    zcb_duration_parse(text, "budget", &value, &error);
}

static void read_message(char *text)
{
    zcb_wire wire;
    uint64_t value;
    char encoded[256];
    if (zcb_wire_parse(text, &wire) == 0) {
        zcb_wire_u64(&wire, "n", &value);
        zcb_wire_encode(wire.verb, encoded, sizeof encoded);
    }
}

static void read_pair(const char *text, size_t size)
{
    json_t *object = json_loadb(text, size, 0, NULL);
    zcb_planned_pair pair = {0};
    zcb_error error;
    if (object != NULL && zcb_planned_pair_parse(object, &pair, &error) == 0) {
        zcb_planned_pair_matches(&pair, "bytes_*");
        zcb_planned_pair_clear(&pair);
    }
    json_decref(object);
}

static void read_code(const char *text, size_t size)
{
    char clean[64], *written = NULL;
    size_t length, bytes;
    FILE *stream = open_memstream(&written, &bytes);
    if (stream == NULL) {
        return;
    }
    for (size_t i = 1; i <= zcb_code_line_count(text); i++) {
        if (zcb_code_line(text, i, &length) == NULL) {
            abort();
        }
    }
    zcb_python_literal(stream, text);
    fclose(stream);
    free(written);
    zcb_worker_text_clean(text, size, clean, sizeof clean);
}

static void read_word(int reader, char *text, size_t size)
{
    zcb_python_spec spec = {0};
    zcb_error error;
    switch (reader) {
    case 0:
        read_sizes(text);
        break;
    case 1:
        read_amounts(text);
        break;
    case 2:
        read_message(text);
        break;
    case 3:
        read_pair(text, size);
        break;
    case 4:
        read_code(text, size);
        break;
    case 5:
        if (zcb_python_spec_parse(text, &spec, &error) == 0) {
            zcb_python_spec_clear(&spec);
        }
        break;
    default:
        zcb_pattern_matches(text, "bytes_slice", "C1");
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *text = size == 0 ? NULL : malloc(size);
    if (text != NULL) {
        memcpy(text, bytes + 1, size - 1);
        text[size - 1] = '\0';
        read_word((bytes[0] - '0') & 7, text, size - 1);
    }
    free(text);
    return 0;
}
