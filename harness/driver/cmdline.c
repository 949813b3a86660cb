/* See cmdline.h. */
#include "driver/cmdline.h"

#include "base/words.h"
#include "driver/nearest.h"
#include "driver/option_list.h"

#include <string.h>

void zcb_cmdline_init(void)
{
    argp_program_version = "zcbench " ZCB_VERSION;
    argp_err_exit_status = ZCB_EXIT_USAGE;
}

static int unknown_long(const zcb_option_list *list, const char *word, const char *command,
                        zcb_error *error)
{
    char name[64];
    size_t length = strcspn(word + 2, "=");
    snprintf(name, sizeof name, "%.*s", (int)(length < 63 ? length : 63), word + 2);
    const char *near = zcb_nearest(name, list->names, list->count);
    return zcb_fail(error, ZCB_EXIT_USAGE,
                    "unknown option '--%s'%s%s; `%s --help` lists all options", name,
                    near == NULL ? "" : ", nearest is --", near == NULL ? "" : near, command);
}

/* Checks argv[i]; returns how many words it takes, or -1. */
static int check_long(const zcb_option_list *list, int argc, char **argv, int i,
                      zcb_error *error)
{
    const char *word = argv[i];
    size_t length = strcspn(word + 2, "=");
    int has_value = word[2 + length] == '=';
    const struct argp_option *option = zcb_option_list_find(list, word + 2, length);
    if (option == NULL) {
        return unknown_long(list, word, argv[0], error);
    }
    int needs_value = zcb_option_needs_value(option);
    if (has_value && option->arg == NULL) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "option '--%s' takes no value", option->name);
    }
    if (needs_value && !has_value && i + 1 >= argc) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "option '--%s' needs a value: --%s=%s",
                        option->name, option->name, option->arg);
    }
    return needs_value && !has_value ? 2 : 1;
}

/* Short options: only argp's own. */
static int check_short(const char *word, const char *command, zcb_error *error)
{
    if (word[1] != '\0' && strspn(word + 1, "?V") != strlen(word + 1)) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "unknown option '%s'; `%s --help` lists all options", word, command);
    }
    return 1;
}

/* 0, -1, or 1 when one is -h, which many type for --help. */
static int check_words(const struct argp *argp, int argc, char **argv, zcb_error *error)
{
    zcb_option_list list = {.count = 0};
    zcb_option_list_add(&list, argp);
    zcb_option_list_add_builtin(&list);
    for (int i = 1; i < argc;) {
        int taken = 1;
        if (strcmp(argv[i], "--") == 0) {
            return 0;
        }
        if (strcmp(argv[i], "-h") == 0) {
            return 1;
        }
        if (strncmp(argv[i], "--", 2) == 0) {
            taken = check_long(&list, argc, argv, i, error);
        } else if (argv[i][0] == '-') {
            taken = check_short(argv[i], argv[0], error);
        }
        if (taken < 0) {
            return -1;
        }
        i += taken;
    }
    return 0;
}

int zcb_cmdline_parse(const struct argp *argp, int argc, char **argv, void *input,
                      zcb_error *error)
{
    int asks = check_words(argp, argc, argv, error);
    if (asks < 0) {
        return -1;
    }
    if (asks > 0) {
        char help[] = "--help", *words[] = {argv[0], help, NULL};
        argp_parse(argp, 2, words, 0, NULL, input); /* ends the process */
    }
    error->text[0] = '\0';
    if (argp_parse(argp, argc, argv, 0, NULL, input) == 0) {
        return 0;
    }
    if (error->text[0] == '\0') {
        zcb_fail(error, ZCB_EXIT_USAGE, "the command line can't be understood");
    }
    return -1;
}
