/* See compared.h. */
#include "store/compared.h"

#include "store/columns.h"
#include "store/csv_fields.h"

#include <inttypes.h>

static zcb_file *begin_table(const char *path, const char *columns, zcb_error *error)
{
    zcb_file *file = zcb_file_begin(path, error);
    if (file != NULL) {
        fprintf(zcb_file_stream(file), "%s\n", columns);
    }
    return file;
}

zcb_file *zcb_compared_begin(const char *path, zcb_error *error)
{
    return begin_table(path, ZCB_COMPARE_COLUMNS, error);
}

zcb_file *zcb_compared_means_begin(const char *path, zcb_error *error)
{
    return begin_table(path, ZCB_COMPARE_MEANS_COLUMNS, error);
}

zcb_file *zcb_compared_breakevens_begin(const char *path, zcb_error *error)
{
    return begin_table(path, ZCB_COMPARE_BREAKEVEN_COLUMNS, error);
}

static void text_field(FILE *stream, const char *text)
{
    putc(',', stream);
    zcb_csv_text(stream, text == NULL ? "" : text);
}

static void number_field(FILE *stream, double number)
{
    putc(',', stream);
    zcb_csv_number(stream, number);
}

static void number_fields(FILE *stream, const zcb_compared_number *number)
{
    number_field(stream, number->estimate);
    number_field(stream, number->lo);
    number_field(stream, number->hi);
}

static void print_sides(FILE *stream, const zcb_compared_sides *sides)
{
    zcb_csv_text(stream, sides->base_run_id == NULL ? "" : sides->base_run_id);
    text_field(stream, sides->base);
    text_field(stream, sides->head_run_id);
    text_field(stream, sides->head);
    putc(',', stream);
}

/* What follows the ratio in both tables. */
static void print_verdict(FILE *stream, const zcb_compared_row *row)
{
    fprintf(stream, ",%zu", row->launches);
    number_field(stream, row->p);
    number_field(stream, row->adjusted_p);
    text_field(stream, row->verdict);
    text_field(stream, row->builds);
    putc('\n', stream);
}

void zcb_compared_print(FILE *stream, const zcb_compared_row *row)
{
    print_sides(stream, row->sides);
    zcb_csv_question(stream, row->cell);
    fprintf(stream, ",%" PRIu64, row->cell->size_bytes);
    text_field(stream, row->arm);
    text_field(stream, row->figure);
    text_field(stream, row->share);
    number_fields(stream, &row->base);
    number_fields(stream, &row->head);
    number_fields(stream, &row->ratio);
    print_verdict(stream, row);
}

void zcb_compared_mean_print(FILE *stream, const zcb_compared_row *row)
{
    print_sides(stream, row->sides);
    if (row->cell != NULL) {
        zcb_csv_question(stream, row->cell);
    } else {
        fputs(",,,,", stream);
    }
    text_field(stream, row->arm);
    text_field(stream, row->pairs);
    text_field(stream, row->figure);
    text_field(stream, row->share);
    number_fields(stream, &row->ratio);
    fprintf(stream, ",%zu", row->cells);
    print_verdict(stream, row);
}

void zcb_compared_breakeven_print(FILE *stream, const zcb_compared_breakeven *row)
{
    print_sides(stream, row->sides);
    zcb_csv_question(stream, row->cell);
    text_field(stream, row->arm);
    text_field(stream, row->base_status);
    number_fields(stream, &row->base_bytes);
    text_field(stream, row->head_status);
    number_fields(stream, &row->head_bytes);
    number_fields(stream, &row->ratio);
    text_field(stream, row->builds);
    putc('\n', stream);
}
