"""What a check of word sets finds, and what a probe asks of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from embeddings.bias.lookup import Name
from embeddings.errors import EmbeddingError

FEWEST = 2


class Rules(NamedTuple):
    """What a probe asks of its sets, by their names.

    Attributes:
        fewest: usable words of each set.
        apart: pairs of sets that may share no word.
        equal: pairs of sets that must be as many.
        large: sets that may be a whole lexicon.
    """

    fewest: int = FEWEST
    apart: tuple[tuple[str, str], ...] = ()
    equal: tuple[tuple[str, str], ...] = ()
    large: tuple[str, ...] = ()

    def renamed(self, names: Mapping[str, str]) -> Rules:
        """Rules about sets that are called otherwise; what is said of other sets is left out."""
        apart, equal = (
            tuple((names[one], names[other]) for one, other in pairs if one in names and other in names)
            for pairs in (self.apart, self.equal)
        )
        return Rules(self.fewest, apart, equal, tuple(names[each] for each in self.large if each in names))


ASSOCIATION = Rules(apart=(("X", "Y"), ("A", "B")), equal=(("X", "Y"),))


class Missing(NamedTuple):
    """A word without a vector, and the nearest spellings that have one (sought for the first 12 missing words)."""

    word: str
    suggestions: tuple[str, ...]


class SetCheck(NamedTuple):
    """One word set as it can be used.

    Attributes:
        name: of the set.
        usable: in the order typed, each once.
        to_encode: those of them whose vectors must still be made.
        missing: words without a vector.
        duplicates: words that stand there again, in any case of the letters; left out.
        respelt: (as typed, as found) where only another case of the letters was found.
    """

    name: str
    usable: tuple[Name, ...]
    to_encode: tuple[str, ...]
    missing: tuple[Missing, ...]
    duplicates: tuple[str, ...]
    respelt: tuple[tuple[str, str], ...]


class Overlap(NamedTuple):
    """Words that stand in two sets."""

    first: str
    second: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class SetsCheck:
    """All sets of a probe.

    Attributes:
        sets: in the order given.
        overlaps: words in two sets.
        problems: what stops the probe, as sentences; none where it can run.
        notes: what it runs in spite of, as sentences.
    """

    sets: tuple[SetCheck, ...]
    overlaps: tuple[Overlap, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def usable(self) -> bool:
        """Whether the probe can run."""
        return not self.problems

    def names(self, name: str) -> tuple[Name, ...]:
        """The usable words of a set."""
        return next(each.usable for each in self.sets if each.name == name)

    def require(self) -> None:
        """Do nothing where the probe can run.

        Raises:
            EmbeddingError: it cannot; the message is the first problem.
        """
        if self.problems:
            raise EmbeddingError(self.problems[0])
