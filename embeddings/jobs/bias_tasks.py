"""Bias probes in a worker, over kept spaces; each tells how far it is and stops when nobody waits any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from inspect import signature
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.bias.association import AssociationTest
from embeddings.bias.direction import Pairs
from embeddings.bias.label_skew import LabelSkew, label_skew
from embeddings.bias.leaning import Leaning, leaning
from embeddings.bias.lookup import Names
from embeddings.bias.matching import Match
from embeddings.bias.plan import Plan
from embeddings.bias.probes import find_probe, load_probe
from embeddings.bias.random_sentences import random_sentences
from embeddings.bias.random_words import RandomSets, random_sets
from embeddings.bias.sentences import Wording
from embeddings.bias.several import FourSets
from embeddings.bias.taking_out import TakenOut, take_out
from embeddings.errors import EmbeddingError
from embeddings.given import VectorsOf
from embeddings.jobs.running import reporter
from embeddings.jobs.tasks import kept_space

Rows = NDArray[np.intp]


def run_probe(
    reference: tuple[str, str, str], probe: str, inputs: Mapping[str, Any], vectors_of: VectorsOf, topic: str
) -> Any:
    """One probe of the table over a kept space.

    Args:
        reference: home, fingerprint of the collection and encoder of the space.
        probe: a name in PROBES that looks at one space.
        inputs: of the probe without its space, and any of its settings; of a column its name.
        vectors_of: vectors of words that the space does not hold.
        topic: under which (done, total) is reported, for probes that tell it.
    """
    space = kept_space(*reference)
    columns = {each.name for each in find_probe(probe).inputs if each.form == "column"}
    given = {
        name: space.collection.column(value).to_pylist() if name in columns else value for name, value in inputs.items()
    }
    run = load_probe(probe)
    if "on_progress" in signature(run).parameters:
        given["on_progress"] = reporter(topic)
    return run(space, **given, vectors_of=vectors_of)


def run_probes(
    reference: tuple[str, str, str], asked: Sequence[tuple[str, Mapping[str, Any]]], vectors_of: VectorsOf, topic: str
) -> tuple[Any, ...]:
    """Several probes over one kept space: of each its result, or the error that says why it has none."""
    space, report = kept_space(*reference), reporter(topic)
    found: list[Any] = []
    for done, (probe, inputs) in enumerate(asked, 1):
        try:
            found.append(load_probe(probe)(space, **inputs, vectors_of=vectors_of))
        except EmbeddingError as error:
            found.append(error)
        report(done, len(asked))
    return tuple(found)


def random_words(
    reference: tuple[str, str, str], test: AssociationTest, match: Match, vectors_of: VectorsOf, topic: str
) -> RandomSets:
    """An association test over a kept space once more, with random items in the place of X and Y."""
    space = kept_space(*reference)
    return random_sets(space, test, match=match, vectors_of=vectors_of, seed=test.seed, on_progress=reporter(topic))


def random_words_in_sentences(
    reference: tuple[str, str, str],
    test: AssociationTest,
    sets: FourSets,
    pool: Sequence[str],
    how: tuple[Wording, Match],
    vectors_of: VectorsOf,
    topic: str,
) -> RandomSets:
    """The same for a test over sentences, with random words of the pool in the sentences of X and Y."""
    space, (wording, match) = kept_space(*reference), how
    return random_sentences(
        space,
        test,
        sets,
        pool,
        wording=wording,
        match=match,
        vectors_of=vectors_of,
        seed=test.seed,
        on_progress=reporter(topic),
    )


def label_rates(predicted: Rows, groups: Sequence[object], labels: Sequence[str], topic: str) -> LabelSkew:
    """How often groups get labels."""
    return label_skew(predicted, groups, labels, on_progress=reporter(topic))


def measure_leaning(
    reference: tuple[str, str, str],
    pairs: Pairs,
    words: Names,
    strictness: float,
    vectors_of: VectorsOf,
    topic: str,
) -> Leaning:
    """The direction of pairs in a kept space, and words along it."""
    reporter(topic)(0, 0)
    return leaning(kept_space(*reference), pairs, words, strictness=strictness, vectors_of=vectors_of)


def debias(reference: tuple[str, str, str], plan: Plan, vectors_of: VectorsOf, topic: str) -> TakenOut:
    """A kept space debiased, and measured before and after; it stops when nobody waits any more."""
    return take_out(kept_space(*reference), plan, vectors_of=vectors_of, on_progress=reporter(topic))
