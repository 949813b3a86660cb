/* See completion.h. What a value may be is read off the name of the option's or the command's
 * argument: a|b|c are the values themselves, PAIR, VERSION, FILE and DIR are looked up. */
#include "driver/completion.h"

#include "driver/candidates.h"
#include "driver/commands.h"
#include "driver/option_list.h"

#include <ctype.h>
#include <string.h>

/* What is being completed. Invariant: a candidate fits when it begins with `begun`; it is shown
 * after the first `kept` bytes of `word`. */
typedef struct question {
    FILE *stream;
    const char *word, *begun;
    size_t kept;
} question;

static void offer(const question *q, const char *text, size_t length, const char *meaning)
{
    if (strncmp(text, q->begun, strlen(q->begun)) == 0 && length >= strlen(q->begun)) {
        fprintf(q->stream, "%.*s%.*s\t%s\n", (int)q->kept, q->word, (int)length, text, meaning);
    }
}

static void offer_name(void *context, const char *name, const char *meaning)
{
    offer(context, name, strlen(name), meaning);
}

/* Completes behind the last `separator` of the word. */
static question behind(const question *q, char separator)
{
    question inner = *q;
    const char *last = strrchr(q->begun, separator);
    if (last != NULL) {
        inner.begun = last + 1;
        inner.kept += (size_t)(inner.begun - q->begun);
    }
    return inner;
}

/* 1 for "a|b|c". */
static int is_choice(const char *argument)
{
    int bars = 0;
    for (const char *c = argument; *c != '\0'; c++) {
        bars += *c == '|';
        if (*c != '|' && *c != '-' && *c != '_' && !isalnum((unsigned char)*c)) {
            return 0;
        }
    }
    return bars > 0;
}

static void offer_choices(const question *q, const char *argument)
{
    question inner = behind(q, ',');
    for (const char *c = argument; *c != '\0';) {
        size_t length = strcspn(c, "|");
        offer(&inner, c, length, "");
        c += length + (c[length] == '|');
    }
}

static void offer_commands(const question *q)
{
    for (const zcb_command *c = zcb_commands(); c->name != NULL; c++) {
        offer(q, c->name, strlen(c->name), c->summary);
    }
}

/* Offers what an argument of that name may be. */
static void offer_argument(const question *q, const char *argument)
{
    if (strstr(argument, "VERSION") != NULL) {
        question inner = behind(q, '=');
        zcb_candidates_pythons(offer_name, &inner);
    } else if (is_choice(argument)) {
        offer_choices(q, argument);
    } else if (strstr(argument, "PAIR") != NULL) {
        zcb_candidates_pairs(offer_name, (void *)q);
    } else if (strstr(argument, "FILE.py") != NULL) {
        fputs(":files .py\n", q->stream);
    } else if (strstr(argument, "FILE") != NULL) {
        fputs(":files\n", q->stream);
    } else if (strstr(argument, "DIR") != NULL) {
        fputs(":folders\n", q->stream);
    } else if (strstr(argument, "COMMAND") != NULL) {
        offer_commands(q);
    }
}

static void offer_options(const question *q, const zcb_option_list *list)
{
    char name[64];
    for (size_t i = 0; i < list->count; i++) {
        snprintf(name, sizeof name, "--%.60s", list->names[i]);
        offer(q, name, strlen(name), list->items[i]->doc);
    }
}

/* The name of argument number `index` in `args_doc`; the last one goes on where it ends in
 * "...". NULL past the last. */
static const char *argument_at(const char *args_doc, int index, char *out, size_t size)
{
    const char *text = args_doc == NULL ? "" : args_doc;
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        snprintf(out, size, "%.*s", (int)length, text);
        if (index == 0 || strstr(out, "...") != NULL) {
            return out;
        }
        index--;
        text += length + strspn(text + length, " ");
    }
    return NULL;
}

/* What the words before the last one say of it. */
typedef struct place {
    int arguments;                     /* that stand before it */
    int is_after_dashes;               /* "--" has ended the options */
    const struct argp_option *pending; /* whose value it is; NULL: none's */
} place;

static place find_place(const zcb_option_list *list, int count, const char *const *words)
{
    place found = {0, 0, NULL};
    for (int i = 1; i < count - 1; i++) {
        const char *word = words[i];
        if (found.pending != NULL) {
            found.pending = NULL;
        } else if (found.is_after_dashes || word[0] != '-') {
            found.arguments++;
        } else if (strcmp(word, "--") == 0) {
            found.is_after_dashes = 1;
        } else if (strchr(word, '=') == NULL && strncmp(word, "--", 2) == 0) {
            const struct argp_option *option =
                zcb_option_list_find(list, word + 2, strlen(word + 2));
            found.pending = option != NULL && zcb_option_needs_value(option) ? option : NULL;
        }
    }
    return found;
}

/* "--name=begun": the option's value. */
static void offer_inline_value(const question *q, const zcb_option_list *list)
{
    const char *value = strchr(q->word, '=') + 1;
    const struct argp_option *option =
        zcb_option_list_find(list, q->word + 2, (size_t)(value - q->word) - 3);
    if (option != NULL && option->arg != NULL) {
        question inner = {q->stream, q->word, value, (size_t)(value - q->word)};
        offer_argument(&inner, option->arg);
    }
}

static void complete(const question *q, const zcb_command *command, int count,
                     const char *const *words)
{
    zcb_option_list list = {.count = 0};
    char argument[64];
    zcb_option_list_add(&list, command->argp);
    zcb_option_list_add(&list, command->beside);
    zcb_option_list_add_builtin(&list);
    place at = find_place(&list, count, words);
    if (at.pending != NULL) {
        offer_argument(q, at.pending->arg);
    } else if (!at.is_after_dashes && strncmp(q->word, "--", 2) == 0 &&
               strchr(q->word, '=') != NULL) {
        offer_inline_value(q, &list);
    } else if (!at.is_after_dashes && q->word[0] == '-') {
        offer_options(q, &list);
    } else if (argument_at(command->argp->args_doc, at.arguments, argument, sizeof argument)) {
        offer_argument(q, argument);
    }
}

void zcb_completion_write(FILE *stream, int count, const char *const *words)
{
    if (count < 1) {
        return;
    }
    question q = {stream, words[count - 1], words[count - 1], 0};
    if (count > 1) {
        const zcb_command *command = zcb_command_find(words[0]);
        if (command != NULL) {
            complete(&q, command, count, words);
        }
    } else if (q.word[0] == '-') {
        zcb_option_list list = {.count = 0};
        zcb_option_list_add_builtin(&list);
        offer_options(&q, &list);
    } else {
        offer_commands(&q);
    }
}
