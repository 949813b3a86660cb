/* The program `zcbench`: finds the command and hands the rest of the words to it. */
#include "base/error.h"
#include "base/words.h"
#include "driver/cmdline.h"
#include "driver/commands.h"
#include "driver/console.h"
#include "driver/help.h"
#include "driver/streams.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

static int run_command(const zcb_command *command, int argc, char **argv)
{
    char name[64];
    snprintf(name, sizeof name, "zcbench %s", command->name);
    argv[0] = name;
    return command->run(argc, argv);
}

static int without_command(void)
{
    zcb_error error;
    zcb_help_overview(stderr);
    zcb_fail(&error, ZCB_EXIT_USAGE, "no command given");
    return zcb_complain("zcbench", &error);
}

/* A word that stands where a command is looked for: asks about the program itself, or is
 * unknown. */
static int answer(const char *word)
{
    zcb_error error;
    if (strcmp(word, "--help") == 0 || strcmp(word, "-?") == 0 || strcmp(word, "-h") == 0) {
        zcb_help_overview(stdout);
        return 0;
    }
    if (strcmp(word, "--usage") == 0) {
        puts("Usage: zcbench COMMAND [OPTION...] [ARGUMENT...]");
        return 0;
    }
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
        printf("zcbench %s\n", ZCB_VERSION);
        return 0;
    }
    zcb_command_unknown(word, &error);
    return zcb_complain("zcbench", &error);
}

static int dispatch(int argc, char **argv)
{
    if (argc < 2) {
        return without_command();
    }
    if (strcmp(argv[1], ZCB_COMPLETE) == 0) {
        return zcb_cmd_complete(argc - 1, argv + 1);
    }
    const zcb_command *command = zcb_command_find(argv[1]);
    return command != NULL ? run_command(command, argc - 1, argv + 1) : answer(argv[1]);
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");
    zcb_streams_secure();
    zcb_cmdline_init();
    return zcb_streams_finish(dispatch(argc, argv));
}
