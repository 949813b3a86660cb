/* See nearest.h. */
#include "driver/nearest.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#define LONGEST 63

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static int lower(char c)
{
    return tolower((unsigned char)c);
}

/* Fills rows[2] (place j: edits from a[0..i) to b[0..j)) from the two rows before it. */
static void fill_row(size_t rows[3][LONGEST + 1], const char *a, size_t i, const char *b,
                     size_t length_b)
{
    rows[2][0] = i;
    for (size_t j = 1; j <= length_b; j++) {
        size_t replace = rows[1][j - 1] + (lower(a[i - 1]) != lower(b[j - 1]));
        rows[2][j] = least(replace, least(rows[1][j], rows[2][j - 1]) + 1);
        if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
            lower(a[i - 2]) == lower(b[j - 1])) {
            rows[2][j] = least(rows[2][j], rows[0][j - 2] + 1);
        }
    }
}

size_t zcb_edit_distance(const char *a, const char *b)
{
    size_t length_a = strlen(a), length_b = strlen(b);
    if (length_a > LONGEST || length_b > LONGEST) {
        return SIZE_MAX;
    }
    size_t rows[3][LONGEST + 1] = {{0}};
    for (size_t j = 0; j <= length_b; j++) {
        rows[2][j] = j;
    }
    for (size_t i = 1; i <= length_a; i++) {
        memcpy(rows[0], rows[1], sizeof rows[0]);
        memcpy(rows[1], rows[2], sizeof rows[1]);
        fill_row(rows, a, i, b, length_b);
    }
    return rows[2][length_b];
}

const char *zcb_nearest(const char *word, const char *const *names, size_t count)
{
    const char *best = NULL;
    size_t best_distance = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        size_t distance = zcb_edit_distance(word, names[i]);
        if (distance < best_distance) {
            best = names[i];
            best_distance = distance;
        }
    }
    return best != NULL && best_distance <= (strlen(word) + 1) / 2 ? best : NULL;
}
