/* Why this file: `run` and `report` leave the same folder behind because both end here. */
#include "report/derive.h"

#include "report/answers_page.h"
#include "report/page.h"
#include "report/plot.h"
#include "report/summary_md.h"
#include "store/derived.h"
#include "store/files.h"

#include <limits.h>
#include <string.h>

/* dir/name into path; -1 when it is too long. */
static int make_path(char path[PATH_MAX], const char *dir, const char *name, zcb_error *error)
{
    int length = snprintf(path, PATH_MAX, "%s/%s", dir, name);
    return length > 0 && length < PATH_MAX
               ? 0
               : zcb_fail(error, ZCB_EXIT_INTERNAL, "the path of %s is too long", name);
}

static int write_tables(const zcb_analysis *analysis, const char *dir, zcb_error *error)
{
    const char *run_id = analysis->recorded->run.run_id;
    const zcb_cells *cells = analysis->recorded->cells;
    char summary[PATH_MAX], speedup[PATH_MAX], breakeven[PATH_MAX], scaling[PATH_MAX];
    if (make_path(summary, dir, "summary.csv", error) != 0 ||
        make_path(speedup, dir, "speedup.csv", error) != 0 ||
        make_path(breakeven, dir, "breakeven.csv", error) != 0 ||
        make_path(scaling, dir, "scaling.csv", error) != 0) {
        return -1;
    }
    run_id = run_id != NULL ? run_id : "";
    if (zcb_summary_write(summary, run_id, cells, analysis->summary, analysis->summary_count,
                          error) != 0 ||
        zcb_speedup_write(speedup, run_id, cells, analysis->speedup, analysis->speedup_count,
                          error) != 0 ||
        zcb_breakeven_write(breakeven, run_id, cells, analysis->breakeven,
                            analysis->breakeven_count, error) != 0) {
        return -1;
    }
    return zcb_scaling_write(scaling, run_id, cells, analysis->scaling, analysis->scaling_count,
                             error);
}

static int write_page(const zcb_analysis *analysis, const char *dir, zcb_error *error)
{
    char path[PATH_MAX];
    if (make_path(path, dir, "summary.md", error) != 0) {
        return -1;
    }
    zcb_file *file = zcb_file_begin(path, error);
    if (file == NULL) {
        return -1;
    }
    if (zcb_summary_md(analysis, zcb_file_stream(file), error) != 0) {
        zcb_file_discard(file);
        return -1;
    }
    return zcb_file_commit(file, error);
}

static int write_answers(const zcb_analysis *analysis, const char *dir, zcb_error *error)
{
    char path[PATH_MAX];
    if (make_path(path, dir, "answers.md", error) != 0) {
        return -1;
    }
    zcb_file *file = zcb_file_begin(path, error);
    if (file == NULL) {
        return -1;
    }
    zcb_answers_page(analysis, zcb_file_stream(file));
    return zcb_file_commit(file, error);
}

static int write_report(const zcb_analysis *analysis, const char *dir,
                        const zcb_pictures *pictures, zcb_error *error)
{
    char path[PATH_MAX];
    if (make_path(path, dir, "report.html", error) != 0) {
        return -1;
    }
    zcb_file *file = zcb_file_begin(path, error);
    if (file == NULL) {
        return -1;
    }
    if (zcb_page_write(analysis, dir, pictures, zcb_file_stream(file), error) != 0) {
        zcb_file_discard(file);
        return -1;
    }
    return zcb_file_commit(file, error);
}

int zcb_report_write_analysis(const zcb_analysis *analysis, const char *dir,
                              const zcb_report_options *options, zcb_error *error)
{
    static const zcb_report_options defaults;
    zcb_pictures pictures = {0};
    options = options != NULL ? options : &defaults;
    int is_all = options->figures == NULL;
    if (is_all &&
        (write_tables(analysis, dir, error) != 0 || write_page(analysis, dir, error) != 0 ||
         write_answers(analysis, dir, error) != 0)) {
        return -1;
    }
    int result = zcb_plots_write(analysis, dir, options, &pictures, error);
    if (result == 0 && is_all) {
        result = write_report(analysis, dir, &pictures, error);
    }
    zcb_pictures_clear(&pictures);
    return result;
}

int zcb_report_write(const zcb_recorded *recorded, const char *dir,
                     const zcb_report_options *options, zcb_error *error)
{
    zcb_analysis analysis;
    if (zcb_analyse(recorded, &analysis, error) != 0) {
        return -1;
    }
    int result = zcb_report_write_analysis(&analysis, dir, options, error);
    zcb_analysis_clear(&analysis);
    return result;
}
