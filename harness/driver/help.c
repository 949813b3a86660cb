/* See help.h. */
#include "driver/help.h"

#include "base/words.h"
#include "driver/commands.h"

const char *zcb_help_question(void)
{
    return "From what size on does sharing beat copying in Python, by how much, and how sure\n"
           "is that?";
}

const zcb_term *zcb_help_exit_codes(void)
{
    static const zcb_term terms[] = {
        {"0", "Done: every planned cell has ended."},
        {"1", "An internal error, a full disk, a result that can't be written. What was "
              "measured is kept."},
        {"2", "Usage, a bad input file, a mistake in the user's code, an unusable folder."},
        {"3", "A regression was shown."},
        {"4", "Inconclusive, or a claim of the instrument does not hold here."},
        {"5", "Nothing was measured or found: the proof refused a pair, there is no run."},
        {"130, 143", "Interrupted by SIGINT or SIGTERM; `zcbench run --resume DIR` goes on. A "
                     "second signal ends the program at once."},
        {NULL, NULL}};
    return terms;
}

const zcb_term *zcb_help_environment(void)
{
    static const zcb_term terms[] = {
        {"NO_COLOR", "Set and not empty: no colours. --color decides over it."},
        {"CLICOLOR_FORCE", "Set, not empty and not 0: colours also without a terminal."},
        {"TMPDIR", "Where short-lived folders are made (default /tmp)."},
        {"PATH, PYENV_ROOT", "Where interpreters are looked for, and python3 above all."},
        {"XDG_CACHE_HOME", "An installed zcbench keeps the workers it builds in "
                           "$XDG_CACHE_HOME/zcbench (default ~/.cache/zcbench)."},
        {"ZCB_SHARE_DIR, ZCB_WORKER_DIR",
         "Where scripts, pairs and plot scripts lie, and where "
         "the worker programs, if not where they were put."},
        {NULL, NULL}};
    return terms;
}

const zcb_term *zcb_help_files(void)
{
    static const zcb_term terms[] = {
        {"results/latest", "The last complete run of the folder zcbench was called in: a link "
                           "to results/TIME-HOST-COMMIT/."},
        {"run.json, samples.csv, launches.csv, cells.csv, memory.csv, semantics.csv",
         "What a run recorded. Never changed afterwards."},
        {"summary.csv, speedup.csv, breakeven.csv, scaling.csv, summary.md, plots/",
         "What follows from that; `zcbench report` makes it anew."},
        {NULL, NULL}};
    return terms;
}

void zcb_help_overview(FILE *stream)
{
    fprintf(stream, "Usage: zcbench COMMAND [OPTION...] [ARGUMENT...]\n%s\n\n",
            zcb_help_question());
    for (const zcb_command *c = zcb_commands(); c->name != NULL; c++) {
        fprintf(stream, "  %-10s %s\n", c->name, c->summary);
    }
    fprintf(stream,
            "\n  --help     this text; `zcbench help COMMAND` explains a command\n"
            "  --version  %s\n\n"
            "First: zcbench run bytes_slice\n",
            ZCB_VERSION);
}
