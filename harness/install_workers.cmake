# Run by `cmake --install`, with build_dir and libexec set: what workers there are is known only
# then, as scripts/build-worker makes them one by one.
file(GLOB workers "${build_dir}/zcbench-worker-*")
set(target "${CMAKE_INSTALL_PREFIX}/${libexec}")
if(IS_ABSOLUTE "${libexec}")
  set(target "${libexec}")
endif()

foreach(worker IN LISTS workers)
  string(REGEX REPLACE ".*/zcbench-worker-" "" tag "${worker}")
  file(INSTALL DESTINATION "${target}" TYPE PROGRAM FILES "${worker}")
  if(EXISTS "${build_dir}/tags/${tag}")
    file(INSTALL DESTINATION "${target}/tags" TYPE FILE FILES "${build_dir}/tags/${tag}")
  endif()
  # The private numpy, without what only serves to install more.
  if(EXISTS "${build_dir}/venv-${tag}/pyvenv.cfg")
    file(INSTALL DESTINATION "${target}/venv-${tag}" TYPE DIRECTORY
         FILES "${build_dir}/venv-${tag}/"
         USE_SOURCE_PERMISSIONS
         REGEX "/bin/[^/]*$" EXCLUDE
         REGEX "/(pip|pip-[^/]*|setuptools|setuptools-[^/]*|__pycache__)$" EXCLUDE)
    file(INSTALL DESTINATION "${target}/venv-${tag}/bin" TYPE PROGRAM
         FILES "${build_dir}/venv-${tag}/bin/python")
  endif()
endforeach()

if(workers)
  file(INSTALL DESTINATION "${target}" TYPE SHARED_LIBRARY FILES "${build_dir}/libzcbcount.so")
else()
  message(STATUS "no worker is built yet: each will be when it is first used")
endif()
