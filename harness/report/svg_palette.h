/* The colours of all pictures, and what they become on a dark page. One list: plots/style.gp
 * draws with the light ones. */
#ifndef ZCB_REPORT_SVG_PALETTE_H
#define ZCB_REPORT_SVG_PALETTE_H

#include <stddef.h>

typedef struct zcb_colour {
    unsigned light, dark; /* 0xrrggbb */
} zcb_colour;

/* The list; static storage. Its index is the colour's name on the page. */
const zcb_colour *zcb_palette(size_t *count);

/* Index of the colour that is `light` on a light page, or the list's length. */
size_t zcb_palette_find(unsigned light);

#endif
