# Turns the file INPUT into the C header OUTPUT, which defines its bytes, ended by a zero byte, as
# `static const unsigned char NAME[]`.
file(READ "${INPUT}" hex HEX)
string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
get_filename_component(origin "${INPUT}" NAME)
file(WRITE "${OUTPUT}" "/* Made from ${origin}; changes belong there. */
static const unsigned char ${NAME}[] = {
${bytes}0};
")
