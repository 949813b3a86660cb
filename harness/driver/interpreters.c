/* See interpreters.h. */
#include "driver/interpreters.h"

#include "driver/child.h"
#include "driver/console.h"
#include "driver/found_pythons.h"
#include "driver/places.h"
#include "driver/worker_identity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int leave_out(zcb_run *run, const char *spec, const char *reason, zcb_error *error)
{
    zcb_left_out *grown = realloc(run->left_out, (run->left_out_count + 1) * sizeof *grown);
    if (grown == NULL) {
        return zcb_no_memory(error);
    }
    run->left_out = grown;
    zcb_left_out *added = &grown[run->left_out_count++];
    *added = (zcb_left_out){0};
    return zcb_set_text(&added->spec, spec, error) < 0
               ? -1
               : zcb_set_text(&added->reason, reason, error);
}

static const zcb_variant *find_name(const zcb_run *run, const char *name)
{
    for (size_t i = 0; i < run->variant_count; i++) {
        if (strcmp(run->variants[i].name, name) == 0) {
            return &run->variants[i];
        }
    }
    return NULL;
}

/* Takes *v over (emptied) unless its name is taken. */
static int add_variant(zcb_run *run, const zcb_python_spec *spec, zcb_variant *v,
                       zcb_error *error)
{
    const zcb_variant *same = find_name(run, v->name);
    if (same != NULL && zcb_python_spec_is_all(spec) &&
        strcmp(same->executable, v->executable) == 0) {
        return 0;
    }
    if (same != NULL) {
        return zcb_fail(
            error, ZCB_EXIT_USAGE,
            "two interpreters are named '%s' (%s, %s): name one, as in --python NAME=%s",
            v->name, same->executable, v->executable, spec->spec);
    }
    if (run->variant_count == ZCB_VARIANTS_MAX) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "too many interpreters: at most %d",
                        ZCB_VARIANTS_MAX);
    }
    zcb_variant *grown = realloc(run->variants, (run->variant_count + 1) * sizeof *grown);
    if (grown == NULL) {
        return zcb_no_memory(error);
    }
    run->variants = grown;
    grown[run->variant_count++] = *v;
    *v = (zcb_variant){0};
    return 0;
}

/* What scripts/build-worker does with an interpreter. */
typedef enum task { BUILD, TRY } task;

/* Its first line says what failed; the log says why. */
static void fail_script(const zcb_variant *variant, task task, const char *folder,
                        const zcb_child *child, zcb_error *error)
{
    static const char own_name[] = "build-worker: ";
    char log[1024];
    const char *why = child->first_line;
    if (strncmp(why, own_name, strlen(own_name)) == 0) {
        why += strlen(own_name);
    }
    snprintf(log, sizeof log, "%.900s/worker-%.60s/build.log", folder, variant->tag);
    int has_log = access(log, R_OK) == 0;
    int is_locked = access(folder, W_OK | X_OK) < 0;
    zcb_fail(error, ZCB_EXIT_USAGE, "%s%s%s%s",
             task == BUILD ? "its worker can't be built: " : "",
             why[0] != '\0' ? why : "scripts/build-worker says nothing",
             has_log     ? "; see "
             : is_locked ? "; ZCB_WORKER_DIR may name a folder that can be written to"
                         : "",
             has_log ? log : "");
}

static int run_script(const zcb_variant *variant, task task, zcb_error *error)
{
    int result = -1;
    zcb_child child = {0};
    char *script = zcb_format(error, "%s/scripts/build-worker", zcb_share_dir());
    char *folder = zcb_worker_dir(error);
    if (script == NULL || folder == NULL) {
        goto done;
    }
    const char *const build[] = {script, variant->executable, folder, NULL};
    const char *const try[] = {script, "--try", variant->executable, folder, NULL};
    zcb_note(task == BUILD ? "building the worker for %s %s …" : "trying to embed %s %s …",
             variant->tag, variant->version);
    if (zcb_child_run(task == BUILD ? build : try, ZCB_CHILD_KEEP, 0, &child, error) < 0) {
        goto done;
    }
    if (zcb_child_succeeded(&child) && (task == TRY || access(variant->worker, X_OK) == 0)) {
        result = 0;
    } else {
        fail_script(variant, task, folder, &child, error);
    }
done:
    zcb_child_clear(&child);
    free(folder);
    free(script);
    return result;
}

int zcb_interpreter_ensure_worker(const zcb_variant *variant, zcb_error *error)
{
    if (access(variant->worker, X_OK) < 0 && run_script(variant, BUILD, error) < 0) {
        return -1;
    }
    return zcb_worker_check_identity(variant, error);
}

int zcb_interpreter_try(const zcb_variant *variant, zcb_error *error)
{
    return run_script(variant, TRY, error);
}

/* One interpreter that find-python calls usable; its texts are taken over. */
static int take_usable(zcb_run *run, const zcb_python_spec *spec, zcb_found_python *one,
                       zcb_error *error)
{
    zcb_error why = {0};
    if (zcb_interpreter_ensure_worker(&one->variant, &why) == 0) {
        return add_variant(run, spec, &one->variant, error);
    }
    if (why.exit_code == ZCB_EXIT_USAGE && zcb_python_spec_is_all(spec)) {
        return leave_out(run, one->variant.version, why.text, error);
    }
    return zcb_fail(error, why.exit_code, "python '%s' can't be used: %s", spec->spec,
                    why.text);
}

static int take_found(zcb_run *run, const zcb_python_spec *spec, zcb_found_python *one,
                      zcb_error *error)
{
    if (one->reason[0] == '\0') {
        return take_usable(run, spec, one, error);
    }
    if (zcb_python_spec_is_all(spec)) {
        return leave_out(run, one->spec, one->reason, error);
    }
    return zcb_fail(error, ZCB_EXIT_USAGE, "python '%s' can't be used: %s", spec->spec,
                    one->reason);
}

static int find_one(zcb_run *run, const char *word, zcb_error *error)
{
    zcb_python_spec spec = {0};
    zcb_found_pythons found = {0};
    int result = zcb_python_spec_parse(word, &spec, error);
    if (result == 0) {
        result = zcb_pythons_ask(&spec, &found, error);
    }
    for (size_t i = 0; result == 0 && i < found.count; i++) {
        result = take_found(run, &spec, &found.items[i], error);
    }
    zcb_found_pythons_clear(&found);
    zcb_python_spec_clear(&spec);
    return result;
}

int zcb_interpreters_find(const zcb_texts *asked, zcb_run *run, zcb_error *error)
{
    int result = 0;
    for (size_t i = 0; result == 0 && i < asked->count; i++) {
        result = find_one(run, asked->items[i], error);
    }
    if (result == 0 && asked->count == 0) {
        result = find_one(run, "python3", error);
    }
    if (result == 0 && run->variant_count == 0) {
        result = zcb_fail(error, ZCB_EXIT_USAGE, "no usable Python interpreter was found%s%s",
                          run->left_out_count > 0 ? ": " : "",
                          run->left_out_count > 0 ? run->left_out[0].reason : "");
    }
    return result;
}
