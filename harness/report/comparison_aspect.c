/* See comparison_aspect.h. */
#include "report/comparison_aspect.h"

#include <string.h>

const char *zcb_aspect_name(zcb_aspect aspect)
{
    static const char *const names[ZCB_ASPECT_COUNT] = {"time", "normalised", "speedup"};
    return names[aspect];
}

int zcb_aspect_parse(const char *text, zcb_aspect *out)
{
    for (int i = 0; i < ZCB_ASPECT_COUNT; i++) {
        if (strcmp(text, zcb_aspect_name((zcb_aspect)i)) == 0) {
            *out = (zcb_aspect)i;
            return 0;
        }
    }
    return -1;
}

zcb_figure zcb_aspect_figure(zcb_aspect aspect, int is_paired, int is_copy, int is_next)
{
    switch (aspect) {
    case ZCB_ASPECT_TIME:
        return is_next ? ZCB_FIGURE_COUNT : ZCB_FIGURE_TIME;
    case ZCB_ASPECT_NORMALISED:
        if (is_copy || is_paired) {
            return is_next ? ZCB_FIGURE_OVER_NULL : ZCB_FIGURE_OVER_LIMIT;
        }
        return is_next ? ZCB_FIGURE_COUNT : ZCB_FIGURE_OVER_NULL;
    default:
        return is_copy || is_next ? ZCB_FIGURE_COUNT : ZCB_FIGURE_SPEEDUP;
    }
}

const zcb_comparison_mean *zcb_aspect_series(const zcb_comparison *comparison,
                                             zcb_aspect aspect, const zcb_cell *cell,
                                             const char *arm)
{
    int is_copy = strcmp(arm, ZCB_ARM_COPY) == 0;
    for (int next = 0; next < 2; next++) {
        zcb_figure figure = zcb_aspect_figure(aspect, comparison->is_paired, is_copy, next);
        const zcb_comparison_mean *mean =
            figure == ZCB_FIGURE_COUNT
                ? NULL
                : zcb_comparison_find_series(comparison, cell, arm, figure);
        if (mean != NULL) {
            return mean;
        }
    }
    return NULL;
}

const zcb_comparison_mean *zcb_aspect_mean(const zcb_comparison *comparison, zcb_aspect aspect,
                                           int is_copy, int numpy)
{
    zcb_figure figure = zcb_aspect_figure(aspect, comparison->is_paired, is_copy, 0);
    for (size_t i = 0; i < comparison->mean_count; i++) {
        const zcb_comparison_mean *mean = &comparison->means[i];
        if (mean->figure == figure && mean->is_copy == is_copy && mean->with_numpy == numpy) {
            return mean;
        }
    }
    return NULL;
}
