/* How people point at pairs: by name, by catalogue id, by glob, or `all`. */
#ifndef ZCB_DRIVER_PATTERN_H
#define ZCB_DRIVER_PATTERN_H

/* 1 when `pattern` is "all", equals the name or the id (letters' case is free in an id), or is
 * a glob
 * (* ? [ ]) that matches the name or the id. */
int zcb_pattern_matches(const char *pattern, const char *name, const char *id);

#endif
