"""A kernel behind pyperf; run by the python of build/venv-trust, once per benchmark and, by pyperf
itself, once per process.

    peer_pyperf.py --kernel NAME --library FILE -o OUT.json [pyperf's options]
"""

import time

import kernels
import pyperf


def main():
    runner = pyperf.Runner(add_cmdline_args=pass_on)
    runner.argparser.add_argument("--kernel", required=True)
    runner.argparser.add_argument("--library", required=True)
    arguments = runner.parse_args()
    visit = kernels.kernel(arguments.kernel, arguments.library)

    def timed(loops):
        begin = time.perf_counter()
        visit(loops)
        return time.perf_counter() - begin

    runner.bench_time_func(arguments.kernel, timed)


def pass_on(command, arguments):
    command.extend(["--kernel", arguments.kernel, "--library", arguments.library])


if __name__ == "__main__":
    main()
