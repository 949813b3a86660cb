/* See user_run.h. */
#include "driver/user_run.h"

#include "driver/console.h"
#include "driver/phases.h"
#include "driver/private_dir.h"
#include "driver/run_folder.h"
#include "driver/run_prepare.h"
#include "driver/signals.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SAID_MAX 1024

int zcb_user_run_check(const zcb_run_options *options, const char *command, zcb_error *error)
{
    if (options->pairs.count > 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "'%s' is one word too many; `%s --help` explains",
                        options->pairs.items[0], command);
    }
    if (options->common.pair_files.count > 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "--pairs is for `zcbench run`: `%s` writes its pair file itself",
                        command);
    }
    if (options->resume != NULL) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "`zcbench run --resume %s` goes on with a run",
                        options->resume);
    }
    return 0;
}

/* A single pair's file is called pair.py, several are called by their names. */
static char *file_path(const char *dir, const zcb_pair_text *pair, size_t count,
                       zcb_error *error)
{
    return zcb_format(error, "%s/%s.py", dir, count == 1 ? "pair" : pair->name);
}

void zcb_user_run_remove(char **private_dir)
{
    if (*private_dir != NULL) {
        zcb_private_dir_remove(*private_dir);
    }
    free(*private_dir);
    *private_dir = NULL;
}

static int write_files(zcb_session *s, const zcb_pair_text *pairs, size_t count,
                       const char *dir, zcb_error *error)
{
    for (size_t i = 0; i < count; i++) {
        char *path = file_path(dir, &pairs[i], count, error);
        if (path == NULL || zcb_pair_text_write(&pairs[i], path, error) < 0 ||
            zcb_texts_add(&s->options.pairs, pairs[i].name, error) < 0) {
            free(path);
            return -1;
        }
        if (zcb_texts_take(&s->options.common.pair_files, path, error) < 0) {
            return -1;
        }
    }
    return 0;
}

static const zcb_pair_text *pair_of(const zcb_pair_text *pairs, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(pairs[i].name, name) == 0) {
            return &pairs[i];
        }
    }
    return NULL;
}

/* `error` in the user's terms: the pair whose file it names, else as it is. */
static void explain_error(const zcb_pair_text *pairs, size_t count, zcb_error *error)
{
    char said[SAID_MAX], name[ZCB_NAME_MAX + 16];
    for (size_t i = 0; i < count; i++) {
        snprintf(name, sizeof name, "/%s.py", count == 1 ? "pair" : pairs[i].name);
        if (strstr(error->text, name) != NULL &&
            zcb_pair_text_explain(&pairs[i], error->text, said, sizeof said)) {
            zcb_fail(error, ZCB_EXIT_USAGE, "%s", said);
            return;
        }
    }
}

/* 1 when `reason` tells of a mistake in the code, not of what it did: lack of memory is no such
 * mistake. */
static int is_mistake(const char *reason, int points_at_a_line, const char *name)
{
    size_t length = strlen(name);
    if (points_at_a_line) {
        return strstr(reason, ": MemoryError") == NULL;
    }
    return strncmp(reason, name, length) == 0 && strncmp(reason + length, ": ", 2) == 0;
}

/* Words every closed cell's reason in the user's terms; sets *open to the cells of the
 * first `needed` pairs that are left,
 * and `error` to the first reason of those that are not. */
static void judge(zcb_session *s, const zcb_pair_text *pairs, size_t count, size_t needed,
                  size_t *open, zcb_error *error)
{
    int is_first = 1;
    *open = 0;
    for (size_t cell = 0; cell < s->cell_count; cell++) {
        zcb_cell_row *row = &s->rows[cell];
        const zcb_pair_text *pair = pair_of(pairs, count, zcb_session_pair(s, cell)->name);
        if (!zcb_session_is_closed(s, cell)) {
            *open += pair != NULL && (size_t)(pair - pairs) < needed;
            continue;
        }
        char said[SAID_MAX];
        int points =
            pair != NULL && zcb_pair_text_explain(pair, row->reason, said, sizeof said);
        if (points) {
            zcb_session_close_cell(s, cell, row->status, said);
        }
        if (is_first && pair != NULL) {
            int is_users = is_mistake(row->reason, points, pair->name);
            const char *status = row->status == ZCB_STATUS_FAILED ? "failed " : "refused: ";
            size_t prefix = is_users && !points ? strlen(pair->name) + strlen(": ") : 0;
            zcb_fail(error, is_users ? ZCB_EXIT_USAGE : ZCB_EXIT_NOTHING, "%s%s",
                     is_users ? "" : status, row->reason + prefix);
            is_first = 0;
        }
    }
}

/* What is given up although the rest goes on: one line for each pair and variant. */
static void tell_closed(const zcb_session *s)
{
    for (size_t cell = 0; cell < s->cell_count; cell++) {
        size_t before = cell >= s->run.variant_count ? cell - s->run.variant_count : cell;
        int is_next =
            before != cell && zcb_session_pair(s, before) == zcb_session_pair(s, cell);
        if (zcb_session_is_closed(s, cell) && !is_next) {
            zcb_note("%s: %s on %s: %s", zcb_status_name(s->rows[cell].status),
                     zcb_session_pair(s, cell)->name,
                     s->run.variants[s->states[cell].variant].name, s->rows[cell].reason);
        }
    }
}

int zcb_user_run_prove(zcb_session *s, const zcb_pair_text *pairs, size_t count, size_t needed,
                       char **private_dir, zcb_error *error)
{
    size_t open = 0;
    *private_dir = zcb_private_dir_make("pair", 1, ZCB_EXIT_INTERNAL, error);
    if (*private_dir == NULL || write_files(s, pairs, count, *private_dir, error) < 0) {
        return -1;
    }
    if (zcb_run_prepare(s, error) < 0) {
        explain_error(pairs, count, error);
        return -1;
    }
    s->is_silent = 1;
    int result = zcb_run_proof(s, error);
    s->is_silent = 0;
    if (result < 0) {
        return zcb_signals_exit_code() != ZCB_EXIT_OK ? zcb_signals_fail(error) : -1;
    }
    judge(s, pairs, count, needed, &open, error);
    if (open == 0) {
        return -1;
    }
    tell_closed(s);
    return 0;
}

/* What `zcbench run` would have been told: the words of the run, the files, the pairs. */
static int record_arguments(zcb_session *s, const zcb_texts *words, zcb_error *error)
{
    zcb_texts arguments = {0};
    int result = zcb_texts_add(&arguments, "run", error);
    for (size_t i = 1; result == 0 && i < words->count; i++) {
        result = zcb_texts_add(&arguments, words->items[i], error);
    }
    for (size_t i = 0; result == 0 && i < s->run.pair_count; i++) {
        result = zcb_texts_take(&arguments,
                                zcb_format(error, "--pairs=%s", s->run.pairs[i].file), error);
    }
    for (size_t i = 0; result == 0 && i < s->run.pair_count; i++) {
        result = zcb_texts_add(&arguments, s->run.pairs[i].name, error);
    }
    s->run.arguments = arguments.items;
    s->run.argument_count = arguments.count;
    return result;
}

/* Puts the files where the run is: from here on they are what is measured. */
static int install(zcb_session *s, const zcb_pair_text *pairs, size_t count, zcb_error *error)
{
    char *dir = realpath(s->dir, NULL);
    int result = dir == NULL ? zcb_fail(error, ZCB_EXIT_INTERNAL, "'%s' can't be used: %s",
                                        s->dir, strerror(errno))
                             : 0;
    for (size_t i = 0; result == 0 && i < s->run.pair_count; i++) {
        zcb_planned_pair *planned = &s->run.pairs[i];
        const zcb_pair_text *pair = pair_of(pairs, count, planned->name);
        char *path = file_path(dir, pair, count, error);
        result = path == NULL || zcb_pair_text_write(pair, path, error) < 0 ||
                         zcb_set_text(&planned->file, path, error) < 0
                     ? -1
                     : 0;
        free(path);
    }
    free(dir);
    return result;
}

int zcb_user_run_open(zcb_session *s, const zcb_pair_text *pairs, size_t count,
                      const zcb_texts *words, zcb_error *error)
{
    if (zcb_folder_create(s, error) < 0) {
        return -1;
    }
    if (install(s, pairs, count, error) < 0 || record_arguments(s, words, error) < 0 ||
        zcb_folder_write(s, error) < 0) {
        return -1;
    }
    return zcb_folder_open_samples(s, 0, error);
}
