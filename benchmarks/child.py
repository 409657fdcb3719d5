"""One benchmark in a process of its own: `python -m benchmarks.child NAME FOLDER` prints its results as JSON."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.table import BENCHMARKS


def main() -> None:
    """Run it; the results are the last line of standard output."""
    name, folder = sys.argv[1:]
    print(json.dumps(import_module(BENCHMARKS[name].module).run(Path(folder))))


if __name__ == "__main__":
    main()
