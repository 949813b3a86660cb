/* Why this file: what the terminal sums up stands here whole, for whoever computes further. */
#include "report/comparison_files.h"

#include "report/builds.h"
#include "store/compared.h"

#include <limits.h>
#include <string.h>

enum { BUILDS_MAX = 256 };

char *zcb_comparison_builds(unsigned differences, zcb_share share, char *out, size_t size)
{
    /* Python's share has one numpy, and in numpy's the two Pythons cancel */
    unsigned numpy = (unsigned)ZCB_BUILD_NUMPY;
    unsigned touching = share == ZCB_SHARE_WHOLE    ? differences
                        : share == ZCB_SHARE_PYTHON ? differences & ~numpy
                                                    : differences & numpy;
    return zcb_build_words(touching, out, size);
}

static zcb_compared_number number_of(zcb_interval interval)
{
    return (zcb_compared_number){interval.estimate, interval.lo, interval.hi};
}

static const zcb_run *run_of(const zcb_side *side)
{
    return &side->analysis->recorded->run;
}

static zcb_compared_sides sides_of(const zcb_comparison *comparison)
{
    const zcb_run *base = run_of(&comparison->base), *head = run_of(&comparison->head);
    return (zcb_compared_sides){
        zcb_side_run_id(&comparison->base), base->variants[comparison->base.variant].name,
        zcb_side_run_id(&comparison->head), head->variants[comparison->head.variant].name};
}

static const zcb_cell *cell_of(const zcb_comparison *comparison, uint32_t cell)
{
    return zcb_cells_at(comparison->base.analysis->recorded->cells, cell);
}

/* Writes one item's rows of one table. */
typedef void (*item_writer)(const zcb_compared *item, FILE *stream);

static void write_cells(const zcb_compared *item, FILE *stream)
{
    const zcb_compared_sides sides = sides_of(&item->shares[ZCB_SHARE_WHOLE]);
    for (int share = 0; share < ZCB_SHARE_COUNT; share++) {
        const zcb_comparison *comparison = &item->shares[share];
        for (size_t i = 0; i < comparison->row_count; i++) {
            const zcb_comparison_row *row = &comparison->rows[i];
            char builds[BUILDS_MAX];
            zcb_comparison_builds(row->differences, (zcb_share)share, builds, sizeof builds);
            zcb_compared_print(
                stream, &(zcb_compared_row){
                            .sides = &sides,
                            .cell = cell_of(comparison, row->base_cell),
                            .arm = row->arm,
                            .figure = zcb_figure_name(row->figure),
                            .share = zcb_share_name((zcb_share)share),
                            .base = number_of(row->base),
                            .head = number_of(row->head),
                            .ratio = number_of(row->ratio),
                            .launches = row->launches,
                            .p = row->p,
                            .adjusted_p = row->adjusted_p,
                            .verdict = zcb_comparison_verdict_name(row->figure, row->verdict),
                            .builds = builds});
        }
    }
}

static void write_mean(const zcb_compared *item, zcb_share share,
                       const zcb_comparison_mean *mean, FILE *stream)
{
    static const char *const pairs[] = {"all", "other", "numpy"};
    const zcb_compared_sides sides = sides_of(&item->shares[ZCB_SHARE_WHOLE]);
    int is_series = mean->arm != NULL;
    char builds[BUILDS_MAX];
    zcb_comparison_builds(mean->differences, share, builds, sizeof builds);
    zcb_compared_mean_print(
        stream, &(zcb_compared_row){
                    .sides = &sides,
                    .cell = is_series ? cell_of(&item->shares[share], mean->base_cell) : NULL,
                    .arm = is_series       ? mean->arm
                           : mean->is_copy ? ZCB_ARM_COPY
                                           : ZCB_ARM_VIEW,
                    .pairs = is_series                   ? ""
                             : share == ZCB_SHARE_PYTHON ? pairs[2]
                                                         : pairs[mean->with_numpy + 1],
                    .figure = zcb_figure_name(mean->figure),
                    .share = zcb_share_name(share),
                    .ratio = number_of(mean->ratio),
                    .cells = mean->cells,
                    .launches = mean->launches,
                    .p = mean->p,
                    .adjusted_p = mean->adjusted_p,
                    .verdict = zcb_comparison_verdict_name(mean->figure, mean->verdict),
                    .builds = builds});
}

static void write_means(const zcb_compared *item, FILE *stream)
{
    for (int share = 0; share < ZCB_SHARE_COUNT; share++) {
        const zcb_comparison *comparison = &item->shares[share];
        for (size_t i = 0; i < comparison->series_count; i++) {
            write_mean(item, (zcb_share)share, &comparison->series[i], stream);
        }
        for (size_t i = 0; i < comparison->mean_count; i++) {
            write_mean(item, (zcb_share)share, &comparison->means[i], stream);
        }
    }
}

static void write_breakevens(const zcb_compared *item, FILE *stream)
{
    const zcb_comparison *whole = &item->shares[ZCB_SHARE_WHOLE];
    const zcb_compared_sides sides = sides_of(whole);
    const zcb_analysis *base = whole->base.analysis, *head = whole->head.analysis;
    for (size_t i = 0; i < item->breakeven_count; i++) {
        const zcb_breakeven_change *change = &item->breakevens[i];
        char builds[BUILDS_MAX];
        zcb_build_words(change->differences, builds, sizeof builds);
        zcb_compared_breakeven_print(
            stream, &(zcb_compared_breakeven){
                        .sides = &sides,
                        .cell = cell_of(whole, base->results[change->base->result_first].cell),
                        .arm = change->base->arm,
                        .base_status = base->breakeven[change->base->breakeven_first].status,
                        .head_status = head->breakeven[change->head->breakeven_first].status,
                        .base_bytes = number_of(change->base_bytes),
                        .head_bytes = number_of(change->head_bytes),
                        .ratio = number_of(change->ratio),
                        .builds = builds});
    }
}

static int write_table(const zcb_comparison_set *set, const char *dir, const char *name,
                       zcb_file *(*begin)(const char *, zcb_error *), item_writer write_item,
                       zcb_error *error)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/%s", dir, name);
    if (length < 0 || (size_t)length >= sizeof path) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "the path of %s is too long", name);
    }
    zcb_file *file = begin(path, error);
    if (file == NULL) {
        return -1;
    }
    for (size_t i = 0; i < set->count; i++) {
        write_item(&set->items[i], zcb_file_stream(file));
    }
    return zcb_file_commit(file, error);
}

int zcb_comparison_write(const zcb_comparison_set *set, const char *dir, zcb_error *error)
{
    if (write_table(set, dir, "compare.csv", zcb_compared_begin, write_cells, error) != 0 ||
        write_table(set, dir, "compare-means.csv", zcb_compared_means_begin, write_means,
                    error) != 0) {
        return -1;
    }
    return write_table(set, dir, "compare-breakeven.csv", zcb_compared_breakevens_begin,
                       write_breakevens, error);
}
