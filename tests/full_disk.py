"""A disk that is full, for this process and as long as the block lasts."""

import resource
from contextlib import contextmanager


@contextmanager
def full_disk():
    """No file can grow: the system's answer then differs from that of a full disk only in its number."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
