/* `zcbench exporter`: what an object of the user's own costs to export, beside bytes. */
#include "driver/commands.h"

#include "driver/amounts.h"
#include "driver/cmdline.h"
#include "driver/console.h"
#include "driver/exporter_pairs.h"
#include "driver/exporter_table.h"
#include "driver/run_measure.h"
#include "driver/signals.h"
#include "driver/user_run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FILE_BYTES_MAX (1u << 20)

static const char doc[] =
    "Measure what an object of your own costs to export, to slice and to copy, beside bytes. "
    "FILE.py defines make(n), which returns an object whose buffer holds n bytes (sizes are "
    "powers of two from 64 on; for the slices make(2 * n) is called and a half taken from the "
    "middle). The file is run as code."
    "\v"
    "All options of `zcbench run` but --pairs and --resume may stand beside FILE.py.\n\n"
    "Example, a FILE.py:\n"
    "  import array\n"
    "  def make(n):\n"
    "      return array.array('d', b'12345678' * (n // 8))\n"
    "\n"
    "  zcbench exporter FILE.py --profile quick\n"
    "\n"
    "Exit codes: 0 done, 1 internal error or disk full, 2 usage or a mistake in FILE.py, 5 the "
    "proof refused the object, 130 and 143 interrupted.";

/* Reads a whole text file; NULL and `error` filled (exit code 2). Owned by the caller. */
static char *read_file(const char *path, zcb_error *error)
{
    FILE *file = fopen(path, "rb");
    char *text = file == NULL ? NULL : malloc(FILE_BYTES_MAX + 2);
    size_t length = text == NULL ? 0 : fread(text, 1, FILE_BYTES_MAX + 1, file);
    const char *why = NULL;
    if (text == NULL || ferror(file)) {
        why = strerror(errno);
    } else if (length > FILE_BYTES_MAX) {
        why = "it is larger than 1 MiB";
    } else if (memchr(text, '\0', length) != NULL) {
        why = "it is no text";
    } else {
        text[length] = '\0';
    }
    if (file != NULL) {
        fclose(file);
    }
    if (why != NULL) {
        zcb_fail(error, ZCB_EXIT_USAGE, "'%s' can't be read: %s", path, why);
        free(text);
        return NULL;
    }
    return text;
}

/* Takes FILE.py out of `words`, where the parser of a run has found it as its only PAIR: owned
 * by the caller; NULL with exit code 2. */
static char *take_file(zcb_session *s, zcb_texts *words, zcb_error *error)
{
    zcb_texts *pairs = &s->options.pairs;
    if (pairs->count != 1) {
        zcb_fail(error, ZCB_EXIT_USAGE, "one FILE.py is taken, %zu were given", pairs->count);
        return NULL;
    }
    char *file = zcb_format(error, "%s", pairs->items[0]);
    zcb_texts rest = {0};
    int is_taken = 0, result = file == NULL ? -1 : 0;
    for (size_t i = 0; result == 0 && i < words->count; i++) {
        if (!is_taken && i > 0 && strcmp(words->items[i], file) == 0) {
            is_taken = 1;
        } else {
            result = zcb_texts_add(&rest, words->items[i], error);
        }
    }
    zcb_texts_clear(pairs);
    zcb_texts_clear(words);
    *words = rest;
    if (result < 0) {
        free(file);
        return NULL;
    }
    return file;
}

static int print_table(const zcb_session *s, const char *label, zcb_error *error)
{
    const zcb_common_options *o = &s->options.common;
    FILE *stream = o->json && o->json_file == NULL ? stderr : stdout;
    return zcb_exporter_table_print(s->dir, label, stream, error);
}

/* The table, as "exporter". */
static int add_table(const zcb_session *s, json_t *root, zcb_error *error)
{
    json_t *rows = zcb_exporter_table_json(s->dir, error);
    return rows == NULL ? -1 : json_object_set_new(root, "exporter", rows);
}

static int measure(zcb_session *s, const char *file, const zcb_texts *words,
                   const char *command, zcb_error *error)
{
    const char *slash = strrchr(file, '/'), *label = slash == NULL ? file : slash + 1;
    zcb_exporter_pairs own = {0};
    char *private_dir = NULL, *text = read_file(file, error);
    s->add_results = add_table;
    int result = text == NULL ? -1 : zcb_exporter_pairs_make(text, label, &own, error);
    for (size_t i = 0; result == 0 && i < ZCB_EXPORTER_PAIRS; i++) {
        result = zcb_pair_text_check(&own.pairs[i], error);
    }
    if (result == 0) {
        result =
            zcb_user_run_prove(s, own.pairs, ZCB_EXPORTER_PAIRS, 1, &private_dir, error) < 0 ||
                    zcb_user_run_open(s, own.pairs, ZCB_EXPORTER_PAIRS, words, error) < 0
                ? -1
                : 0;
    }
    zcb_user_run_remove(&private_dir);
    int code =
        result < 0 ? zcb_complain(command, error) : zcb_run_measure_and_tell(s, command, error);
    if (code == 0 && print_table(s, label, error) < 0) {
        code = zcb_complain(command, error);
    }
    zcb_exporter_pairs_clear(&own);
    free(text);
    return code;
}

const struct argp zcb_exporter_argp = {.args_doc = "FILE.py", .doc = doc};

/* --help and --version are ours; a run's parser would tell of a run. */
static void answer_help(int argc, char **argv, zcb_error *error)
{
    static const char *const words[] = {"--help", "--usage", "--version", "-?", "-V", "-h"};
    for (int i = 1; i < argc; i++) {
        for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
            if (strcmp(argv[i], words[w]) == 0) {
                char *help[] = {argv[0], argv[i], NULL};
                zcb_cmdline_parse(&zcb_exporter_argp, 2, help, NULL, error);
            }
        }
    }
}

int zcb_cmd_exporter(int argc, char **argv)
{
    zcb_error error = {0};
    zcb_session session = {.lock_fd = -1, .started_ns = zcb_now_ns()};
    zcb_texts words = {0};
    char *file = NULL;
    int result = 0;
    answer_help(argc, argv, &error);
    zcb_signals_catch();
    for (int i = 0; result == 0 && i < argc; i++) {
        result = zcb_texts_add(&words, argv[i], &error);
    }
    if (result == 0) {
        result = zcb_run_options_parse((int)words.count, words.items, &session.options, &error);
    }
    if (result == 0) {
        file = take_file(&session, &words, &error);
        result = file == NULL ? -1 : zcb_user_run_check(&session.options, argv[0], &error);
    }
    int code = result != 0 ? zcb_complain(argv[0], &error)
                           : measure(&session, file, &words, argv[0], &error);
    free(file);
    zcb_texts_clear(&words);
    zcb_session_clear(&session);
    return code;
}
