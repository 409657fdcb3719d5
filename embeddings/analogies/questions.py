"""Questions with known answers: the Google set, or a file of four columns."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from embeddings.errors import EncoderUnavailable, ReadError
from embeddings.reading.decoding import decode
from embeddings.reading.limits import DEFAULT
from embeddings.reading.lines import columns, split_lines
from embeddings.reading.source import Source, load
from embeddings.reading.wording import several

MAX_QUESTIONS = 200_000
UNNAMED = "all questions"
_DELIMITERS = "\t;,"
_HEADINGS = {"a", "b", "c", "d", "answer", "expected", "word1", "word2", "word3", "word4"}


class Question(NamedTuple):
    """a is to b as c is to … the expected answer."""

    category: str
    a: str
    b: str
    c: str
    expected: str


@dataclass(frozen=True)
class Questions:
    """Questions in the order of their file; the questions of a category need not stand together.

    Attributes:
        name: what the reader calls the set.
        questions: at least one.
        notes: what reading had to assume or leave out, as sentences for the reader.
    """

    name: str
    questions: tuple[Question, ...]
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.questions)

    @property
    def categories(self) -> tuple[str, ...]:
        """Each once, in the order of first appearance."""
        return tuple(dict.fromkeys(question.category for question in self.questions))

    @cached_property
    def fingerprint(self) -> str:
        """32 hexadecimal digits that stand for the questions and their categories, whatever the set is called."""
        return hashlib.blake2b(json.dumps(self.questions).encode(), digest_size=16).hexdigest()


def google_questions() -> Questions:
    """The 19,544 questions in 14 categories of Mikolov et al. (2013), from the file inside gensim.

    Raises:
        EncoderUnavailable: gensim is not installed.
    """
    # Importing gensim takes a second and all its models; only its file is needed.
    gensim = find_spec("gensim")
    if gensim is None or gensim.origin is None:
        raise EncoderUnavailable("The Google questions are inside gensim: pip install gensim")
    file = Path(gensim.origin).parent / "test" / "test_data" / "questions-words.txt"
    found = read_questions(file)
    return Questions("Google analogies", found.questions, found.notes)


def read_questions(source: Source, *, name: str | None = None) -> Questions:
    """Read questions, one a line: a, b, c and the answer, between tabs, semicolons, commas or, without these, spaces.

    A line `: family` begins a category. Blank lines and a first line of column names are left out.

    Args:
        source: a path, the bytes of a file, or a file object.
        name: of the file; needed for bytes.

    Raises:
        ReadError: a line has not four columns, a column is empty or too long, or there is no question or too many.
        ValueError: bytes came without a name.
    """
    file = load(source, name=name, limits=DEFAULT)
    decoded = decode(file)
    lines = split_lines(decoded.text)
    delimiter = _delimiter(lines)
    questions: list[Question] = []
    notes = decoded.notes
    for number, category, line in _in_categories(lines):
        cells = columns(line, delimiter, f"line {number:,} of “{file.name}”")
        if not questions and {cell.casefold() for cell in cells} <= _HEADINGS and len(cells) == 4:
            notes = (*notes, f"Line {number} was taken for the names of the columns.")
            continue
        questions.append(_question(file.name, number, category, cells))
    if not questions:
        raise ReadError(f"“{file.name}” holds no questions.")
    if len(questions) > MAX_QUESTIONS:
        raise ReadError(f"“{file.name}” holds {len(questions):,} questions; at most {MAX_QUESTIONS:,} can be read.")
    return Questions(file.stem, tuple(questions), notes)


def _delimiter(lines: list[str]) -> str | None:
    """What the first question is divided by; None for spaces."""
    first = next((line for line in lines if line.strip() and not line.startswith(":")), "")
    return next((mark for mark in _DELIMITERS if mark in first), None)


def _in_categories(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    category = UNNAMED
    for number, line in enumerate(lines, 1):
        if line.startswith(":"):
            category = line.lstrip(": ").strip() or UNNAMED
        elif line.strip():
            yield number, category, line


def _question(file: str, number: int, category: str, cells: list[str]) -> Question:
    if len(cells) != 4:
        raise ReadError(
            f"Line {number:,} of “{file}” has {several(len(cells), 'column')}; "
            "a question has four: a, b, c and the answer."
        )
    for column, cell in enumerate(cells, 1):
        if not cell:
            raise ReadError(f"Column {column} of line {number:,} of “{file}” is empty.")
    return Question(category, *cells)
