/* See pair_text.h. */
#include "driver/pair_text.h"

#include "driver/python_literal.h"
#include "store/files.h"
#include "store/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD_LINES 3 /* docstring, NAME, KIND */

static const char *const variables[ZCB_PART_COUNT] = {"SETUP", "COPY", "VIEW", "SOURCE",
                                                      "CONSUME"};

int zcb_pair_name_is_valid(const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)name[i];
        if (c > 0x7f || (!isalnum(c) && c != '_')) {
            return 0;
        }
    }
    return length > 0 && length <= ZCB_NAME_MAX;
}

static int is_utf8(const char *text)
{
    while (*text != '\0') {
        size_t bytes = zcb_utf8_length(text);
        if (bytes == 0) {
            return 0;
        }
        text += bytes;
    }
    return 1;
}

int zcb_pair_text_check(const zcb_pair_text *pair, zcb_error *error)
{
    if (!zcb_pair_name_is_valid(pair->name)) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "'%s' can't name a pair: letters, digits and _, %d at most", pair->name,
                        ZCB_NAME_MAX);
    }
    for (int i = 0; i < ZCB_PART_COUNT; i++) {
        const zcb_pair_part *part = &pair->parts[i];
        if (part->text != NULL && !is_utf8(part->text)) {
            return zcb_fail(error, ZCB_EXIT_USAGE, "%s is not UTF-8", part->label);
        }
    }
    return 0;
}

static void write_file(const zcb_pair_text *pair, FILE *stream)
{
    fprintf(stream, "\"\"\"A pair written by zcbench.\"\"\"\nNAME = '%s'\nKIND = '%s'\n",
            pair->name, zcb_kind_name(pair->kind));
    for (int i = 0; i < ZCB_PART_COUNT; i++) {
        if (pair->parts[i].text != NULL) {
            fprintf(stream, "%s = ", variables[i]);
            zcb_python_literal(stream, pair->parts[i].text);
        }
    }
    if (pair->note != NULL) {
        fputs("NOTE = ", stream);
        zcb_python_literal(stream, pair->note);
    }
}

int zcb_pair_text_write(const zcb_pair_text *pair, const char *path, zcb_error *error)
{
    zcb_file *file = zcb_file_begin(path, error);
    if (file == NULL) {
        return -1;
    }
    write_file(pair, zcb_file_stream(file));
    return zcb_file_commit(file, error);
}

/* The part that holds line `number` of the file, and which of its own lines that is; NULL:
 * none.
 */
static const zcb_pair_part *find_part(const zcb_pair_text *pair, size_t number, size_t *line)
{
    size_t above = HEAD_LINES;
    for (int i = 0; i < ZCB_PART_COUNT; i++) {
        const zcb_pair_part *part = &pair->parts[i];
        if (part->text == NULL) {
            continue;
        }
        size_t count = zcb_code_line_count(part->text);
        count = count > 0 ? count : 1;
        if (number > above + 1 && number <= above + 1 + count) {
            *line = number - above - 1;
            return part;
        }
        above += count + 2; /* the line with the name, and the closing parenthesis */
    }
    return NULL;
}

/* The last " (…, line N" of `said`: its start, and N; NULL: none. */
static const char *find_place(const char *said, size_t *number)
{
    const char *found = NULL;
    for (const char *at = said; (at = strstr(at, ".py, line ")) != NULL; at++) {
        const char *start = at;
        while (start > said && !(start[0] == ' ' && start[1] == '(')) {
            start--;
        }
        unsigned long value = strtoul(at + strlen(".py, line "), NULL, 10);
        if (start > said && value > 0 && value < 1000000000ul) {
            found = start;
            *number = value;
            break; /* what follows is the user's own line */
        }
    }
    return found;
}

int zcb_pair_text_explain(const zcb_pair_text *pair, const char *said, char *out, size_t size)
{
    size_t number = 0, line = 0, length = 0;
    const char *place = find_place(said, &number);
    const zcb_pair_part *part = place == NULL ? NULL : find_part(pair, number, &line);
    const char *code = part == NULL ? NULL : zcb_code_line(part->text, line, &length);
    if (code == NULL) {
        snprintf(out, size, "%s", said);
        return 0;
    }
    while (length > 0 && (*code == ' ' || *code == '\t')) {
        code++;
        length--;
    }
    int is_own = part->own_lines == 0 || line <= part->own_lines;
    int used = is_own ? snprintf(out, size, "%s, line %zu", part->label, line)
                      : snprintf(out, size, "%s", part->label);
    if (used > 0 && (size_t)used < size) {
        snprintf(out + used, size - (size_t)used, ": %.*s: %.*s", (int)(place - said), said,
                 (int)(length < 200 ? length : 200), code);
    }
    return 1;
}
