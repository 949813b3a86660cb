/* See support.h. */
#include "support.h"

#include <dirent.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

int make_folder(void **state)
{
    const char *base = getenv("TMPDIR");
    char *folder = NULL;
    if (asprintf(&folder, "%s/zcb-store-XXXXXX", base == NULL ? "/tmp" : base) < 0 ||
        mkdtemp(folder) == NULL) {
        free(folder);
        return -1;
    }
    *state = folder;
    return 0;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

int remove_folder(void **state)
{
    int status = nftw(*state, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    free(*state);
    return status;
}

char *in_folder(void *const *state, const char *name)
{
    char *path = NULL;
    assert_true(asprintf(&path, "%s/%s", (const char *)*state, name) > 0);
    return path;
}

void put_bytes(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

void put_text(const char *path, const char *text)
{
    put_bytes(path, text, strlen(text));
}

char *get_text(const char *path, size_t *size)
{
    struct stat status;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &status), 0);
    size_t length = (size_t)status.st_size;
    char *text = malloc(length + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, length, file), length);
    text[length] = '\0';
    fclose(file);
    if (size != NULL) {
        *size = length;
    }
    return text;
}

size_t count_entries(const char *folder)
{
    DIR *listing = opendir(folder);
    assert_non_null(listing);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    closedir(listing);
    return count;
}

uint32_t add_cell(zcb_cells *cells, const char *python, const char *pair, uint64_t size_bytes)
{
    zcb_cell cell = {.python = python, .pair = pair, .size_bytes = size_bytes};
    int64_t index = zcb_cells_add(cells, &cell);
    assert_true(index >= 0);
    return (uint32_t)index;
}

static void assert_cells_equal(const zcb_cell *a, const zcb_cell *b)
{
    assert_string_equal(a->python, b->python);
    assert_string_equal(a->pair, b->pair);
    assert_int_equal(a->lane, b->lane);
    assert_int_equal(a->heap, b->heap);
    assert_int_equal(a->cache, b->cache);
    assert_int_equal(a->consumer, b->consumer);
    assert_int_equal(a->size_bytes, b->size_bytes);
}

void assert_samples_equal(const zcb_cells *cells_a, const zcb_samples *a,
                          const zcb_cells *cells_b, const zcb_samples *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const zcb_sample *x = &a->rows[i];
        const zcb_sample *y = &b->rows[i];
        assert_cells_equal(zcb_cells_at(cells_a, x->cell), zcb_cells_at(cells_b, y->cell));
        assert_string_equal(x->arm, y->arm);
        assert_int_equal(x->launch, y->launch);
        assert_int_equal(x->block, y->block);
        assert_int_equal(x->order, y->order);
        assert_int_equal(x->iterations, y->iterations);
        assert_int_equal(x->elapsed_ns, y->elapsed_ns);
        assert_int_equal(x->minor_faults, y->minor_faults);
    }
}

void assert_error(const zcb_error *error, zcb_exit exit_code, const char *part)
{
    if (strstr(error->text, part) == NULL) {
        fail_msg("'%s' should hold '%s'", error->text, part);
    }
    assert_int_equal(error->exit_code, exit_code);
}

void limit_file_size(uint64_t bytes)
{
    struct rlimit limit;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes == 0 ? limit.rlim_max : (rlim_t)bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}
