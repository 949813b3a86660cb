/* What the phases share: how a cell is given up. */
#include "driver/phases.h"

#include "driver/console.h"
#include "report/units.h"

#include <stdio.h>

void zcb_phase_close_cell(zcb_session *s, size_t cell, zcb_status status, const char *when,
                          const char *reason)
{
    char text[700], size[ZCB_UNIT_TEXT_MAX];
    const zcb_cell *c = zcb_cells_at(s->cells, cell);
    snprintf(text, sizeof text, "%s%s%s", when == NULL ? "" : when, when == NULL ? "" : ": ",
             reason);
    zcb_session_close_cell(s, cell, status, text);
    if (s->is_silent) {
        return;
    }
    zcb_note("%s: %s %s %s on %s: %s", zcb_status_name(status), c->pair, zcb_lane_name(c->lane),
             zcb_unit_size((double)c->size_bytes, size, sizeof size), c->python, text);
}
