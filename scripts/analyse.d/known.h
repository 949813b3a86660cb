/* Facts that a program reading one file at a time can't see; included by scripts/analyse before each file,
 * never compiled into anything: a failure is told by -1, and a test ends where an assertion fails. */
#pragma GCC system_header /* what is found in a macro is found where it is used */

#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define zcb_fail(...) ((zcb_fail)(__VA_ARGS__), -1)

#if __has_include(<cmocka.h>)
#include <cmocka.h>
#undef fail /* a name that others may have */
#undef assert_true
#undef assert_false
#undef assert_null
#undef assert_non_null
#undef assert_int_equal
#define assert_true(condition) ((condition) ? (void)0 : abort())
#define assert_false(condition) ((condition) ? abort() : (void)0)
#define assert_null(pointer) ((pointer) == NULL ? (void)0 : abort())
#define assert_non_null(pointer) ((pointer) != NULL ? (void)0 : abort())
#define assert_int_equal(left, right) \
    (cast_to_largest_integral_type(left) == cast_to_largest_integral_type(right) ? (void)0 : abort())
#endif
