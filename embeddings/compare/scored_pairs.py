"""Pairs of texts with a similarity given by people: ready sets, or a file of three columns."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from math import isfinite
from pathlib import Path
from typing import NamedTuple

from embeddings.collection import Collection
from embeddings.errors import EncoderUnavailable, ReadError
from embeddings.reading.decoding import decode
from embeddings.reading.limits import DEFAULT
from embeddings.reading.lines import columns, split_lines
from embeddings.reading.source import Source, load
from embeddings.reading.wording import several

MOST_PAIRS = 100_000
FEWEST = 3
_DELIMITERS = "\t;,"


class ScoredPair(NamedTuple):
    """Two texts and how alike people find them; larger is more alike, in the set's own unit."""

    one: str
    other: str
    score: float


@dataclass(frozen=True)
class ScoredPairs:
    """Pairs in the order of their file.

    Attributes:
        name: what the reader calls the set.
        pairs: at least 3.
        notes: what reading had to assume, as sentences for the reader.
    """

    name: str
    pairs: tuple[ScoredPair, ...]
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.pairs)

    def collection(self) -> Collection:
        """The distinct texts of the pairs, to be encoded where a space does not hold them."""
        texts = dict.fromkeys(text for pair in self.pairs for text in (pair.one, pair.other))
        return Collection.from_texts(texts, name=self.name)


class PairSet(NamedTuple):
    """One row of the table of ready sets: what it holds, its file inside gensim, and its source."""

    summary: str
    file: str
    reference: str


PAIR_SETS: dict[str, PairSet] = {
    "WordSim-353": PairSet(
        "353 pairs of English words: how related are they? Cup and coffee count as related.",
        "wordsim353.tsv",
        "Finkelstein et al. 2002",
    ),
    "SimLex-999": PairSet(
        "999 pairs of English words: how similar are they? Cup and coffee are related, but not similar.",
        "simlex999.txt",
        "Hill, Reichart & Korhonen 2015",
    ),
}


def load_scored_pairs(name: str) -> ScoredPairs:
    """A ready set by its name in PAIR_SETS, from the file inside gensim.

    Raises:
        EncoderUnavailable: gensim is not installed.
        ReadError: there is no such set.
    """
    if name not in PAIR_SETS:
        raise ReadError(f"There is no set of pairs “{name}”; there are {', '.join(PAIR_SETS)}.")
    # Importing gensim takes a second and all its models; only its file is needed.
    gensim = find_spec("gensim")
    if gensim is None or gensim.origin is None:
        raise EncoderUnavailable(f"{name} is inside gensim: pip install gensim")
    found = read_scored_pairs(Path(gensim.origin).parent / "test" / "test_data" / PAIR_SETS[name].file)
    return ScoredPairs(name, found.pairs, found.notes)


def read_scored_pairs(source: Source, *, name: str | None = None) -> ScoredPairs:
    """Read pairs, one a line: text, text and score, between tabs, semicolons or commas.

    Blank lines, lines that begin with # and a first line of column names are left out.

    Args:
        source: a path, the bytes of a file, or a file object.
        name: of the file; needed for bytes.

    Raises:
        ReadError: a line has not three columns, a text is empty or too long, a score is no number, or there are too
            few or too many pairs.
        ValueError: bytes came without a name.
    """
    file = load(source, name=name, limits=DEFAULT)
    decoded = decode(file)
    lines = [
        (number, line)
        for number, line in enumerate(split_lines(decoded.text), 1)
        if line.strip() and not line.startswith("#")
    ]
    delimiter = next((mark for mark in _DELIMITERS if lines and mark in lines[0][1]), "\t")
    rows = [(number, columns(line, delimiter, f"line {number:,} of “{file.name}”")) for number, line in lines]
    notes = decoded.notes
    if rows and len(rows[0][1]) == 3 and _number(rows[0][1][2]) is None:
        notes = (*notes, f"Line {rows[0][0]:,} was taken for the names of the columns.")
        rows = rows[1:]
    pairs = tuple(_pair(file.name, number, cells) for number, cells in rows)
    if not FEWEST <= len(pairs) <= MOST_PAIRS:
        raise ReadError(
            f"“{file.name}” holds {several(len(pairs), 'pair')}; there must be between {FEWEST} and {MOST_PAIRS:,}."
        )
    return ScoredPairs(file.stem, pairs, notes)


def _pair(file: str, number: int, cells: list[str]) -> ScoredPair:
    if len(cells) != 3:
        raise ReadError(
            f"Line {number:,} of “{file}” has {several(len(cells), 'column')}; a pair has three: text, text and score."
        )
    score = _number(cells[2])
    if score is None:
        raise ReadError(f"The score “{cells[2]}” in line {number:,} of “{file}” is not a number.")
    if not cells[0] or not cells[1]:
        raise ReadError(f"A text of line {number:,} of “{file}” is empty.")
    return ScoredPair(cells[0], cells[1], score)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None
