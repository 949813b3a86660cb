/* See amounts.h. */
#include "driver/amounts.h"

#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LONGEST_NS 3.6e15 /* 1000 h */

typedef struct unit {
    const char *name;
    double ns;
} unit;

static const unit units[] = {{"ns", 1},  {"us", 1e3}, {"µs", 1e3},  {"ms", 1e6},
                             {"s", 1e9}, {"m", 6e10}, {"h", 3.6e12}};

/* Length of the decimal number (digits, at most one point) that `text` begins with; 0: none. */
static size_t number_length(const char *text)
{
    size_t whole = strspn(text, "0123456789");
    if (text[whole] != '.') {
        return whole;
    }
    size_t fraction = strspn(text + whole + 1, "0123456789");
    return fraction == 0 ? whole : whole + 1 + fraction;
}

static double unit_ns(const char *name)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strcmp(units[i].name, name) == 0) {
            return units[i].ns;
        }
    }
    return 0;
}

int zcb_duration_parse(const char *text, const char *what, uint64_t *out, zcb_error *error)
{
    size_t length = number_length(text);
    double ns = length == 0 ? 0 : strtod(text, NULL) * unit_ns(text + length);
    if (length == 0 || unit_ns(text + length) == 0) {
        return zcb_fail(
            error, ZCB_EXIT_USAGE,
            "malformed %s '%s': a number with one of ns, us, ms, s, m, h, such as 500us "
            "or 5m",
            what, text);
    }
    if (!(ns >= 1 && ns <= LONGEST_NS)) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "%s '%s' is out of range: above 0, at most 1000h", what, text);
    }
    *out = (uint64_t)llround(ns);
    return 0;
}

int zcb_count_parse(const char *text, const char *what, uint64_t lo, uint64_t hi, uint64_t *out,
                    zcb_error *error)
{
    uint64_t value;
    if (zcb_number_u64(text, &value) < 0 || value < lo || value > hi) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "malformed %s '%s': a whole number from %llu to %llu", what, text,
                        (unsigned long long)lo, (unsigned long long)hi);
    }
    *out = value;
    return 0;
}

int zcb_percent_parse(const char *text, const char *what, double lo, double hi, double *share,
                      zcb_error *error)
{
    char *end = NULL;
    size_t digits = strspn(text, "0123456789.");
    double percent = digits > 0 ? strtod(text, &end) : 0.0;
    if (end != text + digits || strcmp(text + digits, "%") != 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "malformed %s '%s': write 2%%", what, text);
    }
    if (!(percent >= lo && percent <= hi)) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "%s '%s' is out of range: %g%% to %g%%", what,
                        text, lo, hi);
    }
    *share = percent / 100;
    return 0;
}

char *zcb_clock_text(double seconds, char *out, size_t size)
{
    unsigned long long whole = seconds > 0 ? (unsigned long long)llround(seconds) : 0;
    if (whole >= 3600) {
        snprintf(out, size, "%llu:%02llu:%02llu", whole / 3600, whole / 60 % 60, whole % 60);
    } else {
        snprintf(out, size, "%llu:%02llu", whole / 60, whole % 60);
    }
    return out;
}

uint64_t zcb_now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}
