"""What stands in the way of an answer, in words: what an encoder cannot read, items that are all alike …"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import streamlit as st

from components.kit.choice import encoder_name
from embeddings.collection import Collection
from embeddings.encoders import ENCODERS, find_spec
from embeddings.encoders.inspection import TokenCounts
from embeddings.encoders.words import main_script
from embeddings.neighbours import Neighbours
from embeddings.reading.wording import listed, megabytes, quoted, several
from embeddings.space import Space, Vectors
from embeddings.store import is_given
from embeddings.units import unit

# Names and rare signs leave some unknown pieces in any text; from here on a reader should think again.
SAID = 0.05
# With more than this, a vector says little of what stands in the item.
TOO_MUCH = 0.25
NAMED = 12


def unread_sentence(encoder: str, unread: float, texts: Iterable[str]) -> str:
    """What of some texts an encoder cannot read and which one can; empty where it can.

    Args:
        encoder: its name.
        unread: share of their tokens that are unknown to it, 0 to 1.
        texts: whose script is told.
    """
    script = main_script(texts)
    name = encoder_name(encoder)
    spec = None if is_given(encoder) else find_spec(encoder)
    if spec is None or spec.fits:
        return ""  # words outside the collection are named one by one
    if unread >= SAID:
        letters = f"; most of the text is in {script}" if script else ""
        said = (
            f"{100 * unread:.0f} % of the tokens are unknown to {name}{letters}. It cannot tell them "
            "apart, so its vectors know nothing of what they mean."
        )
    elif script and _latin_only(encoder):
        said = (
            f"Most of the text is in {script}, and {name} was made for English: it sees single letters where there "
            "are words, so its vectors know little of what they mean."
        )
    else:
        return ""
    return f"{said} {other_encoders(joint=spec.joint)}" if script or unread >= TOO_MUCH else said


def other_encoders(*, joint: bool = False) -> str:
    """The encoders that read every script, of the same kind: those that are here, and downloads with their size."""
    able = {name: spec for name, spec in ENCODERS.items() if spec.every_script and spec.joint == joint}
    here = [name for name, spec in able.items() if spec.bundled]
    away = [f"{name} ({megabytes(10**6 * spec.megabytes)})" for name, spec in able.items() if not spec.bundled]
    said = f"{listed(here)} can read it, by spelling and not by meaning. " if here else ""
    return f"{said}By meaning, with a download: {listed(away)}."


def blind(collection: Collection, encoder: str, counts: TokenCounts) -> str:
    """Why names from an encoder's vectors would mean nothing here; empty where they may mean something."""
    if counts.unread < TOO_MUCH and not (_latin_only(encoder) and main_script(_texts(collection))):
        return ""
    return unread_sentence(encoder, counts.unread, _texts(collection))


def collection_sentence(collection: Collection, encoder: str, counts: TokenCounts) -> str:
    """The same as `unread_sentence` for all items."""
    return unread_sentence(encoder, counts.unread, _texts(collection))


def unknown_texts(texts: Sequence[str], counts: TokenCounts) -> list[str]:
    """The texts of which nothing is known."""
    return [text for text, known in zip(texts, counts.pieces > counts.unknown, strict=True) if not known]


def vocabulary_sentence(encoder: str, texts: Sequence[str], counts: TokenCounts, noun: str, *, same: bool) -> str:
    """Which words of some typed texts an encoder does not know, and what it knows; empty where it knows all.

    Args:
        encoder: its name.
        texts: what was typed.
        counts: of these.
        noun: what one of them is called.
        same: whether all of them have one and the same vector.
    """
    name, lost = encoder_name(encoder), unknown_texts(texts, counts)
    if not counts.unknown.any():
        return f"Every {noun} has the same vector for {name}, so there is no answer. Take others." if same else ""
    words = [f"“{word}”" for word in counts.examples]
    said = f"{name} does not know {listed(words, NAMED)}."
    if same:
        said += f" So every {noun} is the same to it, and there is no answer."
    elif lost:
        said += f" It cannot read {quoted(lost)}, so ignore the result for {'it' if len(lost) == 1 else 'them'}."
    if counts.knows:
        said += f" Among the words that it knows are {listed(counts.knows, len(counts.knows))}."
    return said


def all_same(vectors: Vectors) -> bool:
    """Whether vectors are one and the same, up to rounding."""
    return len(vectors) > 1 and bool(np.allclose(vectors, vectors[0], atol=1e-6))


def _latin_only(encoder: str) -> bool:
    spec = None if is_given(encoder) else ENCODERS.get(encoder)
    return spec is not None and not spec.every_script and not spec.fits and spec.takes("text")


def _texts(collection: Collection) -> Iterable[str]:
    return (item for item in collection.items if isinstance(item, str))


SINGLE = "This collection has one item: an outlier, a wrong label or a duplicate shows only beside others."
BLOCK = 1_024
NEARLY = 1e-6


def alone(space: Space) -> None:
    """Say that one item has nothing to be held against."""
    st.info(SINGLE, icon=":material/info:")


def all_alike(space: Space) -> str:
    """What is said where all items have one and the same vector, up to its length; empty where they differ."""
    first = unit(space.vectors[:1])
    for start in range(0, len(space), BLOCK):
        if not np.allclose(unit(space.vectors[start : start + BLOCK]), first, atol=NEARLY):
            return ""
    return (
        f"All {len(space):,} items have the same vector here (or the same direction), so none of them is farther from "
        "the rest than another."
    )


def too_many_neighbours(k: int, space: Space) -> str:
    """What is said where more neighbours are asked for than there are; empty where there are enough."""
    others = len(space) - 1
    if k <= others:
        return ""
    return f"k is {k}, but each item has only {others:,} {'other' if others == 1 else 'others'}: all of them are taken."


def without_direction(space: Space) -> str:
    """What is said of vectors of length zero; empty where there are none."""
    zero = int((space.norms == 0).sum())
    if not zero:
        return ""
    noun, verb = ("item", "has a vector") if zero == 1 else ("items", "have vectors")
    return (
        f"{zero:,} {noun} {verb} of length zero: at cosine distance 1 from everything by definition, however ordinary "
        "the content."
    )


def list_note(space: Space, vector: Vectors, found: Neighbours, k: int, noun: str = "item") -> str:
    """Why a list of the k nearest is shorter than asked for, or no answer, in a sentence; empty where it is whole."""
    if len(found.rows) >= min(k, len(space) - 1):
        return ""
    if not vector.any():
        known = "" if is_given(space.encoder) else ": the encoder knows nothing of it"
        return f"No answer. Its vector has length zero{known}, so everything is equally near."
    if not len(found.rows):
        return f"No answer. No {noun} is nearer to it than the others: all are equally near."
    are = several(len(found.rows), f"{noun} is", f"{noun}s are")
    return f"Only {are} nearer than the rest: the others are all equally far, so none of them is listed."
