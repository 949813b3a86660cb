/* The list of commands: one line each, one file each. */
#ifndef ZCB_DRIVER_COMMANDS_H
#define ZCB_DRIVER_COMMANDS_H

#include "base/error.h"

#include <argp.h>
#include <stddef.h>

/* A command. argv[0] is its full name ("zcbench run"); returns the process's exit code. Help,
 * manual page and completions are made of `argp`: every command has one. */
typedef struct zcb_command {
    const char *name;
    const char *summary; /* one line of `zcbench --help` */
    int (*run)(int argc, char **argv);
    const struct argp *argp;   /* its options, words and help */
    const struct argp *beside; /* whose options may stand beside its own; NULL: none */
} zcb_command;

int zcb_cmd_run(int argc, char **argv);
extern const struct argp zcb_run_argp;
int zcb_cmd_pair(int argc, char **argv);
extern const struct argp zcb_pair_argp;
int zcb_cmd_exporter(int argc, char **argv);
extern const struct argp zcb_exporter_argp;
int zcb_cmd_list(int argc, char **argv);
extern const struct argp zcb_list_argp;
int zcb_cmd_show(int argc, char **argv);
extern const struct argp zcb_show_argp;
int zcb_cmd_report(int argc, char **argv);
extern const struct argp zcb_report_argp;
int zcb_cmd_compare(int argc, char **argv);
extern const struct argp zcb_compare_argp;
int zcb_cmd_history(int argc, char **argv);
extern const struct argp zcb_history_argp;
int zcb_cmd_gate(int argc, char **argv);
extern const struct argp zcb_gate_argp;
int zcb_cmd_baseline(int argc, char **argv);
extern const struct argp zcb_baseline_argp;
int zcb_cmd_threshold(int argc, char **argv);
extern const struct argp zcb_threshold_argp;
int zcb_cmd_export(int argc, char **argv);
extern const struct argp zcb_export_argp;
int zcb_cmd_gbench(int argc, char **argv);
extern const struct argp zcb_gbench_argp;
int zcb_cmd_selftest(int argc, char **argv);
extern const struct argp zcb_selftest_argp;
int zcb_cmd_doctor(int argc, char **argv);
extern const struct argp zcb_doctor_argp;
int zcb_cmd_help(int argc, char **argv);
extern const struct argp zcb_help_argp;

/* What the shells ask for candidates: no command of the list. */
#define ZCB_COMPLETE "__complete"
int zcb_cmd_complete(int argc, char **argv);

/* All commands, ended by a NULL name. Static storage. */
const zcb_command *zcb_commands(void);

/* The command of that name, or NULL. */
const zcb_command *zcb_command_find(const char *name);

/* Fills `error` with what is wrong with the unknown word, all commands and the nearest one,
 * exit code 2; returns -1. */
int zcb_command_unknown(const char *word, zcb_error *error);

#endif
