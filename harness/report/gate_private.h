/* What the two modes of a gate share with what judges them. Not for others. */
#ifndef ZCB_REPORT_GATE_PRIVATE_H
#define ZCB_REPORT_GATE_PRIVATE_H

#include "report/gate.h"
#include "report/grouping.h"

/* Launches first … end − 1. */
typedef struct zcb_gate_launches {
    uint32_t first, end;
} zcb_gate_launches;

/* A gate at work. Invariant: phase[0] are the launches that choose, phase[1] those that
 * confirm: launches are numbered on, so each is one range. */
typedef struct zcb_gate_work {
    const zcb_analysis *analysis;
    const zcb_launch_figures *figures;
    zcb_gate_launches phase[2];
    zcb_grouping grouping;
    zcb_cell_visits visits;
    size_t capacity; /* of made.figures */
    zcb_gate made;
} zcb_gate_work;

/* The result of the cell equal to `cell`, or NULL; borrowed. */
const zcb_cell_result *zcb_gate_result(const zcb_analysis *analysis, const zcb_cell *cell);

/* The part of visits (ascending by launch) that lies within `launches`. */
zcb_visits zcb_gate_within(zcb_visits visits, zcb_gate_launches launches);

/* No cell has more launches. */
size_t zcb_gate_most_launches(const zcb_gate_work *work);

/* Adds a figure of the cell's pair with what is allowed for it; NULL without memory. */
zcb_gate_figure *zcb_gate_add(zcb_gate_work *work, uint32_t cell, const char *arm,
                              zcb_gate_scale scale);

/* Adds a cell that head could not give. 0, or -1 (memory). */
int zcb_gate_add_lost(zcb_gate_work *work, const zcb_cell_result *result);

/* List the figures with what the first phase says of them, and the cells that are lost. 0 or
 * -1. */
int zcb_gate_list_side(zcb_gate_work *work, zcb_error *error);
int zcb_gate_list_stored(zcb_gate_work *work, zcb_error *error);

/* Set confirm.change of the figures that are exceeded: without an interval where there are no
 * such launches. 0 or -1. */
int zcb_gate_confirm_side(zcb_gate_work *work, zcb_error *error);
int zcb_gate_confirm_stored(zcb_gate_work *work, zcb_error *error);

#endif
