/* See found_pythons.h. */
#include "driver/found_pythons.h"

#include "driver/child.h"
#include "driver/json_fields.h"
#include "driver/places.h"
#include "driver/texts.h"

#include <stdlib.h>
#include <string.h>

#define FIND_LIMIT_MS 120000u

int zcb_python_spec_is_all(const zcb_python_spec *spec)
{
    return strcmp(spec->spec, "all") == 0;
}

void zcb_found_pythons_clear(zcb_found_pythons *found)
{
    for (size_t i = 0; i < found->count; i++) {
        zcb_variant_clear(&found->items[i].variant);
        free(found->items[i].spec);
        free(found->items[i].library);
        free(found->items[i].reason);
    }
    free(found->items);
    *found = (zcb_found_pythons){0};
}

/* Copies the members of `object` into *one; what was set before a failure stays owned by it. */
static int take_texts(zcb_found_python *one, const json_t *object, zcb_error *error)
{
    zcb_variant *v = &one->variant;
    const struct {
        char **field;
        const char *key;
    } members[] = {{&v->tag, "tag"},           {&v->executable, "executable"},
                   {&v->program, "program"},   {&v->version, "version"},
                   {&v->compiler, "compiler"}, {&v->config_args, "config_args"},
                   {&v->numpy, "numpy"},       {&v->prefix, "prefix"},
                   {&one->spec, "spec"},       {&one->library, "library"},
                   {&one->reason, "reason"}};
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

static int fill(zcb_found_python *one, const zcb_python_spec *spec, const char *worker_dir,
                const json_t *object, zcb_error *error)
{
    zcb_variant *v = &one->variant;
    const char *worker = zcb_field_text(object, "worker");
    if (take_texts(one, object, error) < 0) {
        return -1;
    }
    if (zcb_field_flag(object, "ok") != 1 && one->reason[0] == '\0' &&
        zcb_set_text(&one->reason, "find-python gives no reason", error) < 0) {
        return -1;
    }
    v->worker = worker[0] == '/' ? zcb_format(error, "%s", worker)
                                 : zcb_format(error, "%s/%s", worker_dir, worker);
    return v->worker == NULL ||
                   zcb_set_text(&v->name, spec->name[0] != '\0' ? spec->name : v->tag, error) <
                       0
               ? -1
               : zcb_set_text(&v->path, spec->path, error);
}

static int take_line(const char *line, const zcb_python_spec *spec, const char *worker_dir,
                     zcb_found_pythons *out, zcb_error *error)
{
    json_error_t why;
    json_t *object = json_loads(line, 0, &why);
    if (!json_is_object(object)) {
        json_decref(object);
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "scripts/find-python printed no JSON: %.200s",
                        line);
    }
    int result = -1;
    zcb_found_python *grown = realloc(out->items, (out->count + 1) * sizeof *grown);
    if (grown == NULL) {
        zcb_no_memory(error);
    } else {
        out->items = grown;
        grown[out->count] = (zcb_found_python){0};
        result = fill(&grown[out->count++], spec, worker_dir, object, error);
    }
    json_decref(object);
    return result;
}

static int take_lines(zcb_child *child, const zcb_python_spec *spec, const char *worker_dir,
                      zcb_found_pythons *out, zcb_error *error)
{
    size_t before = out->count;
    char *rest = child->out;
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        if (line[0] != '\0' && take_line(line, spec, worker_dir, out, error) < 0) {
            return -1;
        }
    }
    if (out->count == before) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "python '%s' can't be used: %s", spec->spec,
                        child->last_line[0] != '\0' ? child->last_line : "nothing was found");
    }
    return 0;
}

int zcb_pythons_ask(const zcb_python_spec *spec, zcb_found_pythons *out, zcb_error *error)
{
    if (zcb_python_spec_is_all(spec) && spec->name[0] != '\0') {
        return zcb_fail(error, ZCB_EXIT_USAGE, "--python all takes no name: each has its own");
    }
    int result = -1;
    zcb_child child = {0};
    char *worker_dir = zcb_worker_dir(error);
    char *script = zcb_format(error, "%s/scripts/find-python", zcb_share_dir());
    if (worker_dir == NULL || script == NULL) {
        goto done;
    }
    const char *installed = zcb_installed_worker_dir();
    if (installed != NULL) { /* for find-python, also where build-worker calls it */
        setenv("ZCB_INSTALLED_DIR", installed, 1);
    }
    const char *const argv[] = {script, "--build-dir", worker_dir, spec->spec, NULL};
    if (zcb_child_run(argv, ZCB_CHILD_KEEP, FIND_LIMIT_MS, &child, error) == 0) {
        result = take_lines(&child, spec, worker_dir, out, error);
    }
done:
    zcb_child_clear(&child);
    free(script);
    free(worker_dir);
    return result;
}
