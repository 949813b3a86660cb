# One INTERFACE target carries language level, warnings and sanitizers for every target of ours; shared by
# the driver's project and the workers'.
add_library(zcb_flags INTERFACE)
target_compile_features(zcb_flags INTERFACE c_std_11)
target_include_directories(zcb_flags INTERFACE "${CMAKE_CURRENT_LIST_DIR}")
target_compile_definitions(zcb_flags INTERFACE _GNU_SOURCE)
target_compile_options(zcb_flags INTERFACE -Wall -Wextra -Wpedantic -ffp-contract=off)
if(ZCB_WERROR)
  target_compile_options(zcb_flags INTERFACE -Werror)
endif()
if(ZCB_SANITIZE)
  target_compile_options(zcb_flags INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer
                                             -fno-sanitize-recover=undefined)
  target_link_options(zcb_flags INTERFACE -fsanitize=address,undefined)
endif()
if(ZCB_FUZZ)
  target_compile_options(zcb_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
