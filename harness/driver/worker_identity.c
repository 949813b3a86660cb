/* See worker_identity.h. */
#include "driver/worker_identity.h"

#include "base/identity.h"
#include "driver/child.h"
#include "driver/places.h"
#include "driver/texts.h"
#include "driver/worker_ask.h"
#include "report/text.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ANSWER_LIMIT_MS 10000u

/* What to type so that `file` fits again. In a build folder make does it, for the driver, too. */
static void advise(const zcb_variant *variant, const char *file, zcb_error *error)
{
    char python[PATH_MAX], script[PATH_MAX], folder[PATH_MAX], plain[PATH_MAX];
    const char *slash = strrchr(variant->worker, '/');
    zcb_text_shell(variant->executable, python, sizeof python);
    if (zcb_is_in_build_folder()) {
        zcb_fail(
            error, ZCB_EXIT_USAGE,
            "%s was built from another version of zcbench: `make PYTHONS=%s` builds both anew",
            file, python);
        return;
    }
    snprintf(plain, sizeof plain, "%s/scripts/build-worker", zcb_share_dir());
    zcb_text_shell(plain, script, sizeof script);
    snprintf(plain, sizeof plain, "%.*s", slash == NULL ? 0 : (int)(slash - variant->worker),
             variant->worker);
    zcb_text_shell(plain, folder, sizeof folder);
    zcb_fail(error, ZCB_EXIT_USAGE,
             "%s was built from another version of zcbench: `%s %s %s` builds it anew", file,
             script, python, folder);
}

/* Old workers know no such question, and end as from any other wrong option. */
static int says_no(const zcb_child *child)
{
    return WIFEXITED(child->status) && WEXITSTATUS(child->status) == ZCB_EXIT_USAGE;
}

int zcb_worker_check_identity(const zcb_variant *variant, zcb_error *error)
{
    zcb_child child = {0};
    zcb_error unheard;
    char *library = zcb_beside_workers("libzcbcount.so", error);
    if (library == NULL) {
        return -1;
    }
    const char *const argv[] = {variant->worker, "--is-build", zcb_build_identity(),
                                access(library, R_OK) == 0 ? library : NULL, NULL};
    int result = 0;
    if (zcb_worker_ask(argv, ANSWER_LIMIT_MS, &child, &unheard) == 0 && says_no(&child)) {
        int is_library = child.out != NULL && strcmp(child.out, "library\n") == 0;
        advise(variant, is_library ? library : variant->worker, error);
        result = -1;
    }
    zcb_child_clear(&child);
    free(library);
    return result;
}
