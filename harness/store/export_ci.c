/* The two formats that services keep a history of, one figure per name:
 * github-action-benchmark's customSmallerIsBetter and Bencher's metric format. Intervals that
 * do not exist are left out. */
#include "store/export_format.h"

#include "store/json_members.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

/* `number` with four significant digits, which is more than any time has. */
static double rounded(double number)
{
    char text[40];
    snprintf(text, sizeof text, "%.4g", number);
    return strtod(text, NULL);
}

static void print_rounded(FILE *stream, double number)
{
    zcb_csv_number(stream, rounded(number));
}

/* "± 1.2": the longer half of the interval, or nothing without one. */
static int put_range(json_t *row, const zcb_summary_row *times)
{
    double half = fmax(times->ci_hi_ns - times->median_ns, times->median_ns - times->ci_lo_ns);
    char *text = NULL;
    size_t size = 0;
    if (!isfinite(half)) {
        return 0;
    }
    FILE *stream = open_memstream(&text, &size);
    if (stream == NULL) {
        return -1;
    }
    fputs("± ", stream);
    print_rounded(stream, half);
    int result = fclose(stream) != 0 ? -1 : zcb_json_put(row, "range", zcb_json_text(text));
    free(text);
    return result;
}

/* What a chart's tooltip shows beside the time: copy, speed-up, launches, noise. */
static void print_extra(FILE *stream, const zcb_export_cell *cell, const zcb_export_arm *arm)
{
    const zcb_export_arm *copy = zcb_export_find_copy(cell);
    if (copy != NULL) {
        fputs("copy ", stream);
        print_rounded(stream, copy->times->median_ns);
        fputs(" ns/op\n", stream);
    }
    if (arm->speedup != NULL && isfinite(arm->speedup->gross)) {
        fputs("speed-up ", stream);
        print_rounded(stream, arm->speedup->gross);
        if (isfinite(arm->speedup->gross_lo) && isfinite(arm->speedup->gross_hi)) {
            fputs(" (", stream);
            print_rounded(stream, arm->speedup->gross_lo);
            fputs("–", stream);
            print_rounded(stream, arm->speedup->gross_hi);
            fputs(", 95 %)", stream);
        }
        putc('\n', stream);
    }
    fprintf(stream, "%" PRIu64 " launches", arm->times->launches);
    if (cell->status == ZCB_STATUS_NOISY) {
        fprintf(stream, "\nnoisy: %s", cell->reason);
    }
}

static int put_extra(json_t *row, const zcb_export_cell *cell, const zcb_export_arm *arm)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (stream == NULL) {
        return -1;
    }
    print_extra(stream, cell, arm);
    int result = fclose(stream) != 0 ? -1 : zcb_json_put(row, "extra", zcb_json_text(text));
    free(text);
    return result;
}

static int begin_gha(zcb_export *export)
{
    return zcb_json_stream_open(&export->json, NULL, '[');
}

/* One row per cell: the time of sharing (of each way of sharing, where a pair has several). */
static int add_gha(zcb_export *export, const zcb_export_cell *cell)
{
    for (size_t i = 0; i < cell->arm_count; i++) {
        const zcb_export_arm *arm = &cell->arms[i];
        if (!zcb_arm_is_alternative(arm->times->arm)) {
            continue;
        }
        char name[ZCB_EXPORT_NAME_MAX];
        json_t *row = json_object();
        zcb_export_full_name(cell->cell, arm->times->arm, name, sizeof name);
        if (row == NULL || zcb_json_put(row, "name", zcb_json_text(name)) < 0 ||
            zcb_json_put(row, "unit", json_string("ns/op")) < 0 ||
            zcb_json_put(row, "value", json_real(arm->times->median_ns)) < 0 ||
            put_range(row, arm->times) < 0 || put_extra(row, cell, arm) < 0) {
            json_decref(row);
            return -1;
        }
        export->rows++;
        if (zcb_json_stream_put(&export->json, NULL, row) < 0) {
            return -1;
        }
    }
    return 0;
}

static int begin_bmf(zcb_export *export)
{
    return zcb_json_stream_open(&export->json, NULL, '{');
}

static json_t *latency_of(const zcb_summary_row *times)
{
    json_t *metric = json_object(), *measures = json_object();
    if (metric == NULL || zcb_export_number(metric, "value", times->median_ns) < 0 ||
        zcb_export_number(metric, "lower_value", times->ci_lo_ns) < 0 ||
        zcb_export_number(metric, "upper_value", times->ci_hi_ns) < 0 || measures == NULL) {
        json_decref(metric);
        json_decref(measures);
        return NULL;
    }
    if (zcb_json_put(measures, "latency", metric) < 0) {
        json_decref(measures);
        return NULL;
    }
    return measures;
}

/* One benchmark per cell and arm that is compared; controls would only raise alerts. */
static int add_bmf(zcb_export *export, const zcb_export_cell *cell)
{
    for (size_t i = 0; i < cell->arm_count; i++) {
        const zcb_summary_row *times = cell->arms[i].times;
        if (&cell->arms[i] != zcb_export_find_copy(cell) &&
            !zcb_arm_is_alternative(times->arm)) {
            continue;
        }
        char name[ZCB_EXPORT_NAME_MAX];
        zcb_export_full_name(cell->cell, times->arm, name, sizeof name);
        export->rows++;
        if (zcb_json_stream_put(&export->json, name, latency_of(times)) < 0) {
            return -1;
        }
    }
    return 0;
}

const zcb_export_writer zcb_export_gha = {"gha", begin_gha, add_gha};
const zcb_export_writer zcb_export_bmf = {"bmf", begin_bmf, add_bmf};
