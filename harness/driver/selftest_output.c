/* See selftest_output.h. */
#include "driver/selftest_output.h"

#include "report/text.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { WHAT_COLUMNS = 28, PROMISE_COLUMNS = 7, FIGURE_COLUMNS = 22, TRIALS_COLUMNS = 6 };

static const char *const unit_names[] = {"share", "factor", "ns"};

/* Per cent with one decimal; two where that says more. */
static int decimals_of(const zcb_selftest_figure *figure)
{
    switch (figure->unit) {
    case ZCB_SELFTEST_UNIT_SHARE:
        return figure->trials > 0 ? 1 : 2;
    case ZCB_SELFTEST_UNIT_FACTOR:
        return 4;
    default:
        return figure->value.estimate < 10 ? 2 : 1;
    }
}

char *zcb_selftest_figure_text(const zcb_selftest_figure *figure, char *out, size_t size)
{
    int digits = decimals_of(figure);
    double scale = figure->unit == ZCB_SELFTEST_UNIT_SHARE ? 100 : 1;
    const char *unit = figure->unit == ZCB_SELFTEST_UNIT_SHARE ? " %"
                       : figure->unit == ZCB_SELFTEST_UNIT_NS  ? " ns"
                                                               : "";
    zcb_interval v = {figure->value.estimate * scale, figure->value.lo * scale,
                      figure->value.hi * scale};
    if (isnan(v.estimate) && !isnan(v.lo)) {
        snprintf(out, size, "≥ %.*f%s", digits, v.lo, unit);
    } else if (isnan(v.estimate)) {
        snprintf(out, size, "–");
    } else if (!zcb_interval_is_whole(v)) {
        snprintf(out, size, "%.*f%s", digits, v.estimate, unit);
    } else {
        snprintf(out, size, "%.*f%s (%.*f–%.*f)", digits, v.estimate, unit, digits, v.lo,
                 digits, v.hi);
    }
    return out;
}

/* `text`, and blanks up to `columns` where something `follows` in the line. */
static void print_column(FILE *stream, const char *text, size_t columns, int follows)
{
    size_t width = zcb_text_width(text);
    int blanks = follows ? (int)(width < columns ? columns - width : 0) + 1 : 0;
    fprintf(stream, "%s%*s", text, blanks, "");
}

static void print_line(FILE *stream, const char *what, const char *promise, const char *figure,
                       const char *trials, const char *verdict)
{
    int has_more = trials[0] != '\0' || verdict[0] != '\0';
    print_column(stream, what, WHAT_COLUMNS, 1);
    print_column(stream, promise, PROMISE_COLUMNS, 1);
    print_column(stream, figure, FIGURE_COLUMNS, has_more);
    if (has_more) {
        fprintf(stream, "%*s%s%s", (int)TRIALS_COLUMNS, trials, verdict[0] == '\0' ? "" : " ",
                verdict);
    }
    fputc('\n', stream);
}

static void print_figures(FILE *stream, const zcb_selftest_figures *figures, int are_claims)
{
    for (size_t i = 0; i < figures->count; i++) {
        const zcb_selftest_figure *figure = &figures->items[i];
        char text[2 * ZCB_SELFTEST_TEXT_MAX], trials[32] = "";
        if ((figure->claim != ZCB_CLAIM_NONE) != are_claims) {
            continue;
        }
        if (figure->unit == ZCB_SELFTEST_UNIT_SHARE &&
            (figure->trials > 0 || isnan(figure->value.lo))) {
            snprintf(trials, sizeof trials, "%" PRIu64, figure->trials);
        }
        print_line(stream, figure->what, figure->promise,
                   zcb_selftest_figure_text(figure, text, sizeof text), trials,
                   zcb_claim_name(figure->claim));
    }
}

static void print_broken(FILE *stream, const zcb_selftest_figures *figures)
{
    fputs("Does not hold on this machine as it is:\n", stream);
    for (size_t i = 0; i < figures->count; i++) {
        const zcb_selftest_figure *figure = &figures->items[i];
        char text[2 * ZCB_SELFTEST_TEXT_MAX];
        if (figure->claim == ZCB_CLAIM_BROKEN) {
            fprintf(stream, "  %s: %s, promised %s\n", figure->what,
                    zcb_selftest_figure_text(figure, text, sizeof text), figure->promise);
        }
    }
}

static void print_outcome(FILE *stream, const zcb_selftest_figures *figures)
{
    if (zcb_selftest_figures_count(figures, ZCB_CLAIM_BROKEN) > 0) {
        print_broken(stream, figures);
    } else if (zcb_selftest_figures_count(figures, ZCB_CLAIM_OPEN) > 0) {
        fputs("Nothing speaks against a claim; a longer --budget tells more.\n", stream);
    } else {
        fputs("Every claim holds on this machine as it is.\n", stream);
    }
}

void zcb_selftest_print(const zcb_run *run, const zcb_findings *findings,
                        const zcb_selftest_figures *figures, FILE *stream)
{
    char visible[256];
    fprintf(stream, "zcbench selftest · %s %s · %zu sets of launches\n",
            zcb_text_visible(run->variants[0].name, visible, sizeof visible),
            run->variants[0].version, findings->sets);
    fprintf(stream,
            "Each trial is a verdict on %u launches × %u blocks, half of a standard run's.\n"
            "Seed %" PRIu64 ".\n\n",
            ZCB_SELFTEST_LAUNCHES, run->plan.blocks, run->seed);
    print_line(stream, "CLAIM", "PROMISE", "FIGURE (95 % interval)", "TRIALS", "");
    print_figures(stream, figures, 1);
    fputs("\nFOR INFORMATION\n", stream);
    print_figures(stream, figures, 0);
    fputc('\n', stream);
    print_outcome(stream, figures);
}

static json_t *number_or_null(double number)
{
    return isfinite(number) ? json_real(number) : json_null();
}

static json_t *figure_json(const zcb_selftest_figure *figure)
{
    json_t *object = json_object();
    json_object_set_new(object, "id", json_string(figure->id));
    json_object_set_new(object, "what", json_string(figure->what));
    json_object_set_new(object, "unit", json_string(unit_names[figure->unit]));
    json_object_set_new(object, "value", number_or_null(figure->value.estimate));
    json_object_set_new(object, "lo", number_or_null(figure->value.lo));
    json_object_set_new(object, "hi", number_or_null(figure->value.hi));
    json_object_set_new(object, "trials",
                        figure->trials > 0 ? json_integer((json_int_t)figure->trials)
                                           : json_null());
    json_object_set_new(object, "promise",
                        figure->promise[0] != '\0' ? json_string(figure->promise)
                                                   : json_null());
    json_object_set_new(object, "verdict",
                        figure->claim != ZCB_CLAIM_NONE
                            ? json_string(zcb_claim_name(figure->claim))
                            : json_null());
    return object;
}

json_t *zcb_selftest_json(const zcb_run *run, const zcb_findings *findings,
                          const zcb_selftest_figures *figures, const char *folder)
{
    char seed[32];
    snprintf(seed, sizeof seed, "%" PRIu64, run->seed);
    json_t *list = json_array();
    for (size_t i = 0; i < figures->count; i++) {
        json_array_append_new(list, figure_json(&figures->items[i]));
    }
    json_t *root = json_object();
    json_object_set_new(root, "schema", json_integer(1));
    json_object_set_new(root, "python", json_string(run->variants[0].name));
    json_object_set_new(root, "version", json_string(run->variants[0].version));
    json_object_set_new(root, "seed", json_string(seed));
    json_object_set_new(root, "budget_s", number_or_null(run->plan.budget_s));
    json_object_set_new(root, "launches", json_integer((json_int_t)findings->launches));
    json_object_set_new(root, "sets", json_integer((json_int_t)findings->sets));
    json_object_set_new(root, "set_launches", json_integer(ZCB_SELFTEST_LAUNCHES));
    json_object_set_new(root, "blocks", json_integer(run->plan.blocks));
    json_object_set_new(root, "visit_ns", json_integer((json_int_t)run->plan.visit_ns));
    json_object_set_new(root, "folder", folder == NULL ? json_null() : json_string(folder));
    json_object_set_new(root, "figures", list);
    json_object_set_new(
        root, "broken",
        json_integer((json_int_t)zcb_selftest_figures_count(figures, ZCB_CLAIM_BROKEN)));
    return root;
}
