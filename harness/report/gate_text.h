/* A gate's verdict in words: terminal, Markdown and gate.json say the same because they all ask
 * here. */
#ifndef ZCB_REPORT_GATE_TEXT_H
#define ZCB_REPORT_GATE_TEXT_H

#include "report/gate.h"

#include <stdio.h>

#define ZCB_GATE_TEXT_MAX 512

/* "pass", "fail", "inconclusive"; static storage. */
const char *zcb_gate_verdict_name(const zcb_gate *gate);

/* The verdict in one sentence, without the word above and without a full stop. Returns `out`.
 */
char *zcb_gate_sentence(const zcb_gate *gate, char *out, size_t size);

/* "views python 4 KiB view", with the variant in front where figures are stored. Names are as
 * recorded, not made safe for showing. Returns `out`. */
char *zcb_gate_label(const zcb_gate *gate, const zcb_gate_figure *figure, char *out,
                     size_t size);

/* "1.101× (1.082–1.121) of base, allowed 1.05×; …": how the figure changed, and what became of
 * it where it is not ok. Returns `out`. */
char *zcb_gate_figure_text(const zcb_gate *gate, const zcb_gate_figure *figure, char *out,
                           size_t size);

/* What a reader should know beside the verdict, as lines without newline: calls `tell` for
 * each. */
void zcb_gate_notes(const zcb_gate *gate, void (*tell)(void *context, const char *line),
                    void *context);

/* Prints the verdict, every figure that is not ok or, where all are, the one that changed most,
 * and the notes. Names are shown with control characters escaped. */
void zcb_gate_print(const zcb_gate *gate, FILE *stream);

/* The same as a section of a Markdown page, with all other figures folded. Every text from
 * outside is escaped; at most some 400 KiB. */
void zcb_gate_md(const zcb_gate *gate, FILE *stream);

#endif
