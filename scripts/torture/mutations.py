"""The mistakes that are built into the harness, one at a time: a name, a file, what stands there once
and what takes its place, and the tests that are asked. A test is a ctest name (its program is built), a
contract test of the driver and its case ("run:Class.test"), a unit test of the worker ("worker:visits"),
or a proof with a built worker ("proofs")."""

import collections

Mutation = collections.namedtuple("Mutation", "name file old new tests")
LIST = []


def add(name, file, old, new, *tests):
    LIST.append(Mutation(name, "harness/" + file, old, new, tests))


# Statistics.
add("net: the null's time is not subtracted", "stats/net.c",
    "scratch[i] = arm_ns[i] - null_ns[i];", "scratch[i] = arm_ns[i];", "stats_ratio")
add("net: ratio with the null still in it", "stats/net.c",
    "x[i] = copy_ns[i] / null_ns[i] - 1.0;", "x[i] = copy_ns[i] / null_ns[i];", "stats_ratio")
add("net: clamped at zero", "stats/net.c",
    "scratch[i] = arm_ns[i] - null_ns[i];",
    "scratch[i] = arm_ns[i] > null_ns[i] ? arm_ns[i] - null_ns[i] : 0.0;", "stats_ratio")
add("net: a one-sided interval shown as whole", "stats/net.c",
    "return (zcb_interval){NAN, lo, NAN};", "return (zcb_interval){lo, lo, lo};", "stats_ratio")
add("ratio: arms swapped", "stats/blocks.c",
    "log(top) - log(bottom) : NAN", "log(bottom) - log(top) : NAN", "stats_blocks")
add("ratio: launches not told apart when blocks are paired", "stats/blocks.c",
    "if (launch_a != launch_b) {", "if (launch_a + 1 < launch_b) {", "stats_blocks")
add("ratio: blocks taken for launches", "stats/ratio.c",
    "zcb_primary_interval(medians, clusters->count, confidence)",
    "zcb_primary_interval(clusters->values, clusters->starts[clusters->count], confidence)",
    "stats_ratio")
add("geometric mean: never taken back from logarithms", "stats/ratio.c",
    "zcb_interval_exp(zcb_primary_interval(means, used, confidence))",
    "zcb_primary_interval(means, used, confidence)", "stats_ratio")
add("p99: of another share", "stats/ratio.c", "zcb_quantile(times, arm.count, 0.99)",
    "zcb_quantile(times, arm.count, 0.9)", "stats_ratio")
add("median: off by one", "stats/order.c", "double place = p * (double)(count - 1);\n"
    "    size_t rank = (size_t)place;\n    double below = select_rank",
    "double place = p * (double)count;\n"
    "    size_t rank = (size_t)place;\n    double below = select_rank",
    "stats_order")
add("standard deviation: divided by n", "stats/order.c",
    "sqrt(m.squares / (double)(count - 1))", "sqrt(m.squares / (double)count)", "stats_order")
add("interval: normal instead of Student's factor", "stats/location.c",
    "standard_error * zcb_t_factor(confidence, df)", "standard_error * 1.959964",
    "stats_location")
add("interval: one degree of freedom too many", "stats/location.c",
    "zcb_sd(values, count) / sqrt(n), n - 1.0,", "zcb_sd(values, count) / sqrt(n), n,",
    "stats_location")
add("interval: nothing trimmed", "stats/location.c",
    "primary_share = 0.1;", "primary_share = 0.0;", "stats_location", "stats_coverage")
add("interval: trimmed without winsorising", "stats/location.c",
    "fmin(fmax(ldexp(values[i], -exponent), low), high)", "ldexp(values[i], -exponent)",
    "stats_location")
add("verdict: faster and slower swapped", "stats/verdict.c",
    "if (ratio.lo > 1.0) {", "if (ratio.hi < 1.0) {", "stats_verdict")
add("verdict: Holm's factor dropped", "stats/verdict.c",
    "tests[i].p * (double)(held - i)", "tests[i].p", "stats_verdict")
add("drift: the last third is the second", "stats/verdict.c",
    "scratch + size - size / 3, size / 3", "scratch + size / 3, size / 3", "stats_verdict")
add("break-even: interpolated over bytes, not their logarithm", "stats/breakeven.c",
    "exp(ln_a + share * (ln_b - ln_a))", "(a + share * (b - a))", "stats_breakeven")
add("break-even: win and loss swapped", "stats/breakeven.c",
    "int sign = here == STAND_WIN ? 1 : -1;", "int sign = here == STAND_WIN ? -1 : 1;",
    "stats_breakeven")
add("break-even: a band that never opens", "stats/breakeven.c",
    "if (!is_reached && there.hi >= 0.0) {", "if (!is_reached && there.estimate >= 0.0) {",
    "stats_breakeven")
add("break-even: the guess of a line taken for the truth", "stats/breakeven.c",
    "    allow_for_curvature(points, count, &zero, sign, &out.bytes);\n", "    (void)count;\n"
    "    (void)allow_for_curvature;\n", "stats_breakeven")
# What is read and written.
add("samples: iterations and time swapped", "store/samples_write.c",
    "row->iterations,\n                row->elapsed_ns", "row->elapsed_ns,\n"
    "                row->iterations", "store_samples_write", "store_samples_read")
add("samples: a torn line read as a row", "store/csv_reader.c",
    "const char *newline = memchr(start, '\\n', (size_t)(end - start));",
    "const char *newline = memchr(start, '\\n', (size_t)(end - start));\n"
    "        newline = newline == NULL && reader->is_at_end && end > start ? end - 1 : newline;",
    "store_samples_read")
add("tables: numbers cut to four digits", "store/files.c", '"%.9g"', '"%.4g"', "store_files")
add("run: rows that were lost not missed", "store/recorded.c",
    "return run->complete && run->sample_rows > recorded->samples.count",
    "return !run->complete && run->sample_rows > recorded->samples.count", "store_recorded")
# From samples to figures.
add("report: time per visit taken for time per operation", "report/grouping.c",
    "(double)sample->elapsed_ns / (double)sample->iterations", "(double)sample->elapsed_ns",
    "report_analysis")
add("report: copy and view swapped", "report/figures.c",
    "zcb_block_log_ratios(copy, view, &logs)", "zcb_block_log_ratios(view, copy, &logs)",
    "report_analysis")
add("report: net without the null", "report/figures.c",
    "zcb_net_of_visits(copy, view, visits_of(visits, ZCB_ARM_NULL), ZCB_CONFIDENCE, &net)",
    "zcb_net_of_visits(copy, view, NO_VISITS, ZCB_CONFIDENCE, &net)", "report_analysis")
add("report: the twin compared with itself", "report/figures.c",
    "control_ratio(visits, ZCB_ARM_TWIN, &figures.twin_logs",
    "control_ratio(visits, ZCB_ARM_COPY, &figures.twin_logs", "report_analysis", "report_judgement")
add("report: kilobytes of 1000 bytes", "report/units.c", "double value = bytes / pow(KIB, unit);",
    "double value = bytes / pow(1000.0, unit);",
    "report_units")
# Supervision and planning.
add("judge: any number of iterations taken", "driver/worker_judge.c",
    "if (n != job->counts[index].iterations || ns == 0) {", "if (n == 0 || ns == 0) {",
    "driver/worker_judge")
add("judge: a visit may come twice", "driver/worker_judge.c",
    "if ((*places >> order & 1) != 0 || (*arms >> index & 1) != 0) {", "if (0) {",
    "driver/worker_judge")
add("judge: visits may be missing", "driver/worker_judge.c",
    'out->visit_count < judge->visits_expected ? "visits are missing"',
    'out->visit_count > judge->visits_expected ? "visits are missing"', "driver/worker_judge")
add("judge: another job's lines taken", "driver/worker_judge.c",
    "token == NULL || strcmp(token, judge->token) != 0", "token == NULL", "driver/worker_judge")
add("judge: a proof without its word taken", "driver/worker_judge.c",
    "return judge->has_proved ? NULL", "return 1 ? NULL", "driver/worker_judge")
add("resume: torn groups kept", "driver/resume_groups.c",
    "samples->count - first == zcb_group_rows(run, cells, last->cell)",
    "samples->count - first <= zcb_group_rows(run, cells, last->cell)", "driver/resume")
add("run: a constant instead of the measured time", "driver/run_launch.c",
    "v->elapsed_ns, v->minor_faults", "v->iterations * 100, v->minor_faults",
    "run:Run.test_the_folder_is_complete_and_the_figures_follow_the_law")
add("run: the arms' names moved by one", "driver/run_launch.c",
    "c->arms[v->arm]", "c->arms[(v->arm + 1) % c->arm_count]",
    "run:Run.test_the_folder_is_complete_and_the_figures_follow_the_law")
add("run: proofs skipped", "driver/run_proof.c",
    "int zcb_run_proof(zcb_session *s, zcb_error *error)\n{\n",
    "int zcb_run_proof(zcb_session *s, zcb_error *error)\n{\n    if (s->cell_count > 0) {\n"
    "        return 0;\n    }\n",
    "run:Run.test_bad_pairs_cost_their_own_cells_only")
add("run: variants in a fixed order", "driver/run_launch.c",
    "size_t cell = question * variants + order[i];", "size_t cell = question * variants + i;",
    "run:Run.test_variants_are_measured_side_by_side")
add("run: one seed for all starts", "driver/pool.c",
    "zcb_random_derive(pool->seed, index * 1000 + slot->starts + 1)", "zcb_random_derive(1, 1)",
    "run:Run.test_pairs_with_other_modules_have_processes_of_their_own")
add("run: twin and limit in every block of large sizes", "driver/run_launch.c",
    "content->size_bytes >= plan->sparse_from_bytes ? plan->sparse_every : 1", "1",
    "run:Run.test_every_visit_is_recorded_once")
# The worker.
add("engine: no warm-up", "worker/engine.c",
    "int zcb_warm_up(const zcb_prepared *prepared, const zcb_blocks *blocks, "
    "zcb_engine_clock clock)\n{\n",
    "int zcb_warm_up(const zcb_prepared *prepared, const zcb_blocks *blocks, "
    "zcb_engine_clock clock)\n{\n    if (blocks != NULL) {\n        return 0;\n    }\n",
    "worker:visits")
add("engine: unbalanced order", "worker/schedule.c",
    "size_t shift = latin->shifts[latin->row];", "size_t shift = 0;", "worker:visits")
add("engine: order does not follow the seed", "worker/engine.c",
    "zcb_random random = {blocks->seed};", "zcb_random random = {1};", "worker:visits")
add("engine: the twin is never visited", "worker/engine.c",
    "uint32_t arm = order[place];", "uint32_t arm = order[place] == prepared->arm_count - 2 ? 0 "
    ": order[place];", "worker:visits")
add("engine: a constant instead of the clock", "worker/gbench.cc",
    "running->elapsed_ns = end_ns - begin_ns;", "running->elapsed_ns = 500000 + 0 * (end_ns - "
    "begin_ns);", "worker:visits")
add("engine: microseconds for nanoseconds", "worker/gbench.cc",
    "running->elapsed_ns = end_ns - begin_ns;", "running->elapsed_ns = (end_ns - begin_ns) / 1000;",
    "worker:visits")
add("engine: counts not those asked for", "worker/engine.c",
    "sum.iterations = iterations;", "sum.iterations = iterations + 1;", "worker:visits")
add("calibration: arms of equal cost get unequal counts", "worker/calibrate.c",
    "    equalise(prepared, out);\n", "    (void)equalise;\n", "worker:visits")
add("calibration: the twin's count is not the copy's", "worker/calibrate.c",
    "out[twin] = out[0];", "out[twin] = out[1];", "worker:visits")
add("calibration: null's count is not the view's", "worker/calibrate.c",
    "    set_count(&out[null], out[1].iterations);\n", "", "worker:visits")
add("calibration: always said to have settled", "worker/calibrate.c",
    "out->settled = arrived && change < settled_within && change > -settled_within;",
    "out->settled = out->tries == ZCB_CALIBRATION_TRIES - 1 || "
    "(arrived && change < settled_within && change > -settled_within);", "worker:visits")
add("proof: contents not compared", "worker/proof.c",
    "result = zcb_prove_content(copy, view, alternative->name, refusal);",
    "result = ZCB_PROVED;", "proofs")
add("proof: sharing not looked at", "worker/proof.c",
    ": zcb_prove_sharing(prepared, copy, view, alternative->name, refusal);", ": ZCB_PROVED;",
    "proofs")
add("proof: leaks not counted", "worker/proof.c",
    "result = zcb_prove_no_leak(prepared, arm, refusal);", "result = ZCB_PROVED;", "proofs")
