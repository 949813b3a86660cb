/* What every writer of this room needs from the system: a write that is whole or an error, and
 * which exit code a failed system call means. */
#ifndef ZCB_STORE_IO_H
#define ZCB_STORE_IO_H

#include "base/error.h"

#include <stddef.h>

/* Writes all of data[size] to descriptor `fd`, going on after short writes and signals. Returns
 * the bytes written: fewer than `size` on an error, with errno set. */
size_t zcb_write_all(int fd, const void *data, size_t size);

/* ZCB_EXIT_USAGE for a path that can't be used (missing, forbidden, read-only, no folder, too
 * long), ZCB_EXIT_INTERNAL for trouble of the machine (disk full, quota, no memory, no
 * descriptors). */
zcb_exit zcb_exit_of_errno(int number);

#endif
