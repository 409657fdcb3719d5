"""The job that sets associations beside a column of numbers, as one encoder sees it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from components.bias.association.request import Unusable, given_vectors
from components.bias.probing import asked
from components.kit.ask import Request
from components.kit.spaces import space_request
from embeddings.bias.lookup import Name, Names
from embeddings.bias.word_by_word import RULES, WordByWord
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
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


def column_request(question: ColumnQuestion) -> Request[Found]:
    """The job that answers a question; a refusal is an answer too, as its sentence."""
    return Request(question.key, lambda job: _correlate(question, job))


def _correlate(question: ColumnQuestion, job: Job) -> Found:
    space = space_request(question.collection, question.encoder).within(job)
    sets = {"Words": question.names, "A": question.a, "B": question.b}
    try:
        vectors = given_vectors(space, sets, job, rules=RULES)
    except Unusable as error:
        return str(error)
    inputs = {"words": question.names, "values": question.values, "a": question.a, "b": question.b}
    found = asked(job, "probe", space, probe="WEFAT", vectors_of=vectors, **inputs)
    return str(found) if isinstance(found, EmbeddingError) else found
