"""Several association tests at once: the more one looks, the more one finds by chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from embeddings.bias.association import AssociationTest, weat
from embeddings.bias.effect import Floats
from embeddings.bias.lookup import Names
from embeddings.bias.partitions import DRAWS
from embeddings.bias.steps import Progress
from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.multiple_tests import holm
from embeddings.space import Space

FourSets = tuple[Names, Names, Names, Names]


class Refused(NamedTuple):
    """A test that could not run, and why."""

    name: str
    reason: str


@dataclass(frozen=True, eq=False)
class Battery:
    """Several tests of one space.

    Attributes:
        names: of the tests that ran.
        tests: what they found.
        adjusted: their one-sided p-values after Holm's correction, shape (tests,).
        adjusted_two_sided: the two-sided ones.
        refused: tests that could not run; they do not count for the correction.
    """

    names: tuple[str, ...]
    tests: tuple[AssociationTest, ...]
    adjusted: Floats
    adjusted_two_sided: Floats
    refused: tuple[Refused, ...]


def weat_battery(
    space: Space,
    tests: Mapping[str, FourSets],
    *,
    vectors_of: VectorsOf = NONE_GIVEN,
    trim: bool = False,
    draws: int = DRAWS,
    seed: int = 0,
    on_progress: Progress | None = None,
) -> Battery:
    """Run `weat` on several (X, Y, A, B), and correct the p-values for their number (Holm 1979).

    Args:
        space: whose vectors are compared.
        tests: the four sets by the name of the test.
        vectors_of: vectors of words that the space does not hold.
        trim: see `weat`.
        draws: see `weat`.
        seed: of every test.
        on_progress: called with (tests done, tests).

    Raises:
        EmbeddingError: none of the tests can run; the message is the first one's.
    """
    names, found, refused = [], [], []
    for done, (name, sets) in enumerate(tests.items(), 1):
        try:
            found.append(weat(space, *sets, vectors_of=vectors_of, trim=trim, draws=draws, seed=seed))
            names.append(name)
        except EmbeddingError as error:
            refused.append(Refused(name, str(error)))
        if on_progress is not None:
            on_progress(done, len(tests))
    if not found:
        raise EmbeddingError(refused[0].reason if refused else "There is no test to run: choose at least 1.")
    adjusted, two_sided = (holm([getattr(test, each) for test in found]) for each in ("p_value", "p_two_sided"))
    return Battery(tuple(names), tuple(found), adjusted, two_sided, tuple(refused))
