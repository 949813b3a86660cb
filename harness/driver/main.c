/* The program `zcbench`: finds the command and hands the rest of the words to it. */
#include "base/error.h"
#include "base/words.h"
#include "driver/cmdline.h"
#include "driver/commands.h"
#include "driver/console.h"
#include "driver/nearest.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

static void print_help(FILE *stream)
{
    fprintf(stream,
            "Usage: zcbench COMMAND [OPTION...] [ARGUMENT...]\n"
            "From what size on does sharing beat copying in Python, by how much, and how sure "
            "is that?\n\n");
    for (const zcb_command *c = zcb_commands(); c->name != NULL; c++) {
        fprintf(stream, "  %-10s %s\n", c->name, c->summary);
    }
    fprintf(stream,
            "\n  --help     this text; `zcbench COMMAND --help` explains a command\n"
            "  --version  %s\n\n"
            "First: zcbench run bytes_slice\n",
            ZCB_VERSION);
}

static int flush_stdout(int code)
{
    return fflush(stdout) == 0 || code != 0 ? code : ZCB_EXIT_INTERNAL;
}

static int unknown(const char *word)
{
    const char *names[64];
    size_t count = 0;
    char list[512] = "";
    zcb_error error;
    for (const zcb_command *c = zcb_commands(); c->name != NULL && count < 64; c++) {
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", count > 0 ? ", " : "", c->name);
        names[count++] = c->name;
    }
    const char *near = zcb_nearest(word, names, count);
    zcb_fail(&error, ZCB_EXIT_USAGE, "unknown %s '%s'%s%s: one of %s",
             word[0] == '-' ? "option" : "command", word, near == NULL ? "" : ", nearest is ",
             near == NULL ? "" : near, list);
    return zcb_complain("zcbench", &error);
}

static int run_command(const zcb_command *command, int argc, char **argv)
{
    char name[64];
    snprintf(name, sizeof name, "zcbench %s", command->name);
    argv[0] = name;
    return flush_stdout(command->run(argc, argv));
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");
    zcb_cmdline_init();
    if (argc < 2) {
        zcb_error error;
        zcb_fail(&error, ZCB_EXIT_USAGE, "no command given; `zcbench --help` lists them");
        return zcb_complain("zcbench", &error);
    }
    if (strcmp(argv[1], "--help") == 0) {
        print_help(stdout);
        return flush_stdout(0);
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("zcbench %s\n", ZCB_VERSION);
        return flush_stdout(0);
    }
    for (const zcb_command *c = zcb_commands(); c->name != NULL; c++) {
        if (strcmp(argv[1], c->name) == 0) {
            return run_command(c, argc - 1, argv + 1);
        }
    }
    return unknown(argv[1]);
}
