/* The list of commands: one line each, one file each. */
#ifndef ZCB_DRIVER_COMMANDS_H
#define ZCB_DRIVER_COMMANDS_H

#include <stddef.h>

/* A command. argv[0] is its full name ("zcbench run"); returns the process's exit code. */
typedef struct zcb_command {
    const char *name;
    const char *summary; /* one line of `zcbench --help` */
    int (*run)(int argc, char **argv);
} zcb_command;

int zcb_cmd_run(int argc, char **argv);
int zcb_cmd_pair(int argc, char **argv);
int zcb_cmd_exporter(int argc, char **argv);
int zcb_cmd_list(int argc, char **argv);
int zcb_cmd_show(int argc, char **argv);
int zcb_cmd_report(int argc, char **argv);
int zcb_cmd_compare(int argc, char **argv);
int zcb_cmd_threshold(int argc, char **argv);
int zcb_cmd_selftest(int argc, char **argv);
int zcb_cmd_doctor(int argc, char **argv);

/* All commands, ended by a NULL name. Static storage. */
const zcb_command *zcb_commands(void);

#endif
