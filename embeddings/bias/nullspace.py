"""Taking out every direction by which a linear classifier tells two lists apart: iterative nullspace projection."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

from embeddings.bias.checking import check_sets
from embeddings.bias.debiased import Debiased, changed, taken_out
from embeddings.bias.direction import BiasDirection
from embeddings.bias.effect import Floats
from embeddings.bias.lookup import Lookup, Names
from embeddings.bias.steps import Progress
from embeddings.bias.word_sets import Rules, SetsCheck
from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf, given_vector
from embeddings.space import Space
from embeddings.units import unit64

ROUNDS = 20
FEWEST = 10
HELD_OUT = 0.3
RULES = Rules(fewest=FEWEST, apart=(("First", "Second"),))


@dataclass(frozen=True, eq=False)
class NullspaceProjection:
    """What was taken out, and how well a classifier did before each round.

    Attributes:
        debiased: the changed space.
        accuracies: float64 of shape (rounds + 1,): accuracy on held-out words before each round and after the last.
        chance: share of the larger list among the held-out words.
        check: what was missing or doubled.
    """

    debiased: Debiased
    accuracies: Floats
    chance: float
    check: SetsCheck


def most_biased(space: Space, direction: BiasDirection, count: int) -> tuple[list[int], list[int]]:
    """Rows of the items furthest along a direction on either side, `count` of each, furthest first; not its pairs.

    Raises:
        EmbeddingError: the space holds fewer than twice as many other items.
    """
    lookup = Lookup(space)
    own = {lookup.row(name) for pair in direction.pairs for name in pair if lookup.knows(name)}
    order = [row for row in np.argsort(-direction.along, kind="stable").tolist() if row not in own]
    if len(order) < 2 * count:
        raise EmbeddingError(
            f"{count:,} words for each side were asked for, "
            f"but the collection holds only {len(order):,} besides the pairs."
        )
    return order[:count], order[::-1][:count]


def nullspace_debias(
    space: Space,
    first: Names,
    second: Names,
    *,
    rounds: int = ROUNDS,
    vectors_of: VectorsOf = NONE_GIVEN,
    seed: int = 0,
    on_progress: Progress | None = None,
) -> NullspaceProjection:
    """Iterative nullspace projection (Ravfogel, Elazar, Gonen, Twiton & Goldberg 2020).

    Each round a logistic regression learns to tell the lists apart on 70 % of their words (at length 1), and its
    direction is taken out of all vectors. It ends when the accuracy on the other words is no better than always
    naming the larger list, or after `rounds`. Vectors of the space lose the directions but are not scaled.

    Args:
        space: is not changed.
        first: at least 10 words of one group, such as those of `most_biased`.
        second: at least 10 of the other.
        rounds: at most so many directions are taken out.
        vectors_of: vectors of typed words, changed alike.
        seed: of the division into training and held-out words.
        on_progress: called with (rounds done, rounds).

    Raises:
        EmbeddingError: the lists cannot be used (see `check_sets`).
        ValueError: rounds is not positive.
    """
    if rounds < 1:
        raise ValueError(f"rounds must be at least 1, got {rounds}")
    check = check_sets(space, {"First": first, "Second": second}, rules=RULES, vectors_of=vectors_of)
    check.require()
    lists = check.names("First"), check.names("Second")
    labels = np.repeat([0, 1], [len(each) for each in lists])
    words = Lookup(space, vectors_of).units([*lists[0], *lists[1]])
    train, test, train_labels, test_labels = train_test_split(
        words, labels, test_size=HELD_OUT, stratify=labels, random_state=seed
    )
    chance = max(float(test_labels.mean()), 1 - float(test_labels.mean()))
    basis = np.empty((0, space.dimension))
    accuracies: list[float] = []
    for done in range(rounds + 1):
        classifier = LogisticRegression(max_iter=1_000).fit(taken_out(train, basis), train_labels)
        accuracies.append(float(classifier.score(taken_out(test, basis), test_labels)))
        if accuracies[-1] <= chance or done == min(rounds, space.dimension - 1):
            break
        direction = unit64(taken_out(classifier.coef_, basis))
        basis = np.concatenate([basis, direction])
        if on_progress is not None:
            on_progress(done + 1, rounds)
    return NullspaceProjection(_debiased(space, basis, vectors_of), np.array(accuracies), chance, check)


def _debiased(space: Space, basis: Floats, vectors_of: VectorsOf) -> Debiased:
    method = f"nullspace projection, {len(basis)} directions"
    vectors = taken_out(space.vectors.astype(np.float64), basis)
    given = {
        name: taken_out(given_vector(space, name, vectors_of).astype(np.float64)[None], basis)[0] for name in vectors_of
    }
    none = np.empty(0, dtype=np.intp)
    return Debiased(changed(space, vectors, method), MappingProxyType(given), method, basis, none)
