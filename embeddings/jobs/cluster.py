"""The local cluster as a process of its own: `python -m embeddings.jobs.cluster`.

It prints its address and lives until its standard input closes, so it ends with the process that started it however
that ends. A process of its own, because workers started from a Streamlit script would run that script again.
"""

from __future__ import annotations

import os
import sys

THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
NICENESS = 10


def worker_count() -> int:
    """One process fewer than there are cores, but two at least: a long job never keeps a short one waiting."""
    return max(2, len(os.sched_getaffinity(0)) - 1)


def dask_setup(worker: object) -> None:
    """Run by each worker as it starts: the web process always comes first."""
    os.nice(NICENESS)


def main() -> None:
    """Start the cluster and wait for the end of standard input."""
    workers = worker_count()
    threads = max(1, len(os.sched_getaffinity(0)) // workers)
    os.environ.update({name: str(threads) for name in THREAD_VARIABLES})
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        preload=["embeddings.jobs.cluster"],
    ) as cluster:
        sys.stdout.write(f"{cluster.scheduler_address}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
