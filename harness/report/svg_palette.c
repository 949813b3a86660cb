/* Why this file: a colour that is seen well on white is not the one that is seen well on black.
 */
#include "report/svg_palette.h"

static const zcb_colour COLOURS[] = {
    {0x000000, 0xf0f0f0}, /* limit, titles */
    {0xd55e00, 0xff9146}, /* copy */
    {0x0072b2, 0x5fb8f2}, /* view, and alternatives by name: */
    {0x009e73, 0x2fd0a4}, {0xcc79a7, 0xf0a3cb},
    {0x56b4e9, 0x9ad8ff}, {0x332288, 0xb3a6ff}, /* interpreters */
    {0x44aa99, 0x5fd6c1}, {0x882255, 0xf07fb4},
    {0x999933, 0xd6d65c}, {0x117733, 0x55c878},
    {0xaa4499, 0xe58bd6}, {0x88ccee, 0x8fd3f5},
    {0xcc6677, 0xff9aa8}, {0x333333, 0xdddddd}, /* words */
    {0x555555, 0xbbbbbb}, {0x666666, 0x999999}, /* axes */
    {0x777777, 0x9a9a9a},                       /* cache sizes */
    {0xdddddd, 0x3a3f47},                       /* grid */
    {0xffffff, 0x15181c},                       /* paper */
    {0xf3a683, 0x9c3f10},                       /* heat: copying is faster, from much … */
    {0xf9cbb4, 0x7a3a1c}, {0xfce6db, 0x55321f},
    {0xececec, 0x33373d}, /* … same or unclear … */
    {0xdcecf8, 0x1f3d55}, {0xb9d9f0, 0x1c4f78},
    {0x8fc3e8, 0x12619c}, /* … to much in favour of sharing */
};

const zcb_colour *zcb_palette(size_t *count)
{
    *count = sizeof COLOURS / sizeof COLOURS[0];
    return COLOURS;
}

size_t zcb_palette_find(unsigned light)
{
    size_t count = sizeof COLOURS / sizeof COLOURS[0], i = 0;
    while (i < count && COLOURS[i].light != light) {
        i++;
    }
    return i;
}
