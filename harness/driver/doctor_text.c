/* The doctor's findings for people: doctor_output.h. */
#include "driver/doctor_output.h"

#include "report/text.h"
#include "report/units.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

enum { NAME_COLUMNS = 12, VERSION_COLUMNS = 10, STATE_COLUMNS = 8, BUILD_COLUMNS = 46 };
enum { LABEL_COLUMNS = 16, INDENT = 2, WIDTH_LEAST = 40 };

/* Where the text goes. */
typedef struct page {
    FILE *stream;
    unsigned width;
} page;

static const char *text_of(const char *text)
{
    return text == NULL ? "" : text;
}

/* `text`, made visible, and blanks up to `columns`. */
static void print_column(const page *p, const char *text, size_t columns)
{
    char visible[1024];
    zcb_text_visible(text, visible, sizeof visible);
    size_t width = zcb_text_width(visible);
    fprintf(p->stream, "%s%*s ", visible, (int)(width < columns ? columns - width : 0), "");
}

/* Columns that `text` has up to its next blank, at least one. */
static size_t word_bytes(const char *text)
{
    size_t length = strcspn(text, " ");
    return length > 0 ? length : 1;
}

/* `text`, made visible, broken at blanks; starts at column `at`, later lines are indented by
 * `indent`. */
static void print_wrapped(const page *p, const char *text, size_t at, size_t indent)
{
    char visible[4096];
    zcb_text_visible(text, visible, sizeof visible);
    size_t column = at;
    for (const char *word = visible; *word != '\0';) {
        char piece[sizeof visible];
        size_t bytes = word_bytes(word);
        snprintf(piece, sizeof piece, "%.*s", (int)bytes, word);
        size_t width = zcb_text_width(piece);
        if (column > at && column + 1 + width > p->width) {
            fprintf(p->stream, "\n%*s", (int)indent, "");
            column = at = indent;
        }
        fprintf(p->stream, "%s%s", column > at ? " " : "", piece);
        column += width + (column > at);
        word += bytes + strspn(word + bytes, " ");
    }
    fputc('\n', p->stream);
}

/* "  label   parts": parts that are "" are left out, the others joined by " · ". */
static void print_facts(const page *p, const char *label, const char *const *parts,
                        size_t count)
{
    char text[2048] = "";
    for (size_t i = 0; i < count; i++) {
        size_t used = strlen(text);
        if (parts[i][0] != '\0') {
            snprintf(text + used, sizeof text - used, "%s%s", used > 0 ? " · " : "", parts[i]);
        }
    }
    fprintf(p->stream, "%*s", INDENT, "");
    print_column(p, label, LABEL_COLUMNS);
    print_wrapped(p, text[0] != '\0' ? text : "–", INDENT + LABEL_COLUMNS + 1,
                  INDENT + LABEL_COLUMNS + 1);
}

static const char *flag_word(int flag, const char *yes, const char *no, const char *unknown)
{
    return flag == 1 ? yes : flag == 0 ? no : unknown;
}

/* Compiler, PGO, LTO, linkage, and what is unusual. */
static void build_words(const zcb_variant *v, char *out, size_t size)
{
    const char *words[] = {text_of(v->compiler),
                           flag_word(v->pgo, "PGO", "no PGO", "PGO unknown"),
                           flag_word(v->lto, "LTO", "no LTO", "LTO unknown"),
                           flag_word(v->shared, "shared", "static", ""),
                           flag_word(v->debug, "debug", "", ""),
                           flag_word(v->gil, "", "free-threaded", ""),
                           flag_word(v->jit, "JIT", "", "")};
    out[0] = '\0';
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t used = strlen(out);
        if (words[i][0] != '\0' && used < size) {
            snprintf(out + used, size - used, "%s%s", used > 0 ? ", " : "", words[i]);
        }
    }
}

static void print_usable(const page *p, const zcb_found_python *one, const zcb_patient *patient)
{
    char build[512];
    const zcb_variant *v = &one->variant;
    build_words(v, build, sizeof build);
    fputs(patient->is_default ? "* " : "  ", p->stream);
    print_column(p, v->name, NAME_COLUMNS);
    print_column(p, v->version, VERSION_COLUMNS);
    print_column(p, zcb_patient_state_name(patient->state), STATE_COLUMNS);
    print_column(p, build, BUILD_COLUMNS);
    fprintf(p->stream, "%s\n", text_of(v->numpy)[0] != '\0' ? v->numpy : "–");
    char visible[1024];
    fprintf(p->stream, "%*s%s\n", INDENT + NAME_COLUMNS + 1, "",
            zcb_text_visible(v->executable, visible, sizeof visible));
}

static void print_pythons(const page *p, const zcb_doctor *d)
{
    fputs("INTERPRETERS\n  ", p->stream);
    print_column(p, "name", NAME_COLUMNS);
    print_column(p, "version", VERSION_COLUMNS);
    print_column(p, "state", STATE_COLUMNS);
    print_column(p, "build", BUILD_COLUMNS);
    fputs("numpy\n", p->stream);
    size_t usable = 0, has_default = 0;
    for (size_t i = 0; i < d->pythons.count; i++) {
        if (d->patients[i].state != ZCB_PATIENT_LEFT_OUT) {
            print_usable(p, &d->pythons.items[i], &d->patients[i]);
            usable++;
            has_default |= (size_t)d->patients[i].is_default;
        }
    }
    fputs(usable == 0 ? "  none\n" : "", p->stream);
    fputs(has_default ? "  * used where none is asked for\n" : "", p->stream);
}

static void print_left_out(const page *p, const zcb_doctor *d)
{
    size_t count = 0;
    for (size_t i = 0; i < d->pythons.count; i++) {
        const zcb_found_python *one = &d->pythons.items[i];
        const char *executable = text_of(one->variant.executable);
        char text[2048];
        if (d->patients[i].state != ZCB_PATIENT_LEFT_OUT) {
            continue;
        }
        fputs(count++ == 0 ? "\nLEFT OUT\n" : "", p->stream);
        fprintf(p->stream, "%*s", INDENT, "");
        print_column(p, one->spec, NAME_COLUMNS);
        snprintf(text, sizeof text, "%s%s%s", executable, executable[0] != '\0' ? ": " : "",
                 one->reason);
        print_wrapped(p, text, INDENT + NAME_COLUMNS + 1, INDENT + NAME_COLUMNS + 1);
    }
}

static void print_tools(const page *p, const zcb_tools *tools)
{
    fputs("\nTOOLS\n", p->stream);
    for (size_t i = 0; i < tools->count; i++) {
        const zcb_tool *tool = &tools->items[i];
        char missing[64];
        const char *need = zcb_tool_need_name(tool->need);
        snprintf(missing, sizeof missing, "missing%s%s", need[0] != '\0' ? ": needed for " : "",
                 need);
        const char *parts[] = {!tool->is_there            ? missing
                               : tool->version[0] != '\0' ? tool->version
                                                          : "found"};
        print_facts(p, tool->name, parts, 1);
    }
}

/* "32 KiB" behind `label`, "" where unknown. */
static const char *size_part(const char *label, uint64_t bytes, char *out, size_t size)
{
    char text[ZCB_UNIT_TEXT_MAX];
    if (bytes == 0) {
        return "";
    }
    snprintf(out, size, "%s%s%s", label, label[0] != '\0' ? " " : "",
             zcb_unit_size((double)bytes, text, sizeof text));
    return out;
}

/* "label value", "" where unknown. */
static const char *word_part(const char *label, const char *value, char *out, size_t size)
{
    if (text_of(value)[0] == '\0') {
        return "";
    }
    snprintf(out, size, "%s %s", label, value);
    return out;
}

static void print_processor(const page *p, const zcb_doctor *d)
{
    const zcb_machine *m = &d->machine;
    char cpus[96], quota[64] = "", l1[64], l2[64], l3[64], governor[300], turbo[300];
    snprintf(cpus, sizeof cpus, "%u of %u CPUs may be used", (unsigned)m->affinity_cpus,
             (unsigned)m->cpus);
    if (d->limits.cpus > 0) {
        snprintf(quota, sizeof quota, "control group grants %.2g", d->limits.cpus);
    }
    const char *parts[] = {text_of(m->cpu_model),
                           cpus,
                           quota,
                           size_part("L1d", m->l1d_bytes, l1, sizeof l1),
                           size_part("L2", m->l2_bytes, l2, sizeof l2),
                           size_part("L3", m->l3_bytes, l3, sizeof l3),
                           word_part("governor", m->governor, governor, sizeof governor),
                           word_part("turbo", m->turbo, turbo, sizeof turbo)};
    print_facts(p, "processor", parts, sizeof parts / sizeof parts[0]);
}

static void print_machine(const page *p, const zcb_doctor *d)
{
    const zcb_machine *m = &d->machine;
    char memory[64], limit[96], thp[300], clock[400], reading[ZCB_UNIT_TEXT_MAX];
    fputs("\nMACHINE\n", p->stream);
    print_processor(p, d);
    const char *memories[] = {
        size_part("", m->memory_bytes, memory, sizeof memory),
        size_part("limited to", d->limits.memory_bytes, limit, sizeof limit),
        word_part("huge pages", m->thp, thp, sizeof thp)};
    print_facts(p, "memory", memories, 3);
    const char *systems[] = {text_of(m->os), text_of(m->kernel), text_of(m->libc),
                             text_of(m->libc_tunables)};
    print_facts(p, "system", systems, 4);
    snprintf(clock, sizeof clock, "%s%sone reading %s", text_of(m->clocksource),
             text_of(m->clocksource)[0] != '\0' ? ", " : "",
             zcb_unit_time(d->noise.clock_ns, reading, sizeof reading));
    const char *clocks[] = {clock};
    print_facts(p, "clock", clocks, 1);
    const char *rest[] = {
        text_of(m->virtualisation)[0] != '\0' ? m->virtualisation : "",
        flag_word(m->hardware_counters, "hardware counters", "no hardware counters", ""),
        flag_word(m->aslr, "addresses randomised", "addresses not randomised", "")};
    print_facts(p, "virtualisation", rest + 0, 1);
    print_facts(p, "kernel offers", rest + 1, 2);
}

static void print_noise(const page *p, const zcb_doctor *d)
{
    const zcb_noise *n = &d->noise;
    char wall[ZCB_UNIT_TEXT_MAX], piece[ZCB_UNIT_TEXT_MAX], pause[ZCB_UNIT_TEXT_MAX];
    char texts[6][128];
    fprintf(p->stream, "\nNOISE (%s of pure computing on one CPU, in pieces of %s)\n",
            zcb_unit_time(n->wall_ns, wall, sizeof wall),
            zcb_unit_time(n->piece_ns, piece, sizeof piece));
    snprintf(texts[0], sizeof texts[0], "%.1f over a minute", d->load1);
    snprintf(texts[1], sizeof texts[1], "%.2f %% of the time, in pauses of up to %s",
             n->lost_share * 100, zcb_unit_time(n->longest_ns, pause, sizeof pause));
    snprintf(texts[2], sizeof texts[2], "%" PRIu64 " ms", n->steal_ms);
    snprintf(texts[3], sizeof texts[3], "%" PRIu64 " times", n->involuntary_switches);
    snprintf(texts[4], sizeof texts[4], "%.3f of the median", n->p99_ratio);
    snprintf(texts[5], sizeof texts[5], "by %.1f %% between tenths", n->drift * 100);
    static const char *const labels[] = {"load",        "lost to others",  "stolen by host",
                                         "interrupted", "99th percentile", "speed moved"};
    for (size_t i = 0; i < 6; i++) {
        const char *parts[] = {texts[i]};
        print_facts(p, labels[i], parts, 1);
    }
}

static void print_advice(const page *p, const zcb_texts *advice)
{
    fputs("\nADVICE\n", p->stream);
    for (size_t i = 0; i < advice->count; i++) {
        fprintf(p->stream, "%*s- ", INDENT, "");
        print_wrapped(p, advice->items[i], INDENT + 2, INDENT + 2);
    }
    if (advice->count == 0) {
        fputs("  nothing to mend: `make bench` measures\n", p->stream);
    }
}

void zcb_doctor_print(const zcb_doctor *d, unsigned width, FILE *stream)
{
    page p = {stream, width > WIDTH_LEAST ? width : WIDTH_LEAST};
    print_pythons(&p, d);
    print_left_out(&p, d);
    print_tools(&p, &d->tools);
    print_machine(&p, d);
    print_noise(&p, d);
    print_advice(&p, &d->advice);
}
