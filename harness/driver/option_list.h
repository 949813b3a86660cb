/* All options of a command in one list, as argp knows them: what is checked, completed and
 * written into the manual page is what is parsed. */
#ifndef ZCB_DRIVER_OPTION_LIST_H
#define ZCB_DRIVER_OPTION_LIST_H

#include <argp.h>
#include <stddef.h>

#define ZCB_OPTIONS_MAX 96

/* Borrowed from argp's own tables. Invariant: items[i]->name is names[i], without "--". Zero
 * value: empty. */
typedef struct zcb_option_list {
    const struct argp_option *items[ZCB_OPTIONS_MAX];
    const char *names[ZCB_OPTIONS_MAX];
    size_t count;
} zcb_option_list;

/* Adds the options of `argp` and of its children; what is in the list already stays first. NULL
 * adds nothing. */
void zcb_option_list_add(zcb_option_list *list, const struct argp *argp);

/* Adds --help, --usage, --version, which argp brings itself. */
void zcb_option_list_add_builtin(zcb_option_list *list);

/* The option named by the first `length` bytes of `name`, or begun by them and by no other's;
 * NULL if none. */
const struct argp_option *zcb_option_list_find(const zcb_option_list *list, const char *name,
                                               size_t length);

/* 1 when the option can't stand without a value. */
int zcb_option_needs_value(const struct argp_option *option);

#endif
