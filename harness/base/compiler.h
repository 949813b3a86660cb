/* The compiler extensions that are used, and no others: gcc's and clang's, empty elsewhere. */
#ifndef ZCB_BASE_COMPILER_H
#define ZCB_BASE_COMPILER_H

#if defined(__GNUC__)
/* The function takes printf's format as argument `text` and its values from `first` on. */
#define ZCB_PRINTF(text, first) __attribute__((format(printf, text, first)))
#define zcb_always_inline inline __attribute__((always_inline))
#define zcb_never_inline __attribute__((noinline))
/* Seen from outside a shared object. */
#define ZCB_EXPORT __attribute__((visibility("default")))
#else
#define ZCB_PRINTF(text, first)
#define zcb_always_inline inline
#define zcb_never_inline
#define ZCB_EXPORT
#endif

/* Tells the compiler that memory may have been looked at through `pointer`: what was computed into it
 * must have happened. Costs no instruction. */
static zcb_always_inline void zcb_keep(const void *pointer)
{
#if defined(__GNUC__)
    __asm__ volatile("" : : "r"(pointer) : "memory");
#else
    static const void *volatile sink;
    sink = pointer;
#endif
}

/* The same value, of which the compiler knows nothing any more. Stays in a register. */
static zcb_always_inline unsigned long zcb_opaque(unsigned long value)
{
#if defined(__GNUC__)
    __asm__ volatile("" : "+r"(value));
#else
    volatile unsigned long kept = value;
    value = kept;
#endif
    return value;
}

#endif
