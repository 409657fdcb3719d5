"""The small pieces of sentences that notes and errors share."""

from collections.abc import Iterable, Sequence

SHOWN = 5


def several(n: int, noun: str, plural: str | None = None) -> str:
    """`1 line`, `3 lines`, `2,000 rows`."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def listed(values: Sequence[object], shown: int = SHOWN) -> str:
    """`2, 5 and 9`, or `2, 5, 9 and 40 more`."""
    names = [str(value) for value in values[:shown]]
    if len(values) > shown:
        return f"{', '.join(names)} and {len(values) - shown:,} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def quoted(names: Iterable[str]) -> str:
    """`“a”, “b” and “c”`."""
    return listed([f"“{name}”" for name in names], shown=12)


def megabytes(size: int) -> str:
    """`200 MB`, `1.5 MB`, `12 kB`, `80 bytes`."""
    if size >= 1_000_000:
        return f"{size / 1_000_000:,.1f}".removesuffix(".0") + " MB"
    return f"{size / 1_000:,.0f} kB" if size >= 10_000 else several(size, "byte")
