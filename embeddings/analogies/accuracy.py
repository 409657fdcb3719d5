"""How many analogy questions a space answers, and how many simpler guesses would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.analogies.answering import Answers, Ask, answer
from embeddings.analogies.methods import METHODS, Method, find_method
from embeddings.analogies.questions import Questions
from embeddings.analogies.vocabulary import Matching, Positions, Vocabulary
from embeddings.intervals import Interval, wilson
from embeddings.space import Space

Progress = Callable[[int, int], None]
Marks = NDArray[np.bool_]
# For random triples, a, b and c are other words of the category: what knowing the category alone is worth.
RANDOM = "random triples"
# The words of a question that each other baseline looks at, by cosine to their sum: 0 is a, 1 is b, 2 is c.
BASELINES: dict[str, tuple[int, ...]] = {
    "nearest to c alone": (2,),
    "nearest to b alone": (1,),
    "nearest to b + c": (1, 2),
}
EXPECTED = 3
FEWEST_WORDS = 5
FOLDED = Matching()


class Tally(NamedTuple):
    """The score of one category, or of all.

    Attributes:
        name: of the category.
        questions: how many there are.
        covered: those whose four words the space holds; the others are left out of every share.
        correct: those answered as expected.
        baselines: those that each baseline answers as expected, by its name.
    """

    name: str
    questions: int
    covered: int
    correct: int
    baselines: tuple[tuple[str, int], ...]

    @property
    def accuracy(self) -> Interval:
        """Share of the covered questions answered as expected, with its 95 % Wilson interval."""
        return wilson(self.correct, self.covered)

    @property
    def coverage(self) -> float:
        """Share of the questions whose four words the space holds."""
        return self.covered / self.questions

    def baseline(self, name: str) -> Interval:
        """The same for a baseline."""
        return wilson(dict(self.baselines)[name], self.covered)


@dataclass(frozen=True, eq=False)
class AnalogyReport:
    """What a space answers to m questions.

    Attributes:
        method: name in METHODS.
        exclude_inputs: whether a, b and c could not be answers.
        matching: how words were found.
        total: over all questions.
        categories: in the order of the questions.
        answers: int32 of shape (m,), the row answered; −1 where a word is missing or nothing may be answered.
        covered: bool of shape (m,).
        correct: bool of shape (m,).
    """

    method: str
    exclude_inputs: bool
    matching: Matching
    total: Tally
    categories: tuple[Tally, ...]
    answers: Answers
    covered: Marks
    correct: Marks


def analogy_accuracy(
    space: Space,
    questions: Questions,
    *,
    method: str = "3CosAdd",
    exclude_inputs: bool = True,
    matching: Matching = FOLDED,
    on_progress: Progress | None = None,
) -> AnalogyReport:
    """Answer every question "a is to b as c is to ?" with the best item, beside baselines.

    With 3CosAdd and inputs excluded, the answers are those of gensim's `evaluate_word_analogies`: a question with an
    unknown word is left out, case is folded, and an input in any case of its letters is no answer (gensim gives up
    after five such; here the search goes on). The baselines choose among the same candidates.

    Args:
        space: the candidates.
        questions: from `google_questions` or `read_questions`.
        method: a name in METHODS.
        exclude_inputs: whether a, b and c may not be answers.
        matching: how words are found.
        on_progress: called with (done, total) after each step; raise `Cancelled` in it to stop.

    Raises:
        EmbeddingError: there is no such method.
    """
    kind = find_method(method)
    vocabulary = Vocabulary.of(space, matching)
    words = vocabulary.find(questions)
    covered: Marks = np.asarray((words >= 0).all(axis=1))
    categories = _category_numbers(questions)
    asks = _asks(words[covered], categories[covered], kind, exclude_inputs)
    answers = [np.full(len(words), -1, dtype=np.int32) for _ in asks]
    if covered.any():
        for mine, theirs in zip(answers, _answered(space, vocabulary, asks, on_progress), strict=True):
            mine[covered] = theirs
    right = np.stack([(rows >= 0) & (vocabulary.word_of[rows] == words[:, EXPECTED]) for rows in answers])
    names = questions.categories
    return AnalogyReport(
        method,
        exclude_inputs,
        matching,
        _tally("all", np.ones(len(words), dtype=bool), covered, right),
        tuple(_tally(name, categories == number, covered, right) for number, name in enumerate(names)),
        answers[0],
        covered,
        right[0],
    )


def _category_numbers(questions: Questions) -> Positions:
    number = {name: number for number, name in enumerate(questions.categories)}
    return np.array([number[question.category] for question in questions.questions], dtype=np.int64)


def _asks(words: Positions, categories: Positions, method: Method, exclude_inputs: bool) -> tuple[Ask, ...]:
    """The questions as they are, with random triples, and as each baseline sees them."""
    signs = np.array([-1, 1, 1], dtype=np.float32)
    given, triples = words[:, :EXPECTED], random_triples(words, categories)
    none = given[:, :0]
    asks = [Ask(method, each, signs, each if exclude_inputs else none) for each in (given, triples)]
    for seen in BASELINES.values():
        ones = np.ones(len(seen), dtype=np.float32)
        asks.append(Ask(METHODS["3CosAdd"], given[:, list(seen)], ones, given if exclude_inputs else none))
    return tuple(asks)


def random_triples(words: Positions, categories: Positions, *, seed: int = 0) -> Positions:
    """For each question three different words of its category's questions, none of them the answer, shape (q, 3).

    A category of fewer than five words draws from the words of all questions; where these are too few as well, the
    question keeps its own.
    """
    rng = np.random.default_rng(seed)
    triples = words[:, :EXPECTED].copy()
    everything = np.unique(words)
    for category in np.unique(categories):
        where = np.flatnonzero(categories == category)
        pool = np.unique(words[where])
        pool = pool if len(pool) >= FEWEST_WORDS else everything
        while len(where) and len(pool) >= FEWEST_WORDS:
            drawn = pool[rng.integers(0, len(pool), size=(len(where), 3))]
            triples[where] = drawn
            four = np.sort(np.column_stack([drawn, words[where, EXPECTED]]), axis=1)
            where = where[(four[:, 1:] == four[:, :-1]).any(axis=1)]
    return triples


def _answered(
    space: Space, vocabulary: Vocabulary, asks: tuple[Ask, ...], on_progress: Progress | None
) -> tuple[Answers, ...]:
    answers: tuple[Answers, ...] = ()
    for block in answer(space, vocabulary, asks):
        answers = block.answers
        if on_progress is not None:
            on_progress(block.done, block.total)
    return answers


def _tally(name: str, here: Marks, covered: Marks, right: Marks) -> Tally:
    correct = right[:, here & covered].sum(axis=1)
    baselines = zip((RANDOM, *BASELINES), correct[1:].tolist(), strict=True)
    return Tally(name, int(here.sum()), int((here & covered).sum()), int(correct[0]), tuple(baselines))
