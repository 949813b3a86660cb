/* See commands.h. */
#include "driver/commands.h"

static const zcb_command commands[] = {
    {"run", "measure copying against sharing", zcb_cmd_run},
    {"pair", "a pair from the command line, like timeit", zcb_cmd_pair},
    {"exporter", "what an object of your own costs to export, beside bytes", zcb_cmd_exporter},
    {"list", "what pairs exist, and where they can run", zcb_cmd_list},
    {"show", "one pair: why it is fair, and the code of both arms", zcb_cmd_show},
    {"report", "rebuild every table and plot from a run's recorded data", zcb_cmd_report},
    {"compare", "variants of one run, or two runs: what changed, by how much", zcb_cmd_compare},
    {"threshold", "the size to copy below, as a constant to paste", zcb_cmd_threshold},
    {"selftest", "what the instrument can and can't detect on this machine", zcb_cmd_selftest},
    {"doctor", "interpreters, tools and noise of this machine, and what to mend",
     zcb_cmd_doctor},
    {0}};

const zcb_command *zcb_commands(void)
{
    return commands;
}
