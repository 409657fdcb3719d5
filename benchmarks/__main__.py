"""`python -m benchmarks [NAME …]`: run the benchmarks, one process each, and print one table."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figure import Measured
from benchmarks.machine import this_machine
from benchmarks.running import ROOT, environment
from benchmarks.table import BENCHMARKS, markdown, row

LONGEST_SECONDS = 900


def main(arguments: list[str] | None = None) -> int:
    """Run the named benchmarks, all without a name; the status tells whether they ran, not what they found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; all without one")
    names = parser.parse_args(arguments).names or list(BENCHMARKS)
    if unknown := [name for name in names if name not in BENCHMARKS]:
        parser.error(f"there is no benchmark “{unknown[0]}”; choose of {', '.join(BENCHMARKS)}")
    machine = this_machine()
    print(machine, flush=True)
    rows, broken = [], []
    with TemporaryDirectory(prefix="vectorscope-bench-") as folder:
        for name in names:
            found = _measure(name, Path(folder))
            if found is None:
                broken.append(name)
                continue
            rows += [row(*pair, machine.flags) for pair in zip(BENCHMARKS[name].figures, found, strict=True)]
    print("\n" + markdown(rows))
    if broken:
        print(f"\nNot measured because they failed: {', '.join(broken)}")
    return 1 if broken else 0


def _measure(name: str, folder: Path) -> list[Measured] | None:
    print(f"{name} …", end=" ", file=sys.stderr, flush=True)
    began = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.child", name, str(folder)]
    log = folder / f"{name}.txt"
    with log.open("w") as errors:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        )
        try:
            out, _ = process.communicate(timeout=LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            print(f"stopped after {LONGEST_SECONDS} s", file=sys.stderr, flush=True)
            return None
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait()
    print(f"{time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    if process.returncode:
        print(*log.read_text().splitlines()[-12:], sep="\n", file=sys.stderr)
        return None
    return [Measured(*values) for values in json.loads(out.strip().splitlines()[-1])]


if __name__ == "__main__":
    sys.exit(main())
