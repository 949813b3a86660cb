"""pyperf's own test of significance, the one behind `pyperf compare_to`; run by the python of
build/venv-trust.

Reads [[values, values], ...] as JSON from stdin; writes [[is_different, t score], ...].
"""

import json
import sys

from pyperf._utils import is_significant


def main():
    verdicts = []
    for first, second in json.load(sys.stdin):
        is_different, score = is_significant(first, second)
        verdicts.append([bool(is_different), score])
    json.dump(verdicts, sys.stdout)


if __name__ == "__main__":
    main()
