"""The ways of naming clusters, and which of them there are for a space."""

from __future__ import annotations

from typing import NamedTuple

from components.kit.candidates import reads_texts
from embeddings.clusters.terms import CAPTION
from embeddings.encoders import find_spec
from embeddings.joint import is_joint
from embeddings.space import Space

WORDS, TERMS, LABELS, MEMBER, NUMBERS = "nearest words", "own words", "labels", "typical member", "numbers"
WAYS = {
    WORDS: "The words nearest to the cluster's centre among 12,000 frequent ones, what all clusters share taken away.",
    TERMS: "The words that stand in this cluster's items more than in the others' (c-TF-IDF); the forms of a word "
    "count as one.",
    LABELS: "The label nearest to most of the cluster's items, of those that you type (zero-shot).",
    MEMBER: "The item nearest to the cluster's centre.",
    NUMBERS: "No name: only the number.",
}
SEVERAL_WORDS = 0.5


class Naming(NamedTuple):
    """How clusters are named.

    Attributes:
        way: one of WAYS.
        labels: for the way of labels, which there are.
    """

    way: str = NUMBERS
    labels: tuple[str, ...] = ()


def ways_of(space: Space) -> list[str]:
    """The ways of naming that there are for a space, the one that suits it best first."""
    kind, joint = space.collection.kind, is_joint(space.encoder)
    pictures = kind != "text"
    reads = reads_texts(space.encoder) and not find_spec(space.encoder).fits
    has_words = not pictures or CAPTION in space.collection.columns or kind == "mixed"
    ways = [
        *([LABELS] if pictures and joint else []),
        *([TERMS] if has_words and not reads and not _single_words(space) else []),
        *([WORDS] if reads else []),
        *([MEMBER] if has_words else []),
        *([TERMS] if has_words else []),
        NUMBERS,
    ]
    return list(dict.fromkeys(ways))


def _single_words(space: Space) -> bool:
    """Whether most items are single words, in which no word stands more than once."""
    texts = [item for item in space.collection.items[:1000] if isinstance(item, str)]
    return bool(texts) and sum(" " in text.strip() for text in texts) < SEVERAL_WORDS * len(texts)
