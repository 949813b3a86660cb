/* Prints, as Markdown, how often each estimator's 95 % interval holds the truth on launches
 * that really happened, and how wide it is. Made-up launches (simulate_estimators) have the
 * shapes somebody thought of; these have those of a machine. Minutes; not part of the tests.
 * Usage: compare_estimators TRIALS CONDITION=DIR…, DIR a run's folder. */
#include "estimators.h"
#include "real_launches.h"

#include "base/random.h"
#include "stats/location.h"
#include "stats/order.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How the truth is known. */
typedef enum truth {
    TWINS,  /* the same code visited twice: ratio 1 */
    KNOWN,  /* work of a known number of steps */
    HALVES, /* copy ÷ view of one launch ÷ that of another: ratio 1 */
    WHOLE,  /* copy ÷ view against the estimator's own value on all launches */
    TRUTHS
} truth;

static const char *const truth_names[] = {"twin ÷ copy = 1", "known number of steps",
                                          "halves of one collection", "the whole collection"};
static const size_t launch_counts[] = {6, 10, 20, 30};
enum { COUNTS = 4, DRAWN_MAX = 60, BLOCKS_MAX = 64, RESAMPLES = 300, LAUNCHES_MIN = 60 };

/* What one estimator did on one ratio. */
typedef struct score {
    size_t held, made;
    double width;
} score;

/* Drawn launches. Invariant: as zcb_clusters, borrowing the arrays below. */
typedef struct draw {
    double values[DRAWN_MAX * BLOCKS_MAX], medians[DRAWN_MAX];
    size_t starts[DRAWN_MAX + 1];
    zcb_clusters clusters;
} draw;

/* The first `count` places of `order` become random ones, each at most once (Durstenfeld). */
static void pick(zcb_random *random, size_t *order, size_t total, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t j = i + (size_t)zcb_random_below(random, total - i);
        size_t kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}

static size_t blocks_of(const zcb_clusters *blocks, size_t launch)
{
    size_t count = blocks->starts[launch + 1] - blocks->starts[launch];
    return count < BLOCKS_MAX ? count : BLOCKS_MAX;
}

/* Fills the draw with the launches chosen; for halves, launch i minus launch count + i, block
 * by block. */
static void fill(draw *draw, const zcb_clusters *blocks, const size_t *chosen, size_t count,
                 int is_halves)
{
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        size_t launch = chosen[i], size = blocks_of(blocks, launch);
        const double *values = blocks->values + blocks->starts[launch], *other = NULL;
        if (is_halves) {
            size_t partner = blocks_of(blocks, chosen[count + i]);
            other = blocks->values + blocks->starts[chosen[count + i]];
            size = partner < size ? partner : size;
        }
        draw->starts[i] = used;
        for (size_t b = 0; b < size; b++) {
            draw->values[used++] = values[b] - (other != NULL ? other[b] : 0.0);
        }
    }
    draw->starts[count] = used;
    draw->clusters =
        (zcb_clusters){.values = draw->values, .starts = draw->starts, .count = count};
    zcb_need(zcb_cluster_medians(&draw->clusters, draw->medians));
}

/* What the interval is asked to hold. Launches drawn from a collection without replacement lie
 * closer to its value than to the truth behind it: the distance is stretched by what the finite
 * collection takes away, 1 / sqrt(1 - count / total). */
static double target_of(truth truth, const zcb_real_ratio *ratio, zcb_interval drawn,
                        double whole, size_t count)
{
    if (truth == HALVES) {
        return 0.0;
    }
    if (truth != WHOLE) {
        return ratio->truth;
    }
    double share = (double)count / (double)ratio->blocks.count;
    return drawn.estimate + (whole - drawn.estimate) / sqrt(1.0 - share);
}

/* Tries all estimators on `trials` draws of `count` launches of one ratio. */
static void try_ratio(const zcb_real_ratio *ratio, truth truth, size_t count, size_t trials,
                      score *scores)
{
    static draw draw;
    size_t total = ratio->blocks.count;
    size_t *order = calloc(total, sizeof *order);
    double whole[ZCB_ESTIMATORS] = {0};
    zcb_random random = {zcb_random_derive(count, (uint64_t)truth)};
    zcb_need(order == NULL ? -1 : 0);
    for (size_t i = 0; i < total; i++) {
        order[i] = i;
    }
    for (int which = 0; which < ZCB_ESTIMATORS && truth == WHOLE; which++) {
        whole[which] =
            zcb_estimator_interval((zcb_estimator)which, ratio->medians, &ratio->blocks, 1, 1)
                .estimate;
    }
    for (size_t trial = 0; trial < trials; trial++) {
        pick(&random, order, total, truth == HALVES ? 2 * count : count);
        fill(&draw, &ratio->blocks, order, count, truth == HALVES);
        for (int which = 0; which < ZCB_ESTIMATORS; which++) {
            zcb_interval out =
                zcb_estimator_interval((zcb_estimator)which, draw.medians, &draw.clusters,
                                       RESAMPLES, zcb_random_next(&random));
            if (zcb_interval_is_whole(out)) {
                double target = target_of(truth, ratio, out, whole[which], count);
                scores[which].made++;
                scores[which].held += !zcb_interval_excludes(out, target);
                scores[which].width += out.hi - out.lo;
            }
        }
    }
    free(order);
}

static int is_asked(const zcb_real_ratio *ratio, truth truth)
{
    if (ratio->blocks.count < LAUNCHES_MIN) {
        return 0;
    }
    if (truth == TWINS) {
        return ratio->is_twin;
    }
    return !ratio->is_twin && (truth == KNOWN) == !isnan(ratio->truth);
}

/* One cell of the table: over the ratios, mean coverage, its standard error, the mean width
 * relative to that of mean/t. */
typedef struct summary {
    double coverage, error, width;
} summary;

/* Fills sums[estimator] for one condition and truth; returns how many ratios went in. */
static size_t summarise(const zcb_real_launches *all, const char *condition, truth truth,
                        size_t count, size_t trials, summary *sums)
{
    size_t used = 0;
    double *coverage = calloc((all->ratio_count + 1) * ZCB_ESTIMATORS, sizeof *coverage);
    double width[ZCB_ESTIMATORS] = {0};
    zcb_need(coverage == NULL ? -1 : 0);
    for (size_t i = 0; i < all->ratio_count; i++) {
        const zcb_real_ratio *ratio = &all->ratios[i];
        score scores[ZCB_ESTIMATORS] = {{0}};
        if (strcmp(ratio->condition, condition) != 0 || !is_asked(ratio, truth)) {
            continue;
        }
        try_ratio(ratio, truth, count, trials, scores);
        for (int which = 0; which < ZCB_ESTIMATORS; which++) {
            coverage[(size_t)which * all->ratio_count + used] =
                (double)scores[which].held / (double)scores[which].made;
            width[which] += log(scores[which].width / (double)scores[which].made /
                                (scores[0].width / (double)scores[0].made));
        }
        used++;
    }
    for (int which = 0; which < ZCB_ESTIMATORS; which++) {
        const double *own = coverage + (size_t)which * all->ratio_count;
        sums[which] = (summary){zcb_mean(own, used), zcb_sd(own, used) / sqrt((double)used),
                                exp(width[which] / (double)used)};
    }
    free(coverage);
    return used;
}

static void print_table(const zcb_real_launches *all, const char *condition, truth truth,
                        size_t trials)
{
    summary sums[COUNTS][ZCB_ESTIMATORS];
    size_t used = 0;
    for (size_t i = 0; i < COUNTS; i++) {
        used = summarise(all, condition, truth, launch_counts[i], trials, sums[i]);
    }
    if (used == 0) {
        return;
    }
    printf("\n### %s: %s (%zu ratios)\n\n| estimator |", condition, truth_names[truth], used);
    for (size_t i = 0; i < COUNTS; i++) {
        printf(" %zu launches |", launch_counts[i]);
    }
    printf("\n|---|---|---|---|---|\n");
    for (int which = 0; which < ZCB_ESTIMATORS; which++) {
        printf("| %s |", zcb_estimator_name((zcb_estimator)which));
        for (size_t i = 0; i < COUNTS; i++) {
            const summary *sum = &sums[i][which];
            if (isnan(sum->coverage)) {
                printf(" – |");
            } else if (isnan(sum->error)) {
                printf(" %.3f, %.2f |", sum->coverage, sum->width);
            } else {
                printf(" %.3f ± %.3f, %.2f |", sum->coverage, sum->error, sum->width);
            }
        }
        printf("\n");
    }
}

/* Mean cubed distance over sd cubed. */
static double skewness(const double *values, size_t count)
{
    double mean = zcb_mean(values, count), sd = zcb_sd(values, count), sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        sum += pow((values[i] - mean) / sd, 3.0);
    }
    return sum / (double)count;
}

static void print_shapes(const zcb_real_launches *all)
{
    printf(
        "\n### The launches themselves\n\n| condition | ratio | launches | mean | sd | robust "
        "sd | skewness |\n|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < all->ratio_count; i++) {
        const zcb_real_ratio *ratio = &all->ratios[i];
        size_t count = ratio->blocks.count;
        double *copy = malloc((count + 1) * sizeof *copy);
        zcb_need(copy == NULL ? -1 : 0);
        memcpy(copy, ratio->medians, count * sizeof *copy);
        printf("| %s | %s | %zu | %.4f | %.2f %% | %.2f %% | %.1f |\n", ratio->condition,
               ratio->name, count, exp(zcb_mean(ratio->medians, count)),
               100.0 * zcb_sd(ratio->medians, count), 100.0 * 1.4826 * zcb_mad(copy, count),
               skewness(ratio->medians, count));
        free(copy);
    }
}

static void print_conditions(const zcb_real_launches *all)
{
    printf("| condition | runs | launches | load average while measuring (mean, highest) "
           "|\n|---|---|---|---|\n");
    for (size_t i = 0; i < all->condition_count; i++) {
        const zcb_real_condition *condition = &all->conditions[i];
        printf("| %s | %zu | %zu | %.1f, %.1f |\n", condition->name, condition->folders,
               condition->launches, condition->load1_sum / (double)condition->launches,
               condition->load1_max);
    }
}

/* Reads every CONDITION=DIR. 0 or -1 with *error filled. */
static int read_all(zcb_real_launches *all, char **arguments, int count, zcb_error *error)
{
    for (int i = 0; i < count; i++) {
        char condition[16];
        const char *equals = strchr(arguments[i], '=');
        if (equals == NULL || equals - arguments[i] >= (long)sizeof condition) {
            return zcb_fail(error, ZCB_EXIT_USAGE, "%s: not CONDITION=DIR", arguments[i]);
        }
        snprintf(condition, sizeof condition, "%.*s", (int)(equals - arguments[i]),
                 arguments[i]);
        if (zcb_real_launches_read(all, condition, equals + 1, error) != 0) {
            return -1;
        }
    }
    return zcb_real_launches_finish(all, error);
}

int main(int argc, char **argv)
{
    zcb_real_launches all = {0};
    zcb_error error = {0};
    size_t trials = argc > 2 ? (size_t)strtoul(argv[1], NULL, 10) : 0;
    int result = 0;
    if (trials == 0) {
        fputs("usage: compare_estimators TRIALS CONDITION=DIR...\n", stderr);
        return 2;
    }
    if (read_all(&all, argv + 2, argc - 2, &error) != 0) {
        fprintf(stderr, "compare_estimators: %s\n", error.text);
        result = error.exit_code;
    } else {
        print_conditions(&all);
        for (size_t i = 0; i < all.condition_count; i++) {
            for (int truth = 0; truth < TRUTHS; truth++) {
                print_table(&all, all.conditions[i].name, (enum truth)truth, trials);
            }
        }
        print_shapes(&all);
    }
    zcb_real_launches_clear(&all);
    return result;
}
