/* See option_list.h. */
#include "driver/option_list.h"

#include <string.h>

static const struct argp_option builtin[] = {
    {"help", '?', NULL, 0, "Explain the command", 0},
    {"usage", 'u', NULL, 0, "Show the command's options in short", 0},
    {"version", 'V', NULL, 0, "Show the version", 0},
    {0}};

static int holds(const zcb_option_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->names[i], name) == 0) {
            return 1;
        }
    }
    return 0;
}

static void add_options(zcb_option_list *list, const struct argp_option *options)
{
    for (; options != NULL && (options->name != NULL || options->doc != NULL); options++) {
        if (options->name != NULL && list->count < ZCB_OPTIONS_MAX &&
            !holds(list, options->name)) {
            list->names[list->count] = options->name;
            list->items[list->count++] = options;
        }
    }
}

void zcb_option_list_add(zcb_option_list *list, const struct argp *argp)
{
    if (argp == NULL) {
        return;
    }
    add_options(list, argp->options);
    for (const struct argp_child *c = argp->children; c != NULL && c->argp != NULL; c++) {
        zcb_option_list_add(list, c->argp);
    }
}

void zcb_option_list_add_builtin(zcb_option_list *list)
{
    add_options(list, builtin);
}

const struct argp_option *zcb_option_list_find(const zcb_option_list *list, const char *name,
                                               size_t length)
{
    const struct argp_option *found = NULL;
    for (size_t i = 0; i < list->count; i++) {
        if (strncmp(list->names[i], name, length) != 0) {
            continue;
        }
        if (list->names[i][length] == '\0') {
            return list->items[i];
        }
        if (found != NULL) {
            return NULL;
        }
        found = list->items[i];
    }
    return found;
}

int zcb_option_needs_value(const struct argp_option *option)
{
    return option->arg != NULL && (option->flags & OPTION_ARG_OPTIONAL) == 0;
}
