/* Why this file: the manual page says what --help says, in another language (roff, with the
 * macros of man(7) as groff and mandoc read them). Nothing is written here that is not in the
 * commands' tables. */
#include "driver/help.h"

#include "base/words.h"
#include "driver/commands.h"
#include "driver/option_list.h"
#include "driver/places.h"

#include <string.h>

#define LINE_COLUMNS 78

/* Writes one character of text so that it means itself. */
static void put(FILE *stream, char c)
{
    switch (c) {
    case '\\':
        fputs("\\e", stream);
        break;
    case '-':
        fputs("\\-", stream);
        break;
    case '`':
        fputs("\\(ga", stream);
        break;
    case '\'':
        fputs("\\(aq", stream);
        break;
    case '~':
        fputs("\\(ti", stream);
        break;
    case '^':
        fputs("\\(ha", stream);
        break;
    default:
        fputc(c, stream);
    }
}

static void put_text(FILE *stream, const char *text, size_t length)
{
    if (length > 0 && text[0] == '.') {
        fputs("\\&", stream); /* a line that begins with a full stop is a request */
    }
    for (size_t i = 0; i < length; i++) {
        put(stream, text[i]);
    }
}

/* Writes `length` bytes of `text` as filled text, in lines of a terminal's width. */
static void put_filled(FILE *stream, const char *text, size_t length)
{
    size_t column = 0;
    for (size_t i = 0; i < length;) {
        size_t word = strcspn(text + i, " \n");
        word = word < length - i ? word : length - i;
        if (column > 0 && column + 1 + word > LINE_COLUMNS) {
            fputc('\n', stream);
            column = 0;
        } else if (column > 0) {
            fputc(' ', stream);
            column++;
        }
        put_text(stream, text + i, word);
        column += word;
        i += word;
        i += i < length ? 1 : 0;
    }
    fputc('\n', stream);
}

static void put_term(FILE *stream, const zcb_term *term)
{
    fputs(".TP\n.B ", stream);
    put_filled(stream, term->name, strlen(term->name));
    put_filled(stream, term->meaning, strlen(term->meaning));
}

static void put_terms(FILE *stream, const char *title, const zcb_term *terms)
{
    fprintf(stream, ".SH %s\n", title);
    for (; terms->name != NULL; terms++) {
        put_term(stream, terms);
    }
}

static void put_option(FILE *stream, const struct argp_option *option)
{
    int is_optional = (option->flags & OPTION_ARG_OPTIONAL) != 0;
    fputs(".TP\n\\fB\\-\\-", stream);
    put_text(stream, option->name, strlen(option->name));
    fputs("\\fR", stream);
    if (option->arg != NULL) {
        fputs(is_optional ? "[=\\fI" : "=\\fI", stream);
        put_text(stream, option->arg, strlen(option->arg));
        fputs(is_optional ? "\\fR]" : "\\fR", stream);
    }
    fputc('\n', stream);
    put_filled(stream, option->doc, strlen(option->doc));
}

/* Lines that begin with two blanks are shown as they are, all others filled. */
static void put_notes(FILE *stream, const char *text)
{
    int is_code = 0, is_begun = 0;
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        int was_code = is_code;
        is_code = length > 0
                      ? strncmp(text, "  ", 2) == 0
                      : is_code && text[length] != '\0' && strncmp(text + 1, "  ", 2) == 0;
        if (was_code && !is_code) {
            fputs(".fi\n.RE\n", stream);
        }
        if (length == 0 && is_code) {
            fputs(".sp\n", stream);
        } else if (length > 0 && is_code) {
            fputs(was_code ? "" : ".PP\n.RS 4\n.nf\n", stream);
            put_text(stream, text + 2, length - 2);
            fputc('\n', stream);
        } else if (length > 0) {
            fputs(is_begun && !was_code ? "" : ".PP\n", stream);
            put_filled(stream, text, length);
        }
        is_begun = length > 0 && !is_code;
        text += length + (text[length] == '\n');
    }
    fputs(is_code ? ".fi\n.RE\n" : "", stream);
}

static void put_command(FILE *stream, const zcb_command *command)
{
    zcb_option_list list = {.count = 0};
    const char *doc = command->argp->doc, *notes = strchr(doc, '\v');
    size_t length = notes == NULL ? strlen(doc) : (size_t)(notes - doc);
    zcb_option_list_add(&list, command->argp);
    fprintf(stream, ".SS zcbench %s%s", command->name, list.count > 0 ? " [OPTION...]" : "");
    if (command->argp->args_doc != NULL) {
        fputc(' ', stream);
        put_text(stream, command->argp->args_doc, strlen(command->argp->args_doc));
    }
    fputc('\n', stream);
    put_filled(stream, doc, length);
    for (size_t i = 0; i < list.count; i++) {
        put_option(stream, list.items[i]);
    }
    if (notes != NULL) {
        put_notes(stream, notes + 1);
    }
}

void zcb_manual_write(FILE *stream)
{
    fprintf(stream,
            ".\\\" Made by `zcbench help --man` from the commands' own help.\n"
            ".TH ZCBENCH 1 \"%s\" \"zcbench %s\" \"User Commands\"\n"
            ".SH NAME\nzcbench \\- measure copying against sharing in Python\n"
            ".SH SYNOPSIS\n.B zcbench\n.I COMMAND\n"
            "[\\fIOPTION\\fR...] [\\fIARGUMENT\\fR...]\n"
            ".SH DESCRIPTION\n",
            zcb_tool_date(), ZCB_VERSION);
    put_filled(stream, zcb_help_question(), strlen(zcb_help_question()));
    for (const zcb_command *c = zcb_commands(); c->name != NULL; c++) {
        put_term(stream, &(zcb_term){c->name, c->summary});
    }
    fputs(".PP\nEvery command takes \\fB\\-\\-help\\fR, \\fB\\-\\-usage\\fR and "
          "\\fB\\-\\-version\\fR.\n.SH COMMANDS\n",
          stream);
    for (const zcb_command *c = zcb_commands(); c->name != NULL; c++) {
        put_command(stream, c);
    }
    put_terms(stream, "EXIT STATUS", zcb_help_exit_codes());
    put_terms(stream, "ENVIRONMENT", zcb_help_environment());
    put_terms(stream, "FILES", zcb_help_files());
}
