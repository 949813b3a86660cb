# The short way to everything: which step follows which, nothing else. What a step does is in scripts/
# and in the CMakeLists.txt of each room.
#
#   make               set-up, the driver build/zcbench, beside it the worker of the default Python
#   make bench         measures: the answer on the terminal, report and data under results/latest
#   make bench-full    all pairs at all sizes, core and scenario pairs under all conditions: 15 minutes
#   make compare       measures PYTHONS side by side and compares them; or two folders, BASE and HEAD
#   make test          builds and runs the tests
#   make test-sanitize the same under AddressSanitizer and UndefinedBehaviorSanitizer
#   make fuzz          hostile bytes against every reader, FUZZ_SECONDS=60 of them (needs clang)
#   make torture       kills, cuts, faults and built-in mistakes: ten minutes, table in docs/reliability.md
#   make torture-short the same in a minute or two, as CI does it; nothing but the table is printed
#   make analyse       gcc's analyzer, cppcheck and clang-tidy read all C: what is new to them fails
#   make analyse-short without clang-tidy, which takes most of the time; as CI does it
#   make coverage      how much of the C code the tests run, room by room
#   make selftest      what the instrument can and can't detect on this machine
#   make report        rebuilds tables, plots and page of RUN
#   make baseline      accepts RUN: writes its figures to BASELINE
#   make gate          judges RUN: variant HEAD against variant BASE, or, without them, by BASELINE
#   make trust         zcbench beside pyperf and Google Benchmark: 15 minutes, tables without a claim
#   make trust-full    the same at length: 2½ hours in parts of PART=30 minutes, one part per call
#   make install       puts program, workers, manual page and completions under PREFIX (and DESTDIR)
#   make uninstall     removes what the last make install put there
#   make setup         only installs what is missing, and tries again what failed before
#   make clean         removes what was built; results stay
#
# Variables: PYTHONS="3.11 3.13 /path/to/python" or all; PAIRS="bytes_slice ndarray_*" or all;
#            BUDGET=60s; PROFILE=quick, standard or rigorous; RUN=results/latest; PREFIX=/usr/local;
#            BASELINE=zcbench-baseline.json; BASE= and HEAD= names of variants

PYTHONS ?=
PAIRS ?=
BUDGET ?=
PROFILE ?=
RUN ?= results/latest
PART ?=
BASELINE ?= zcbench-baseline.json
BASE ?=
HEAD ?=
prefix ?= /usr/local
PREFIX ?= $(prefix)
DESTDIR ?=
BUILD ?= build
CMAKE_OPTIONS ?=
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

# Recipes read these from the environment: nothing that stands in them becomes part of a command line
# for the shell to take apart.
export PYTHONS PAIRS BUDGET PROFILE RUN PART PREFIX DESTDIR BASELINE BASE HEAD

# A -j given by the user is passed on by make itself.
submake = $(MAKE) --no-print-directory -s $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(JOBS))

.PHONY: all analyse analyse-short coverage fuzz torture torture-short needs setup driver worker bench bench-full compare selftest test test-sanitize report baseline gate trust trust-full install uninstall clean help

all: worker

needs:
	@ZCB_BUILD_DIR=$(BUILD) scripts/setup $(if $(filter test,$(MAKECMDGOALS)),--tests)

setup:
	@ZCB_BUILD_DIR=$(BUILD) scripts/setup --retry

$(BUILD)/Makefile: | needs
	@cmake -G 'Unix Makefiles' -DCMAKE_TARGET_MESSAGES=OFF -DCMAKE_RULE_MESSAGES=OFF $(CMAKE_OPTIONS) -S . -B $(BUILD) \
	    > $(BUILD)/configure.log || { cat $(BUILD)/configure.log; exit 1; }

driver: needs $(BUILD)/Makefile
	@[ -e $(BUILD)/zcbench ] || echo "building zcbench" >&2
	+@$(submake) -C $(BUILD) zcbench

# One worker for each interpreter asked for; any other is built when it is first used.
worker: driver
	@set -f; for python in $${PYTHONS:-python3}; do \
	    scripts/build-worker --verbose "$$python" $(BUILD) || exit; \
	done

bench: worker
	@set -f; set --; \
	for python in $$PYTHONS; do set -- "$$@" --python "$$python"; done; \
	for pair in $$PAIRS; do set -- "$$@" "$$pair"; done; \
	exec $(BUILD)/zcbench run $${BUDGET:+--budget "$$BUDGET"} \
	    $${PROFILE:+--profile "$$PROFILE"} "$$@"

selftest: worker
	@exec $(BUILD)/zcbench selftest $${BUDGET:+--budget "$$BUDGET"}

bench-full: worker
	@set -f; set --; \
	for python in $$PYTHONS; do set -- "$$@" --python "$$python"; done; \
	for pair in $${PAIRS:-all}; do set -- "$$@" "$$pair"; done; \
	exec $(BUILD)/zcbench run --profile full --budget "$${BUDGET:-14m}" "$$@"

test: worker
	@[ -e $(BUILD)/test_base_error ] || echo "building the tests" >&2
	+@$(submake) -C $(BUILD) all
	@ctest --test-dir $(BUILD) --output-on-failure -j$(JOBS)

test-sanitize:
	+@LSAN_OPTIONS='suppressions="$(CURDIR)/scripts/python.lsan",print_suppressions=0' \
	    $(MAKE) --no-print-directory test BUILD=$(BUILD)-sanitize \
	    CMAKE_OPTIONS='-DZCB_SANITIZE=ON -DZCB_WERROR=ON'

# Two halves of one thing: --docs puts the table into docs/reliability.md.
torture torture-short: worker
	+@$(submake) -C $(BUILD) all
	@exec scripts/torture/run --build $(BUILD) $(if $(filter torture,$@),--docs,--short --again)

coverage:
	@exec scripts/coverage

analyse analyse-short:
	@ZCB_BUILD_DIR=$(BUILD) scripts/setup --analyse
	@exec scripts/analyse $(if $(filter analyse-short,$@),--tool gcc --tool cppcheck)

fuzz:
	@ZCB_BUILD_DIR=$(BUILD) scripts/setup --fuzz
	@exec scripts/fuzz --seconds "$${FUZZ_SECONDS:-60}"

# Runs that are there already need no worker.
compare: $(if $(BASE)$(HEAD),driver,worker)
	@set -f; if [ -n "$$BASE" ] && [ -n "$$HEAD" ]; then \
	    exec $(BUILD)/zcbench compare "$$BASE" "$$HEAD"; \
	fi; \
	set --; count=0; \
	for python in $$PYTHONS; do \
	    set -- "$$@" --python "$$python"; count=$$((count + 1)); \
	done; \
	if [ "$$count" -lt 2 ] && [ "$$PYTHONS" != all ]; then \
	    echo 'make compare: name two interpreters, PYTHONS="3.8 3.13", or two folders, BASE= HEAD=' >&2; \
	    exit 2; \
	fi; \
	scripts/bridge-numpy $(BUILD) $$PYTHONS > $(BUILD)/bridges && \
	while IFS= read -r bridge; do set -- "$$@" --python "$$bridge"; done < $(BUILD)/bridges; \
	for pair in $$PAIRS; do set -- "$$@" "$$pair"; done; \
	$(BUILD)/zcbench run $${BUDGET:+--budget "$$BUDGET"} \
	    $${PROFILE:+--profile "$$PROFILE"} "$$@" && \
	exec $(BUILD)/zcbench compare

report: driver
	@exec $(BUILD)/zcbench report "$$RUN"

baseline: driver
	@exec $(BUILD)/zcbench baseline "$$RUN" --out "$$BASELINE"

# make turns every exit code into 2: a job that asks why calls the binary or reads RUN/gate.json.
gate: driver
	@if [ -n "$$BASE$$HEAD" ]; then exec $(BUILD)/zcbench gate --base "$$BASE" --head "$$HEAD" "$$RUN"; \
	else exec $(BUILD)/zcbench gate --baseline "$$BASELINE" "$$RUN"; fi

# What the peers need is installed privately; the tests of exported files use it, too.
trust trust-full: worker
	@scripts/trust/setup $(BUILD)
	+@$(submake) -C $(BUILD) zcbtrust resample_gate
	@exec scripts/trust/run --build $(BUILD) $(if $(filter trust-full,$@),--full) \
	    $${PART:+--part "$$PART"}

install: worker
	+@$(submake) -C $(BUILD) manual
	@cmake --install $(BUILD) --prefix "$$PREFIX" > $(BUILD)/install.log || \
	    { tail -n 5 $(BUILD)/install.log; exit 1; }
	@echo "installed $$DESTDIR$$PREFIX/bin/zcbench; the list is $(BUILD)/install_manifest.txt"

# Folders go where nothing is left in them.
uninstall:
	@test -e $(BUILD)/install_manifest.txt || { echo "nothing was installed from here"; exit 1; }
	@while IFS= read -r file || [ -n "$$file" ]; do \
	    rm -f "$$DESTDIR$$file"; \
	    rmdir -p --ignore-fail-on-non-empty "$$DESTDIR$$(dirname "$$file")" 2>/dev/null; \
	done < $(BUILD)/install_manifest.txt; rm -f $(BUILD)/install_manifest.txt

clean:
	@rm -rf $(BUILD) $(BUILD)-sanitize $(BUILD)-coverage $(BUILD)-analyse

help:
	@sed -n '4,29s/^# \{0,1\}//p' Makefile
