/* See texts.h. */
#include "driver/texts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int zcb_no_memory(zcb_error *error)
{
    return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
}

int zcb_texts_take(zcb_texts *texts, char *text, zcb_error *error)
{
    if (text == NULL) {
        return zcb_no_memory(error);
    }
    char **items = realloc(texts->items, (texts->count + 2) * sizeof *items);
    if (items == NULL) {
        free(text);
        return zcb_no_memory(error);
    }
    items[texts->count++] = text;
    items[texts->count] = NULL;
    texts->items = items;
    return 0;
}

int zcb_texts_add(zcb_texts *texts, const char *text, zcb_error *error)
{
    return zcb_texts_take(texts, strdup(text), error);
}

int zcb_texts_find(const zcb_texts *texts, const char *text)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (strcmp(texts->items[i], text) == 0) {
            return (int)i;
        }
    }
    return -1;
}

void zcb_texts_clear(zcb_texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) {
        free(texts->items[i]);
    }
    free(texts->items);
    *texts = (zcb_texts){0};
}

char *zcb_format(zcb_error *error, const char *format, ...)
{
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0) {
        zcb_no_memory(error);
        return NULL;
    }
    return text;
}

int zcb_set_text(char **field, const char *text, zcb_error *error)
{
    char *copy = strdup(text == NULL ? "" : text);
    if (copy == NULL) {
        return zcb_no_memory(error);
    }
    free(*field);
    *field = copy;
    return 0;
}

void *zcb_allocate(size_t count, size_t size, zcb_error *error)
{
    void *memory = calloc(count == 0 ? 1 : count, size);
    if (memory == NULL) {
        zcb_no_memory(error);
    }
    return memory;
}
