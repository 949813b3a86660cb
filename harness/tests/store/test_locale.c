/* Protects: files are the same in a locale that writes 0,5. */
#include "support.h"

#include "run_fixture.h"
#include "store/files.h"
#include "store/recorded.h"
#include "store/recorded_tables.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 1 when a locale with another decimal point was found and set. */
static int set_comma_locale(void)
{
    const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "ru_RU.UTF-8",
                                 "es_ES.UTF-8", "de_DE",      "ps_AF.UTF-8"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (setlocale(LC_ALL, names[i]) != NULL &&
            strcmp(localeconv()->decimal_point, ".") != 0) {
            print_message("decimal point '%s' of %s\n", localeconv()->decimal_point, names[i]);
            return 1;
        }
    }
    setlocale(LC_ALL, "C");
    return 0;
}

static void files_do_not_depend_on_the_locale(void **state)
{
    if (!set_comma_locale()) {
        print_message("no locale with a decimal comma is installed\n");
        skip();
    }
    zcb_error error = {0};
    char *json = in_folder(state, "run.json");
    char *csv = in_folder(state, "launches.csv");
    zcb_cells *cells = zcb_cells_new();
    zcb_run run = {0}, read_run = {0};
    fill_run(&run, cells);
    assert_int_equal(zcb_run_write(json, &run, cells, &error), 0);
    assert_int_equal(zcb_run_read(json, cells, &read_run, &error), 0);
    assert_runs_equal(&run, cells, &read_run, cells);

    const zcb_launch_row launch = {
        .python = "base", .phase = "measure", .load1 = 1.25, .status = "ok"};
    zcb_launch_row *rows = NULL;
    size_t count = 0;
    assert_int_equal(zcb_launches_write(csv, &launch, 1, &error), 0);
    assert_int_equal(zcb_launches_read(csv, cells, &rows, &count, &error), 0);
    assert_true(rows[0].load1 == 1.25);
    char *text = get_text(csv, NULL);
    assert_non_null(strstr(text, ",1.25,ok\n"));
    char *document = get_text(json, NULL);
    assert_non_null(strstr(document, "\"wall_s\": 301.25"));
    setlocale(LC_ALL, "C");
    free(document);
    free(text);
    free(rows);
    zcb_run_clear(&run);
    zcb_run_clear(&read_run);
    zcb_cells_free(cells);
    free(json);
    free(csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(files_do_not_depend_on_the_locale, make_folder,
                                        remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
