/* See interpreters.h. */
#include "driver/interpreters.h"

#include "driver/child.h"
#include "driver/console.h"
#include "driver/json_fields.h"
#include "driver/places.h"
#include "driver/python_spec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIND_LIMIT_MS 120000u

/* One `--python` word at work. */
typedef struct request {
    const zcb_python_spec *spec;
    const char *worker_dir;
    int is_open; /* `all`: what can't be used is left out instead of failing */
} request;

static void clear_variant(zcb_variant *v)
{
    char *texts[] = {v->name,    v->tag,      v->executable,  v->program, v->worker, v->path,
                     v->version, v->compiler, v->config_args, v->numpy,   v->prefix};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        free(texts[i]);
    }
    *v = (zcb_variant){0};
}

/* Copies the members of `object` into *v; what was set before a failure stays owned by *v. */
static int take_texts(zcb_variant *v, const json_t *object, zcb_error *error)
{
    const struct {
        char **field;
        const char *key;
    } members[] = {{&v->tag, "tag"},           {&v->executable, "executable"},
                   {&v->program, "program"},   {&v->version, "version"},
                   {&v->compiler, "compiler"}, {&v->config_args, "config_args"},
                   {&v->numpy, "numpy"},       {&v->prefix, "prefix"}};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        if (zcb_set_text(members[i].field, zcb_field_text(object, members[i].key), error) < 0) {
            return -1;
        }
    }
    v->pgo = zcb_field_flag(object, "pgo");
    v->lto = zcb_field_flag(object, "lto");
    v->debug = zcb_field_flag(object, "debug");
    v->gil = zcb_field_flag(object, "gil");
    v->jit = zcb_field_flag(object, "jit");
    v->shared = zcb_field_flag(object, "shared");
    return 0;
}

static int fill_variant(zcb_variant *v, const request *r, const json_t *object,
                        zcb_error *error)
{
    const char *worker = zcb_field_text(object, "worker");
    const char *name = r->spec->name[0] != '\0' ? r->spec->name : zcb_field_text(object, "tag");
    v->worker = worker[0] == '/' ? zcb_format(error, "%s", worker)
                                 : zcb_format(error, "%s/%s", r->worker_dir, worker);
    if (v->worker == NULL || take_texts(v, object, error) < 0 ||
        zcb_set_text(&v->name, name, error) < 0) {
        return -1;
    }
    return zcb_set_text(&v->path, r->spec->path, error);
}

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
static int add_variant(zcb_run *run, const request *r, zcb_variant *v, zcb_error *error)
{
    const zcb_variant *same = find_name(run, v->name);
    if (same != NULL && r->is_open && strcmp(same->executable, v->executable) == 0) {
        return 0;
    }
    if (same != NULL) {
        return zcb_fail(
            error, ZCB_EXIT_USAGE,
            "two interpreters are named '%s' (%s, %s): name one, as in --python NAME=%s",
            v->name, same->executable, v->executable, r->spec->spec);
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

/* Its first line says what failed; the log says why. */
static void fail_build(const zcb_variant *variant, const char *folder, const zcb_child *child,
                       zcb_error *error)
{
    char log[1024];
    snprintf(log, sizeof log, "%.900s/worker-%.60s/build.log", folder, variant->tag);
    int has_log = access(log, R_OK) == 0;
    zcb_fail(error, ZCB_EXIT_USAGE, "its worker can't be built: %s%s%s",
             child->first_line[0] != '\0' ? child->first_line
                                          : "scripts/build-worker says nothing",
             has_log ? "; see " : "", has_log ? log : "");
}

int zcb_interpreter_ensure_worker(zcb_variant *variant, zcb_error *error)
{
    if (access(variant->worker, X_OK) == 0) {
        return 0;
    }
    int result = -1;
    zcb_child child = {0};
    char *script = zcb_format(error, "%s/scripts/build-worker", zcb_share_dir());
    char *folder = zcb_worker_dir(error);
    if (script == NULL || folder == NULL) {
        goto done;
    }
    const char *const argv[] = {script, variant->executable, folder, NULL};
    zcb_note("building the worker for %s %s …", variant->tag, variant->version);
    if (zcb_child_run(argv, ZCB_CHILD_KEEP, 0, &child, error) < 0) {
        goto done;
    }
    if (zcb_child_succeeded(&child) && access(variant->worker, X_OK) == 0) {
        result = 0;
    } else {
        fail_build(variant, folder, &child, error);
    }
done:
    zcb_child_clear(&child);
    free(folder);
    free(script);
    return result;
}

/* One interpreter that find-python calls usable. */
static int take_usable(zcb_run *run, const request *r, const json_t *object, zcb_error *error)
{
    zcb_variant v = {0};
    zcb_error why = {0};
    int result = fill_variant(&v, r, object, error);
    if (result == 0 && zcb_interpreter_ensure_worker(&v, &why) < 0) {
        if (why.exit_code == ZCB_EXIT_USAGE && r->is_open) {
            result = leave_out(run, v.version, why.text, error);
        } else {
            result = zcb_fail(error, why.exit_code, "python '%s' can't be used: %s",
                              r->spec->spec, why.text);
        }
    } else if (result == 0) {
        result = add_variant(run, r, &v, error);
    }
    clear_variant(&v);
    return result;
}

static int take_line(zcb_run *run, const request *r, const char *line, zcb_error *error)
{
    json_error_t why;
    json_t *object = json_loads(line, 0, &why);
    if (!json_is_object(object)) {
        json_decref(object);
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "scripts/find-python printed no JSON: %.200s",
                        line);
    }
    int result = 0;
    const char *reason = zcb_field_text(object, "reason");
    if (zcb_field_flag(object, "ok") == 1) {
        result = take_usable(run, r, object, error);
    } else if (r->is_open) {
        result = leave_out(run, zcb_field_text(object, "spec"), reason, error);
    } else {
        result = zcb_fail(error, ZCB_EXIT_USAGE, "python '%s' can't be used: %s", r->spec->spec,
                          reason);
    }
    json_decref(object);
    return result;
}

static int take_lines(zcb_run *run, const request *r, zcb_child *child, zcb_error *error)
{
    char *rest = child->out == NULL ? NULL : child->out;
    int lines = 0;
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        if (line[0] == '\0') {
            continue;
        }
        if (take_line(run, r, line, error) < 0) {
            return -1;
        }
        lines++;
    }
    if (lines == 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "python '%s' can't be used: %s", r->spec->spec,
                        child->last_line[0] != '\0' ? child->last_line : "nothing was found");
    }
    return 0;
}

static int find_one(zcb_run *run, const char *word, const char *worker_dir, zcb_error *error)
{
    int result = -1;
    zcb_python_spec spec = {0};
    zcb_child child = {0};
    char *script = zcb_format(error, "%s/scripts/find-python", zcb_share_dir());
    if (script == NULL || zcb_python_spec_parse(word, &spec, error) < 0) {
        goto done;
    }
    request r = {&spec, worker_dir, strcmp(spec.spec, "all") == 0};
    if (r.is_open && spec.name[0] != '\0') {
        zcb_fail(error, ZCB_EXIT_USAGE, "--python all takes no name: each has its own");
        goto done;
    }
    const char *const argv[] = {script, "--build-dir", worker_dir, spec.spec, NULL};
    if (zcb_child_run(argv, ZCB_CHILD_KEEP, FIND_LIMIT_MS, &child, error) < 0) {
        goto done;
    }
    result = take_lines(run, &r, &child, error);
done:
    zcb_child_clear(&child);
    zcb_python_spec_clear(&spec);
    free(script);
    return result;
}

int zcb_interpreters_find(const zcb_texts *asked, zcb_run *run, zcb_error *error)
{
    char *worker_dir = zcb_worker_dir(error);
    int result = worker_dir == NULL ? -1 : 0;
    for (size_t i = 0; result == 0 && i < asked->count; i++) {
        result = find_one(run, asked->items[i], worker_dir, error);
    }
    if (result == 0 && asked->count == 0) {
        result = find_one(run, "python3", worker_dir, error);
    }
    if (result == 0 && run->variant_count == 0) {
        result = zcb_fail(error, ZCB_EXIT_USAGE, "no usable Python interpreter was found%s%s",
                          run->left_out_count > 0 ? ": " : "",
                          run->left_out_count > 0 ? run->left_out[0].reason : "");
    }
    free(worker_dir);
    return result;
}
