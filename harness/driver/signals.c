/* See signals.h. */
#include "driver/signals.h"

#include <signal.h>
#include <stddef.h>

static volatile int caught;

static void on_signal(int number)
{
    caught = number;
}

void zcb_signals_catch(void)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGXFSZ, &ignore, NULL);
}

const volatile int *zcb_signals_flag(void)
{
    return &caught;
}

zcb_exit zcb_signals_exit_code(void)
{
    if (caught == 0) {
        return ZCB_EXIT_OK;
    }
    return caught == SIGTERM ? ZCB_EXIT_SIGTERM : ZCB_EXIT_SIGINT;
}

int zcb_signals_fail(zcb_error *error)
{
    return zcb_fail(error, zcb_signals_exit_code(), "interrupted");
}
