"""The ready association tests: word lists as published, and where each comes from."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

SOURCE = "Caliskan, Bryson & Narayanan 2017, Science 356 (6334), 183–186, supplementary material"
NOTICE = (
    "These lists set names and words that stand for groups of people beside words of praise, blame or illness. They "
    "were made to measure stereotypes and are shown as they were published, not as statements about anyone."
)


class WordSet(NamedTuple):
    """A named list of words."""

    name: str
    words: tuple[str, ...]


class ReadyTest(NamedTuple):
    """A published association test.

    Attributes:
        title: in plain words.
        x, y: targets.
        a, b: attributes; the effect published is that of X with A and Y with B.
        published: effect size with GloVe vectors in the source.
        source: where the lists stand.
        origin: the study that the words were first used in.
        sensitive: whether the lists name groups of people or illness; they open with `notice`.
    """

    title: str
    x: WordSet
    y: WordSet
    a: WordSet
    b: WordSet
    published: float
    source: str
    origin: str
    sensitive: bool

    @property
    def sets(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """The words of X, Y, A and B."""
        return self.x.words, self.y.words, self.a.words, self.b.words

    @property
    def notice(self) -> str:
        """What is said before the lists are shown; empty where there is no need."""
        return NOTICE if self.sensitive else ""


@cache
def ready_tests() -> dict[str, ReadyTest]:
    """The ten tests of Caliskan, Bryson & Narayanan (2017) by name, WEAT1 to WEAT10, in the order of their table."""
    text = files("embeddings.bias").joinpath("published.toml").read_text("utf-8")
    return {name: _test(entry) for name, entry in tomllib.loads(text).items()}


def _test(entry: dict[str, Any]) -> ReadyTest:
    x, y, a, b = (WordSet(entry[key]["name"], tuple(entry[key]["words"].split())) for key in "xyab")
    return ReadyTest(entry["title"], x, y, a, b, entry["published"], SOURCE, entry["origin"], entry["sensitive"])
