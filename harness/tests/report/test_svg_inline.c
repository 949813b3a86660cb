/* Protects: what gnuplot drew enters the page as lines and words only, whatever stands in it.
 */
#include "report/svg_inline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FRAME(inside)                                                                          \
    "<?xml version=\"1.0\"?>\n<svg \n width=\"400\" height=\"300\"\n "                         \
    "viewBox=\"0 0 400 300\"\n>\n<title>t</title>\n<g id=\"gnuplot_canvas\">\n"                \
    "<rect x=\"0\" y=\"0\" width=\"400\" height=\"300\" fill=\"#ffffff\"/>\n<defs><path "      \
    "id='gpPt0'/></defs>\n" inside "</g>\n</svg>\n"

/* The inlined picture; the caller frees it. */
static char *inlined(const char *svg, unsigned head, const char *alt)
{
    char *text = NULL;
    size_t length;
    FILE *stream = open_memstream(&text, &length);
    assert_non_null(stream);
    assert_int_equal(zcb_svg_inline(stream, svg, head, alt, NULL), 0);
    fclose(stream);
    return text;
}

static void lines_of_one_style_become_one_element(void **state)
{
    (void)state;
    char *text = inlined(
        FRAME("<g fill=\"none\" color=\"black\" stroke=\"currentColor\" stroke-width=\"1.00\">"
              "<path stroke='rgb(213,  94,   0)'  d='M10.00,20.00 L30.04,20.00  '/></g>\n"
              "<g fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.00\">"
              "<path stroke='rgb(213,  94,   0)'  d='M1.00,2.00 L1.00,7.06 L2.50,6.00 M9,9 '/>"
              "</g>"),
        0, "x");
    assert_non_null(strstr(text, "<path class=\"s1\" d=\"M10 20h20M1 2v5.1l1.5-1.1\"/>"));
    assert_null(strstr(text, "id="));
    free(text);
}

static void areas_shapes_and_words_are_kept(void **state)
{
    (void)state;
    char *text = inlined(
        FRAME("<polygon fill = 'rgb(  0, 114, 178)' fill-opacity = '0.220000' points = "
              "'1.00,1.00 5.00,1.00 5.00,9.00 '/>"
              "<use xlink:href='#gpPt6' transform='translate(40.00,20.00) scale(2.00)' "
              "color='rgb(  0, 114, 178)'/>"
              "<use xlink:href='#gpPt8' transform='translate(60.00,30.00) scale(2.00)' "
              "color='rgb(  0, 114, 178)'/>"
              "<g transform=\"translate(80.00,200.00)\" stroke=\"none\" fill=\"rgb(51,51,51)\" "
              "font-size=\"12.00\" text-anchor=\"end\"><text>1 &lt; µs</text></g>"),
        0, "x");
    assert_non_null(strstr(text, "<path class=\"r f2\" d=\"M1 1h4v8Z\"/>"));
    assert_non_null(strstr(text, "<path class=\"s2\" stroke-linecap=\"round\" "
                                 "stroke-width=\"4.44\" d=\"M40 20z\"/>"));
    assert_non_null(strstr(text, "<g class=\"c2\" transform=\"scale(2)\"><use href=\"#zp8\" "
                                 "x=\"30\" y=\"15\"/></g>"));
    assert_non_null(strstr(text, "text-anchor=\"end\"><text x=\"80\" "
                                 "y=\"200\">1 &lt; µs</text>"));
    free(text);
}

static void the_title_is_cut_off(void **state)
{
    (void)state;
    char *text = inlined(FRAME("<g transform=\"translate(8.00,15.00)\" fill=\"black\">"
                               "<text>the title</text></g>"),
                         40, "said & done \"here\"");
    assert_null(strstr(text, "the title"));
    assert_non_null(strstr(text, "viewBox=\"0 40 400 260\""));
    assert_non_null(strstr(text, "aria-label=\"said &amp; done &quot;here&quot;\""));
    free(text);
}

/* A file that was tampered with brings nothing in that acts. */
static void nothing_that_acts_gets_through(void **state)
{
    (void)state;
    char *text = inlined(
        FRAME(
            "<script>alert(1)</script><a href='javascript:x'><path d='M1,1 L2,2' "
            "onclick='x()' stroke='url(http://a.b/c)' stroke-dasharray='1\" onload=\"x'/></a>"
            "<image href='http://a.b/c.png'/><foreignObject><p>z</p></foreignObject>"
            "<style>p{}</style><use xlink:href='http://a.b/#gpPt1' "
            "transform='translate(1,1) scale(1)'/><g font-size=\"9' onload='x\" "
            "transform=\"translate(1,99)\" text-anchor='\" onload=\"x'><text>words</text></g>"),
        0, "x");
    static const char *const bad[] = {"script", "onclick", "onload", "http", "image",
                                      "style",  "foreign", "url",    "<a"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_null(strstr(text, bad[i]) == NULL ? NULL : bad[i]);
    }
    assert_non_null(strstr(text, "words</text>"));
    free(text);
}

static void what_is_no_picture_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "<svg>", "<svg width='1e9' height='3'>", "<html>",
                                      "<svg width='40' height='30'"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char *text = NULL;
        size_t length;
        FILE *stream = open_memstream(&text, &length);
        assert_int_equal(zcb_svg_inline(stream, bad[i], 0, "x", NULL), -1);
        fclose(stream);
        assert_int_equal(length, 0);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_one_style_become_one_element),
        cmocka_unit_test(areas_shapes_and_words_are_kept),
        cmocka_unit_test(the_title_is_cut_off),
        cmocka_unit_test(nothing_that_acts_gets_through),
        cmocka_unit_test(what_is_no_picture_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
