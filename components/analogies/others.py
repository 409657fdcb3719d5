"""The same sum by another encoder over the same candidates."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pyarrow as pa

from components.analogies.answered import ADD, answer_sum
from components.analogies.understanding import expected_row, to_encode, with_vectors
from components.kit import caching
from components.kit.ask import Request
from components.kit.candidates import Candidates
from components.kit.choice import problem_of
from components.kit.spaces import texts_request
from components.kit.words import shorten
from embeddings.analogies.inputs import known_names
from embeddings.analogies.parsing import parse
from embeddings.collection import Item
from embeddings.encoders import ENCODERS
from embeddings.errors import Cancelled, EmbeddingError
from embeddings.given import VectorsOf
from embeddings.jobs.encoding import embed
from embeddings.jobs.job import Job
from embeddings.space import Space
from embeddings.store import space_fingerprint

WAITING = "waiting …"
# In single words they see what TF-IDF sees, and their vectors are as large.
LIKE_TF_IDF = ("Bag of words", "One-hot")


@dataclass(frozen=True)
class OtherAnswer:
    """What one encoder answers, or why it cannot.

    Attributes:
        encoder: its name.
        first: the best answer by 3CosAdd, inputs left out; empty where there is none.
        score: of that answer.
        rank: of the answer that is looked for, inputs left out; None where it has none.
        problem: a sentence for the reader; empty where all went well.
    """

    encoder: str
    first: str = ""
    score: float | None = None
    rank: int | None = None
    problem: str = ""


def encoders_for(candidates: Candidates) -> list[str]:
    """The encoders that come with Vectorscope and take these candidates, the chosen one first; of those alike, one."""
    kind = candidates.collection.kind
    bundled = [name for name, spec in ENCODERS.items() if spec.bundled and spec.takes(kind)]
    able = [name for name in bundled if name not in LIKE_TF_IDF and problem_of(name, kind) is None]
    return list(dict.fromkeys([candidates.encoder, *able]))


def other_request(candidates: Candidates, text: str, wanted: str) -> Request[OtherAnswer]:
    """The job that embeds the candidates, where nobody has, and answers the sum with them.

    Only the answer is kept: the vectors of an encoder that counts words can fill a gigabyte.
    """
    content = f"{candidates.own.fingerprint}|{len(text)}|{text}|{wanted}".encode("utf-8", "surrogatepass")
    question = hashlib.blake2b(content, digest_size=16).hexdigest()

    def run(job: Job) -> OtherAnswer:
        try:
            return _answer(candidates, text, wanted, job)
        except Cancelled:
            raise
        except EmbeddingError as error:
            return OtherAnswer(candidates.encoder, problem=str(error))

    return Request(f"sum by|{space_fingerprint(candidates.collection, candidates.encoder)}|{question}", run)


def answer_by(candidates: Candidates, space: Space, text: str, wanted: str, vectors: VectorsOf) -> OtherAnswer:
    """The answer within one space.

    Raises:
        EmbeddingError: a name is unknown or has no direction here, or the sum has no answer.
    """
    understood = with_vectors(space, parse(text, known=known_names(space)), vectors)
    answered = answer_sum(space, understood.inputs, k=1, inputs_in=False, expected=_row(candidates, space, wanted))
    top = answered.top
    if top is None:
        raise EmbeddingError("Every candidate is an input.")
    rank = answered.ranks[ADD].without_inputs if answered.ranks else None
    if top.ties > 1:
        problem = f"No answer: {top.ties:,} candidates share the best score."
        return OtherAnswer(candidates.encoder, "", top.score, None, problem)
    return OtherAnswer(candidates.encoder, answered.name(top.row), top.score, rank)


def others_table(answers: list[OtherAnswer], wanted: str) -> pa.Table:
    """One encoder a row."""
    return pa.table(
        {
            "encoder": [each.encoder for each in answers],
            "first answer": [shorten(each.first, 60) for each in answers],
            "score": pa.array([each.score for each in answers], pa.float32()),
            f"rank of {shorten(wanted, 30)}": pa.array([each.rank for each in answers], pa.int64()),
            "what to know": [each.problem for each in answers],
        }
    )


def _answer(candidates: Candidates, text: str, wanted: str, job: Job) -> OtherAnswer:
    space = embed(caching.store(), candidates.collection, candidates.encoder, job)
    items: dict[str, Item] = to_encode(candidates, space, parse(text, known=known_names(space)))
    vectors: VectorsOf = {}
    if items:
        vectors = dict(zip(items, texts_request(space, list(items.values())).within(job), strict=True))
    return answer_by(candidates, space, text, wanted, vectors)


def _row(candidates: Candidates, space: Space, wanted: str) -> int | None:
    try:
        return expected_row(candidates, space, wanted) if wanted else None
    except EmbeddingError:
        return None
