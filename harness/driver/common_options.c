/* See common_options.h. */
#include "driver/common_options.h"

#include "driver/streams.h"
#include "store/files.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEY_PYTHON = 0x200, KEY_PAIRS, KEY_JSON, KEY_COLOR };

static const struct argp_option output_options[] = {
    {"json", KEY_JSON, "FILE", OPTION_ARG_OPTIONAL,
     "Print the result as JSON on stdout, all else on stderr; or write it to FILE", 0},
    {"color", KEY_COLOR, "auto|always|never", OPTION_ARG_OPTIONAL,
     "When to colour; without it NO_COLOR, CLICOLOR_FORCE and the terminal decide", 0},
    {0}};

static const struct argp_option source_options[] = {
    {"python", KEY_PYTHON, "[NAME=]VERSION|EXE[,path=DIR]", 0,
     "An interpreter to use, as 3.11, a path, or all (repeatable; default: the python3 on "
     "PATH)",
     0},
    {"pairs", KEY_PAIRS, "FILE.py", 0,
     "A file with a pair of your own (repeatable); it is run as code", 0},
    {0}};

void zcb_common_options_clear(zcb_common_options *options)
{
    zcb_texts_clear(&options->pythons);
    zcb_texts_clear(&options->pair_files);
    free(options->json_file);
    *options = (zcb_common_options){0};
}

static int add_pair_file(zcb_common_options *options, const char *file)
{
    char *path = realpath(file, NULL);
    if (path == NULL || access(path, R_OK) < 0) {
        zcb_fail(options->error, ZCB_EXIT_USAGE, "pair file '%s' can't be read: %s", file,
                 strerror(errno));
        free(path);
        return EINVAL;
    }
    if (zcb_texts_find(&options->pair_files, path) >= 0) {
        free(path);
        return 0;
    }
    return zcb_texts_take(&options->pair_files, path, options->error) < 0 ? EINVAL : 0;
}

static error_t parse_output(int key, char *arg, struct argp_state *state)
{
    zcb_common_options *options = state->input;
    switch (key) {
    case KEY_JSON:
        options->json = 1;
        if (arg == NULL) {
            return 0;
        }
        if (arg[0] == '\0') {
            zcb_fail(options->error, ZCB_EXIT_USAGE, "--json= needs a file name, or no '='");
            return EINVAL;
        }
        return zcb_set_text(&options->json_file, arg, options->error) < 0 ? EINVAL : 0;
    case KEY_COLOR:
        if (zcb_color_parse(arg == NULL ? "always" : arg, &options->color) < 0) {
            zcb_fail(options->error, ZCB_EXIT_USAGE,
                     "unknown colour '%s': auto, always or never", arg);
            return EINVAL;
        }
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse_source(int key, char *arg, struct argp_state *state)
{
    zcb_common_options *options = state->input;
    switch (key) {
    case KEY_PYTHON:
        return zcb_texts_add(&options->pythons, arg, options->error) < 0 ? EINVAL : 0;
    case KEY_PAIRS:
        return add_pair_file(options, arg);
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp zcb_output_argp = {.options = output_options, .parser = parse_output};
const struct argp zcb_source_argp = {.options = source_options, .parser = parse_source};

static int dump(const json_t *json, FILE *stream)
{
    int failed = json_dumpf(json, stream, JSON_INDENT(1) | JSON_PRESERVE_ORDER) < 0;
    return failed || fputc('\n', stream) == EOF ? -1 : 0;
}

static int dump_to_file(const json_t *json, const char *path, zcb_error *error)
{
    zcb_file *file = zcb_file_begin(path, error);
    if (file == NULL) {
        return -1;
    }
    if (dump(json, zcb_file_stream(file)) < 0) {
        zcb_file_discard(file);
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "'%s' can't be written", path);
    }
    return zcb_file_commit(file, error);
}

int zcb_common_print_json(const zcb_common_options *options, json_t *json, zcb_error *error)
{
    int result;
    if (json == NULL) {
        return zcb_no_memory(error);
    }
    if (options->json_file != NULL) {
        result = dump_to_file(json, options->json_file, error);
    } else {
        dump(json, stdout);
        result = zcb_stream_flush(stdout, error);
    }
    json_decref(json);
    return result;
}
