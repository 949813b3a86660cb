/* See worker_ask.h. */
#include "driver/worker_ask.h"

#include "driver/texts.h"
#include "driver/worker_environment.h"

int zcb_worker_ask(const char *const *argv, unsigned limit_ms, zcb_child *out, zcb_error *error)
{
    const zcb_worker_options plain = {0};
    char **environment = zcb_worker_environment(&plain);
    *out = (zcb_child){0};
    if (environment == NULL) {
        return zcb_no_memory(error);
    }
    int result = zcb_child_run_in(argv, environment, ZCB_CHILD_KEEP, limit_ms, out, error);
    zcb_worker_environment_free(environment);
    return result;
}
