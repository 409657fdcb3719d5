"""The local cluster as a process of its own: `python -m embeddings.jobs.cluster`.

It prints its address and lives until its standard input closes, so it ends with the process that started it however
that ends. A process of its own, because workers started from a Streamlit script would run that script again.

Tasks ask for what a worker offers. One worker offers no place for long tasks (graphs, maps) and has a second thread,
so that a file is read and a typed text answered whatever is being computed; each encodes one chunk at a time.
"""

from __future__ import annotations

import os
import sys
from typing import Any

THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
NICENESS = 10
QUICK = "quick"
LONG = "long"
ENCODE = "encode"


def cores() -> int:
    """Processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def dask_setup(worker: object) -> None:
    """Run by each worker as it starts: the web process always comes first."""
    os.nice(NICENESS)


def main() -> None:
    """Start the cluster and wait for the end of standard input."""
    long_workers = max(1, cores() - 1)
    os.environ.update(dict.fromkeys(THREAD_VARIABLES, str(max(1, cores() // (long_workers + 1)))))
    from distributed import Nanny, Scheduler, SpecCluster

    local = {"host": "127.0.0.1", "dashboard": False}
    options: dict[str, Any] = local | {"nthreads": 1, "preload": ["embeddings.jobs.cluster"]}
    quick = {"nthreads": 2, "resources": {QUICK: 2, ENCODE: 1}}
    workers = {QUICK: {"cls": Nanny, "options": options | quick}}
    for number in range(long_workers):
        workers[f"{LONG}-{number}"] = {"cls": Nanny, "options": options | {"resources": {LONG: 1, ENCODE: 1}}}
    with SpecCluster(workers, {"cls": Scheduler, "options": local}) as cluster:
        sys.stdout.write(f"{cluster.scheduler_address}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
