/* Why this file: what the pictures of a page share stands once, in its style sheet and before the
 * first of them. */
#include "report/svg_inline.h"

#include "report/svg_palette.h"

void zcb_svg_styles(FILE *stream)
{
    size_t count;
    const zcb_colour *colours = zcb_palette(&count);
    for (int is_dark = 0; is_dark < 2; is_dark++) {
        fputs(is_dark ? "@media screen and (prefers-color-scheme:dark){:root{" : ":root{",
              stream);
        for (size_t i = 0; i < count; i++) {
            fprintf(stream, "--z%zu:#%06x;", i, is_dark ? colours[i].dark : colours[i].light);
        }
        fputs(is_dark ? "}}\n" : "}\n", stream);
    }
    for (size_t i = 0; i < count; i++) {
        fprintf(stream,
                ".f%zu{fill:var(--z%zu)}.s%zu{stroke:var(--z%zu);fill:none}"
                ".c%zu{color:var(--z%zu)}\n",
                i, i, i, i, i, i);
    }
}

void zcb_svg_shapes(FILE *stream)
{
    enum { SHAPES = 15 }; /* gnuplot's #gpPt0 to #gpPt14 */
    static const char up[] = "M0-1.33-1.33.67h2.66z", down[] = "M0 1.33-1.33-.67h2.66z",
                      diamond[] = "M0-1.41 1.41 0 0 1.41-1.41 0z", square[] = "M-1-1h2v2h-2z",
                      ring[] = "M-1 0a1 1 0 1 1 2 0 1 1 0 1 1-2 0z",
                      penta[] = "M0 1.33 1.265.411.782-1.067-.782-1.076-1.265.411z";
    static const struct {
        const char *path;
        int is_full;
    } shapes[SHAPES] = {
        {"M-1 0h2M0-1v2", 0},
        {"M-1-1 1 1M1-1-1 1", 0},
        {"M-1 0h2M0-1v2M-1-1 1 1M-1 1 1-1", 0},
        {square, 0},
        {square, 1},
        {ring, 0},
        {ring, 1},
        {up, 0},
        {up, 1},
        {down, 0},
        {down, 1},
        {diamond, 0},
        {diamond, 1},
        {penta, 0},
        {penta, 1},
    };
    fputs("<svg class=\"shapes\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>", stream);
    for (int i = 0; i < SHAPES; i++) {
        fprintf(stream,
                "<path id=\"zp%d\" stroke-width=\".222\" stroke=\"currentColor\" "
                "fill=\"%s\" d=\"%s\"/>",
                i, shapes[i].is_full ? "currentColor" : "none", shapes[i].path);
    }
    fputs("</defs></svg>\n", stream);
}
