/* `zcbench run`: plan, prove, calibrate, measure, tell. */
#include "driver/commands.h"

#include "driver/amounts.h"
#include "driver/console.h"
#include "driver/resume.h"
#include "driver/run_arguments.h"
#include "driver/run_folder.h"
#include "driver/run_measure.h"
#include "driver/run_prepare.h"
#include "driver/signals.h"

#include <stdio.h>
#include <string.h>

static int run_new(zcb_session *s, const char *command, zcb_error *error)
{
    if (zcb_run_prepare(s, error) < 0 || zcb_folder_create(s, error) < 0) {
        return zcb_complain(command, error);
    }
    if (zcb_folder_write(s, error) < 0 || zcb_folder_open_samples(s, 0, error) < 0) {
        zcb_folder_abandon(s);
        return zcb_complain(command, error);
    }
    return zcb_run_measure_and_tell(s, command, error);
}

static int run_resumed(zcb_session *s, const char *command, zcb_error *error)
{
    uint64_t truncate_to = 0;
    char dir[4096];
    snprintf(dir, sizeof dir, "%s", s->options.resume);
    for (size_t length = strlen(dir); length > 1 && dir[length - 1] == '/'; length--) {
        dir[length - 1] = '\0';
    }
    int result =
        zcb_folder_open(s, dir, error) < 0 ? -1 : zcb_resume_load(s, &truncate_to, error);
    if (result > 0) {
        zcb_note("'%s' is complete: nothing is left to measure", dir);
        return zcb_run_tell_again(s, dir, error) < 0 ? zcb_complain(command, error) : 0;
    }
    if (result < 0 || zcb_run_find_preload(s, error) < 0 ||
        zcb_folder_open_samples(s, truncate_to, error) < 0) {
        return zcb_complain(command, error);
    }
    return zcb_run_measure_and_tell(s, command, error);
}

int zcb_cmd_run(int argc, char **argv)
{
    zcb_error error = {0};
    zcb_session session = {.lock_fd = -1, .started_ns = zcb_now_ns()};
    int code;
    zcb_signals_catch();
    if (zcb_run_record_arguments(&session.run, argc, argv, &error) < 0 ||
        zcb_run_options_parse(argc, argv, &session.options, &error) < 0) {
        code = zcb_complain(argv[0], &error);
    } else if (session.options.resume != NULL) {
        zcb_run_clear(&session.run); /* the recorded run's takes its place */
        code = run_resumed(&session, argv[0], &error);
    } else {
        code = run_new(&session, argv[0], &error);
    }
    zcb_session_clear(&session);
    return code;
}
