# The supervision of workers, apart from the rest of the driver: it knows the wire, not the plan.
add_library(zcb_supervise STATIC
  "${CMAKE_CURRENT_LIST_DIR}/worker_environment.c"
  "${CMAKE_CURRENT_LIST_DIR}/worker_job.c"
  "${CMAKE_CURRENT_LIST_DIR}/worker_judge.c"
  "${CMAKE_CURRENT_LIST_DIR}/worker_judge_memory.c"
  "${CMAKE_CURRENT_LIST_DIR}/worker_link.c"
  "${CMAKE_CURRENT_LIST_DIR}/worker_process.c"
  "${CMAKE_CURRENT_LIST_DIR}/worker_spawn.c"
  "${CMAKE_CURRENT_LIST_DIR}/worker_text.c")
set_target_properties(zcb_supervise PROPERTIES C_EXTENSIONS OFF)
target_link_libraries(zcb_supervise PUBLIC zcb_base zcb_store m)
