/* Why this file: gnuplot leaves empty pictures behind when it fails, and its -e and popen
 * features run what they are given; here it gets a fixed argument list and its results are
 * looked at. */
#include "report/gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Behind the names of pictures that are not checked yet; the scripts take it from `suffix`. */
#define SUFFIX ".part"
enum { JOBS_DEFAULT = 2, JOBS_MAX = 16, STARTED_NOT = 127, SECONDS_MAX = 120 };

static const char *const KINDS[] = {"svg", "png"};

/* folder/name.kind followed by `suffix`. */
static void make_path(char *out, size_t size, const char *folder, const zcb_drawing *drawing,
                      const char *kind, const char *suffix)
{
    snprintf(out, size, "%s/%s.%s%s", folder, drawing->name, kind, suffix);
}

/* In the child: becomes gnuplot, its words going to `log`. Only calls that are safe after fork.
 */
static void become_gnuplot(const char *program, const char *folder, const char *script,
                           const char *log)
{
    char *const arguments[] = {(char *)program,       "-d",           "-e",
                               "suffix='" SUFFIX "'", (char *)script, NULL};
    int words = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (words < 0 || nothing < 0 || chdir(folder) != 0) {
        _exit(126);
    }
    dup2(nothing, STDIN_FILENO);
    dup2(nothing, STDOUT_FILENO);
    dup2(words, STDERR_FILENO);
    alarm(SECONDS_MAX); /* survives exec: a gnuplot that hangs ends by SIGALRM */
    execvp(program, arguments);
    _exit(STARTED_NOT);
}

static pid_t start(const char *program, const char *folder, const zcb_drawing *drawing)
{
    char script[NAME_MAX + 8], log[PATH_MAX];
    snprintf(script, sizeof script, "%s.gp", drawing->name);
    make_path(log, sizeof log, folder, drawing, "log", SUFFIX);
    pid_t child = fork();
    if (child == 0) {
        become_gnuplot(program, folder, script, log);
    }
    return child;
}

/* First line of what gnuplot said that is not an echo of the script, into the drawing's
 * problem. */
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

/* 1 when both unchecked pictures exist and are not empty. */
static int pictures_are_whole(const char *folder, const zcb_drawing *drawing)
{
    for (size_t i = 0; i < 2; i++) {
        char path[PATH_MAX];
        struct stat facts;
        make_path(path, sizeof path, folder, drawing, KINDS[i], SUFFIX);
        if (stat(path, &facts) != 0 || facts.st_size == 0) {
            return 0;
        }
    }
    return 1;
}

/* Puts good pictures in place, throws bad ones away. */
static void settle(const char *folder, zcb_drawing *drawing, int status)
{
    char log[PATH_MAX];
    make_path(log, sizeof log, folder, drawing, "log", SUFFIX);
    int is_good =
        WIFEXITED(status) && WEXITSTATUS(status) == 0 && pictures_are_whole(folder, drawing);
    drawing->is_drawn = is_good;
    drawing->problem[0] = '\0';
    if (!is_good) {
        read_problem(log, drawing);
    }
    for (size_t i = 0; i < 2; i++) {
        char part[PATH_MAX], whole[PATH_MAX];
        make_path(part, sizeof part, folder, drawing, KINDS[i], SUFFIX);
        make_path(whole, sizeof whole, folder, drawing, KINDS[i], "");
        if (!is_good) {
            unlink(part);
        } else if (rename(part, whole) != 0) {
            drawing->is_drawn = 0;
            snprintf(drawing->problem, sizeof drawing->problem, "%s", strerror(errno));
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

int zcb_gnuplot_draw(const char *program, const char *folder, zcb_drawing *drawings,
                     size_t count, unsigned jobs, zcb_error *error)
{
    pid_t running[JOBS_MAX];
    size_t started = 0, ended = 0;
    size_t limit = jobs == 0 ? JOBS_DEFAULT : jobs > JOBS_MAX ? JOBS_MAX : jobs;
    int is_missing = 0;
    while (ended < count && !(is_missing && ended == started)) {
        if (started < count && started - ended < limit && !is_missing) {
            running[started % limit] = start(program, folder, &drawings[started]);
            is_missing = running[started % limit] < 0;
            started += is_missing ? 0 : 1;
            continue;
        }
        int status = wait_for(running[ended % limit]);
        is_missing = is_missing || (WIFEXITED(status) && WEXITSTATUS(status) == STARTED_NOT);
        settle(folder, &drawings[ended++], status);
    }
    if (is_missing) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "%s can't be started", program);
    }
    return 0;
}
