/* Why this file: most of a picture's bytes are points, which gnuplot writes at full length. */
#include "report/svg_points.h"

#include <math.h>
#include <stdlib.h>

long zcb_svg_tenths(double value)
{
    return lround(10.0 * value);
}

/* A number of tenths, short: -.5, 12, 3.4. */
static void write_tenths(FILE *stream, long number)
{
    long size = number < 0 ? -number : number;
    fputs(number < 0 ? "-" : "", stream);
    if (size >= 10 || size == 0) {
        fprintf(stream, "%ld", size / 10);
    }
    if (size % 10 != 0) {
        fprintf(stream, ".%ld", size % 10);
    }
}

void zcb_svg_write_pair(FILE *stream, long a, long b)
{
    write_tenths(stream, a);
    fputs(b >= 0 ? " " : "", stream);
    write_tenths(stream, b);
}

/* Moves from *x, *y, known in tenths, to the next point, as short as can be; *letter is the
 * command before. */
static void write_step(FILE *stream, long *x, long *y, long to_x, long to_y, char *letter)
{
    long dx = to_x - *x, dy = to_y - *y;
    char next = dy == 0 ? 'h' : dx == 0 ? 'v' : 'l';
    int is_parted = next == *letter && (dy == 0 || dx != 0 ? dx : dy) < 0;
    if (!is_parted) {
        fputc(next, stream);
    }
    if (next == 'l') {
        zcb_svg_write_pair(stream, dx, dy);
    } else {
        write_tenths(stream, dy == 0 ? dx : dy);
    }
    *letter = next;
    *x = to_x;
    *y = to_y;
}

void zcb_svg_write_points(FILE *stream, const char *at, const char *end, int is_filled)
{
    long x = 0, y = 0, move_x = 0, move_y = 0;
    char letter = 'M';
    int is_moved = 1, has_line = 0;
    while (at < end) {
        if (*at == 'M' || *at == 'L') {
            is_moved = *at == 'M';
            at++;
        }
        char *rest;
        double a = strtod(at, &rest);
        if (rest == at || rest >= end || *rest != ',') {
            at++;
            continue;
        }
        double b = strtod(rest + 1, &rest);
        at = rest;
        if (is_moved) {
            move_x = zcb_svg_tenths(a), move_y = zcb_svg_tenths(b);
            is_moved = 0;
            has_line = 0;
            continue;
        }
        if (!has_line) {
            fputc('M', stream);
            zcb_svg_write_pair(stream, move_x, move_y);
            x = move_x, y = move_y;
            letter = 'M';
            has_line = 1;
        }
        write_step(stream, &x, &y, zcb_svg_tenths(a), zcb_svg_tenths(b), &letter);
    }
    fputs(is_filled && has_line ? "Z" : "", stream);
}
