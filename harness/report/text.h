/* Text that comes from outside — names, reasons, host names — made safe for terminal, Markdown,
 * HTML and gnuplot: nothing that a user wrote is ever obeyed by what shows it. */
#ifndef ZCB_REPORT_TEXT_H
#define ZCB_REPORT_TEXT_H

#include <stddef.h>
#include <stdio.h>

/* Copies `text` into out[size] with everything that could act instead of being shown written as
 * \n, \t, \xNN or \uNNNN: control characters, bytes that are no UTF-8, marks that change the
 * writing direction, zero-width characters, line separators. Cut with … when it does not fit.
 * Returns `out`. */
char *zcb_text_visible(const char *text, char *out, size_t size);

/* Columns that well-formed UTF-8 `text` takes on a terminal: combining marks 0, wide East Asian
 * characters and emoji 2, all else 1. */
size_t zcb_text_width(const char *text);

/* Bytes of the longest start of `text` that takes at most `columns` columns. */
size_t zcb_text_fit(const char *text, size_t columns);

/* Copies `text` into out[size] as one word of a shell's command line: as it is where that is
 * safe, else quoted, with what could act written as \\xNN inside $'…' (bash, zsh, ksh). Cut
 * where it does not fit. Returns `out`. */
char *zcb_text_shell(const char *text, char *out, size_t size);

/* Writes `text`, made visible, with the characters that mean something to Markdown or HTML
 * escaped; at most `columns` columns of it, then …. */
void zcb_text_markdown(FILE *stream, const char *text, size_t columns);

/* Writes `text`, made visible, as HTML text or as a double-quoted attribute's value. */
void zcb_text_html(FILE *stream, const char *text);

/* Writes `text`, made visible, as a single-quoted gnuplot string, the quotes included. */
void zcb_text_gnuplot(FILE *stream, const char *text);

/* A file name made of `text`: letters, digits, '.', '-' and '_' are kept, all else becomes '_'
 * and eight hex digits of a hash of `text` are added, so that different texts give different
 * names. Never starts with '.' or '-'. Returns `out`. */
char *zcb_text_filename(const char *text, char *out, size_t size);

#endif
