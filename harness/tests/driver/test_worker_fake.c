/* A worker without Python that plays one part, named by --program: "normal", or one that breaks
 * the protocol, floods, hangs or dies, so that the supervision can be tested against each. */
#include "base/wire.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ARMS_MAX 8

/* What this process was started as. */
static const char *part = "normal", *path = "";

static int plays(const char *name)
{
    return strcmp(part, name) == 0;
}

static void say_bytes(const char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t written = write(ZCB_WIRE_TO_DRIVER, bytes, count);
        if (written <= 0) {
            _exit(99);
        }
        bytes += written;
        count -= (size_t)written;
    }
}

static void say(const char *line)
{
    say_bytes(line, strlen(line));
    say_bytes("\n", 1);
}

static _Noreturn void sleep_for_ever(void)
{
    for (;;) {
        pause();
    }
}

static void dump_file(FILE *to, const char *from)
{
    FILE *file = fopen(from, "r");
    for (int c = file == NULL ? EOF : getc(file); c != EOF; c = getc(file)) {
        putc(c == '\0' ? '\n' : c, to);
    }
    if (file != NULL) {
        fclose(file);
    }
}

/* All that was inherited, for the test to look at. */
static void dump_surroundings(char **arguments)
{
    FILE *to = fopen(path, "w");
    DIR *open_now = opendir("/proc/self/fd");
    if (to == NULL || open_now == NULL) {
        _exit(98);
    }
    for (char **argument = arguments; *argument != NULL; argument++) {
        fprintf(to, "arg %s\n", *argument);
    }
    for (struct dirent *entry = readdir(open_now); entry != NULL; entry = readdir(open_now)) {
        int number = atoi(entry->d_name);
        if (entry->d_name[0] != '.' && number != dirfd(open_now) && number != fileno(to)) {
            fprintf(to, "fd %d\n", number);
        }
    }
    closedir(open_now);
    fprintf(to, "group %d of %d\n", (int)getpgrp(), (int)getpid());
    dump_file(to, "/proc/self/status");
    fprintf(to, "environment\n");
    dump_file(to, "/proc/self/environ");
    fclose(to);
}

/* Writes much more than a pipe holds to stderr and stdout. */
static void flood_stderr(void)
{
    for (int i = 0; i < 100000; i++) {
        fprintf(stderr, "noise on stderr, line %06d, of no use to anybody whatsoever\n", i);
        printf("noise on stdout\n");
    }
    fflush(stdout);
    fprintf(stderr, "the last noise\n");
}

/* Bad parts of a job, before or instead of its lines; returns when the job goes on. */
static void misbehave(const char *token)
{
    char line[256];
    if (plays("crash")) {
        fprintf(stderr, "about to crash\n");
        abort();
    } else if (plays("exit")) {
        _exit(7);
    } else if (plays("hang")) {
        signal(SIGTERM, SIG_IGN);
        sleep_for_ever();
    } else if (plays("garbage")) {
        say("Segmentation of the world: \x1b[31mred\x1b[0m");
    } else if (plays("no-token")) {
        say("proved");
    } else if (plays("other-token")) {
        say("proved token=0123456789abcdef");
    } else if (plays("half-line")) {
        snprintf(line, sizeof line, "end token=%s status=ok visits=0 switches=0 peak_k", token);
        say_bytes(line, strlen(line));
        _exit(0);
    } else if (plays("nul")) {
        snprintf(line, sizeof line, "proved token=%s", token);
        say_bytes(line, strlen(line) + 1);
    } else if (plays("flood") || plays("flood-bytes")) {
        snprintf(line, sizeof line, "proved token=%s%s", token, plays("flood") ? "\n" : " ");
        for (;;) {
            say_bytes(line, strlen(line));
        }
    } else if (plays("close-wire")) {
        close(ZCB_WIRE_TO_DRIVER);
        sleep_for_ever();
    } else if (plays("orphan")) {
        if (fork() == 0) {
            sleep_for_ever();
        }
        _exit(3);
    } else if (plays("stderr-flood")) {
        flood_stderr();
    }
}

static void end(const char *token, const char *status, unsigned visits)
{
    char line[256];
    snprintf(line, sizeof line, "end token=%s status=%s visits=%u switches=3 peak_kib=4096",
             token, status, visits);
    if (plays("after-end")) {
        strcat(line, "\nproved token=");
        strcat(line, token);
    }
    say(line);
    if (plays("leave")) {
        fprintf(stderr, "gone by itself\n");
        _exit(4);
    }
    if (plays("late-word")) {
        say("by the way");
    }
}

static int is_sparse(const char *arm)
{
    return strcmp(arm, "twin") == 0 || strcmp(arm, "limit") == 0;
}

/* What a measure job asks for. Invariant: the texts lead into `counts`. */
typedef struct plan {
    char counts[1024];
    const char *arms[ARMS_MAX], *iterations[ARMS_MAX];
    size_t arm_count;
    uint64_t blocks, sparse_every;
} plan;

static void read_plan(const zcb_wire *job, plan *out)
{
    memset(out, 0, sizeof *out);
    zcb_wire_u64(job, "blocks", &out->blocks);
    zcb_wire_u64(job, "sparse_every", &out->sparse_every);
    snprintf(out->counts, sizeof out->counts, "%s", zcb_wire_text(job, "counts"));
    char *item, *rest = out->counts;
    while ((item = strsep(&rest, ",")) != NULL && out->arm_count < ARMS_MAX) {
        char *colon = strrchr(item, ':');
        *colon = '\0';
        out->arms[out->arm_count] = item;
        out->iterations[out->arm_count++] = colon + 1;
    }
}

/* One block's visits; the number of lines said. */
static unsigned measure_block(const plan *asked, const char *token, unsigned block)
{
    unsigned order = 0, said = 0;
    for (size_t i = 0; i < asked->arm_count; i++) {
        size_t arm = (i + block) % asked->arm_count;
        if (is_sparse(asked->arms[arm]) && block % asked->sparse_every != 0) {
            continue;
        }
        char line[256];
        snprintf(line, sizeof line,
                 "visit token=%s block=%u order=%u arm=%s n=%s%s ns=%u faults=1", token, block,
                 order++, asked->arms[arm], asked->iterations[arm],
                 plays("wrong-count") && block == 1 ? "0" : "", 1000 + block);
        if (plays("missing") && block == 2 && i == 0) {
            continue;
        }
        say(line);
        said++;
        if (plays("duplicate") && block == 2) {
            say(line);
        }
    }
    return said;
}

static unsigned measure(const zcb_wire *job, const char *token)
{
    plan asked;
    read_plan(job, &asked);
    unsigned visits = 0;
    for (unsigned block = 0; block < asked.blocks; block++) {
        visits += measure_block(&asked, token, block);
    }
    return visits;
}

static void calibrate(const char *token)
{
    static const char *const arms[] = {"copy", "view:slice", "view:cast",
                                       "null", "twin",       "limit"};
    for (size_t i = 0; i < sizeof arms / sizeof arms[0]; i++) {
        char line[256];
        snprintf(line, sizeof line,
                 "calibrated token=%s arm=%s n=%zu ns=500000 tries=2 settled=%d", token,
                 arms[i], 100 * (i + 1), !plays("unsettled") || i != 1);
        say(line);
    }
}

static void take_job(const zcb_wire *job)
{
    char line[256];
    static char before[32];
    const char *token = zcb_wire_text(job, "token");
    if (plays("belated") && before[0] != '\0') {
        snprintf(line, sizeof line, "proved token=%s", before);
        say(line);
    }
    snprintf(before, sizeof before, "%s", token);
    misbehave(token);
    if (plays("refuse") || plays("raise")) {
        snprintf(line, sizeof line, "%s token=%s reason=%s",
                 plays("refuse") ? "refused" : "error", token, "the%20view%20is%0aa%20copy");
        say(line);
        end(token, plays("refuse") ? "refused" : "error", 0);
    } else if (plays("child-crash")) {
        fprintf(stderr, "child: out of luck\n");
        end(token, "signal:11", 0);
    } else if (plays("chat-then-crash") && strcmp(job->verb, "proof") != 0) {
        end(token, "signal:11", 0);
    } else if (plays("timeout")) {
        end(token, "timeout", 0);
    } else if (strcmp(job->verb, "measure") == 0) {
        end(token, "ok", measure(job, token));
    } else if (strcmp(job->verb, "calibrate") == 0) {
        calibrate(token);
        end(token, "ok", 0);
    } else {
        fprintf(stderr, "%s", plays("chat-then-crash") ? "old news" : "");
        snprintf(line, sizeof line, "proved token=%s", token);
        say(line);
        end(token, "ok", 0);
    }
}

static void load(const zcb_wire *message)
{
    char line[256];
    const char *pair = zcb_wire_text(message, "pair");
    snprintf(line, sizeof line, "loaded pair=%s%s", plays("load-other") ? "other" : pair,
             strcmp(pair, "bad") == 0 ? " error=SyntaxError:%20line%202%0ahere" : "");
    say(line);
}

static void greet(void)
{
    char line[256];
    if (plays("start-mute")) {
        sleep_for_ever();
    } else if (plays("start-garbage")) {
        say("Python 3.13.0 (main)");
    }
    snprintf(line, sizeof line, "hello pid=%d prefix=/usr version=3.13.0 numpy=",
             plays("start-other") ? 1 : (int)getpid());
    say(line);
    if (plays("stubborn")) {
        signal(SIGTERM, SIG_IGN);
        sleep_for_ever();
    }
}

int main(int argc, char **argv)
{
    for (int i = 1; i + 1 < argc; i++) {
        part = strcmp(argv[i], "--program") == 0 ? argv[i + 1] : part;
        path = strcmp(argv[i], "--path") == 0 ? argv[i + 1] : path;
    }
    if (plays("start-exit")) {
        fprintf(stderr, "libpython is missing\n");
        return 5;
    }
    if (plays("dump")) {
        dump_surroundings(argv);
    }
    FILE *from_driver = fdopen(ZCB_WIRE_FROM_DRIVER, "r");
    char line[ZCB_WIRE_LINE_MAX];
    while (from_driver != NULL && fgets(line, sizeof line, from_driver) != NULL) {
        zcb_wire message;
        line[strcspn(line, "\n")] = '\0';
        if (zcb_wire_parse(line, &message) < 0) {
            return 97;
        }
        if (strcmp(message.verb, "quit") == 0) {
            break;
        } else if (strcmp(message.verb, "load") == 0) {
            load(&message);
        } else if (strcmp(message.verb, "ready") == 0) {
            greet();
        } else {
            take_job(&message);
        }
    }
    if (from_driver != NULL) {
        fclose(from_driver);
    }
    return 0;
}
