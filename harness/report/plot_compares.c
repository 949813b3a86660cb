/* Why this file: the page of a run with several variants shows them against the first. */
#include "report/plot_parts.h"

#include "report/plot_comparison.h"

int zcb_plot_compares(const zcb_analysis *analysis, const char *folder, zcb_pictures *pictures,
                      zcb_error *error)
{
    zcb_launch_figures figures = {0};
    zcb_comparison_set set = {0};
    const zcb_side base = {analysis, &figures, 0};
    if (analysis->recorded->run.variant_count < 2) {
        return 0;
    }
    int result = zcb_launch_figures_make(analysis->recorded, &figures, error);
    for (size_t v = 1; result == 0 && v < analysis->recorded->run.variant_count; v++) {
        const zcb_side head = {analysis, &figures, v};
        result = zcb_comparison_set_add(&set, &base, &head, NULL, error);
    }
    if (result == 0) {
        zcb_comparison_set_drop_bridges(&set);
        result = zcb_plot_comparison(&set, folder, pictures, error);
    }
    zcb_comparison_set_clear(&set);
    zcb_launch_figures_clear(&figures);
    return result;
}
