"""One association test with all that it is held against: random sets, words left out, and several tests at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from embeddings.bias.association import AssociationTest, weat
from embeddings.bias.effect import Bounds, usual_range
from embeddings.bias.lookup import Lookup, Name, short_name
from embeddings.bias.matching import Match
from embeddings.bias.random_sentences import random_sentences, words_to_draw
from embeddings.bias.random_words import RandomSets, random_sets
from embeddings.bias.sentences import Wording, seat
from embeddings.bias.several import FourSets
from embeddings.bias.steps import Progress
from embeddings.errors import PASSING, EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.multiple_tests import holm
from embeddings.space import Space

SETS = ("X", "Y", "A", "B")
LEVEL = 0.05


@dataclass(frozen=True, eq=False)
class Measured:
    """What came out.

    Attributes:
        test: None where it could not run.
        refused: why, as a sentence; else empty.
        null: the random sets; None where there are none.
        no_null: why, as a sentence; else empty.
        silent: words whose vector has length zero, which are equally near to everything.
    """

    test: AssociationTest | None
    refused: str = ""
    null: RandomSets | None = None
    no_null: str = ""
    silent: tuple[str, ...] = ()

    @property
    def standing(self) -> str:
        """How far to trust the effect.

        "stands" where all measures agree, "fragile" where the words decide, "ordinary" where random words do as much,
        "nothing" where chance may do it, and "refused" where the test could not run.
        """
        if self.test is None:
            return "refused"
        if self.test.p_two_sided > LEVEL:
            return "nothing"
        if self.null is not None and self.null.p_value > LEVEL:
            return "ordinary"
        low, high = self.test.interval
        return "stands" if low > 0 or high < 0 else "fragile"

    @property
    def null_bounds(self) -> Bounds:
        """Between which effect sizes 95 % of the random sets lie; not numbers where there are none."""
        if self.null is None:
            return Bounds(float("nan"), float("nan"))
        return usual_range(self.null.effect_sizes)


class Leverage(NamedTuple):
    """What one word does to the effect size.

    Attributes:
        name: the word or row.
        set: "X", "Y", "A" or "B".
        score: s(w, A, B) of a target; not a number for attributes.
        without: the effect size without it.
        change: that minus the effect size.
    """

    name: Name
    set: str
    score: float
    without: float
    change: float


class Line(NamedTuple):
    """One effect size.

    Attributes:
        row: what stands beside it; equal rows share a place.
        encoder: who was asked.
        measured: what came out.
        published: the effect size in the source of the lists; None for lists of the reader's own.
        before: the effect size before the reader changed the lists; None where they are unchanged.
    """

    row: str
    encoder: str
    measured: Measured
    published: float | None = None
    before: float | None = None


def measure(
    space: Space,
    sets: FourSets,
    *,
    wording: Wording | None = None,
    match: Match = "word frequency",
    seed: int = 0,
    vectors_of: VectorsOf = NONE_GIVEN,
    on_progress: Progress | None = None,
) -> Measured:
    """An association test, and what random sets give in place of X and Y; that it cannot run is an answer too.

    Args:
        space: whose vectors are compared, and whose items are drawn at random.
        sets: X, Y, A and B.
        wording: the templates, where the words are asked about in sentences.
        match: how random sets are matched.
        seed: of all random steps.
        vectors_of: of words, or of sentences and of those of `words_to_draw`, that the space does not hold.
        on_progress: called with (done, total), for the test and for the random sets anew.
    """
    given: dict[str, Any] = {"vectors_of": vectors_of, "seed": seed, "on_progress": on_progress}
    try:
        if wording is None:
            test = weat(space, *sets, **given)
        else:
            test = seat(space, *(list(map(str, each)) for each in sets), wording=wording, **given)
    except PASSING:
        raise
    except EmbeddingError as error:
        return Measured(None, str(error))
    silent = _silent(space, test, vectors_of) if wording is None else ()
    try:
        if wording is None:
            null = random_sets(space, test, match=match, **given)
        else:
            pool = words_to_draw(space.collection, seed=seed)
            null = random_sentences(space, test, sets, pool, wording=wording, match=match, **given)
    except PASSING:
        raise
    except EmbeddingError as error:
        return Measured(test, no_null=str(error), silent=silent)
    return Measured(test, null=null, silent=silent)


def leverages(test: AssociationTest) -> list[Leverage]:
    """Every word of the test, that first whose absence changes the effect size most."""
    sets = zip(SETS, (test.x, test.y, test.a, test.b), (test.x_scores, test.y_scores, None, None), strict=True)
    found = [
        Leverage(
            name,
            title,
            float("nan") if scores is None else float(scores[n]),
            float(without[n]),
            float(without[n]) - test.effect_size,
        )
        for (title, names, scores), without in zip(sets, test.left_out, strict=True)
        for n, name in enumerate(names)
    ]
    return sorted(found, key=lambda each: -abs(each.change) if np.isfinite(each.change) else 0.0)


def adjusted(lines: Sequence[Line]) -> tuple[list[float], list[float]]:
    """One- and two-sided p-values after Holm's correction over each encoder's tests; those refused do not count."""
    one, two = [float("nan")] * len(lines), [float("nan")] * len(lines)
    for encoder in dict.fromkeys(line.encoder for line in lines):
        ran = [(n, line.measured.test) for n, line in enumerate(lines) if line.encoder == encoder]
        tests = [(n, test) for n, test in ran if test is not None]
        corrected = zip(
            tests, holm([test.p_value for _, test in tests]), holm([test.p_two_sided for _, test in tests]), strict=True
        )
        for (n, _), first, second in corrected:
            one[n], two[n] = float(first), float(second)
    return one, two


def results_numbers(lines: Sequence[Line]) -> pa.Table:
    """The same with all figures as numbers, and with every word that was used."""
    one, two = adjusted(lines)
    several = len({line.row for line in lines}) > 1 and len({line.encoder for line in lines}) < len(lines)
    rows = [_numbers(line, one[place], two[place], several=several) for place, line in enumerate(lines)]
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.table({name: pa.array([row.get(name) for row in rows]) for name in names})


def _silent(space: Space, test: AssociationTest, vectors_of: VectorsOf) -> tuple[str, ...]:
    names = (*test.x, *test.y, *test.a, *test.b)
    found = Lookup(space, vectors_of).vectors(names)
    return tuple(short_name(name) for name, vector in zip(names, found, strict=True) if not vector.any())


def _numbers(line: Line, one: float, two: float, *, several: bool) -> dict[str, Any]:
    test, null = line.measured.test, line.measured.null
    row: dict[str, Any] = {"test": line.row, "encoder": line.encoder}
    if test is None:
        return row | {"refused": line.measured.refused}
    low, high = map(_finite, line.measured.null_bounds)
    return row | {
        "effect size d": test.effect_size,
        "interval low": _finite(test.interval.low),
        "interval high": _finite(test.interval.high),
        "p one-sided": test.p_value,
        "p two-sided": test.p_two_sided,
        "p one-sided, Holm": one if several else None,
        "p two-sided, Holm": two if several else None,
        "exact": test.exact,
        "partitions": test.partitions,
        "statistic": test.statistic,
        "random sets": None if null is None else len(null.effect_sizes),
        "random sets low": low,
        "random sets high": high,
        "p among random sets": None if null is None else null.p_value,
        "random sets matched by": None if null is None else null.match,
        "published d": line.published,
        **{name: _listed(names) for name, names in zip("XYAB", (test.x, test.y, test.a, test.b), strict=True)},
        "refused": "",
    }


def _listed(names: Sequence[Name]) -> str:
    return "; ".join(map(short_name, names))


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None
