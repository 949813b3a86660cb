/* `zcbench pair`: a question from the command line, measured like any other. */
#include "driver/commands.h"

#include "driver/amounts.h"
#include "driver/cmdline.h"
#include "driver/console.h"
#include "driver/nearest.h"
#include "driver/run_measure.h"
#include "driver/signals.h"
#include "driver/user_run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_SETUP = 0x400, KEY_COPY, KEY_VIEW, KEY_SOURCE, KEY_CONSUME, KEY_NAME, KEY_KIND };

/* Owns its texts. Zero value: nothing given. */
typedef struct pair_options {
    char *parts[ZCB_PART_COUNT];
    char *name;
    zcb_kind kind;
    zcb_error *error; /* borrowed */
} pair_options;

static const struct argp_option own_options[] = {
    {"setup", KEY_SETUP, "CODE", 0, "What is there before: run once, not timed", 0},
    {"copy", KEY_COPY, "CODE", 0, "The statement that copies", 0},
    {"view", KEY_VIEW, "CODE", 0, "The statement that shares", 0},
    {"source", KEY_SOURCE, "NAME", 0,
     "What is copied or shared (default: every name of --setup with a buffer)", 0},
    {"consume", KEY_CONSUME, "CODE", 0,
     "What a reader does with the result, `out` (default: reads every byte)", 0},
    {"name", KEY_NAME, "NAME", 0, "The pair's name: letters, digits and _ (default: pair)", 0},
    {"kind", KEY_KIND, "Z|R|K|L|Q", 0,
     "The saving: Z (default) nothing is copied, R one copy or allocation fewer, K the "
     "kernel's "
     "copy, L the cost moves to the first touch, Q quadratic against linear",
     0},
    {0}};

static const char doc[] =
    "Measure a pair from the command line, as timeit measures a statement: does sharing beat "
    "copying here, and from what size on? `n`, the size in bytes, and payload(n), n bytes of "
    "data, are known to all code. An option given again adds a line. The result of a statement "
    "is the value of its last line, or what it leaves in `out`. Before anything is timed it is "
    "proved that both results are equal and that the view shares its memory. What is given "
    "runs "
    "as code, with your rights."
    "\v"
    "All options of `zcbench run` but --pairs and --resume may stand beside these.\n\n"
    "Examples:\n"
    "  zcbench pair --setup 'b = payload(n); mv = memoryview(b)' --copy 'b[1:]' --view "
    "'mv[1:]'\n"
    "  zcbench pair --setup 'import array' --setup 'a = array.array(\"d\", payload(n))' \\\n"
    "      --copy 'a.tobytes()' --view 'memoryview(a)' --size 64..1M --profile quick\n"
    "\n"
    "The run's folder holds the pair as pair.py: `zcbench run --pairs DIR/pair.py` repeats it, "
    "`zcbench run --resume DIR` goes on with it.\n"
    "Exit codes: 0 done, 1 internal error or disk full, 2 usage or a mistake in the code, 5 "
    "the "
    "proof refused it, 130 and 143 interrupted.";

/* Adds a line to *field. */
static int add_line(char **field, const char *line, zcb_error *error)
{
    char *text = *field == NULL ? zcb_format(error, "%s", line)
                                : zcb_format(error, "%s\n%s", *field, line);
    if (text == NULL) {
        return -1;
    }
    free(*field);
    *field = text;
    return 0;
}

static int take_option(int key, const char *arg, pair_options *o)
{
    if (key == KEY_NAME) {
        return zcb_set_text(&o->name, arg, o->error);
    }
    if (key == KEY_KIND) {
        return zcb_kind_parse(arg, &o->kind) == 0
                   ? 0
                   : zcb_fail(o->error, ZCB_EXIT_USAGE,
                              "unknown kind '%s': one of Z, R, K, L, Q", arg);
    }
    static const zcb_part parts[] = {ZCB_PART_SETUP, ZCB_PART_COPY, ZCB_PART_VIEW,
                                     ZCB_PART_SOURCE, ZCB_PART_CONSUME};
    return add_line(&o->parts[parts[key - KEY_SETUP]], arg, o->error);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    if (key >= KEY_SETUP && key <= KEY_KIND) {
        return take_option(key, arg, state->input) < 0 ? EINVAL : 0;
    }
    return ARGP_ERR_UNKNOWN;
}

const struct argp zcb_pair_argp = {.options = own_options, .parser = parse, .doc = doc};

/* 1 when `word` is one of our own options, or asks for help. */
static int is_own(const char *word)
{
    static const char *const builtin[] = {"--help", "--usage", "--version", "-?", "-V", "-h"};
    for (size_t i = 0; i < sizeof builtin / sizeof builtin[0]; i++) {
        if (strcmp(word, builtin[i]) == 0) {
            return 1;
        }
    }
    for (const struct argp_option *o = own_options; o->name != NULL; o++) {
        size_t length = strlen(o->name);
        if (strncmp(word, "--", 2) == 0 && strncmp(word + 2, o->name, length) == 0 &&
            (word[2 + length] == '\0' || word[2 + length] == '=')) {
            return 1;
        }
    }
    return 0;
}

/* Parts argv: our own options with their values, and the words of a run. Both begin with the
 * command's name. */
static int part_words(int argc, char **argv, zcb_texts *own, zcb_texts *run, zcb_error *error)
{
    int result = zcb_texts_add(own, argv[0], error) | zcb_texts_add(run, argv[0], error);
    for (int i = 1; result == 0 && i < argc; i++) {
        if (!is_own(argv[i])) {
            result = zcb_texts_add(run, argv[i], error);
            continue;
        }
        result = zcb_texts_add(own, argv[i], error);
        int takes_next = argv[i][1] == '-' && strchr(argv[i], '=') == NULL && i + 1 < argc;
        if (result == 0 && takes_next) {
            result = zcb_texts_add(own, argv[++i], error);
        }
    }
    return result;
}

/* A misspelt --setup would be told as an option that `run` lacks. */
static int check_spelling(const zcb_texts *run, zcb_error *error)
{
    const char *names[8];
    size_t count = 0;
    for (const struct argp_option *o = own_options; o->name != NULL; o++) {
        names[count++] = o->name;
    }
    for (size_t i = 1; i < run->count; i++) {
        const char *word = run->items[i];
        char name[32];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(word, "="), word);
        const char *near = strncmp(name, "--", 2) == 0 && strlen(name) > 4
                               ? zcb_nearest(name + 2, names, count)
                               : NULL;
        if (near != NULL && zcb_edit_distance(name + 2, near) == 1) {
            return zcb_fail(error, ZCB_EXIT_USAGE, "unknown option '%s', nearest is --%s", name,
                            near);
        }
    }
    return 0;
}

static int check_complete(const pair_options *o, zcb_error *error)
{
    static const struct {
        zcb_part part;
        const char *name;
    } needed[] = {
        {ZCB_PART_SETUP, "--setup"}, {ZCB_PART_COPY, "--copy"}, {ZCB_PART_VIEW, "--view"}};
    for (size_t i = 0; i < 3; i++) {
        const char *text = o->parts[needed[i].part];
        if (text == NULL || strspn(text, " \t\r\n") == strlen(text)) {
            return zcb_fail(error, ZCB_EXIT_USAGE,
                            "%s is missing: zcbench pair --setup CODE --copy CODE --view CODE",
                            needed[i].name);
        }
    }
    return 0;
}

static zcb_pair_text pair_text(const pair_options *o)
{
    static const char *const labels[ZCB_PART_COUNT] = {"--setup", "--copy", "--view",
                                                       "--source", "--consume"};
    zcb_pair_text pair = {.name = o->name != NULL ? o->name : "pair", .kind = o->kind};
    for (int i = 0; i < ZCB_PART_COUNT; i++) {
        pair.parts[i] = (zcb_pair_part){.text = o->parts[i], .label = labels[i]};
    }
    return pair;
}

static int parse_words(int argc, char **argv, pair_options *o, zcb_session *s, zcb_texts *run,
                       zcb_error *error)
{
    zcb_texts own = {0};
    int result = part_words(argc, argv, &own, run, error);
    if (result == 0) {
        result = zcb_cmdline_parse(&zcb_pair_argp, (int)own.count, own.items, o, error);
    }
    if (result == 0) {
        result = check_spelling(run, error) < 0 || check_complete(o, error) < 0 ||
                         zcb_run_options_parse((int)run->count, run->items, &s->options,
                                               error) < 0 ||
                         zcb_user_run_check(&s->options, argv[0], error) < 0
                     ? -1
                     : 0;
    }
    zcb_texts_clear(&own);
    return result;
}

static int measure(zcb_session *s, const pair_options *o, const zcb_texts *run,
                   const char *command, zcb_error *error)
{
    zcb_pair_text pair = pair_text(o);
    char *private_dir = NULL;
    int result = zcb_pair_text_check(&pair, error) < 0 ||
                         zcb_user_run_prove(s, &pair, 1, 1, &private_dir, error) < 0 ||
                         zcb_user_run_open(s, &pair, 1, run, error) < 0
                     ? -1
                     : 0;
    zcb_user_run_remove(&private_dir);
    return result < 0 ? zcb_complain(command, error)
                      : zcb_run_measure_and_tell(s, command, error);
}

int zcb_cmd_pair(int argc, char **argv)
{
    zcb_error error = {0};
    zcb_session session = {.lock_fd = -1, .started_ns = zcb_now_ns()};
    pair_options options = {.kind = ZCB_KIND_Z, .error = &error};
    zcb_texts run = {0};
    zcb_signals_catch();
    int code = parse_words(argc, argv, &options, &session, &run, &error) < 0
                   ? zcb_complain(argv[0], &error)
                   : measure(&session, &options, &run, argv[0], &error);
    for (int i = 0; i < ZCB_PART_COUNT; i++) {
        free(options.parts[i]);
    }
    free(options.name);
    zcb_texts_clear(&run);
    zcb_session_clear(&session);
    return code;
}
