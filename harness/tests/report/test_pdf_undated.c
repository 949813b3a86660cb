/* Protects: two PDFs that differ only in the time at which they were drawn become the same
 * bytes, in both ways in which cairo writes that time, and stay whole. */
#include "report/pdf_undated.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

/* A packed stream; `head` takes its length. */
static void write_packed(FILE *to, const char *head, const char *text, size_t length)
{
    unsigned char packed[512];
    uLongf size = sizeof packed;
    assert_int_equal(compress(packed, &size, (const Bytef *)text, length), Z_OK);
    fprintf(to, head, (unsigned long)size);
    fwrite(packed, 1, size, to);
    fputs("\nendstream\nendobj\n", to);
}

/* A file as cairo 1.18 writes it: object 1 packed in 2, whose length is 3; 4 is the table. */
static char *new_file(const char *date, size_t *length)
{
    char info[128], *text = NULL;
    FILE *to = open_memstream(&text, length);
    fputs("%PDF-1.5\n", to);
    long place[3] = {ftell(to), 0, 0};
    snprintf(info, sizeof info, "1 0\n<< /Producer (cairo)\n   /CreationDate (D:%sZ)\n>>\n",
             date);
    write_packed(to,
                 "2 0 obj\n<< /Type /ObjStm\n   /Length 3 0 R\n   /N 1\n   /First 4\n"
                 "   /Filter /FlateDecode\n>>\nstream\n",
                 info, strlen(info));
    place[1] = ftell(to);
    fprintf(to, "3 0 obj\n   %ld\nendobj\n", place[1]);
    place[2] = ftell(to);
    const char rows[] = {0,
                         0,
                         0,
                         (char)255,
                         (char)255, /* 0: free */
                         2,
                         0,
                         2,
                         0,
                         0, /* 1: first in 2 */
                         1,
                         0,
                         (char)place[0],
                         0,
                         0,
                         1,
                         0,
                         (char)place[1],
                         0,
                         0,
                         1,
                         (char)(place[2] >> 8),
                         (char)place[2],
                         0,
                         0};
    write_packed(
        to,
        "4 0 obj\n<< /Type /XRef\n   /Length %lu\n   /Filter /FlateDecode\n   /Size 5\n"
        "   /W [1 2 2]\n   /Root 1 0 R\n   /Info 1 0 R\n>>\nstream\n",
        rows, sizeof rows);
    fprintf(to, "startxref\n%ld\n%%%%EOF\n", place[2]);
    assert_int_equal(fclose(to), 0);
    return text;
}

static char *old_file(const char *date, size_t *length)
{
    char *text = malloc(512);
    assert_non_null(text);
    *length = (size_t)snprintf(text, 512,
                               "%%PDF-1.5\nstream\n/CreationDate (kept)\nendstream\n"
                               "<< /Producer (cairo)\n   /CreationDate (D:%sZ)\n>>\nxref\n",
                               date);
    return text;
}

static void undate(char **text, size_t *length)
{
    zcb_error error = {0};
    assert_int_equal(zcb_pdf_undate(text, length, &error), 0);
}

static void check_same(char *(*make)(const char *, size_t *), char **out, size_t *out_length)
{
    size_t lengths[2];
    char *texts[2] = {make("20261122183328", &lengths[0]), make("20270101000000", &lengths[1])};
    assert_true(lengths[0] != lengths[1] || memcmp(texts[0], texts[1], lengths[0]) != 0);
    undate(&texts[0], &lengths[0]);
    undate(&texts[1], &lengths[1]);
    assert_int_equal(lengths[0], lengths[1]);
    assert_memory_equal(texts[0], texts[1], lengths[0]);
    free(texts[1]);
    *out = texts[0];
    *out_length = lengths[0];
}

static void test_a_date_in_text_is_blanked_where_it_stands(void **state)
{
    size_t length, before;
    char *text, *dated = old_file("20261122183328", &before);
    (void)state;
    free(dated);
    check_same(old_file, &text, &length);
    assert_int_equal(length, before);
    assert_non_null(strstr(text, "(kept)"));
    assert_null(strstr(text, "(D:"));
    free(text);
}

static void test_a_packed_date_goes_and_every_offset_is_right(void **state)
{
    size_t length;
    char *text;
    (void)state;
    check_same(new_file, &text, &length);
    char *holder = strstr(text, "2 0 obj"), *size = strstr(text, "3 0 obj");
    assert_non_null(strstr(holder, "/Producer (cairo)"));
    assert_null(strstr(holder, "Date"));
    assert_null(strstr(holder, "Filter"));
    const char *body = strstr(holder, "stream\n") + strlen("stream\n");
    assert_int_equal(strtol(strstr(size, "obj\n") + 4, NULL, 10),
                     strstr(body, "\nendstream") - body);
    const char *table = size;
    while (strncmp(table, "4 0 obj", 7) != 0) {
        table++;
    }
    const unsigned char *rows = (const unsigned char *)strstr(table, "stream\n") + 7;
    const char *const objects[] = {NULL, NULL, holder, size, table};
    for (size_t i = 2; i < 5; i++) {
        const unsigned char *row = rows + 7 * i;
        assert_int_equal(row[0], 1);
        assert_int_equal(row[1] << 24 | row[2] << 16 | row[3] << 8 | row[4], objects[i] - text);
    }
    assert_int_equal(rows[7], 2);
    assert_int_equal(rows[11], 2);
    const char *last = (const char *)rows + 7 * 5;
    assert_int_equal(strtol(strstr(last, "startxref\n") + 10, NULL, 10), table - text);
    free(text);
}

static void test_what_is_torn_stays_as_it_is(void **state)
{
    size_t whole, length;
    (void)state;
    for (size_t cut = 0;; cut++) {
        char *text = new_file("20261122183328", &whole), *copy = malloc(whole + 1);
        assert_non_null(copy);
        if (cut + 8 >= whole) { /* the last number and what follows it */
            free(text);
            free(copy);
            return;
        }
        memcpy(copy, text, whole);
        length = cut;
        text[cut] = '\0';
        undate(&text, &length);
        assert_int_equal(length, cut);
        assert_memory_equal(text, copy, cut);
        free(text);
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_date_in_text_is_blanked_where_it_stands),
        cmocka_unit_test(test_a_packed_date_goes_and_every_offset_is_right),
        cmocka_unit_test(test_what_is_torn_stays_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
