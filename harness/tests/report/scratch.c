/* Why this file: the tests write real folders and look at them. */
#include "scratch.h"

#include <dirent.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define MADE_MAX 32

/* What was made, so that a test that fails leaves nothing behind either. */
static char made[MADE_MAX][SCRATCH_PATH_MAX];
static size_t made_count;

static void remove_all(void)
{
    for (size_t i = 0; i < made_count; i++) {
        scratch_remove(made[i]);
    }
}

void scratch_make(char path[SCRATCH_PATH_MAX])
{
    const char *base = getenv("TMPDIR");
    snprintf(path, SCRATCH_PATH_MAX, "%s/zcb-report-XXXXXX", base != NULL ? base : "/tmp");
    assert_non_null(mkdtemp(path));
    assert_true(made_count < MADE_MAX);
    assert_true(made_count > 0 || atexit(remove_all) == 0);
    memcpy(made[made_count++], path, SCRATCH_PATH_MAX);
}

static int remove_one(const char *path, const struct stat *facts, int kind, struct FTW *place)
{
    (void)facts, (void)kind, (void)place;
    return remove(path);
}

void scratch_remove(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

char *scratch_read(const char *dir, const char *name, size_t *size)
{
    char path[2 * SCRATCH_PATH_MAX];
    struct stat facts;
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        return NULL;
    }
    assert_int_equal(fstat(fileno(stream), &facts), 0);
    char *text = calloc((size_t)facts.st_size + 1, 1);
    assert_non_null(text);
    *size = fread(text, 1, (size_t)facts.st_size, stream);
    fclose(stream);
    return text;
}

static size_t count_files(const char *path)
{
    size_t count = 0;
    DIR *folder = opendir(path);
    assert_non_null(folder);
    while (readdir(folder) != NULL) {
        count++;
    }
    closedir(folder);
    return count;
}

size_t scratch_compare(const char *left, const char *right)
{
    size_t count = 0;
    DIR *folder = opendir(left);
    assert_non_null(folder);
    assert_int_equal(count_files(left), count_files(right));
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        size_t left_size, right_size;
        if (entry->d_type != DT_REG) {
            continue;
        }
        char *a = scratch_read(left, entry->d_name, &left_size);
        char *b = scratch_read(right, entry->d_name, &right_size);
        if (a == NULL || b == NULL || left_size != right_size || memcmp(a, b, left_size) != 0) {
            fail_msg("%s differs", entry->d_name);
        }
        free(a);
        free(b);
        count++;
    }
    closedir(folder);
    return count;
}
