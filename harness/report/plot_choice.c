/* Why this file: who writes a paper wants three pictures as PDF, not six hundred. */
#include "report/plot_choice.h"

#include "report/gnuplot.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

#define ITEM_MAX 256

/* Takes the next item of *list into out[ITEM_MAX]; 0 after the last. */
static int next_item(const char **list, char *out)
{
    *list += strspn(*list, ", ");
    size_t length = strcspn(*list, ",");
    if (length == 0) {
        return 0;
    }
    snprintf(out, ITEM_MAX, "%.*s", (int)(length < ITEM_MAX ? length : ITEM_MAX - 1), *list);
    *list += length;
    return 1;
}

/* What the item asks for; its ending is cut off. */
static unsigned take_ending(char *item)
{
    static const struct {
        const char *ending;
        unsigned kinds;
    } endings[] = {{".svg", ZCB_DRAW_SVG}, {".png", ZCB_DRAW_PNG}, {".pdf", ZCB_DRAW_PDF}};
    size_t length = strlen(item);
    for (size_t i = 0; i < 3; i++) {
        if (length > 4 && strcmp(item + length - 4, endings[i].ending) == 0) {
            item[length - 4] = '\0';
            return endings[i].kinds;
        }
    }
    return ZCB_DRAW_SVG | ZCB_DRAW_PNG;
}

static int names(const char *item, const zcb_picture *picture)
{
    return strcmp(item, zcb_picture_kind_name(picture->figure)) == 0 ||
           fnmatch(item, picture->name, 0) == 0;
}

unsigned zcb_plot_choice(const char *list, const zcb_picture *picture)
{
    char item[ITEM_MAX];
    unsigned kinds = list == NULL ? ZCB_DRAW_SVG | ZCB_DRAW_PNG : 0;
    while (list != NULL && next_item(&list, item)) {
        unsigned wanted = take_ending(item);
        kinds |= names(item, picture) ? wanted : 0;
    }
    return kinds;
}

int zcb_plot_choice_check(const char *list, const zcb_pictures *pictures, zcb_error *error)
{
    char item[ITEM_MAX];
    int has_items = 0;
    while (next_item(&list, item)) {
        size_t i = 0;
        take_ending(item);
        while (i < pictures->count && !names(item, &pictures->items[i])) {
            i++;
        }
        if (i == pictures->count) {
            return zcb_fail(error, ZCB_EXIT_USAGE,
                            "no figure '%s': a kind (forest, time, speedup, heatmap, compare, "
                            "controls), a name as in plots/ or a glob is taken%s%s",
                            item, pictures->count > 0 ? ", such as " : "",
                            pictures->count > 0 ? pictures->items[0].name : "");
        }
        has_items = 1;
    }
    return has_items ? 0 : zcb_fail(error, ZCB_EXIT_USAGE, "the list of figures names none");
}
