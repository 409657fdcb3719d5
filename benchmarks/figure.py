"""What a benchmark promises and what it found."""

from __future__ import annotations

from typing import Literal, NamedTuple

Comparison = Literal["share", "speed-up", "difference", "distance", "value"]
Direction = Literal["at most", "at least", "printed"]
_SIGNS = {"at most": "≤", "at least": "≥"}


class Figure(NamedTuple):
    """One line of the table.

    Attributes:
        what: the thing measured.
        baseline: what it is measured against, by name; `"—"` for none.
        compare: what the target is about: ours / baseline, baseline / ours, ours − baseline, |ours − baseline|, or
            ours alone.
        target: the figure to reach; None where it is only printed.
        direction: on which side of the target the figure must lie.
        unit: of ours and of the baseline.
        needs: a flag of the processor without which the target does not apply.
    """

    what: str
    baseline: str
    compare: Comparison
    target: float | None
    direction: Direction
    unit: str = "s"
    needs: str = ""


class Measured(NamedTuple):
    """What came out for one figure.

    Attributes:
        ours: in the figure's unit.
        baseline: in the same unit; None where there is none.
        runs: how often each side ran, and which value of them is given.
    """

    ours: float
    baseline: float | None
    runs: str


class Benchmark(NamedTuple):
    """One file of this folder and the figures it gives.

    Attributes:
        module: holds `run(folder) -> tuple[Measured, …]`, one for each figure; the folder may be written to.
        figures: in the order of the results.
    """

    module: str
    figures: tuple[Figure, ...]


def compared(figure: Figure, measured: Measured) -> float:
    """The number that is held against the target."""
    ours, baseline = measured.ours, measured.baseline
    if figure.compare == "value" or baseline is None:
        return ours
    if figure.compare == "difference":
        return ours - baseline
    if figure.compare == "distance":
        return abs(ours - baseline)
    return ours / baseline if figure.compare == "share" else baseline / ours


def met(figure: Figure, measured: Measured, flags: frozenset[str]) -> bool | None:
    """Whether the target is reached; None where there is none, or where it does not apply to this processor."""
    if figure.target is None or (figure.needs and figure.needs not in flags):
        return None
    found = compared(figure, measured)
    return found <= figure.target if figure.direction == "at most" else found >= figure.target


def reach(figure: Figure) -> str:
    """The target in words."""
    if figure.target is None:
        return "printed"
    unit = f" {figure.unit}" if figure.compare == "value" and figure.unit else ""
    text = f"{_SIGNS[figure.direction]} {figure.target:g}{unit}"
    return f"{text} ({figure.needs})" if figure.needs else text
