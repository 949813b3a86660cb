/* See accept_baseline.h. */
#include "driver/accept_baseline.h"

#include "driver/console.h"
#include "report/baseline_of_run.h"
#include "store/baseline.h"

int zcb_baseline_accept(const zcb_open_run *run, const char *path, FILE *stream,
                        zcb_accepted *out, zcb_error *error)
{
    zcb_baseline baseline = {0};
    size_t left_out = 0;
    if (zcb_baseline_of_run(&run->analysis, &run->figures, &baseline, &left_out, error) < 0) {
        return -1;
    }
    int result = zcb_baseline_write(path, &baseline, error);
    if (result == 0) {
        *out = (zcb_accepted){baseline.figure_count, baseline.breakeven_count, left_out};
        fprintf(stream, "baseline %s: %zu figures and %zu break-evens of %s\n", path,
                baseline.figure_count, baseline.breakeven_count, baseline.run_id);
        if (left_out > 0) {
            zcb_note("note: %zu cells are not in it, as they are not ok", left_out);
        }
    }
    zcb_baseline_clear(&baseline);
    return result;
}
