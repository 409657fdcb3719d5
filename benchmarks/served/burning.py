"""The heavy job of the visitors."""

import time


def burn(seconds: float) -> float:
    """Keep a core busy for some seconds of its own time."""
    end = time.thread_time() + seconds
    total = 0.0
    while time.thread_time() < end:
        total += sum(number * 0.5 for number in range(1000))
    return total
