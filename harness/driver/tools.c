/* See tools.h. */
#include "driver/tools.h"

#include "driver/child.h"
#include "driver/signals.h"
#include "driver/texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ASK_LIMIT_MS 20000u

/* How to ask one tool: `program` is found on PATH, or named by the environment variable
 * `variable`. */
typedef struct question {
    const char *name, *variable, *program, *arguments[2];
    zcb_tool_need need;
} question;

static const question questions[] = {
    {"C compiler", "CC", "cc", {"--version"}, ZCB_TOOL_BUILDS_WORKERS},
    {"C++ compiler", "CXX", "c++", {"--version"}, ZCB_TOOL_BUILDS_WORKERS},
    {"cmake", NULL, "cmake", {"--version"}, ZCB_TOOL_BUILDS_WORKERS},
    {"make", "MAKE", "make", {"--version"}, ZCB_TOOL_BUILDS_WORKERS},
    {"pkg-config", NULL, "pkg-config", {"--version"}, ZCB_TOOL_BUILDS_WORKERS},
    {"Google Benchmark",
     NULL,
     "pkg-config",
     {"--modversion", "benchmark"},
     ZCB_TOOL_BUILDS_WORKERS},
    {"gnuplot", NULL, "gnuplot", {"--version"}, ZCB_TOOL_DRAWS},
    {"clang", NULL, "clang", {"--version"}, ZCB_TOOL_SPARED},
    {"git", NULL, "git", {"--version"}, ZCB_TOOL_SPARED}};

const char *zcb_tool_need_name(zcb_tool_need need)
{
    static const char *const names[] = {"workers", "pictures", ""};
    return names[need];
}

/* First line of `text` into out[size], without control characters. */
static void take_first_line(const char *text, char *out, size_t size)
{
    zcb_error visible; /* makes text harmless */
    zcb_fail(&visible, ZCB_EXIT_OK, "%.*s", (int)strcspn(text, "\n"), text);
    snprintf(out, size, "%.*s", (int)size - 1, visible.text);
}

/* The words of the command: what the environment names may bring words of its own ("ccache
 * gcc"). */
static int build_arguments(const question *q, zcb_texts *argv, zcb_error *error)
{
    const char *given = q->variable == NULL ? NULL : getenv(q->variable);
    char *copy = zcb_format(error, "%s", given == NULL ? "" : given), *rest = NULL;
    int result = copy == NULL ? -1 : 0;
    for (char *word = copy == NULL ? NULL : strtok_r(copy, " \t", &rest);
         result == 0 && word != NULL; word = strtok_r(NULL, " \t", &rest)) {
        result = zcb_texts_add(argv, word, error);
    }
    free(copy);
    if (result == 0 && argv->count == 0) {
        result = zcb_texts_add(argv, q->program, error);
    }
    for (size_t i = 0; result == 0 && i < 2 && q->arguments[i] != NULL; i++) {
        result = zcb_texts_add(argv, q->arguments[i], error);
    }
    return result;
}

static int ask(const question *q, zcb_tool *tool, zcb_error *error)
{
    zcb_child child = {0};
    zcb_error unheard;
    zcb_texts argv = {0};
    *tool = (zcb_tool){.name = q->name, .need = q->need};
    int result = build_arguments(q, &argv, error);
    if (result == 0 &&
        zcb_child_run((const char *const *)argv.items, ZCB_CHILD_KEEP, ASK_LIMIT_MS, &child,
                      &unheard) == 0 &&
        zcb_child_succeeded(&child)) {
        tool->is_there = 1;
        take_first_line(child.out == NULL ? "" : child.out, tool->version,
                        sizeof tool->version);
    }
    zcb_child_clear(&child);
    zcb_texts_clear(&argv);
    return result == 0 && *zcb_signals_flag() != 0 ? zcb_signals_fail(error) : result;
}

int zcb_tools_find(zcb_tools *out, zcb_error *error)
{
    *out = (zcb_tools){0};
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
        if (ask(&questions[i], &out->items[out->count++], error) < 0) {
            return -1;
        }
    }
    return 0;
}
