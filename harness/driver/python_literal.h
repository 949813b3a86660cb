/* Code from a command line as a Python string: whatever stands in it, the string holds it and
 * nothing of it is obeyed by the file around it. */
#ifndef ZCB_DRIVER_PYTHON_LITERAL_H
#define ZCB_DRIVER_PYTHON_LITERAL_H

#include <stddef.h>
#include <stdio.h>

/* Lines of `code`: \n, \r\n and \r end one; a last line without an end counts, "" has none. */
size_t zcb_code_line_count(const char *code);

/* Line `number` (from 1) of `code`: its start, and its length without the end in *length; NULL
 * where there is no such line. Borrowed. */
const char *zcb_code_line(const char *code, size_t number, size_t *length);

/* Writes well-formed UTF-8 `code` as a parenthesised string literal, each line of the code on a
 * line of its own below the opening parenthesis, so that line k of the code is k lines below
 * the one written to. All line ends become \n. Python reads the literal back as the same text.
 */
void zcb_python_literal(FILE *stream, const char *code);

#endif
