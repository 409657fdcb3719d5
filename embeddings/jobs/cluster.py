"""The local cluster as a process of its own: `python -m embeddings.jobs.cluster`.

It prints its address and lives until its standard input closes, so it ends with the process that started it however
that ends. A process of its own, because workers started from a Streamlit script would run that script again.

Tasks ask for what a worker offers. One worker only reads files: it is small and always free. One more offers no place
for long tasks (graphs, maps) and has a second thread, so that a typed text is answered whatever is being computed. A
worker encodes one chunk at a time.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from threading import Thread
from typing import Any

THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
READ = "read"
QUICK = "quick"
LONG = "long"
ENCODE = "encode"
NICENESS = {READ: 5, QUICK: 5}
LONG_NICENESS = 15
SLOW_IMPORT = "embeddings.encoders.sentence"


def cores() -> int:
    """Processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def dask_setup(worker: Any) -> None:
    """Run by each worker as it starts: the web process comes first, then what somebody waits for."""
    os.nice(NICENESS.get(worker.name, LONG_NICENESS))
    if worker.name == QUICK:
        Thread(target=import_module, args=(SLOW_IMPORT,), daemon=True).start()


def main() -> None:
    """Start the cluster and wait for the end of standard input."""
    long_workers = max(1, cores() - 1)
    # Loading an encoder costs some 9 s and 1 GB in each process: on two cores a second one never earns that back.
    shared = {ENCODE: 1} if cores() > 2 else {}
    encoding = 1 + (long_workers if shared else 0)
    threads = dict.fromkeys(THREAD_VARIABLES, str(max(1, cores() // encoding)))
    import dask
    from distributed import Nanny, Scheduler, SpecCluster

    # Dask's own choice makes workers return memory so eagerly that encoding takes twice as long.
    dask.config.set({"distributed.nanny.pre-spawn-environ": threads})
    local = {"host": "127.0.0.1", "dashboard": False}
    options: dict[str, Any] = local | {"nthreads": 1, "preload": ["embeddings.jobs.cluster"]}
    quick = {"nthreads": 2, "resources": {QUICK: 2, ENCODE: 1}}
    workers = {
        READ: {"cls": Nanny, "options": options | {"resources": {READ: 1}}},
        QUICK: {"cls": Nanny, "options": options | quick},
    }
    for number in range(long_workers):
        workers[f"{LONG}-{number}"] = {"cls": Nanny, "options": options | {"resources": {LONG: 1, **shared}}}
    with SpecCluster(workers, {"cls": Scheduler, "options": local}) as cluster:
        sys.stdout.write(f"{cluster.scheduler_address}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
