"""The job that sets associations beside a column of numbers, for one encoder or several."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from components.bias.association.request import Unusable, given_vectors, kept
from components.bias.probing import asked
from components.choice import encoder_name
from components.spaces import Request, space_request
from embeddings.bias.lookup import Name, Names
from embeddings.bias.word_by_word import RULES, WordByWord
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.jobs import bias_tasks
from embeddings.jobs.job import Job
from embeddings.store import space_fingerprint

VERSION = 1
Found = WordByWord | str


@dataclass(frozen=True)
class ColumnQuestion:
    """Items of a collection, a number for each, and two attribute sets, asked of one encoder.

    Attributes:
        collection: whose items they are.
        encoder: who is asked.
        names: the items, texts or rows.
        values: their numbers; None where not known.
        a, b: the attribute sets.
    """

    collection: Collection
    encoder: str
    names: tuple[Name, ...]
    values: tuple[float | None, ...]
    a: Names
    b: Names

    @property
    def key(self) -> str:
        """What stands for the answer."""
        content = repr((self.names, self.values, tuple(self.a), tuple(self.b))).encode()
        digest = hashlib.blake2b(content, digest_size=16).hexdigest()
        return f"wefat|{VERSION}|{space_fingerprint(self.collection, self.encoder)}|{digest}"


def columns_request(questions: Sequence[ColumnQuestion]) -> Request[tuple[Found, ...]]:
    """The job that answers several questions; each answer is kept by itself, a refusal as its sentence."""

    def run(job: Job) -> tuple[Found, ...]:
        return tuple(kept(each.key, lambda job, each=each: _correlate(each, job), job) for each in questions)

    return "|".join(each.key for each in questions), run


def _correlate(question: ColumnQuestion, job: Job) -> Found:
    space = kept(*space_request(question.collection, question.encoder), job)
    sets = {"Words": question.names, "A": question.a, "B": question.b}
    try:
        vectors = given_vectors(space, sets, job, rules=RULES)
    except Unusable as error:
        return str(error)
    inputs = {"words": question.names, "values": question.values, "a": question.a, "b": question.b}
    stage = f"Correlating by {encoder_name(question.encoder)}"
    found = asked(job, stage, space, bias_tasks.run_probe, "WEFAT", inputs, vectors)
    return str(found) if isinstance(found, EmbeddingError) else found
