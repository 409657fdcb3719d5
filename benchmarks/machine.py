"""The machine that the figures were measured on."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import NamedTuple


class Machine(NamedTuple):
    """What a reader must know to judge the figures.

    Attributes:
        cores: that this process may use.
        processor: its name as the system gives it.
        flags: its instruction sets; empty where the system does not tell.
        load: processes waiting to run, mean of the last minute, before the benchmarks began.
    """

    cores: int
    processor: str
    flags: frozenset[str]
    load: float

    def __str__(self) -> str:
        bfloat16 = "with" if "avx512_bf16" in self.flags else "without"
        return (
            f"{self.cores} cores, {self.processor}, {bfloat16} avx512_bf16, load before the run {self.load:.1f}, "
            f"Python {platform.python_version()}, {platform.system()}"
        )


def this_machine() -> Machine:
    """The machine this process runs on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    processor = _cpuinfo("model name") or platform.processor() or platform.machine()
    return Machine(cores, processor, frozenset(_cpuinfo("flags").split()), os.getloadavg()[0])


def _cpuinfo(name: str) -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
