# Tests of the supervision of workers. A fake worker plays every part, the bad ones above all.
add_executable(zcb_fake_worker "${CMAKE_CURRENT_LIST_DIR}/test_worker_fake.c")
set_target_properties(zcb_fake_worker PROPERTIES C_EXTENSIONS OFF)
target_link_libraries(zcb_fake_worker PRIVATE zcb_base)

foreach(subject text judge judge_memory jobs life)
  add_executable(test_worker_${subject} "${CMAKE_CURRENT_LIST_DIR}/test_worker_${subject}.c")
  set_target_properties(test_worker_${subject} PROPERTIES C_EXTENSIONS OFF)
  target_link_libraries(test_worker_${subject} PRIVATE zcb_supervise cmocka)
  add_test(NAME driver/worker_${subject} COMMAND test_worker_${subject})
  set_tests_properties(driver/worker_${subject} PROPERTIES TIMEOUT 120)
endforeach()
foreach(subject jobs life)
  target_sources(test_worker_${subject} PRIVATE "${CMAKE_CURRENT_LIST_DIR}/test_worker_support.c")
  target_compile_definitions(test_worker_${subject}
                             PRIVATE ZCB_FAKE_WORKER="$<TARGET_FILE:zcb_fake_worker>")
  add_dependencies(test_worker_${subject} zcb_fake_worker)
endforeach()
