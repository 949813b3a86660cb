/* Why this file: the page and its pictures count answers in the same words. */
#include "report/answer_counts.h"

#include <stdio.h>
#include <string.h>

/* All answers are of one kind. */
static void tell_all(const char *phrase, size_t count, char *out, size_t size)
{
    if (count == 2) {
        snprintf(out, size, "%s in both answers", phrase);
    } else if (count > 2) {
        snprintf(out, size, "%s in all %zu answers", phrase, count);
    } else {
        snprintf(out, size, "%s", phrase);
    }
}

char *zcb_answer_counts_text(zcb_answer_counts counts, char *out, size_t size)
{
    const struct {
        size_t count;
        const char *alone, *between;
    } kinds[] = {
        {counts.always, "Sharing never loses", "never loses"},
        {counts.crossed, "Sharing pays from some size on", "pays from some size on"},
        {counts.never, "Sharing never pays", "never pays"},
        {counts.unclear, "The data do not say whether sharing pays", NULL},
    };
    size_t all = counts.always + counts.crossed + counts.never + counts.unclear, told = 0;
    snprintf(out, size, "There is no answer");
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        size_t used = strlen(out);
        if (kinds[k].count == 0) {
            continue;
        }
        if (kinds[k].count == all) {
            tell_all(kinds[k].alone, all, out, size);
        } else if (told == 0) {
            snprintf(out, size, "%s in %zu of %zu answers", kinds[k].alone, kinds[k].count,
                     all);
        } else if (kinds[k].between != NULL) {
            snprintf(out + used, size - used, ", %s in %zu", kinds[k].between, kinds[k].count);
        } else {
            snprintf(out + used, size - used, "; in %zu the data do not say", kinds[k].count);
        }
        told++;
    }
    return out;
}
