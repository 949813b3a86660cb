// The only C++ file: implements gbench.h on Google Benchmark 1.7 and later. Each visit registers one
// benchmark with a fixed iteration count and manual time, runs it with a silent reporter, and clears
// the registry; a program registers all and lets the library do what it does. No exception leaves
// this file.
#include "worker/gbench.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <ctime>
#include <exception>

namespace
{

// What the body of the one running visit works on.
struct Running {
    const zcb_gbench_visit *visit;
    uint64_t elapsed_ns;
    bool looped;
};

void body(benchmark::State &state, Running *running)
{
    const zcb_gbench_visit *visit = running->visit;
    while (state.KeepRunningBatch(state.max_iterations)) {
        uint64_t begin_ns = visit->clock(visit->clock_context);
        int failed = visit->loop(visit->self, visit->iterations);
        uint64_t end_ns = visit->clock(visit->clock_context);
        if (failed != 0) {
            state.SkipWithError("the loop failed");
            break;
        }
        running->elapsed_ns = end_ns - begin_ns;
        running->looped = true;
        state.SetIterationTime(static_cast<double>(running->elapsed_ns) * 1e-9);
    }
}

// Keeps what the engine says of the visit.
class Reporter : public benchmark::BenchmarkReporter
{
  public:
    bool ReportContext(const Context &) override
    {
        return true;
    }

    void ReportRuns(const std::vector<Run> &runs) override
    {
        for (const Run &run : runs) {
#if ZCB_GBENCH_HAS_SKIPPED
            failed = failed || run.skipped;
#else
            failed = failed || run.error_occurred;
#endif
            iterations += static_cast<uint64_t>(run.iterations);
            elapsed_s += run.real_accumulated_time;
            reports++;
        }
    }

    bool failed = false;
    int reports = 0;
    uint64_t iterations = 0;
    double elapsed_s = 0;
};

// The engine's account must be ours: one report, our count, our time.
bool agrees(const Reporter &reporter, const Running &running)
{
    double ours_s = static_cast<double>(running.elapsed_ns) * 1e-9;
    return running.looped && !reporter.failed && reporter.reports == 1 &&
           reporter.iterations == running.visit->iterations &&
           std::fabs(reporter.elapsed_s - ours_s) <= 1e-9 + ours_s * 1e-9;
}

// One call of a program's benchmark: the library calls again with more iterations until they take
// long enough.
void program_body(benchmark::State &state, const zcb_gbench_benchmark *benchmark)
{
    const auto size_bytes = static_cast<uint64_t>(state.range(0));
    const auto iterations = static_cast<uint64_t>(state.max_iterations);
    int failed = benchmark->begin(benchmark->self, size_bytes);
    if (failed != 0) {
        state.SkipWithError(benchmark->reason);
    }
    while (failed == 0 && state.KeepRunningBatch(state.max_iterations)) {
        failed = benchmark->loop(benchmark->self, iterations);
        if (failed != 0) {
            state.SkipWithError(benchmark->reason);
        }
    }
    if (failed == 0 && benchmark->counts_bytes) {
        state.SetBytesProcessed(state.iterations() * state.range(0));
    }
    benchmark->end(benchmark->self);
}

int run_program(int argc, char **argv, const zcb_gbench_benchmark *benchmarks, size_t count,
                const zcb_gbench_fact *facts, size_t fact_count)
{
    for (size_t i = 0; i < count; i++) {
        auto *added =
            benchmark::RegisterBenchmark(benchmarks[i].name, program_body, &benchmarks[i]);
        for (size_t s = 0; s < benchmarks[i].size_count; s++) {
            added->Arg(static_cast<int64_t>(benchmarks[i].sizes[s]));
        }
    }
    for (size_t i = 0; i < fact_count; i++) {
        benchmark::AddCustomContext(facts[i].name, facts[i].value);
    }
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) {
        return 2;
    }
    return benchmark::RunSpecifiedBenchmarks() > 0 ? 0 : 1;
}

} // namespace

extern "C" int zcb_gbench_program(int argc, char **argv, const zcb_gbench_benchmark *benchmarks,
                                  size_t count, const zcb_gbench_fact *facts, size_t fact_count)
{
    int result = -1;
    try {
        result = run_program(argc, argv, benchmarks, count, facts, fact_count);
        benchmark::Shutdown();
    } catch (const std::exception &) {
        result = -1;
    }
    benchmark::ClearRegisteredBenchmarks();
    return result;
}

extern "C" uint64_t zcb_monotonic_ns(void *)
{
    timespec now;
    clock_gettime(CLOCK_MONOTONIC_RAW, &now);
    return static_cast<uint64_t>(now.tv_sec) * 1000000000u + static_cast<uint64_t>(now.tv_nsec);
}

extern "C" int zcb_gbench_run(const zcb_gbench_visit *visit, uint64_t *elapsed_ns)
{
    try {
        zcb_gbench_visit filled = *visit;
        if (filled.clock == nullptr) {
            filled.clock = zcb_monotonic_ns;
        }
        Running running{&filled, 0, false};
        Reporter reporter;
        benchmark::RegisterBenchmark("visit", body, &running)
            ->Iterations(static_cast<benchmark::IterationCount>(filled.iterations))
            ->UseManualTime();
        benchmark::RunSpecifiedBenchmarks(&reporter);
        benchmark::ClearRegisteredBenchmarks();
        if (!agrees(reporter, running)) {
            return -1;
        }
        *elapsed_ns = running.elapsed_ns;
        return 0;
    } catch (const std::exception &) {
        benchmark::ClearRegisteredBenchmarks();
        return -1;
    }
}
