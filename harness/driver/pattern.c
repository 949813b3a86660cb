/* See pattern.h. */
#include "driver/pattern.h"

#include <fnmatch.h>
#include <string.h>
#include <strings.h>

int zcb_pattern_matches(const char *pattern, const char *name, const char *id)
{
    if (strcmp(pattern, "all") == 0 || strcmp(pattern, name) == 0 ||
        strcasecmp(pattern, id) == 0) {
        return 1;
    }
    if (strpbrk(pattern, "*?[") == NULL) {
        return 0;
    }
    return fnmatch(pattern, name, 0) == 0 || fnmatch(pattern, id, FNM_CASEFOLD) == 0;
}
