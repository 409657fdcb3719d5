"""The jobs that measure associations: one for each encoder and test, so that nothing is measured twice."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from components.bias.probing import asked
from components.bias.word_sets import no_reader
from components.kit.ask import Request
from components.kit.candidates import reads_texts
from components.kit.choice import encoder_name
from components.kit.spaces import space_request, texts_request
from embeddings.bias.association import AssociationTest
from embeddings.bias.checking import check_sets
from embeddings.bias.lookup import Name, Names
from embeddings.bias.matching import Match
from embeddings.bias.random_sentences import words_to_draw
from embeddings.bias.random_words import RandomSets
from embeddings.bias.sentences import Wording, seat_sentences
from embeddings.bias.several import FourSets
from embeddings.bias.templates import sentences
from embeddings.bias.word_sets import ASSOCIATION, Rules
from embeddings.collection import Collection
from embeddings.encoders import find_spec
from embeddings.errors import EmbeddingError
from embeddings.given import VectorsOf
from embeddings.jobs.job import Job, Part
from embeddings.space import Space
from embeddings.store import is_given, space_fingerprint

VERSION = 2


@dataclass(frozen=True)
class Question:
    """One association test of one encoder.

    Attributes:
        name: what the reader calls the test.
        collection: the vocabulary, from which random sets are drawn too.
        encoder: who is asked.
        sets: X, Y, A and B.
        wording: the templates, where the words are asked about in sentences.
        match: how random sets are matched.
        seed: of all random steps.
    """

    name: str
    collection: Collection
    encoder: str
    sets: FourSets
    wording: Wording | None = None
    match: Match = "word frequency"
    seed: int = 0

    @property
    def key(self) -> str:
        """What stands for the answer; what the test is called does not matter."""
        content = repr((tuple(map(tuple, self.sets)), self.wording, self.match, self.seed)).encode()
        digest = hashlib.blake2b(content, digest_size=16).hexdigest()
        return f"association|{VERSION}|{space_fingerprint(self.collection, self.encoder)}|{digest}"


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


def association_request(question: Question) -> Request[Measured]:
    """The job that answers one question."""
    return Request(question.key, lambda job: _measure(question, job))


def associations_request(questions: Sequence[Question]) -> Request[tuple[Measured, ...]]:
    """The job that answers several questions one after another; each answer is kept by itself as well."""

    def run(job: Job) -> tuple[Measured, ...]:
        found = []
        for place, question in enumerate(questions, 1):
            label = f"{question.name} by {encoder_name(question.encoder)}: "
            part = Part(job, place - 1, len(questions), label)
            found.append(Request(question.key, partial(_measure, question)).within(part))
        return tuple(found)

    content = "|".join(question.key for question in questions).encode()
    return Request(f"associations|{hashlib.blake2b(content, digest_size=16).hexdigest()}", run)


def _measure(question: Question, job: Job) -> Measured:
    if question.wording is not None and is_given(question.encoder):
        return Measured(None, "Ready-made vectors have no encoder that could read the sentences; ask about words.")
    space: Space = space_request(question.collection, question.encoder).within(job)
    try:
        named = dict(zip("XYAB", question.sets, strict=True))
        vectors = given_vectors(space, named, job) if question.wording is None else _sentences(question, space, job)
    except Unusable as error:
        return Measured(None, str(error))
    probe, inputs = _probe(question)
    test = asked(job, "probe", space, probe=probe, vectors_of=vectors, **inputs)
    if isinstance(test, EmbeddingError):
        return Measured(None, str(test))
    silent = () if question.wording is not None else _silent(space, test, vectors)
    null = _random_sets(question, space, test, vectors, job)
    if isinstance(null, EmbeddingError):
        return Measured(test, no_null=str(null), silent=silent)
    return Measured(test, null=null, silent=silent)


def _random_sets(
    question: Question, space: Space, test: AssociationTest, vectors: VectorsOf, job: Job
) -> RandomSets | EmbeddingError:
    found: RandomSets | EmbeddingError
    if question.wording is None:
        found = asked(job, "random sets", space, test, match=question.match, vectors_of=vectors, seed=question.seed)
    else:
        pool = words_to_draw(question.collection, seed=question.seed)
        both = {**vectors, **_encoded(space, sentences(pool, question.wording.targets), job)} if pool else vectors
        how = {"wording": question.wording, "match": question.match, "seed": question.seed}
        found = asked(job, "random sentences", space, test, question.sets, pool, vectors_of=both, **how)
    return found


def _probe(question: Question) -> tuple[str, dict[str, Any]]:
    inputs: dict[str, Any] = dict(zip("xyab", question.sets, strict=True)) | {"seed": question.seed}
    return ("WEAT", inputs) if question.wording is None else ("SEAT", inputs | {"wording": question.wording})


class Unusable(EmbeddingError):
    """Sets cannot be used in a space."""


def given_vectors(space: Space, sets: Mapping[str, Names], job: Job, *, rules: Rules = ASSOCIATION) -> VectorsOf:
    """The vectors of words that a space does not hold.

    Raises:
        Unusable: the sets cannot be used.
    """
    check = check_sets(space, sets, rules=rules, any_text=reads_texts(space.encoder))
    problems = (*no_reader(space.encoder, space.collection, check), *check.problems)
    if problems:
        raise Unusable(problems[0])
    words = list(dict.fromkeys(word for each in check.sets for word in each.to_encode))
    return dict(zip(words, texts_request(space, words).within(job), strict=True)) if words else {}


def _sentences(question: Question, space: Space, job: Job) -> VectorsOf:
    """The vectors of all sentences that hold the words."""
    words = (list(map(str, each)) for each in question.sets)
    return _encoded(space, seat_sentences(*words, wording=question.wording or Wording()), job)


def _encoded(space: Space, texts: Sequence[str], job: Job) -> VectorsOf:
    """Vectors of sentences; stored, where the encoder does not learn from a collection."""
    distinct = list(dict.fromkeys(texts))
    if find_spec(space.encoder).fits:
        return dict(zip(distinct, texts_request(space, distinct).within(job), strict=True))
    collection = Collection.from_texts(distinct, name="sentences of a test")
    return dict(zip(distinct, space_request(collection, space.encoder).within(job).vectors, strict=True))


def _silent(space: Space, test: AssociationTest, vectors: VectorsOf) -> tuple[str, ...]:
    return tuple(
        str(name) if isinstance(name, str) else f"#{name + 1}"
        for name in (*test.x, *test.y, *test.a, *test.b)
        if not np.any(_vector(space, name, vectors))
    )


def _vector(space: Space, name: Name, vectors: VectorsOf) -> Any:
    if isinstance(name, int):
        return space.vectors[name]
    row = space.collection.rows.get(name)
    return vectors.get(name, 1) if row is None else space.vectors[row]
