/* See run_arguments.h. */
#include "driver/run_arguments.h"

#include "driver/texts.h"

#include <stdlib.h>
#include <string.h>

static int record_argument(zcb_texts *arguments, const char *word, int is_pair_file,
                           zcb_error *error)
{
    static const char option[] = "--pairs=";
    const char *prefix = strncmp(word, option, sizeof option - 1) == 0 ? option : "";
    char *absolute =
        is_pair_file || prefix[0] != '\0' ? realpath(word + strlen(prefix), NULL) : NULL;
    int result =
        absolute == NULL
            ? zcb_texts_add(arguments, word, error)
            : zcb_texts_take(arguments, zcb_format(error, "%s%s", prefix, absolute), error);
    free(absolute);
    return result;
}

int zcb_run_record_arguments(zcb_run *run, int argc, char **argv, zcb_error *error)
{
    zcb_texts arguments = {0};
    int result = zcb_texts_add(&arguments, "run", error);
    for (int i = 1; result == 0 && i < argc; i++) {
        result =
            record_argument(&arguments, argv[i], strcmp(argv[i - 1], "--pairs") == 0, error);
    }
    run->arguments = arguments.items;
    run->argument_count = arguments.count;
    return result;
}
