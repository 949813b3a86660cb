/* See candidates.h. */
#include "driver/candidates.h"

#include "driver/places.h"
#include "driver/texts.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Adds to `names` what `name_of` makes of each entry of the folder, in the folder's
 * alphabetical order; nothing where the folder can't be read. */
static void add_names(zcb_texts *names, const char *folder,
                      int name_of(const char *entry, char *out, size_t size))
{
    struct dirent **entries = NULL;
    int count = folder == NULL ? -1 : scandir(folder, &entries, NULL, versionsort);
    char name[256];
    for (int i = 0; i < count; i++) {
        if (name_of(entries[i]->d_name, name, sizeof name) && zcb_texts_find(names, name) < 0) {
            zcb_texts_add(names, name, NULL);
        }
        free(entries[i]);
    }
    free(entries);
}

static void take_all(zcb_texts *names, const char *all, zcb_candidate_take *take, void *context)
{
    for (size_t i = 0; i < names->count; i++) {
        take(context, names->items[i], "");
    }
    take(context, "all", all);
    zcb_texts_clear(names);
}

/* "bytes_slice.py" and "bytes_slice.c" are bytes_slice. */
static int pair_of_file(const char *entry, char *out, size_t size)
{
    const char *dot = strrchr(entry, '.');
    if (entry[0] == '.' || entry[0] == '_' || dot == NULL ||
        (strcmp(dot, ".py") != 0 && strcmp(dot, ".c") != 0)) {
        return 0;
    }
    snprintf(out, size, "%.*s", (int)(dot - entry), entry);
    return 1;
}

void zcb_candidates_pairs(zcb_candidate_take *take, void *context)
{
    static const char *const folders[] = {"python", "capi", "numpy"};
    zcb_texts names = {0};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        char *folder = zcb_format(NULL, "%s/bench/%s", zcb_share_dir(), folders[i]);
        add_names(&names, folder, pair_of_file);
        free(folder);
    }
    take_all(&names, "every pair", take, context);
}

/* "python3.13t" is 3.13t; python3.13-config is none. */
static int version_of_program(const char *entry, char *out, size_t size)
{
    static const char prefix[] = "python3.";
    const char *minor = entry + sizeof prefix - 1;
    if (strncmp(entry, prefix, sizeof prefix - 1) != 0 || !isdigit((unsigned char)*minor)) {
        return 0;
    }
    size_t digits = strspn(minor, "0123456789");
    if (minor[digits + strspn(minor + digits, "td")] != '\0') {
        return 0;
    }
    snprintf(out, size, "3.%s", minor);
    return 1;
}

/* pyenv calls the folder of an interpreter 3.13.0, that of a virtual environment anything. */
static int version_of_folder(const char *entry, char *out, size_t size)
{
    if (strncmp(entry, "3.", 2) != 0 || entry[strspn(entry, "0123456789.abrct")] != '\0') {
        return 0;
    }
    snprintf(out, size, "%s", entry);
    return 1;
}

static void add_pyenv(zcb_texts *names)
{
    const char *root = getenv("PYENV_ROOT"), *home = getenv("HOME");
    char *folder = NULL;
    if (root != NULL && root[0] != '\0') {
        folder = zcb_format(NULL, "%s/versions", root);
    } else if (home != NULL) {
        folder = zcb_format(NULL, "%s/.pyenv/versions", home);
    }
    add_names(names, folder, version_of_folder);
    free(folder);
}

void zcb_candidates_pythons(zcb_candidate_take *take, void *context)
{
    zcb_texts names = {0};
    const char *path = getenv("PATH");
    char *copy = path == NULL ? NULL : strdup(path), *rest = copy;
    for (char *folder = strsep(&rest, ":"); folder != NULL; folder = strsep(&rest, ":")) {
        add_names(&names, folder, version_of_program);
    }
    free(copy);
    add_pyenv(&names);
    take_all(&names, "every interpreter found", take, context);
}
