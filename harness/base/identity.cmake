# Writes OUTPUT, a header with one line: a number made of the names and contents of all sources under
# TOP that end up in a worker. Left alone when nothing has changed, so that nothing is built anew.
file(GLOB_RECURSE sources RELATIVE "${TOP}"
  "${TOP}/harness/base/*.[ch]" "${TOP}/harness/worker/*.[ch]" "${TOP}/harness/worker/*.cc"
  "${TOP}/harness/worker/*.py" "${TOP}/harness/worker/*.txt" "${TOP}/bench/*.[ch]")
list(SORT sources)
set(all "")
foreach(source IN LISTS sources)
  file(SHA256 "${TOP}/${source}" digest)
  string(APPEND all "${source} ${digest}\n")
endforeach()
string(SHA256 digest "${all}")
string(SUBSTRING "${digest}" 0 16 identity)
set(line "#define ZCB_BUILD_IDENTITY \"${identity}\"\n")
set(before "")
if(EXISTS "${OUTPUT}")
  file(READ "${OUTPUT}" before)
endif()
if(NOT before STREQUAL line)
  file(WRITE "${OUTPUT}" "${line}")
endif()
