"""Taking a direction out, and looking at everything before and after: probes, and what the bias is still told by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from embeddings.bias.before_after import before_after
from embeddings.bias.debiased import BeforeAfter, Debiased
from embeddings.bias.direction import BiasDirection, bias_direction
from embeddings.bias.effect import Bounds, Floats
from embeddings.bias.hard_debias import hard_debias
from embeddings.bias.nullspace import most_biased, nullspace_debias
from embeddings.bias.plan import Asked, Plan
from embeddings.bias.probes import find_probe
from embeddings.bias.remaining import COUNT, FEWEST, Remaining, what_remains
from embeddings.bias.renaming import name_before_after
from embeddings.bias.several import Refused
from embeddings.bias.steps import Progress
from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.projections import project
from embeddings.space import Space, Vectors
from embeddings.units import unit64

_NAN = float("nan")
_CHECKS, _MAPS = 6, 2
_P_VALUES = ("p_two_sided", "p_ndkl", "p_value")
RENAMED = "Zero-shot skew"
CHANCE = 0.5
# From which share told, and below which part of the old cosines, what was taken out is called hidden.
MOSTLY, SMALL = 0.75, 0.5


class Figure(NamedTuple):
    """The one number of a probe; p and the interval are not numbers where it has none."""

    value: float
    p_value: float = _NAN
    interval: Bounds = Bounds(_NAN, _NAN)


class Compared(NamedTuple):
    """A probe before and after."""

    asked: Asked
    figures: BeforeAfter[Figure]


@dataclass(frozen=True, eq=False)
class TakenOut:
    """What a debiasing did.

    Attributes:
        direction: in the original space.
        method: in words.
        directions: how many were taken out.
        kept: how many items were left as they were.
        accuracies: of the classifier before each round of the nullspace projection and after the last; else empty.
        lean: mean |cosine| of all items with the direction, before and after.
        probes: that could run.
        refused: those that could not, and why.
        remaining: what the bias is still told by; None where the space is too small.
        why_not: the reason then, as a sentence; else empty.
        maps: float32 of shape (2 · m, 2) each: the most biased words at length 1 along their own two
            directions of largest spread (PCA of each alone), the first side first; empty then.
        seed: of every random step.
    """

    direction: BiasDirection
    method: str
    directions: int
    kept: int
    accuracies: Floats
    lean: BeforeAfter[float]
    probes: tuple[Compared, ...]
    refused: tuple[Refused, ...]
    remaining: Remaining | None
    why_not: str
    maps: BeforeAfter[Vectors]
    seed: int

    @property
    def standing(self) -> str:
        """What the classifier of Gonen & Goldberg says of the bias.

        "hidden" where the sides are still told in most cases, "weaker" where better than chance only, "gone" where not
        better than chance, "was not there" where they could not be told before, "unknown" without the check.
        """
        if self.remaining is None:
            return "unknown"
        before, after = self.remaining.classifier
        if before.low <= CHANCE:
            return "was not there"
        if after.low <= CHANCE:
            return "gone"
        hidden = after.share >= MOSTLY and self.lean.after <= SMALL * self.lean.before
        return "hidden" if hidden else "weaker"


def take_out(
    space: Space,
    plan: Plan,
    *,
    vectors_of: VectorsOf = NONE_GIVEN,
    seed: int = 0,
    on_progress: Progress | None = None,
) -> TakenOut:
    """Debias a space in one way, and measure it before and after.

    Args:
        space: is not changed.
        plan: what to do.
        vectors_of: of words that the space does not hold.
        seed: of every random step.
        on_progress: called with (done, total).

    Raises:
        EmbeddingError: the pairs, the words to keep or (for nullspace) the number of words cannot be used.
    """
    steps = _Steps(1 + len(plan.probes) + _CHECKS + _MAPS, on_progress)
    direction = bias_direction(space, plan.pairs, vectors_of=vectors_of, seed=seed)
    debiased, accuracies = _debiased(space, plan, direction, vectors_of, seed)
    steps.one()
    compared, refused = _probes(space, debiased, plan, vectors_of, steps)
    within = steps.within(_CHECKS)
    try:
        remaining = what_remains(space, debiased.space, direction, count=plan.a_side, seed=seed, on_progress=within)
        why_not = ""
    except EmbeddingError as error:
        remaining, why_not = None, str(error)
    return TakenOut(
        direction,
        debiased.method,
        len(debiased.basis),
        len(debiased.kept),
        accuracies,
        _lean(direction, debiased),
        compared,
        refused,
        remaining,
        why_not,
        _maps(space, debiased, remaining, seed, steps),
        seed,
    )


def probe_numbers(found: TakenOut) -> pa.Table:
    """The same as numbers, for a file; p-values and intervals are null where a probe has none."""
    columns: dict[str, list[object]] = {
        "probe": [each.asked.probe for each in found.probes],
        "inputs": [each.asked.title for each in found.probes],
    }
    for side, name in enumerate(("before", "after")):
        figures = [each.figures[side] for each in found.probes]
        columns[name] = [each.value for each in figures]
        columns[f"{name} p"] = [_known(each.p_value) for each in figures]
        columns[f"{name} low"] = [_known(each.interval.low) for each in figures]
        columns[f"{name} high"] = [_known(each.interval.high) for each in figures]
    return pa.table(columns | {"no bias": [find_probe(each.asked.probe).none for each in found.probes]})


def remaining_table(found: TakenOut) -> pa.Table:
    """What the sides are told by, before and after; none without the check."""
    remaining = found.remaining
    if remaining is None:
        return pa.table({"check": [], "before": [], "after": [], "chance": []})
    sides = {
        name: [*remaining.classifier[side], remaining.clusters[side], remaining.neighbours[side], found.lean[side]]
        for side, name in enumerate(("before", "after"))
    }
    return pa.table(
        {
            "check": [
                "classifier: share of held-out words on their side",
                "low end of its 95 % interval",
                "high end of its 95 % interval",
                "two clusters: share of words on their side",
                "correlation of lean and neighbours",
                "mean size of all items’ cosine with the direction",
            ],
            **sides,
            "chance": [CHANCE] * 4 + [0.0, None],
        }
    )


class _Steps:
    """Progress over stages of different kinds."""

    def __init__(self, total: int, on_progress: Progress | None) -> None:
        self._total, self._done, self._tell = total, 0, on_progress

    def one(self) -> None:
        self._done += 1
        self._say(self._done)

    def within(self, steps: int) -> Callable[[int, int], None]:
        """A listener for a stage of some steps."""
        start = self._done
        self._done += steps
        return lambda done, total: self._say(start + steps * done // max(1, total))

    def _say(self, done: int) -> None:
        if self._tell is not None:
            self._tell(done, self._total)


def _debiased(
    space: Space, plan: Plan, direction: BiasDirection, vectors_of: VectorsOf, seed: int
) -> tuple[Debiased, Floats]:
    if plan.method != "nullspace":
        equalise = plan.pairs if plan.method == "equalised" else ()
        return hard_debias(space, direction, keep=plan.keep, equalise=equalise, vectors_of=vectors_of), np.empty(0)
    count = min(COUNT, len(space) // 4) if plan.a_side is None else plan.a_side
    if count < FEWEST:
        raise EmbeddingError(
            f"Nullspace projection learns from at least {FEWEST} words a side, a quarter of the items at most; this "
            f"collection gives {count}. Take a larger one, or hard debiasing."
        )
    first, second = most_biased(space, direction, count)
    found = nullspace_debias(space, first, second, vectors_of=vectors_of, seed=seed)
    return found.debiased, found.accuracies


def _probes(
    space: Space, debiased: Debiased, plan: Plan, vectors_of: VectorsOf, steps: _Steps
) -> tuple[tuple[Compared, ...], tuple[Refused, ...]]:
    compared, refused = [], []
    for asked in plan.probes:
        try:
            results = _run(asked, space, debiased, vectors_of)
            compared.append(Compared(asked, BeforeAfter(*(figure_of(asked.probe, each) for each in results))))
        except EmbeddingError as error:
            refused.append(Refused(asked.title, str(error)))
        steps.one()
    return tuple(compared), tuple(refused)


def _run(asked: Asked, space: Space, debiased: Debiased, vectors_of: VectorsOf) -> BeforeAfter[Any]:
    if asked.probe == RENAMED:
        return name_before_after(space, debiased, **asked.inputs, vectors_of=vectors_of)
    return before_after(asked.probe, space, debiased, asked.inputs, vectors_of=vectors_of)


def figure_of(probe: str, result: Any) -> Figure:
    """The one number of a result of a probe of the table."""
    p_value = next((getattr(result, name) for name in _P_VALUES if hasattr(result, name)), _NAN)
    value = float(getattr(result, find_probe(probe).value))
    return Figure(value, float(p_value), getattr(result, "interval", Bounds(_NAN, _NAN)))


def _lean(direction: BiasDirection, debiased: Debiased) -> BeforeAfter[float]:
    after = unit64(debiased.space.vectors) @ direction.vector.astype(np.float64)
    return BeforeAfter(float(np.abs(direction.along).mean()), float(np.abs(after).mean()))


def _maps(
    space: Space, debiased: Debiased, remaining: Remaining | None, seed: int, steps: _Steps
) -> BeforeAfter[Vectors]:
    if remaining is None:
        return BeforeAfter(np.empty((0, 2), np.float32), np.empty((0, 2), np.float32))
    rows = np.concatenate([remaining.first, remaining.second])
    drawn = []
    for each in (space, debiased.space):
        drawn.append(_drawn(each, rows, seed))
        steps.one()
    return BeforeAfter(*drawn)


def _drawn(space: Space, rows: NDArray[np.intp], seed: int) -> Vectors:
    part = Space.from_vectors([str(row) for row in rows.tolist()], unit64(space.vectors[rows]), name="most biased")
    return project(part, "PCA", seed=seed).coordinates


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
