/* `zcbench help`: the overview, a command's own help, or the manual page. */
#include "driver/commands.h"

#include "driver/cmdline.h"
#include "driver/console.h"
#include "driver/help.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { KEY_MAN = 0x300 };

static const struct argp_option help_options[] = {
    {"man", KEY_MAN, NULL, 0, "Print the manual page, in roff: zcbench help --man | man -l -",
     0},
    {0}};

static const char doc[] =
    "Explain a command, as its --help does; without COMMAND, what commands "
    "there are."
    "\v"
    "Examples:\n"
    "  zcbench help run\n"
    "  zcbench help --man | man -l -";

/* Zero value: nothing given. */
typedef struct help_options_given {
    int man;
    const char *command; /* borrowed */
    zcb_error *error;    /* borrowed */
} help_options_given;

static error_t parse(int key, char *arg, struct argp_state *state)
{
    help_options_given *given = state->input;
    if (key == KEY_MAN) {
        given->man = 1;
        return 0;
    }
    if (key != ARGP_KEY_ARG) {
        return ARGP_ERR_UNKNOWN;
    }
    if (given->command != NULL) {
        zcb_fail(given->error, ZCB_EXIT_USAGE,
                 "one COMMAND is explained at a time, '%s' is one "
                 "word too many",
                 arg);
        return EINVAL;
    }
    given->command = arg;
    return 0;
}

const struct argp zcb_help_argp = {
    .options = help_options, .parser = parse, .args_doc = "[COMMAND]", .doc = doc};

/* Lets the command explain itself; ends the process. */
static int explain(const char *word, zcb_error *error)
{
    const zcb_command *command = zcb_command_find(word);
    char name[64], option[] = "--help";
    char *argv[] = {name, option, NULL};
    if (command == NULL) {
        return zcb_command_unknown(word, error);
    }
    snprintf(name, sizeof name, "zcbench %s", command->name);
    return command->run(2, argv);
}

int zcb_cmd_help(int argc, char **argv)
{
    zcb_error error = {0};
    help_options_given given = {.error = &error};
    int result = zcb_cmdline_parse(&zcb_help_argp, argc, argv, &given, &error);
    if (result == 0 && given.man) {
        zcb_manual_write(stdout);
    } else if (result == 0 && given.command != NULL) {
        result = explain(given.command, &error);
    } else if (result == 0) {
        zcb_help_overview(stdout);
    }
    return result < 0 ? zcb_complain(argv[0], &error) : result;
}
