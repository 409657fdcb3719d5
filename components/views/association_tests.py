"""The jobs that measure associations: one for each encoder and test, so that nothing is measured twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.kit import link
from components.kit.ask import Request, asking, attempt, known, show_progress
from components.kit.caching import outcomes
from components.kit.candidates import reads_texts
from components.kit.choice import encoder_name
from components.kit.spaces import space_request, texts_request
from components.views.association_settings import names_of
from components.views.bias_inputs import unless_kept
from components.views.bias_word_sets import no_reader
from embeddings.bias.checking import check_sets
from embeddings.bias.lookup import Names, ReadBySpace
from embeddings.bias.matching import Match
from embeddings.bias.measured import SETS, Measured
from embeddings.bias.random_sentences import words_to_draw
from embeddings.bias.sentences import Wording, seat_sentences
from embeddings.bias.several import FourSets
from embeddings.bias.templates import sentences
from embeddings.bias.word_sets import ASSOCIATION, Rules
from embeddings.collection import Collection
from embeddings.encoders import find_spec
from embeddings.errors import PASSING, EmbeddingError
from embeddings.jobs.job import Job, Part
from embeddings.space import Space
from embeddings.store import is_given

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
    def request(self) -> Request[Measured]:
        """The job that answers it; that it cannot be answered is an answer too."""
        asked = request_of(
            *(self.collection, self.encoder, self._vectors, "association", self.sets),
            wording=self.wording,
            match=self.match,
            seed=self.seed,
        )

        def run(job: Job) -> Measured:
            try:
                found: Measured = asked.run(job)
            except PASSING:
                raise
            except EmbeddingError as error:
                return Measured(None, str(error))
            return found

        return asked._replace(run=run)

    def _vectors(self, space: Space, job: Job) -> ReadBySpace:
        if self.wording is None:
            return given_vectors(dict(zip(SETS, self.sets, strict=True)), space, job)
        if is_given(self.encoder):
            raise EmbeddingError("Ready-made vectors have no encoder that could read the sentences; ask about words.")
        words = (list(map(str, each)) for each in self.sets)
        found = _encoded(space, seat_sentences(*words, wording=self.wording), job)
        if drawn := words_to_draw(self.collection, seed=self.seed):
            found |= _encoded(space, sentences(drawn, self.wording.targets), job)
        return found


class Waiting(NamedTuple):
    """A request that is asked last, when all that is known has been drawn, and the place for its progress."""

    request: Request[Any]
    place: DeltaGenerator


def ask_all(requests: Sequence[Request[Any]], label: str = "") -> tuple[list[Any | None], Waiting | None]:
    """The answers so far, None for those to come, and which is asked next.

    With a label nothing is asked before a button of it is clicked, once in a session; else at once.
    """
    found = [outcomes().get(request.key) or known(request) for request in requests]
    place = st.container()
    missing = next((request for request, each in zip(requests, found, strict=True) if each is None), None)
    if missing is None or (label and not _is_wanted(place, label)):
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


def associations_request(questions: Sequence[Question]) -> Request[tuple[Measured, ...]]:
    """The job that answers several questions one after another; each answer is kept by itself as well."""

    def run(job: Job) -> tuple[Measured, ...]:
        labels = [f"{question.name} by {encoder_name(question.encoder)}: " for question in questions]
        parts = [Part(job, place, len(questions), label) for place, label in enumerate(labels)]
        return tuple(question.request.within(part) for question, part in zip(questions, parts, strict=True))

    return Request("|".join(["associations", *(question.request.key for question in questions)]), run)


def request_of(
    collection: Collection,
    encoder: str,
    vectors: Callable[[Space, Job], ReadBySpace],
    name: str,
    /,
    *args: Any,
    **settings: Any,
) -> Request[Any]:
    """What a row of COMPUTATIONS gives of a space; it is known before the vectors of space and words are there.

    Args:
        collection: of the space.
        encoder: of the space.
        vectors: gives those of the words that the space does not hold.
        name: in COMPUTATIONS.
        *args: of its function, without the space.
        **settings: of its function, without `vectors_of`.
    """

    def make(job: Job) -> Any:
        space = space_request(collection, encoder).within(job)
        return asking(name, space, *args, **settings, vectors_of=vectors(space, job)).run(job)

    return unless_kept(asking(name, names_of(collection, encoder), *args, **settings, vectors_of=ReadBySpace()), make)


def given_vectors(sets: Mapping[str, Names], space: Space, job: Job, *, rules: Rules = ASSOCIATION) -> ReadBySpace:
    """The vectors of words that a space does not hold.

    Raises:
        EmbeddingError: the sets cannot be used.
    """
    check = check_sets(space, sets, rules=rules, any_text=reads_texts(space.encoder))
    problems = (*no_reader(space.encoder, space.collection, check), *check.problems)
    if problems:
        raise EmbeddingError(problems[0])
    words = list(dict.fromkeys(word for each in check.sets for word in each.to_encode))
    return ReadBySpace(zip(words, texts_request(space, words).within(job), strict=True) if words else ())


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


def _encoded(space: Space, texts: Sequence[str], job: Job) -> ReadBySpace:
    """Vectors of sentences; stored, where the encoder does not learn from a collection."""
    distinct = list(dict.fromkeys(texts))
    if find_spec(space.encoder).fits:
        return ReadBySpace(zip(distinct, texts_request(space, distinct).within(job), strict=True))
    collection = Collection.from_texts(distinct, name="sentences of a test")
    return ReadBySpace(zip(distinct, space_request(collection, space.encoder).within(job).vectors, strict=True))
