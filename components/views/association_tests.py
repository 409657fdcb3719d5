"""The jobs that measure associations: one for each encoder and test, so that nothing is measured twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.kit import link
from components.kit.ask import Request, attempt, show_progress
from components.kit.caching import outcomes, store
from components.kit.candidates import reads_texts
from components.kit.choice import encoder_name
from components.kit.spaces import space_request, texts_request
from components.views.bias_inputs import digest, or_why_not
from components.views.bias_word_sets import no_reader
from embeddings.bias.association import AssociationTest
from embeddings.bias.checking import check_sets
from embeddings.bias.lookup import Lookup, Name, Names
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
from embeddings.jobs.computing import compute
from embeddings.jobs.job import Job, Part
from embeddings.space import Space
from embeddings.store import is_given, space_fingerprint

VERSION = 2
SETS = ("X", "Y", "A", "B")
TESTED, BEGUN = "tested", "association_asked"


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
        content = digest(tuple(map(tuple, self.sets)), self.wording, self.match, self.seed)
        return f"association|{VERSION}|{space_fingerprint(self.collection, self.encoder)}|{content}"


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


class Leverage(NamedTuple):
    """What one word does to the effect size.

    Attributes:
        name: the word or row.
        set: "X", "Y", "A" or "B".
        score: s(w, A, B) of a target; not a number for attributes.
        without: the effect size without it.
        change: that minus the effect size.
    """

    name: Name
    set: str
    score: float
    without: float
    change: float


class Waiting(NamedTuple):
    """A request that is asked last, when all that is known has been drawn, and the place for its progress."""

    request: Request[Any]
    place: DeltaGenerator


def ask_all(requests: Sequence[Request[Any]], label: str) -> tuple[list[Any | None], Waiting | None]:
    """The answers so far, None for those to come, and which is asked next.

    Nothing is asked before the button is clicked, once in a session; then other sets and encoders are asked at once.
    """
    found = [outcomes().get(request.key) for request in requests]
    place = st.container()
    missing = next((request for request, each in zip(requests, found, strict=True) if each is None), None)
    if missing is None or not _is_wanted(place, label):
        return found, None
    return found, Waiting(missing, place)


def await_answer(waiting: Waiting | None) -> None:
    """Ask what is asked next, and draw the page again when it has come; call it last."""
    if waiting is None:
        return
    with waiting.place:
        _, job = attempt(waiting.request)
        if job is None:
            st.rerun()
        show_progress(job)


def association_request(question: Question) -> Request[Measured]:
    """The job that answers one question; that it cannot be answered is an answer too."""

    def run(job: Job) -> Measured:
        found = or_why_not(lambda: _measure(question, job))
        return Measured(None, str(found)) if isinstance(found, EmbeddingError) else found

    return Request(question.key, run)


def associations_request(questions: Sequence[Question]) -> Request[tuple[Measured, ...]]:
    """The job that answers several questions one after another; each answer is kept by itself as well."""

    def run(job: Job) -> tuple[Measured, ...]:
        labels = [f"{question.name} by {encoder_name(question.encoder)}: " for question in questions]
        parts = [Part(job, place, len(questions), label) for place, label in enumerate(labels)]
        asked = zip(questions, parts, strict=True)
        return tuple(association_request(question).within(part) for question, part in asked)

    return Request(f"associations|{digest(*(question.key for question in questions))}", run)


def given_vectors(space: Space, sets: Mapping[str, Names], job: Job, *, rules: Rules = ASSOCIATION) -> VectorsOf:
    """The vectors of words that a space does not hold.

    Raises:
        EmbeddingError: the sets cannot be used.
    """
    check = check_sets(space, sets, rules=rules, any_text=reads_texts(space.encoder))
    problems = (*no_reader(space.encoder, space.collection, check), *check.problems)
    if problems:
        raise EmbeddingError(problems[0])
    words = list(dict.fromkeys(word for each in check.sets for word in each.to_encode))
    return dict(zip(words, texts_request(space, words).within(job), strict=True)) if words else {}


def leverages(test: AssociationTest) -> list[Leverage]:
    """Every word of the test, that first whose absence changes the effect size most."""
    sets = zip(SETS, (test.x, test.y, test.a, test.b), (test.x_scores, test.y_scores, None, None), strict=True)
    found = [
        Leverage(
            name,
            title,
            float("nan") if scores is None else float(scores[n]),
            float(without[n]),
            float(without[n]) - test.effect_size,
        )
        for (title, names, scores), without in zip(sets, test.left_out, strict=True)
        for n, name in enumerate(names)
    ]
    return sorted(found, key=lambda each: -abs(each.change) if np.isfinite(each.change) else 0.0)


def text_of(name: Name, collection: Collection) -> str:
    """What the reader sees of a word or a picture."""
    if isinstance(name, str):
        return name
    text = collection.text(name)
    return text if isinstance(collection.items[name], str) else f"{short_name(name)} {text}"


def short_name(name: Name) -> str:
    """A word, or the number of a picture."""
    return name if isinstance(name, str) else f"#{name + 1}"


def _is_wanted(place: DeltaGenerator, label: str) -> bool:
    """What the button said once in a session, or the link."""
    if not st.session_state.get(BEGUN) and link.read(TESTED) != "1":
        button = place.empty()
        if not button.button(label, type="primary", icon=":material/play_arrow:", key="run_association"):
            return False
        button.empty()
    st.session_state[BEGUN] = True
    link.write(TESTED, "1")
    return True


def _measure(question: Question, job: Job) -> Measured:
    wording = question.wording
    if wording is not None and is_given(question.encoder):
        raise EmbeddingError("Ready-made vectors have no encoder that could read the sentences; ask about words.")
    space: Space = space_request(question.collection, question.encoder).within(job)
    inputs: dict[str, Any] = dict(zip("xyab", question.sets, strict=True)) | {"seed": question.seed}
    if wording is None:
        vectors = given_vectors(space, dict(zip(SETS, question.sets, strict=True)), job)
    else:
        words = (list(map(str, each)) for each in question.sets)
        vectors, inputs["wording"] = _encoded(space, seat_sentences(*words, wording=wording), job), wording
    probe = "WEAT" if wording is None else "SEAT"
    test: AssociationTest = compute(store(), job, "probe", space, probe=probe, vectors_of=vectors, **inputs)
    silent = _silent(space, test, vectors) if wording is None else ()
    null = or_why_not(lambda: _random_sets(question, space, test, vectors, job))
    if isinstance(null, EmbeddingError):
        return Measured(test, no_null=str(null), silent=silent)
    return Measured(test, null=null, silent=silent)


def _random_sets(question: Question, space: Space, test: AssociationTest, vectors: VectorsOf, job: Job) -> RandomSets:
    wording, how = question.wording, {"match": question.match, "seed": question.seed}
    ask: Callable[..., RandomSets] = partial(compute, store(), job)
    if wording is None:
        return ask("random sets", space, test, vectors_of=vectors, **how)
    pool = words_to_draw(question.collection, seed=question.seed)
    both = {**vectors, **_encoded(space, sentences(pool, wording.targets), job)} if pool else vectors
    return ask("random sentences", space, test, question.sets, pool, vectors_of=both, wording=wording, **how)


def _encoded(space: Space, texts: Sequence[str], job: Job) -> VectorsOf:
    """Vectors of sentences; stored, where the encoder does not learn from a collection."""
    distinct = list(dict.fromkeys(texts))
    if find_spec(space.encoder).fits:
        return dict(zip(distinct, texts_request(space, distinct).within(job), strict=True))
    collection = Collection.from_texts(distinct, name="sentences of a test")
    return dict(zip(distinct, space_request(collection, space.encoder).within(job).vectors, strict=True))


def _silent(space: Space, test: AssociationTest, vectors: VectorsOf) -> tuple[str, ...]:
    names = (*test.x, *test.y, *test.a, *test.b)
    found = Lookup(space, vectors).vectors(names)
    return tuple(short_name(name) for name, vector in zip(names, found, strict=True) if not vector.any())
