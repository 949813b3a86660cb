/* Why this file: gnuplot leaves empty pictures behind when it fails, and its -e and popen
 * features run what they are given; here it gets a fixed argument list and its results are
 * looked at. */
#include "report/gnuplot.h"

#include "report/pdf_undated.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Behind the names of pictures that are not checked yet; the scripts take it from `suffix`. */
#define SUFFIX ".part"
enum {
    JOBS_DEFAULT = 2,
    JOBS_MAX = 16,
    BATCH_MAX = 16,
    STARTED_NOT = 127,
    SECONDS_MAX = 240,
    KIND_COUNT = 3
};

static const char *const KINDS[KIND_COUNT] = {"svg", "png", "pdf"}; /* by bit */

/* Scripts that one process draws, all of the same kinds. */
typedef struct batch {
    size_t first, count;
    pid_t child;
} batch;

/* What is to be done. Invariant: every drawing is settled, in a pending batch or in a running
 * one. */
typedef struct work {
    const char *program, *folder;
    zcb_drawing *drawings;
    batch *pending;
    size_t pending_count;
    batch running[JOBS_MAX];
    size_t running_count;
} work;

/* folder/name.kind followed by `suffix`. */
static void make_path(char *out, size_t size, const char *folder, const zcb_drawing *drawing,
                      const char *kind, const char *suffix)
{
    snprintf(out, size, "%s/%s.%s%s", folder, drawing->name, kind, suffix);
}

/* In the child: becomes gnuplot, its words going to `log`. Only calls that are safe after fork.
 */
static void become_gnuplot(const char *program, const char *folder, char *const *arguments,
                           const char *log)
{
    int words = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (words < 0 || nothing < 0 || chdir(folder) != 0) {
        _exit(126);
    }
    dup2(nothing, STDIN_FILENO);
    dup2(nothing, STDOUT_FILENO);
    dup2(words, STDERR_FILENO);
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* nobody would look at its pictures */
    alarm(SECONDS_MAX);               /* survives exec: a gnuplot that hangs ends by SIGALRM */
    execvp(program, arguments);
    _exit(STARTED_NOT);
}

/* Removes what an earlier process may have left unchecked. */
static void remove_parts(const char *folder, const zcb_drawing *drawing)
{
    for (size_t k = 0; k < KIND_COUNT; k++) {
        char part[PATH_MAX];
        make_path(part, sizeof part, folder, drawing, KINDS[k], SUFFIX);
        unlink(part);
    }
}

static pid_t start(const work *work, const batch *batch)
{
    static const char suffix[] = "suffix='" SUFFIX "'";
    const zcb_drawing *drawings = &work->drawings[batch->first];
    char scripts[BATCH_MAX][NAME_MAX + 8], kinds[64] = "kinds='", log[PATH_MAX];
    char *arguments[BATCH_MAX + 8] = {(char *)work->program, "-d", "-e",
                                      (char *)suffix,        "-e", kinds};
    for (size_t k = 0; k < KIND_COUNT; k++) {
        if (drawings[0].kinds & 1u << k) {
            strcat(kinds, KINDS[k]);
            strcat(kinds, " ");
        }
    }
    strcat(kinds, "'");
    for (size_t i = 0; i < batch->count; i++) {
        snprintf(scripts[i], sizeof scripts[i], "%s.gp", drawings[i].name);
        arguments[6 + i] = scripts[i];
        remove_parts(work->folder, &drawings[i]);
    }
    make_path(log, sizeof log, work->folder, &drawings[0], "log", SUFFIX);
    pid_t child = fork();
    if (child == 0) {
        become_gnuplot(work->program, work->folder, arguments, log);
    }
    return child;
}

/* Last line of what gnuplot said that tells of a mistake, into the drawing's problem. */
static void read_problem(const char *log, zcb_drawing *drawing)
{
    char line[256];
    FILE *stream = fopen(log, "r");
    while (stream != NULL && fgets(line, sizeof line, stream) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        const char *text = line + strspn(line, " \t^");
        if (strncmp(text, "\"", 1) == 0 || strstr(text, "line ") != NULL) {
            snprintf(drawing->problem, sizeof drawing->problem, "%s", text);
        }
    }
    if (stream != NULL) {
        fclose(stream);
    }
    if (drawing->problem[0] == '\0') {
        snprintf(drawing->problem, sizeof drawing->problem, "gnuplot failed");
    }
}

/* 1 when all its unchecked pictures exist and are not empty. */
static int pictures_are_whole(const char *folder, const zcb_drawing *drawing)
{
    for (size_t k = 0; k < KIND_COUNT; k++) {
        char path[PATH_MAX];
        struct stat facts;
        make_path(path, sizeof path, folder, drawing, KINDS[k], SUFFIX);
        if ((drawing->kinds & 1u << k) && (stat(path, &facts) != 0 || facts.st_size == 0)) {
            return 0;
        }
    }
    return 1;
}

/* Puts a drawing's good pictures in place. */
static void accept(const char *folder, zcb_drawing *drawing)
{
    zcb_error trouble = {0};
    drawing->is_drawn = 1;
    drawing->problem[0] = '\0';
    for (size_t k = 0; k < KIND_COUNT; k++) {
        char part[PATH_MAX], whole[PATH_MAX];
        make_path(part, sizeof part, folder, drawing, KINDS[k], SUFFIX);
        make_path(whole, sizeof whole, folder, drawing, KINDS[k], "");
        if (!(drawing->kinds & 1u << k)) {
            continue;
        }
        if ((1u << k == ZCB_DRAW_PDF && zcb_pdf_undate_file(part, &trouble) != 0) ||
            (rename(part, whole) != 0 && zcb_fail(&trouble, 1, "%s", strerror(errno)) != 0)) {
            drawing->is_drawn = 0;
            snprintf(drawing->problem, sizeof drawing->problem, "%.255s", trouble.text);
        }
    }
}

static void refuse(const char *folder, zcb_drawing *drawing, const char *log)
{
    drawing->is_drawn = 0;
    drawing->problem[0] = '\0';
    read_problem(log, drawing);
    remove_parts(folder, drawing);
}

/* Settles what the process of `batch` has drawn. A script that failed ended it; those behind it
 * wait again. The failed one may have written a picture before, so that the last one that is
 * there is none to be trusted. */
static void settle(work *work, const batch *batch, int status)
{
    zcb_drawing *drawings = &work->drawings[batch->first];
    int is_good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    size_t drawn = 0;
    char log[PATH_MAX];
    make_path(log, sizeof log, work->folder, &drawings[0], "log", SUFFIX);
    while (drawn < batch->count && pictures_are_whole(work->folder, &drawings[drawn])) {
        drawn++;
    }
    if (!is_good && drawn == batch->count) {
        drawn--;
    }
    for (size_t i = 0; i < drawn; i++) {
        accept(work->folder, &drawings[i]);
    }
    if (drawn < batch->count) {
        refuse(work->folder, &drawings[drawn], log);
        if (drawn + 1 < batch->count) {
            work->pending[work->pending_count++] =
                (struct batch){batch->first + drawn + 1, batch->count - drawn - 1, 0};
        }
    }
    unlink(log);
}

/* Waits for one child of ours by its number, so that other children of the program stay
 * untouched. */
static int wait_for(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) {
            return -1;
        }
    }
    return status;
}

/* Cuts the drawings into batches, the last ones first in `pending`. */
static void plan(work *work, size_t count, size_t jobs)
{
    size_t most = (count + jobs - 1) / jobs;
    most = most > BATCH_MAX ? BATCH_MAX : most;
    for (size_t end = count; end > 0;) {
        size_t first = end - 1;
        while (first > 0 && end - first < most &&
               work->drawings[first - 1].kinds == work->drawings[end - 1].kinds) {
            first--;
        }
        work->pending[work->pending_count++] = (batch){first, end - first, 0};
        end = first;
    }
}

/* Draws everything planned; -1 when the program can't be started. */
static int draw_all(work *work, size_t jobs)
{
    int is_missing = 0;
    while (work->running_count > 0 || (work->pending_count > 0 && !is_missing)) {
        if (work->pending_count > 0 && work->running_count < jobs && !is_missing) {
            batch next = work->pending[--work->pending_count];
            next.child = start(work, &next);
            is_missing = next.child < 0;
            if (!is_missing) {
                work->running[work->running_count++] = next;
            }
            continue;
        }
        batch done = work->running[0];
        work->running_count--;
        memmove(work->running, work->running + 1, work->running_count * sizeof done);
        int status = wait_for(done.child);
        is_missing = is_missing || (WIFEXITED(status) && WEXITSTATUS(status) == STARTED_NOT);
        settle(work, &done, status);
    }
    return is_missing ? -1 : 0;
}

int zcb_gnuplot_draw(const char *program, const char *folder, zcb_drawing *drawings,
                     size_t count, unsigned jobs, zcb_error *error)
{
    size_t limit = jobs == 0 ? JOBS_DEFAULT : jobs > JOBS_MAX ? JOBS_MAX : jobs;
    work work = {.program = program, .folder = folder, .drawings = drawings};
    if (count == 0) {
        return 0;
    }
    work.pending = calloc(count + limit, sizeof *work.pending);
    if (work.pending == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    plan(&work, count, limit);
    int result = draw_all(&work, limit);
    free(work.pending);
    return result == 0 ? 0 : zcb_fail(error, ZCB_EXIT_INTERNAL, "%s can't be started", program);
}
