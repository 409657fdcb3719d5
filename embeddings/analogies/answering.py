"""Many questions of one form at once: the best candidate of each, by blocks of candidates.

Cosines between the words of the questions and a block of candidates are one matrix product; every question is then a
sum of three of its rows, so the product is over some 900 words and not over 19,544 questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.analogies.methods import Cosines, Method
from embeddings.analogies.vocabulary import Positions, Vocabulary
from embeddings.space import Space, Vectors
from embeddings.units import unit

Answers = NDArray[np.int32]
BLOCK = 4096
MOST_COSINES = 16_000_000
AT_ONCE = 64


class Ask(NamedTuple):
    """Questions of one form.

    Attributes:
        method: scores the candidates.
        words: the words of each question that are scored, as places in the vocabulary, shape (q, t).
        weights: of each of the t words.
        banned: words that may not be answers, shape (q, …).
    """

    method: Method
    words: Positions
    weights: Vectors
    banned: Positions


class Block(NamedTuple):
    """Progress: what was answered so far, and how many of all steps are done."""

    answers: tuple[Answers, ...]
    done: int
    total: int


def answer(space: Space, vocabulary: Vocabulary, asks: tuple[Ask, ...]) -> Iterator[Block]:
    """The best row for each question of each ask, −1 where there is none; complete in the last step yielded.

    Of equal scores the lower row wins; candidates of length zero score 0.
    """
    candidates = len(vocabulary.word_of)
    words, asks = _renumbered(asks)
    units = unit(space.vectors[vocabulary.rows[words]])
    size = max(256, min(BLOCK, MOST_COSINES // max(1, len(words))))
    bests = [_Best(len(ask.words)) for ask in asks]
    bans = [_banned_rows(ask.banned, vocabulary) for ask in asks]
    total = -(-candidates // size) * len(asks)
    done = 0
    for start in range(0, candidates, size):
        block = unit(space.vectors[start : min(start + size, candidates)])
        cosines = units @ block.T
        empty = np.flatnonzero(~block.any(axis=1))
        for ask, best, banned in zip(asks, bests, bans, strict=True):
            _answer_block(ask, ask.method.prepare(cosines), units, _Candidates(start, empty, banned), best)
            done += 1
            yield Block(tuple(best.rows for best in bests), done, total)


class _Best:
    """The best row of each question so far."""

    def __init__(self, questions: int) -> None:
        self.scores = np.full(questions, -np.inf, dtype=np.float32)
        self.rows: Answers = np.full(questions, -1, dtype=np.int32)

    def offer(self, part: slice, scores: Cosines, start: int) -> None:
        columns = scores.argmax(axis=1)
        top = scores[np.arange(len(scores)), columns]
        better = top > self.scores[part]
        self.scores[part][better] = top[better]
        self.rows[part][better] = columns[better] + start


class _Banned(NamedTuple):
    """Pairs of a question and a row that may not answer it, by question; `offsets` says where each begins."""

    questions: Positions
    rows: Positions
    offsets: Positions


class _Candidates(NamedTuple):
    """The block at hand: its first row, its columns of length zero, and what is banned anywhere."""

    start: int
    empty: Positions
    banned: _Banned


def _answer_block(ask: Ask, prepared: Cosines, units: Vectors, candidates: _Candidates, best: _Best) -> None:
    width = prepared.shape[1]
    for first in range(0, len(ask.words), AT_ONCE):
        part = slice(first, min(first + AT_ONCE, len(ask.words)))
        words = ask.words[part].T
        given = units[words]
        among = np.einsum("iqd,jqd->ijq", given, given)
        scores = ask.method.scores(prepared[words], ask.weights, among)
        scores[:, candidates.empty] = 0
        banned = candidates.banned
        pairs = slice(banned.offsets[part.start], banned.offsets[part.stop])
        columns = banned.rows[pairs] - candidates.start
        here = (columns >= 0) & (columns < width)
        scores[banned.questions[pairs][here] - first, columns[here]] = -np.inf
        best.offer(part, scores, candidates.start)


def _renumbered(asks: tuple[Ask, ...]) -> tuple[Positions, tuple[Ask, ...]]:
    """All words that any ask scores, each once, and the asks with places among these."""
    words, places = np.unique(np.concatenate([ask.words.reshape(-1) for ask in asks]), return_inverse=True)
    ends = np.cumsum([ask.words.size for ask in asks])[:-1]
    parts = np.split(places, ends)
    return words, tuple(
        ask._replace(words=part.reshape(ask.words.shape)) for ask, part in zip(asks, parts, strict=True)
    )


def _banned_rows(banned: Positions, vocabulary: Vocabulary) -> _Banned:
    """The first row of each banned word, and its further rows where it has some."""
    repeated = vocabulary.repeated()
    words = banned.reshape(-1)
    questions = np.repeat(np.arange(len(banned)), banned.shape[1])
    places = [place for place, word in enumerate(words.tolist()) for _ in repeated.get(word, ())]
    again = [row for word in words.tolist() for row in repeated.get(word, ())]
    questions = np.concatenate([questions, questions[np.array(places, dtype=np.int64)]])
    rows = np.concatenate([vocabulary.rows[words], np.array(again, dtype=np.int64)])
    order = np.argsort(questions, kind="stable")
    offsets = np.searchsorted(questions[order], np.arange(len(banned) + 1))
    return _Banned(questions[order], rows[order], offsets)
