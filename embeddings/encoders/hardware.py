"""Which device and number format run a model best on this machine."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import torch

# Slower than float32 on processors without these instructions.
_BFLOAT16_FLAGS = frozenset({"avx512_bf16", "amx_bf16"})


class Hardware(NamedTuple):
    """Where a model runs and in which numbers."""

    device: str
    dtype: torch.dtype

    @property
    def numbers(self) -> str:
        """The number format in words, as in `"bfloat16"`."""
        return str(self.dtype).removeprefix("torch.")


@cache
def best_hardware() -> Hardware:
    """A CUDA device in 16 bits where there is one, else the processor, in bfloat16 only where that is faster."""
    if torch.cuda.is_available():
        return Hardware("cuda", torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16)
    return Hardware("cpu", torch.bfloat16 if _BFLOAT16_FLAGS & processor_flags() else torch.float32)


def processor_flags(cpuinfo: Path = Path("/proc/cpuinfo")) -> frozenset[str]:
    """What the processor can do, empty where the system does not tell."""
    try:
        lines = cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return frozenset()
    flags = next((line for line in lines if line.startswith("flags")), "")
    return frozenset(flags.partition(":")[2].split())
