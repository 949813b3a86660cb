/* `zcbench __complete WORD...`: what the shells' completions ask (completions/). */
#include "driver/commands.h"

#include "driver/completion.h"

#include <stdio.h>

int zcb_cmd_complete(int argc, char **argv)
{
    zcb_completion_write(stdout, argc - 1, (const char *const *)argv + 1);
    return 0;
}
