/* See commands.h. */
#include "driver/commands.h"

#include "driver/nearest.h"

#include <stdio.h>
#include <string.h>

static const zcb_command commands[] = {
    {"run", "measure copying against sharing", zcb_cmd_run, &zcb_run_argp, NULL},
    {"pair", "a pair from the command line, like timeit", zcb_cmd_pair, &zcb_pair_argp,
     &zcb_run_argp},
    {"exporter", "what an object of your own costs to export, beside bytes", zcb_cmd_exporter,
     &zcb_exporter_argp, &zcb_run_argp},
    {"list", "what pairs exist, and where they can run", zcb_cmd_list, &zcb_list_argp, NULL},
    {"show", "one pair: why it is fair, and the code of both arms", zcb_cmd_show,
     &zcb_show_argp, NULL},
    {"report", "rebuild every table and plot from a run's recorded data", zcb_cmd_report,
     &zcb_report_argp, NULL},
    {"compare", "variants of one run, or two runs: what changed, by how much", zcb_cmd_compare,
     &zcb_compare_argp, NULL},
    {"gate", "fail a CI job when code became slower", zcb_cmd_gate, &zcb_gate_argp, NULL},
    {"baseline", "accept a run: the figures a gate judges later ones by", zcb_cmd_baseline,
     &zcb_baseline_argp, NULL},
    {"history", "speed-up and break-even from run to run", zcb_cmd_history, &zcb_history_argp,
     NULL},
    {"threshold", "the size to copy below, as a constant to paste", zcb_cmd_threshold,
     &zcb_threshold_argp, NULL},
    {"export", "a run as files for pyperf, Google Benchmark and CI services", zcb_cmd_export,
     &zcb_export_argp, NULL},
    {"gbench", "the C pairs as an ordinary Google Benchmark program", zcb_cmd_gbench,
     &zcb_gbench_argp, NULL},
    {"selftest", "what the instrument can and can't detect on this machine", zcb_cmd_selftest,
     &zcb_selftest_argp, NULL},
    {"doctor", "interpreters, tools and noise of this machine, and what to mend",
     zcb_cmd_doctor, &zcb_doctor_argp, NULL},
    {"help", "explain a command; the manual page", zcb_cmd_help, &zcb_help_argp, NULL},
    {0}};

const zcb_command *zcb_commands(void)
{
    return commands;
}

const zcb_command *zcb_command_find(const char *name)
{
    for (const zcb_command *c = commands; c->name != NULL; c++) {
        if (strcmp(name, c->name) == 0) {
            return c;
        }
    }
    return NULL;
}

int zcb_command_unknown(const char *word, zcb_error *error)
{
    const char *names[sizeof commands / sizeof commands[0]];
    size_t count = 0;
    char list[512] = "";
    for (const zcb_command *c = commands; c->name != NULL; c++) {
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", count > 0 ? ", " : "", c->name);
        names[count++] = c->name;
    }
    const char *near = zcb_nearest(word, names, count);
    return zcb_fail(error, ZCB_EXIT_USAGE, "unknown %s '%s'%s%s: one of %s",
                    word[0] == '-' ? "option" : "command", word,
                    near == NULL ? "" : ", nearest is ", near == NULL ? "" : near, list);
}
