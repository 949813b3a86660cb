/* See selftest_work.h. */
#include "worker/selftest_work.h"

static uint64_t spin_steps(uint64_t iterations, uint64_t steps, uint64_t per_mille)
{
    return (iterations * steps * per_mille + 500) / 1000;
}

unsigned long zcb_selftest_slow_work(uint64_t iterations, uint64_t steps, uint64_t per_mille)
{
    unsigned long value = zcb_selftest_work(1, iterations, steps);
    return zcb_selftest_work(value, 1, spin_steps(iterations, steps, per_mille));
}

unsigned long zcb_selftest_spin(uint64_t iterations, uint64_t steps, uint64_t per_mille)
{
    return zcb_selftest_work(1, 1, spin_steps(iterations, steps, per_mille));
}

int zcb_selftest_keep(unsigned long value)
{
    zcb_keep(&value);
    return 0;
}

int zcb_selftest_set_up(zcb_case *c)
{
    c->source = zcb_source_bytes(c);
    if (c->source == NULL) {
        return -1;
    }
    c->data = PyBytes_AS_STRING(c->source) + c->offset;
    return 0;
}

PyObject *zcb_selftest_once(const zcb_case *c)
{
    return Py_NewRef(c->source);
}
