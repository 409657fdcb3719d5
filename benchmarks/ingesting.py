"""Memory while 2,000 photographs of 12 million pixels become a collection, as the server reads and saves them."""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks.figure import Measured
from benchmarks.photographs import folder_of_photographs
from benchmarks.running import fresh, seconds

N, DISTINCT = 2_000, 20


def run(folder: Path) -> tuple[Measured, ...]:
    """The largest peak of a process that touches pictures, the photographs in one second, and what is kept of them."""
    folder_of_photographs(folder / "photographs", N, distinct=DISTINCT)
    peak, rate, kept = fresh("benchmarks.ingesting:ingest", folder / "photographs", folder / "home")
    return Measured(peak, None, "1"), Measured(rate, None, "1"), Measured(kept, None, "1")


def ingest(photographs: str, home: str) -> tuple[float, float, float]:
    """In a process of its own, which stands for the web process: read the folder in the workers, then save it.

    Returns:
        The largest of the peaks of this process, of the worker that reads and of the scheduler, in MB; photographs a
        second; MB of kept pictures. The worker that loads sentence models has no part in this and is not counted.
    """
    from embeddings.jobs.client import client, close
    from embeddings.jobs.cluster import READ
    from embeddings.jobs.job import Job
    from embeddings.reading.in_workers import read_pictures
    from embeddings.store import Store

    connected = client()
    resources = {
        address: worker["resources"] for address, worker in connected.scheduler_info(n_workers=-1)["workers"].items()
    }
    workers = connected.run(os.getpid)
    readers = [pid for address, pid in workers.items() if READ in resources[address]]
    scheduler = connected.run_on_scheduler(os.getpid)
    found = None

    def read() -> None:
        nonlocal found
        found = read_pictures(Path(photographs), "photographs", Job("benchmark"))

    took = seconds(read)
    assert found is not None
    Store(home).save(found)
    peak = max(peak_megabytes(pid) for pid in (os.getpid(), scheduler, *readers))
    kept = sum(map(len, found.items)) / 1e6
    close()
    return peak, len(found) / took, kept


def peak_megabytes(pid: int) -> float:
    """The most memory a process ever held at once, in MB; Linux keeps count."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024 / 1e6
