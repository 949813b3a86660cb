/* Why this file: a reader compares figures by eye, so each kind of figure has one wording, with
 * as many digits as it carries and no more. */
#include "report/units.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char NONE[] = "–";
static const double KIB = 1024.0;

static char *none(char *out, size_t size)
{
    snprintf(out, size, "%s", NONE);
    return out;
}

/* Decimals that show `value` with `digits` significant ones, never fewer than none. */
static int decimals_for(double value, int digits)
{
    double size = fabs(value);
    int whole = size < 1.0 ? 1 : (int)floor(log10(size) + 1e-9) + 1;
    return digits > whole ? digits - whole : 0;
}

/* The binary unit `bytes` is told in: the largest that leaves at least 0.88, so that 922 B
 * reads 0.9 KiB; whole powers of two stay in the unit that keeps them whole. */
static int size_unit(double bytes)
{
    int is_whole_power = bytes >= 1.0 && exp2(round(log2(bytes))) == bytes;
    double least = is_whole_power ? 1.0 : 0.88;
    int unit = 0;
    while (unit < 4 && bytes >= least * pow(KIB, unit + 1)) {
        unit++;
    }
    return unit;
}

static const char *unit_name(int unit)
{
    static const char *const names[] = {"B", "KiB", "MiB", "GiB", "TiB"};
    return names[unit];
}

/* The number of `unit`s in bytes. Whole numbers are shown whole, others with two significant
 * digits. */
static char *in_unit(double bytes, int unit, char *out, size_t size)
{
    double value = bytes / pow(KIB, unit);
    int is_whole = value == round(value) && value < 10000.0;
    int decimals = unit == 0 || is_whole ? 0 : decimals_for(value, 2);
    snprintf(out, size, "%.*f", decimals, value);
    return out;
}

char *zcb_unit_size(double bytes, char *out, size_t size)
{
    char number[32];
    if (!isfinite(bytes)) {
        return none(out, size);
    }
    int unit = size_unit(bytes);
    snprintf(out, size, "%s %s", in_unit(bytes, unit, number, sizeof number), unit_name(unit));
    return out;
}

/* Decimals with which both ends of an interval can be told apart, from `least` on, three at
 * most. */
static int decimals_apart(double lo, double hi, int least)
{
    char first[32], last[32];
    int decimals = least;
    while (decimals < 3) {
        snprintf(first, sizeof first, "%.*f", decimals, lo);
        snprintf(last, sizeof last, "%.*f", decimals, hi);
        if (strcmp(first, last) != 0) {
            break;
        }
        decimals++;
    }
    return decimals;
}

char *zcb_unit_size_interval(double bytes, double lo, double hi, char *out, size_t size)
{
    char middle[48], first[48], last[48];
    zcb_unit_size(bytes, middle, sizeof middle);
    if (!isfinite(bytes) || !isfinite(lo) || !isfinite(hi)) {
        snprintf(out, size, "%s", middle);
        return out;
    }
    int unit = size_unit(bytes);
    double one = pow(KIB, unit);
    if (lo < 0.05 * one || hi >= 1000.0 * one) {
        snprintf(out, size, "%s (%s–%s)", middle, zcb_unit_size(lo, first, sizeof first),
                 zcb_unit_size(hi, last, sizeof last));
        return out;
    }
    /* 1.0 rather than 1 beside 0.8; and 1.49–1.53 rather than 1.5–1.5 */
    int usual = unit == 0 || lo >= 10.0 * one ? 0 : 1;
    int decimals = decimals_apart(lo / one, hi / one, usual);
    if (decimals > usual) {
        snprintf(middle, sizeof middle, "%.*f %s", decimals, bytes / one, unit_name(unit));
    }
    snprintf(out, size, "%s (%.*f–%.*f)", middle, decimals, lo / one, decimals, hi / one);
    return out;
}

char *zcb_unit_time(double ns, char *out, size_t size)
{
    static const char *const names[] = {"ns", "µs", "ms", "s"};
    if (!isfinite(ns)) {
        return none(out, size);
    }
    int unit = 0;
    while (unit < 3 && fabs(ns) >= 999.5) {
        ns /= 1000.0;
        unit++;
    }
    snprintf(out, size, "%.*f %s", decimals_for(ns, 3), ns, names[unit]);
    return out;
}

/* Three significant digits of a large number: 1234 becomes 1230. */
static double three_digits(double value)
{
    double step = pow(10.0, floor(log10(value)) - 2.0);
    return round(value / step) * step;
}

/* A ratio's number with the decimals that suit its size. */
static char *ratio_number(double ratio, char *out, size_t size)
{
    double magnitude = fabs(ratio);
    if (magnitude >= 999.5) {
        snprintf(out, size, "%.0f",
                 ratio < 0 ? -three_digits(magnitude) : three_digits(magnitude));
    } else if (magnitude >= 99.5) {
        snprintf(out, size, "%.0f", ratio);
    } else if (magnitude >= 9.95) {
        snprintf(out, size, "%.1f", ratio);
    } else if (magnitude >= 0.0995 || magnitude == 0.0) {
        snprintf(out, size, "%.2f", ratio);
    } else {
        snprintf(out, size, "%.2g", ratio);
    }
    return out;
}

char *zcb_unit_ratio(double ratio, char *out, size_t size)
{
    char number[48];
    if (!isfinite(ratio)) {
        return none(out, size);
    }
    snprintf(out, size, "%s×", ratio_number(ratio, number, sizeof number));
    return out;
}

char *zcb_unit_ratio_interval(double ratio, double lo, double hi, char *out, size_t size)
{
    char middle[48], first[48], last[48];
    zcb_unit_ratio(ratio, middle, sizeof middle);
    if (!isfinite(ratio) || !isfinite(lo) || !isfinite(hi)) {
        snprintf(out, size, "%s", middle);
        return out;
    }
    snprintf(out, size, "%s (%s–%s)", middle, ratio_number(lo, first, sizeof first),
             ratio_number(hi, last, sizeof last));
    return out;
}

char *zcb_unit_factor_interval(double ratio, double lo, double hi, char *out, size_t size)
{
    if (!isfinite(ratio)) {
        return none(out, size);
    }
    if (isfinite(lo) && isfinite(hi)) {
        snprintf(out, size, "%.3f (%.3f–%.3f)", ratio, lo, hi);
    } else {
        snprintf(out, size, "%.3f", ratio);
    }
    return out;
}

char *zcb_unit_percent(double share, char *out, size_t size)
{
    if (!isfinite(share)) {
        return none(out, size);
    }
    snprintf(out, size, "%.0f %%", 100.0 * share);
    return out;
}
