/* The pictures of a run as a list: what each shows, what it is called, and what is said of it.
 */
#ifndef ZCB_REPORT_PICTURES_H
#define ZCB_REPORT_PICTURES_H

#include "report/analysis.h"

#include <stddef.h>

#define ZCB_PICTURE_NAME_MAX 160

/* The kinds of picture, in the order of the page. */
typedef enum zcb_picture_kind {
    ZCB_PICTURE_FOREST,
    ZCB_PICTURE_TIME,
    ZCB_PICTURE_SPEEDUP,
    ZCB_PICTURE_HEATMAP,
    ZCB_PICTURE_COMPARE,
    ZCB_PICTURE_CONTROLS,
    ZCB_PICTURE_COUNT
} zcb_picture_kind;

/* "forest", "time", …; static storage. */
const char *zcb_picture_kind_name(zcb_picture_kind figure);

/* What a picture is about; what it isn't limited to is "all". */
typedef struct zcb_about {
    size_t group;   /* as zcb_plan_group says; ZCB_ABOUT_ALL */
    size_t lane;    /* zcb_lane; ZCB_ABOUT_ALL */
    size_t variant; /* index in run->variants; ZCB_ABOUT_ALL */
    size_t rank;    /* of several of one group, lane and variant: the order on the page */
} zcb_about;

#define ZCB_ABOUT_ALL ((size_t)-1)

/* One picture. Texts are owned, may hold anything, and are "" where there is nothing to say. */
typedef struct zcb_picture {
    char name[ZCB_PICTURE_NAME_MAX]; /* of its files, without an ending */
    zcb_picture_kind figure;
    zcb_about about;
    char *heading; /* a few words */
    char *finding; /* one sentence from the data */
    char *alt;     /* what is to be seen, for who can't */
    unsigned head; /* height of its title above the drawing, in points */
    int is_drawn;  /* 1: its files hold what the data say now */
} zcb_picture;

/* The pictures that were written and wait to be drawn. Zero value: empty. Owns them. */
typedef struct zcb_pictures {
    zcb_picture *items;
    size_t count, capacity;
} zcb_pictures;

/* Adds a picture called after `text`, which may hold anything; two that would get the same name
 * are told apart by a number. Borrowed until the next add; NULL when memory is short. */
zcb_picture *zcb_pictures_add(zcb_pictures *pictures, const char *text, zcb_picture_kind figure,
                              zcb_about about);

/* Sets heading, finding and alt to copies: 0 or -1 (memory). */
int zcb_picture_tell(zcb_picture *picture, const char *heading, const char *finding,
                     const char *alt, zcb_error *error);

void zcb_pictures_clear(zcb_pictures *pictures);

#endif
