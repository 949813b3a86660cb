/* What the sections of the page share. Internal to the page. */
#ifndef ZCB_REPORT_PAGE_PARTS_H
#define ZCB_REPORT_PAGE_PARTS_H

#include "report/answers.h"
#include "report/pictures.h"

#include <stdio.h>

/* At most so many rows in a table: what is too much is counted instead. */
#define ZCB_PAGE_ROWS_MAX 600

/* The page being written. Borrows everything. */
typedef struct zcb_page {
    FILE *stream;
    const zcb_analysis *analysis;
    const zcb_answers *answers;
    const zcb_pictures *pictures;
    const char *plots_dir; /* where the pictures lie */
    const char *samples;   /* name of the file of samples */
    size_t figure_count;   /* figures so far */
} zcb_page;

/* printf with plain text. */
#define zcb_page_print(page, ...) fprintf((page)->stream, __VA_ARGS__)

/* Text from outside, "–" for nothing. */
void zcb_page_text(const zcb_page *page, const char *text);

/* <td>text</td>, or another element with attributes as given. */
void zcb_page_field(const zcb_page *page, const char *open, const char *text,
                    const char *close);

/* class="…" with a space before it, for the filters: where something belongs. `extra` (or "")
 * comes first. */
void zcb_page_class(const zcb_page *page, const char *extra, zcb_about about);

/* Where a cell belongs. */
zcb_about zcb_page_about(const zcb_page *page, const zcb_cell *cell);

/* <h2 id>. */
void zcb_page_heading(const zcb_page *page, const char *id, const char *text);

/* A table's wrapper that scrolls by itself on a narrow screen, with a name for its region. */
void zcb_page_begin_table(const zcb_page *page, const char *name);
void zcb_page_end_table(const zcb_page *page);

/* The sections. Each writes nothing, not even its heading, when it has nothing to say; has_…
 * says so beforehand, for the contents. 0 or -1. */
int zcb_page_verdict(zcb_page *page, zcb_error *error);
void zcb_page_machine(zcb_page *page);
int zcb_page_figures(zcb_page *page, zcb_picture_kind figure, zcb_error *error);
int zcb_page_has_figures(const zcb_page *page, zcb_picture_kind figure);
void zcb_page_memory(zcb_page *page);
void zcb_page_lies(zcb_page *page);
void zcb_page_cells(zcb_page *page);
void zcb_page_method(zcb_page *page);

#endif
