/* See schedule.h. */
#include "worker/schedule.h"

void zcb_shuffle(uint32_t *values, size_t count, zcb_random *random)
{
    for (size_t i = count; i > 1; i--) {
        size_t j = (size_t)zcb_random_below(random, i);
        uint32_t swap = values[i - 1];
        values[i - 1] = values[j];
        values[j] = swap;
    }
}

/* A new square: random rows and columns. */
static void draw(zcb_latin *latin, zcb_random *random)
{
    for (uint32_t i = 0; i < latin->count; i++) {
        latin->arms[i] = i;
        latin->shifts[i] = i;
    }
    zcb_shuffle(latin->arms, latin->count, random);
    zcb_shuffle(latin->shifts, latin->count, random);
}

void zcb_latin_next(zcb_latin *latin, zcb_random *random, uint32_t *order)
{
    if (latin->row == 0) {
        draw(latin, random);
    }
    size_t shift = latin->shifts[latin->row];
    for (size_t place = 0; place < latin->count; place++) {
        order[place] = latin->arms[(place + shift) % latin->count];
    }
    latin->row = (latin->row + 1) % latin->count;
}
