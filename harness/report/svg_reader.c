/* Why this file: gnuplot writes one dialect of SVG; a whole XML parser would be a dependency
 * for nothing, and what is not understood here is left out of the page. */
#include "report/svg_reader.h"

#include <string.h>

static int is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Passes over <?…?>, <!…> and <!--…-->; NULL where one is torn. */
static const char *skip_declaration(const char *at)
{
    int is_comment = strncmp(at, "<!--", 4) == 0;
    const char *end = strstr(at, is_comment ? "-->" : ">");
    return end == NULL ? NULL : end + (is_comment ? 3 : 1);
}

/* The end of the tag that begins at `at`: its '>', quotes respected. */
static const char *tag_end(const char *at)
{
    char quote = '\0';
    for (; *at != '\0'; at++) {
        if (quote != '\0') {
            quote = *at == quote ? '\0' : quote;
        } else if (*at == '"' || *at == '\'') {
            quote = *at;
        } else if (*at == '>') {
            return at;
        }
    }
    return NULL;
}

int zcb_svg_next(const char **at, zcb_svg_part *out)
{
    const char *from = *at;
    while (from != NULL && from[0] == '<' && (from[1] == '?' || from[1] == '!')) {
        from = skip_declaration(from);
    }
    if (from == NULL || *from == '\0') {
        return 0;
    }
    if (*from != '<') {
        size_t length = strcspn(from, "<");
        *out = (zcb_svg_part){.kind = ZCB_SVG_TEXT, .text = from, .length = length};
        *at = from + length;
        return 1;
    }
    const char *end = tag_end(from);
    if (end == NULL) {
        return 0;
    }
    int is_close = from[1] == '/';
    const char *name = from + 1 + is_close;
    *out = (zcb_svg_part){.kind = is_close ? ZCB_SVG_CLOSE : ZCB_SVG_OPEN,
                          .text = name,
                          .length = (size_t)(end - name),
                          .is_empty = end[-1] == '/'};
    *at = end + 1;
    return 1;
}

int zcb_svg_is(const zcb_svg_part *tag, const char *name)
{
    size_t length = strlen(name);
    return tag->length >= length && strncmp(tag->text, name, length) == 0 &&
           (tag->length == length || is_space(tag->text[length]) || tag->text[length] == '/');
}

int zcb_svg_attribute_at(const zcb_svg_part *tag, const char *name, const char **value,
                         size_t *length)
{
    const char *at = tag->text, *end = tag->text + tag->length;
    size_t name_length = strlen(name);
    while (at < end && !is_space(*at)) {
        at++;
    }
    while (at < end) {
        while (at < end && is_space(*at)) {
            at++;
        }
        const char *key = at;
        while (at < end && *at != '=' && !is_space(*at)) {
            at++;
        }
        size_t key_length = (size_t)(at - key);
        while (at < end && (*at == '=' || is_space(*at))) {
            at++;
        }
        if (at >= end || (*at != '"' && *at != '\'')) {
            return 0;
        }
        const char *open = at++;
        while (at < end && *at != *open) {
            at++;
        }
        if (key_length == name_length && strncmp(key, name, name_length) == 0) {
            *value = open + 1;
            *length = (size_t)(at - open - 1);
            return 1;
        }
        at++;
    }
    return 0;
}

int zcb_svg_attribute(const zcb_svg_part *tag, const char *name, char *out, size_t size)
{
    const char *value;
    size_t length;
    if (!zcb_svg_attribute_at(tag, name, &value, &length)) {
        return 0;
    }
    length = length < size - 1 ? length : size - 1;
    memcpy(out, value, length);
    out[length] = '\0';
    return 1;
}
