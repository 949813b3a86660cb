/* See progress.h. */
#include "driver/progress.h"

#include "driver/amounts.h"
#include "driver/color.h"
#include "driver/console.h"
#include "report/text.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define TERMINAL_EVERY_NS UINT64_C(200000000)
#define BAR_CELLS 16

void zcb_progress_start(zcb_progress *progress, uint64_t started_ns, int is_colored)
{
    *progress = (zcb_progress){.is_started = 1,
                               .is_terminal = zcb_is_capable_terminal(STDERR_FILENO),
                               .is_colored = is_colored,
                               .started_ns = started_ns,
                               .shown_ns = zcb_now_ns()};
}

int zcb_progress_is_due(const zcb_progress *progress)
{
    uint64_t every =
        progress->is_terminal ? TERMINAL_EVERY_NS : (uint64_t)(ZCB_PROGRESS_EVERY_S * 1e9);
    return progress->is_started && zcb_now_ns() - progress->shown_ns >= every;
}

static void make_bar(double share, int cells, char out[BAR_CELLS + 3])
{
    int full = (int)(share * cells + 0.5);
    out[0] = '[';
    for (int i = 0; i < cells; i++) {
        out[i + 1] = i < full ? '#' : '-';
    }
    strcpy(out + cells + 1, "]");
}

char *zcb_progress_text(const char *what, double elapsed_s, double left_s, unsigned columns,
                        char *out, size_t size)
{
    char bar[BAR_CELLS + 3], elapsed[32], left[32];
    double share = elapsed_s + left_s > 0 ? elapsed_s / (elapsed_s + left_s) : 0;
    make_bar(share, BAR_CELLS, bar);
    zcb_clock_text(elapsed_s, elapsed, sizeof elapsed);
    zcb_clock_text(left_s, left, sizeof left);
    if (columns == 0) {
        snprintf(out, size, "%3.0f %%  %s   %s elapsed, about %s left", share * 100, what,
                 elapsed, left);
        return out;
    }
    snprintf(out, size, "%s %.0f %%  %s   %s elapsed, about %s left", bar, share * 100, what,
             elapsed, left);
    if (zcb_text_width(out) < columns) {
        return out;
    }
    make_bar(share, BAR_CELLS / 2, bar);
    int places = snprintf(out, size, "%s %.0f %%    about %s left", bar, share * 100, left);
    int room = (int)columns - 1 - places; /* the time is worth more than the place */
    snprintf(out, size, "%s %.0f %%  %.*s  about %s left", bar, share * 100,
             (int)zcb_text_fit(what, room > 0 ? (size_t)room : 0), what, left);
    out[zcb_text_fit(out, columns - 1)] = '\0';
    return out;
}

static double elapsed_s(const zcb_progress *progress)
{
    return (double)(zcb_now_ns() - progress->started_ns) / 1e9;
}

void zcb_progress_show(zcb_progress *progress, const char *what, double left_s)
{
    char text[1024], colored[1100];
    progress->shown_ns = zcb_now_ns();
    if (!progress->is_terminal) {
        zcb_progress_text(what, elapsed_s(progress), left_s, 0, text, sizeof text);
        zcb_note("%s", text);
        return;
    }
    zcb_progress_text(what, elapsed_s(progress), left_s, zcb_columns(STDERR_FILENO, 80), text,
                      sizeof text);
    const char *end = strchr(text, ']');
    if (progress->is_colored && text[0] == '[' && end != NULL) {
        snprintf(colored, sizeof colored, "\033[36m%.*s\033[0m%s", (int)(end + 1 - text), text,
                 end + 1);
        zcb_bar(colored);
    } else {
        zcb_bar(text);
    }
}

void zcb_progress_line(zcb_progress *progress, const char *what, double left_s)
{
    if (progress->is_started && !progress->is_terminal) {
        zcb_progress_show(progress, what, left_s);
    }
}

void zcb_progress_stop(zcb_progress *progress)
{
    if (progress->is_started && progress->is_terminal) {
        zcb_bar("");
    }
    progress->is_started = 0;
}
