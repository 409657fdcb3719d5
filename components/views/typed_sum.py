"""What a typed sum stands for: its names, its expected answer, and the encoders that can be asked the same."""

from __future__ import annotations

import hashlib

from components.kit import caching
from components.kit.ask import Request, asking
from components.kit.candidates import Candidates, typed_vectors
from components.kit.choice import problem_of
from components.kit.spaces import texts_request
from embeddings.analogies.expression import Expression, Term
from embeddings.analogies.inputs import known_names, unknown_names
from embeddings.analogies.parsing import parse
from embeddings.analogies.sums import Best, Understood, with_vectors
from embeddings.collection import Item
from embeddings.encoders import ENCODERS
from embeddings.errors import Cancelled, EmbeddingError, ExpressionError
from embeddings.jobs.encoding import embed
from embeddings.jobs.job import Job
from embeddings.neighbours import find_row
from embeddings.space import Space
from embeddings.store import space_fingerprint

MOST_NAMES = 100
# In single words they see what TF-IDF sees, and their vectors are as large.
LIKE_TF_IDF = ("Bag of words", "One-hot")


def understand(candidates: Candidates, space: Space, text: str) -> Understood:
    """Read a sum and find its vectors; waits while typed names are encoded.

    Raises:
        ExpressionError: it cannot be read or worked out.
    """
    expression = parse(text, known=known_names(space))
    return with_vectors(space, expression, typed_vectors(space, to_encode(candidates, space, expression)))


def to_encode(candidates: Candidates, space: Space, expression: Expression) -> dict[str, Item]:
    """The items whose vectors the space does not hold, by their written name.

    Raises:
        ExpressionError: there are too many names, or a reference to no item of the collection.
    """
    if len(expression.terms) > MOST_NAMES:
        reason = f"The sum has {len(expression.terms):,} different names; at most {MOST_NAMES} can be added up."
        raise ExpressionError(reason, expression.terms[MOST_NAMES].start, len(expression.text))
    items: dict[str, Item] = {}
    for term in expression.terms:
        item = None if term.row is None else _referred(candidates, term, term.row)
        if item is not None:
            items[term.name] = item
    for name in unknown_names(space, expression) if candidates.reads else ():
        if name in items:
            term = next(term for term in expression.terms if term.name == name and term.row is None)
            reason = f"“{name}” stands here as a text and as the number of an item; leave one of them out."
            raise ExpressionError(reason, term.start, term.end)
        items[name] = name
    return items


def _referred(candidates: Candidates, term: Term, row: int) -> Item | None:
    if row >= len(candidates.own):
        reason = f"There is no {term.name}: the last item of the collection is #{len(candidates.own)}."
        raise ExpressionError(reason, term.start, term.end)
    return candidates.reference(row)


def expected_row(candidates: Candidates, space: Space, text: str) -> int:
    """The row of an expected answer: an item in any case of its letters, or `#12` of the visitor's collection.

    Raises:
        UnknownItem: it is not among the candidates.
    """
    number = text.removeprefix("#")
    if text.startswith("#") and number.isascii() and number.isdigit() and 0 < int(number[:12]) <= len(candidates.own):
        item = candidates.reference(int(number) - 1)
        if item is None:
            return int(number) - 1
        if item in space.collection.rows:
            return space.collection.rows[item]
    return find_row(space, text)


def encoders_for(candidates: Candidates) -> list[str]:
    """The encoders that come with Vectorscope and take these candidates, the chosen one first; of those alike, one."""
    kinds = candidates.collection.kinds
    bundled = [name for name, spec in ENCODERS.items() if spec.bundled and spec.takes(*kinds)]
    able = [name for name in bundled if name not in LIKE_TF_IDF and problem_of(name, kinds) is None]
    return list(dict.fromkeys([candidates.encoder, *able]))


def other_request(candidates: Candidates, text: str, wanted: str) -> Request[Best]:
    """The job that embeds the candidates, where nobody has, and answers the sum with them.

    The space is not kept in memory: the vectors of an encoder that counts words can fill a gigabyte.
    """
    content = f"{candidates.own.fingerprint}|{len(text)}|{text}|{wanted}".encode("utf-8", "surrogatepass")
    question = hashlib.blake2b(content, digest_size=16).hexdigest()

    def run(job: Job) -> Best:
        try:
            space = embed(caching.store(), candidates.collection, candidates.encoder, job)
            items = to_encode(candidates, space, parse(text, known=known_names(space)))
            given = texts_request(space, list(items.values())).within(job) if items else ()
            row = _row_or_none(candidates, space, wanted)
            found: Best = asking("sum", space, text, row, vectors_of=dict(zip(items, given, strict=True))).run(job)
            return found
        except Cancelled:
            raise
        except EmbeddingError as error:
            return Best(candidates.encoder, problem=str(error))

    return Request(f"sum by|{space_fingerprint(candidates.collection, candidates.encoder)}|{question}", run)


def _row_or_none(candidates: Candidates, space: Space, wanted: str) -> int | None:
    try:
        return expected_row(candidates, space, wanted) if wanted else None
    except EmbeddingError:
        return None
