/* See signals.h. */
#include "driver/signals.h"

#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

/* `timeout`, a shell's kill and a terminal may send one wish twice: to the process and to its
 * group. */
#define SAME_WISH_NS INT64_C(500000000)

static volatile int caught;
static struct timespec first; /* when; written before `caught` is set */

static int64_t since_first_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - first.tv_sec) * INT64_C(1000000000) + (now.tv_nsec - first.tv_nsec);
}

static void on_signal(int number)
{
    if (caught == 0) {
        clock_gettime(CLOCK_MONOTONIC, &first);
        caught = number;
    } else if (since_first_ns() > SAME_WISH_NS) {
        signal(number, SIG_DFL);
        raise(number); /* taken when the handler has returned */
    }
}

void zcb_signals_catch(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    sigaddset(&action.sa_mask, SIGINT);
    sigaddset(&action.sa_mask, SIGTERM);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ignore.sa_mask);
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
