"""Kernels behind Google Benchmark alone, by its own Python face; run by the python of
build/venv-trust. Repetitions, interleaving, iterations and timer are the engine's.

    peer_gbench.py LIBRARY NAME=KERNEL... --benchmark_...

An iteration of the engine is a batch of about 0.5 ms, so that its question after every iteration
costs nothing that counts; times in its output are those of a batch.
"""

import sys

import google_benchmark
import kernels


def register(name, kernel, library):
    visit, batch = kernels.kernel(kernel, library), kernels.batch(kernel)

    def measured(state):
        while state:
            visit(batch)

    google_benchmark.register(measured, name=name)


def main():
    flags = [word for word in sys.argv[1:] if word.startswith("--")]
    library, *wanted = [word for word in sys.argv[1:] if not word.startswith("--")]
    for word in wanted:
        name, kernel = word.split("=")
        register(name, kernel, library)
    google_benchmark.initialize(sys.argv[:1] + flags)
    google_benchmark.run_benchmarks()


if __name__ == "__main__":
    main()
