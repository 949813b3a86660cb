/* See python_spec.h. */
#include "driver/python_spec.h"

#include "base/words.h"
#include "driver/texts.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define NAME_BYTES "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"

int zcb_variant_name_is_valid(const char *name)
{
    size_t length = strlen(name);
    return length > 0 && length <= ZCB_NAME_MAX && strspn(name, NAME_BYTES) == length;
}

void zcb_python_spec_clear(zcb_python_spec *spec)
{
    free(spec->name);
    free(spec->spec);
    free(spec->path);
    *spec = (zcb_python_spec){0};
}

static int set_path(zcb_python_spec *out, const char *path, zcb_error *error)
{
    struct stat info;
    if (stat(path, &info) < 0 || !S_ISDIR(info.st_mode)) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "import path '%s' is no folder", path);
    }
    out->path = realpath(path, NULL);
    return out->path == NULL ? zcb_no_memory(error) : 0;
}

/* `text` is changed. */
static int take_apart(char *text, zcb_python_spec *out, zcb_error *error)
{
    const char *name = "", *spec = text;
    char *path = strstr(text, ",path=");
    if (path != NULL) {
        *path = '\0';
        path += strlen(",path=");
    }
    char *equals = strchr(text, '=');
    if (equals != NULL && strspn(text, NAME_BYTES) == (size_t)(equals - text)) {
        *equals = '\0';
        name = text;
        spec = equals + 1;
    }
    if (spec != text && !zcb_variant_name_is_valid(name)) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "malformed name '%s': 1 to %d letters, digits, '_', '.', '-'", name,
                        ZCB_NAME_MAX);
    }
    if (spec[0] == '\0' || spec[0] == '-') {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "'%s' names no interpreter: write [NAME=]VERSION or [NAME=]EXE, then "
                        "optionally ,path=DIR",
                        spec);
    }
    if (path != NULL && set_path(out, path, error) < 0) {
        return -1;
    }
    if (zcb_set_text(&out->name, name, error) < 0 ||
        zcb_set_text(&out->spec, spec, error) < 0) {
        return -1;
    }
    return out->path == NULL ? zcb_set_text(&out->path, "", error) : 0;
}

int zcb_python_spec_parse(const char *text, zcb_python_spec *out, zcb_error *error)
{
    *out = (zcb_python_spec){0};
    char *copy = strdup(text);
    int result = copy == NULL ? zcb_no_memory(error) : take_apart(copy, out, error);
    free(copy);
    if (result < 0) {
        zcb_python_spec_clear(out);
    }
    return result;
}
