/* See subject.h. */
#include "subject.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

void subject_finish(subject *subject)
{
    zcb_error error;
    assert_int_equal(zcb_analyse(&subject->recorded, &subject->analysis, &error), 0);
    assert_int_equal(zcb_launch_figures_make(&subject->recorded, &subject->figures, &error), 0);
}

void subject_make(const fabrication *fabrication, subject *subject)
{
    fabricate(fabrication, &subject->recorded);
    subject_finish(subject);
}

void subject_clear(subject *subject)
{
    zcb_launch_figures_clear(&subject->figures);
    zcb_analysis_clear(&subject->analysis);
    zcb_recorded_clear(&subject->recorded);
}

void set_text(char **field, const char *text)
{
    free(*field);
    *field = strdup(text);
    assert_non_null(*field);
}
