/* See read_run.h. */
#include "driver/read_run.h"

#include <sys/stat.h>

int zcb_read_run_open(const char *dir, zcb_read_run *out, zcb_error *error)
{
    struct stat info;
    *out = (zcb_read_run){0};
    if (stat(dir, &info) < 0 || !S_ISDIR(info.st_mode)) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "'%s' is no folder of a run", dir);
    }
    if (zcb_recorded_read(dir, &out->recorded, error) < 0) {
        return -1;
    }
    if (zcb_analyse(&out->recorded, &out->analysis, error) < 0 ||
        zcb_launch_figures_make(&out->recorded, &out->figures, error) < 0) {
        zcb_read_run_clear(out);
        return -1;
    }
    return 0;
}

void zcb_read_run_clear(zcb_read_run *run)
{
    zcb_launch_figures_clear(&run->figures);
    zcb_analysis_clear(&run->analysis);
    zcb_recorded_clear(&run->recorded);
}

int zcb_read_run_check_complete(const zcb_read_run *run, const char *dir, zcb_error *error)
{
    return run->recorded.run.complete
               ? 0
               : zcb_fail(error, ZCB_EXIT_NOTHING,
                          "the run in '%s' is incomplete: `zcbench run --resume %s` goes on",
                          dir, dir);
}
