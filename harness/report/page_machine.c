/* Why this file: a number belongs to the machine and the build it was measured on. */
#include "report/page_parts.h"

#include "report/builds.h"
#include "report/units.h"

#include <stdlib.h>
#include <string.h>

static void write_fact(const zcb_page *page, const char *what, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        zcb_page_print(page, "<tr><th scope=\"row\">%s</th>", what);
        zcb_page_field(page, "<td>", text, "</td></tr>\n");
    }
}

static void write_size(const zcb_page *page, const char *what, uint64_t bytes)
{
    char text[ZCB_UNIT_TEXT_MAX];
    if (bytes > 0) {
        write_fact(page, what, zcb_unit_size((double)bytes, text, sizeof text));
    }
}

static void write_facts(const zcb_page *page)
{
    const zcb_machine *machine = &page->analysis->recorded->run.machine;
    char text[64];
    snprintf(text, sizeof text, "%u, %u usable", machine->cpus, machine->affinity_cpus);
    fputs("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Machine\">\n"
          "<table class=\"facts\">\n<caption>Machine</caption>\n<tbody>\n",
          page->stream);
    write_fact(page, "host", machine->host);
    write_fact(page, "processor", machine->cpu_model);
    write_fact(page, "processors", text);
    write_size(page, "L1d cache", machine->l1d_bytes);
    write_size(page, "L2 cache", machine->l2_bytes);
    write_size(page, "L3 cache", machine->l3_bytes);
    write_size(page, "memory", machine->memory_bytes);
    write_fact(page, "virtualisation", machine->virtualisation);
    write_fact(page, "system", machine->os);
    write_fact(page, "kernel", machine->kernel);
    write_fact(page, "C library", machine->libc);
    write_fact(page, "C library tunables", machine->libc_tunables);
    write_fact(page, "transparent huge pages", machine->thp);
    write_fact(page, "clock source", machine->clocksource);
    write_fact(page, "governor", machine->governor);
    write_fact(page, "turbo", machine->turbo);
    fputs("</tbody>\n", page->stream);
    zcb_page_end_table(page);
}

/* yes, no, or a dash where nobody knows. */
static const char *known(int value)
{
    return value < 0 ? "–" : value > 0 ? "yes" : "no";
}

static void write_interpreters(const zcb_page *page)
{
    const zcb_run *run = &page->analysis->recorded->run;
    zcb_page_begin_table(page, "Interpreters");
    fputs("<caption>Interpreters</caption>\n<thead><tr><th scope=\"col\">name</th>"
          "<th scope=\"col\">version</th><th scope=\"col\">PGO</th><th scope=\"col\">LTO</th>"
          "<th scope=\"col\">debug</th><th scope=\"col\">GIL</th><th scope=\"col\">JIT</th>"
          "<th scope=\"col\">numpy</th><th scope=\"col\">compiler</th>"
          "<th scope=\"col\">executable</th></tr></thead>\n<tbody>\n",
          page->stream);
    for (size_t v = 0; v < run->variant_count; v++) {
        const zcb_variant *variant = &run->variants[v];
        zcb_about about = {ZCB_ABOUT_ALL, ZCB_ABOUT_ALL, v, 0};
        const int flags[] = {variant->pgo, variant->lto, variant->debug, variant->gil,
                             variant->jit};
        fputs("<tr", page->stream);
        zcb_page_class(page, "", about);
        zcb_page_field(page, "><th scope=\"row\">", variant->name, "</th>");
        zcb_page_field(page, "<td>", variant->version, "</td>");
        for (size_t f = 0; f < sizeof flags / sizeof flags[0]; f++) {
            zcb_page_print(page, "<td>%s</td>", known(flags[f]));
        }
        zcb_page_field(page, "<td>", variant->numpy, "</td>");
        zcb_page_field(page, "<td>", variant->compiler, "</td>");
        zcb_page_field(page, "<td>", variant->executable, "</td></tr>\n");
    }
    fputs("</tbody>\n", page->stream);
    zcb_page_end_table(page);
}

/* In what any two of the builds are unlike. */
static unsigned unlike(const zcb_run *run)
{
    unsigned parts = 0;
    for (size_t v = 1; v < run->variant_count; v++) {
        parts |= zcb_build_differences(&run->variants[0], &run->variants[v]);
    }
    return parts;
}

/* What concerns the machine and how the run went. */
static void warn_of_run(const zcb_page *page)
{
    const zcb_recorded *recorded = page->analysis->recorded;
    const zcb_run *run = &recorded->run;
    if (!run->complete) {
        fputs("<li>This run is incomplete: it was stopped before its plan was done.</li>\n",
              page->stream);
    }
    if (recorded->torn) {
        fputs("<li>The recorded samples end in a torn line, which was dropped.</li>\n",
              page->stream);
    }
    if (run->machine.virtualisation != NULL && run->machine.virtualisation[0] != '\0' &&
        strcmp(run->machine.virtualisation, "none") != 0) {
        zcb_page_field(page, "<li>Measured in a ", run->machine.virtualisation,
                       ": neighbours widen the intervals.</li>\n");
    }
    if (run->machine.aslr == 0) {
        fputs("<li>Address layouts were not random: launches share one layout.</li>\n",
              page->stream);
    }
    if (run->machine.governor != NULL && run->machine.governor[0] != '\0' &&
        strcmp(run->machine.governor, "performance") != 0) {
        zcb_page_field(page, "<li>The processor's governor is ", run->machine.governor,
                       ": its clock may move.</li>\n");
    }
}

/* One line for all builds without profile-guided optimisation: often it is all of them. */
static void warn_of_pgo(const zcb_page *page)
{
    const zcb_run *run = &page->analysis->recorded->run;
    size_t told = 0;
    for (size_t v = 0; v < run->variant_count; v++) {
        if (run->variants[v].pgo == 0) {
            fputs(told++ == 0 ? "<li>Built without profile-guided optimisation: " : ", ",
                  page->stream);
            zcb_page_text(page, run->variants[v].name);
        }
    }
    fputs(told > 0 ? ".</li>\n" : "", page->stream);
}

static void warn_of_builds(const zcb_page *page)
{
    const zcb_run *run = &page->analysis->recorded->run;
    char text[128];
    for (size_t v = 0; v < run->variant_count; v++) {
        if (run->variants[v].debug > 0) {
            zcb_page_field(page, "<li>", run->variants[v].name,
                           " is a debug build: slower throughout.</li>\n");
        }
    }
    warn_of_pgo(page);
    if (unlike(run) != 0) {
        zcb_page_print(page,
                       "<li>The builds differ in %s: not every difference between them is "
                       "Python's.</li>\n",
                       zcb_build_words(unlike(run), text, sizeof text));
    }
    for (size_t i = 0; i < run->left_out_count && i < ZCB_PAGE_ROWS_MAX; i++) {
        zcb_page_field(page, "<li>Left out: ", run->left_out[i].spec, " — ");
        zcb_page_text(page, run->left_out[i].reason);
        fputs("</li>\n", page->stream);
    }
}

static void warn_of_controls(const zcb_page *page)
{
    const zcb_controls *controls = &page->analysis->controls;
    const double margin = 0.005;
    char text[ZCB_UNIT_TEXT_MAX];
    if (controls->twin.lo > 1.0 + margin || controls->twin.hi < 1.0 - margin) {
        zcb_page_print(page,
                       "<li>The same code visited twice differs, twin/copy is %s: small "
                       "differences are not to be trusted.</li>\n",
                       zcb_unit_factor_interval(controls->twin.estimate, controls->twin.lo,
                                                controls->twin.hi, text, sizeof text));
    }
    if (controls->status_count[ZCB_STATUS_NOISY] > 0) {
        zcb_page_print(page, "<li><a href=\"#cells\">%zu of %zu cells</a> are noisy.</li>\n",
                       controls->status_count[ZCB_STATUS_NOISY], controls->cell_count);
    }
}

void zcb_page_machine(zcb_page *page)
{
    char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);
    zcb_page_heading(page, "machine", "Machine and interpreters");
    if (memory != NULL) {
        zcb_page warnings = *page;
        warnings.stream = memory;
        warn_of_run(&warnings);
        warn_of_builds(&warnings);
        warn_of_controls(&warnings);
        fclose(memory);
    }
    if (length > 0) {
        fputs("<div class=\"warnings\">\n<h3 id=\"warnings\">Warnings</h3>\n<ul>\n",
              page->stream);
        fwrite(text, 1, length, page->stream);
        fputs("</ul>\n</div>\n", page->stream);
    }
    free(text);
    write_interpreters(page);
    write_facts(page);
}
