# What `cmake --install` and `make install` put where. The program finds the rest relative to
# itself (driver/places.c): the prefix may be moved, staged with DESTDIR and read-only. Scripts, pairs
# and the worker's sources go along, because a worker that is missing is built when it is asked for.
set(share "${CMAKE_INSTALL_DATADIR}/zcbench")

install(TARGETS zcbench RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")

# The workers that are there, each with its tag's record and its numpy.
install(CODE "set(build_dir \"${CMAKE_BINARY_DIR}\")
set(libexec \"${CMAKE_INSTALL_LIBEXECDIR}/zcbench\")")
install(SCRIPT harness/install_workers.cmake)

install(DIRECTORY bench plots DESTINATION "${share}" PATTERN __pycache__ EXCLUDE)
install(DIRECTORY harness/base harness/worker DESTINATION "${share}/harness"
        PATTERN __pycache__ EXCLUDE)
install(FILES harness/flags.cmake DESTINATION "${share}/harness")
install(PROGRAMS scripts/build-worker scripts/find-python scripts/setup-numpy
        DESTINATION "${share}/scripts")
install(FILES scripts/interpreter_tags.py scripts/probe-python.py DESTINATION "${share}/scripts")

install(FILES "${CMAKE_BINARY_DIR}/zcbench.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
install(FILES scripts/completions/zcbench.bash RENAME zcbench
        DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES scripts/completions/_zcbench
        DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
install(FILES scripts/completions/zcbench.fish
        DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
install(FILES README.md LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(DIRECTORY docs DESTINATION "${CMAKE_INSTALL_DOCDIR}")
