/* Why this file: what is drawn, what is said of it and where it stands on the page belong
 * together. */
#include "report/pictures.h"

#include "base/room.h"
#include "report/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *zcb_picture_kind_name(zcb_picture_kind figure)
{
    static const char *const names[] = {"forest",  "time",    "speedup",
                                        "heatmap", "compare", "controls"};
    return names[figure];
}

static int is_taken(const zcb_pictures *pictures, const char *name)
{
    for (size_t i = 0; i < pictures->count; i++) {
        if (strcmp(pictures->items[i].name, name) == 0) {
            return 1;
        }
    }
    return 0;
}

zcb_picture *zcb_pictures_add(zcb_pictures *pictures, const char *text, zcb_picture_kind figure,
                              zcb_about about)
{
    char base[ZCB_PICTURE_NAME_MAX - 24];
    zcb_picture *items =
        zcb_with_room(pictures->items, &pictures->capacity, pictures->count + 1, sizeof *items);
    if (items == NULL) {
        return NULL;
    }
    pictures->items = items;
    zcb_picture *picture = &items[pictures->count];
    *picture = (zcb_picture){.figure = figure, .about = about};
    zcb_text_filename(text, base, sizeof base);
    snprintf(picture->name, sizeof picture->name, "%s", base);
    for (unsigned again = 2; is_taken(pictures, picture->name); again++) {
        snprintf(picture->name, sizeof picture->name, "%s-%u", base, again);
    }
    pictures->count++;
    return picture;
}

int zcb_picture_tell(zcb_picture *picture, const char *heading, const char *finding,
                     const char *alt, zcb_error *error)
{
    picture->heading = strdup(heading);
    picture->finding = strdup(finding);
    picture->alt = strdup(alt);
    return picture->heading != NULL && picture->finding != NULL && picture->alt != NULL
               ? 0
               : zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
}

void zcb_pictures_clear(zcb_pictures *pictures)
{
    for (size_t i = 0; i < pictures->count; i++) {
        free(pictures->items[i].heading);
        free(pictures->items[i].finding);
        free(pictures->items[i].alt);
    }
    free(pictures->items);
    *pictures = (zcb_pictures){0};
}
