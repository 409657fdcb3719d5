"""Axes of meaning: which one a session looks at, how it is made, what its check says, and the map in its colours."""

from __future__ import annotations

import hashlib
from typing import Any, Literal, NamedTuple

import numpy as np
import streamlit as st

from components.kit import caching, link
from components.kit.ask import Pending, Request
from components.kit.evidence import Verdict
from components.kit.map import PLAIN_COLOURING, Colouring, by_number
from components.kit.seeds import look_up
from components.kit.spaces import texts_request
from components.kit.words import escape, p_text
from embeddings.axes import Axis, Separation, spread
from embeddings.axis_seeds import Seeds, from_text, to_text
from embeddings.errors import EmbeddingError
from embeddings.jobs.computing import compute
from embeddings.jobs.job import Job
from embeddings.space import Space

FIRST, SECOND = "axis", "axis2"
SAVED = "saved_axes"
PREFIX = "axis: "
LEVEL = 0.05
Standing = Literal["holds", "fails", "too few", "unknown"]
HEADINGS: dict[Standing, str] = {
    "holds": "It sorts words it was not built from",
    "fails": "No better than random axes: do not read anything into it",
    "too few": "Too few seeds to tell it from luck: add some",
    "unknown": "No random axes to compare with",
}


def current(which: str = FIRST) -> Seeds | None:
    """The axis that the link or this session names.

    Raises:
        EmbeddingError: the link's cannot be read.
    """
    text = link.read(which)
    return from_text(text) if text else None


def write(seeds: Seeds | None, which: str = FIRST) -> None:
    """Make an axis the one that is looked at."""
    link.write(which, "" if seeds is None else to_text(seeds))


def saved() -> dict[str, Seeds]:
    """The saved axes of this session by their titles."""
    axes: dict[str, Seeds] = st.session_state.setdefault(SAVED, {})
    return axes


def save(seeds: Seeds) -> None:
    """Save an axis; one of the same title is replaced."""
    saved()[seeds.title] = seeds


def forget(title: str) -> None:
    """Delete a saved axis."""
    saved().pop(title, None)


def by_label() -> dict[str, Seeds]:
    """The axes that a map can be coloured by: the saved ones and the link's; of equal titles the link's."""
    axes = {f"{PREFIX}{title}": seeds for title, seeds in saved().items()}
    try:
        seeds = current()
    except EmbeddingError:  # answered where it is used
        seeds = None
    return axes if seeds is None else axes | {label(seeds): seeds}


def label(seeds: Seeds) -> str:
    """What the map's choice of colours calls an axis."""
    return PREFIX + seeds.title


def axis_request(space: Space, seeds: Seeds) -> Request[Axis]:
    """The job that makes an axis, its random rivals included; what the axis is called does not matter."""

    def make(job: Job) -> Axis:
        found = look_up(space, seeds.words)
        vectors = dict(found.given)
        if found.to_encode:
            encoded = texts_request(space, found.to_encode).within(job)
            vectors |= dict(zip(found.to_encode, encoded, strict=True))
        name: str
        given: tuple[Any, ...]
        name, given = "axis of lists", (seeds.low, seeds.high)
        if seeds.paired:
            name, given = "axis of pairs", (list(zip(*given, strict=True)),)
        axis: Axis = compute(caching.store(), job, name, space, *given, vectors_of=vectors)
        return axis

    content = repr((seeds.paired, seeds.low, seeds.high)).encode()
    return Request(f"axis|{space.fingerprint}|{hashlib.blake2b(content, digest_size=16).hexdigest()}", make)


def verdict(axis: Axis) -> Verdict:
    """How far to trust an axis, from its check.

    It "holds" where random axes seldom do as well, is "too few" where they often do because there are so few seeds,
    "fails" where they often do and its own seeds are mixed up, and is "unknown" without random axes.
    """
    standing = _standing(axis)
    return Verdict(standing, HEADINGS[standing], f"{_own(axis)} {_random(axis)}")


def silent_seeds(axis: Axis) -> list[str]:
    """Seeds at exactly 0 on the axis made without them, above all those whose vector has length zero."""
    scores = np.concatenate([axis.check.held_out.low, axis.check.held_out.high])
    return [word for word, score in zip(axis.low + axis.high, scores, strict=True) if score == 0]


def held_out_sentence(found: Separation) -> str:
    """How the held-out lists come out, in plain words."""
    pairs = len(found.low) * len(found.high)
    return (
        f"{_count(found.auc, pairs)} pairs of a low and a high held-out word come out the right way round "
        f"(AUC {found.auc:.2f}; chance is 0.50)."
    )


class AlongAxis(NamedTuple):
    """An axis as the colours of a map.

    Attributes:
        colouring: the colours, plain while the axis is being made or where it cannot be; None leaves the map's own.
        said: what is said of them, as Markdown.
    """

    colouring: Colouring | None
    said: str


def along_axis(space: Space, colour: str, pending: Pending) -> AlongAxis | None:
    """The colours of the axis that the map's choice names; None where it names no axis. Stops no script."""
    seeds = by_label().get(colour)
    # The link carries the axis that colours the map, and no other.
    link.carry(FIRST, "" if seeds is None else to_text(seeds))
    if seeds is None:
        try:
            current()
        except EmbeddingError as error:
            return AlongAxis(None, f":material/error: {escape(str(error))}")
        return None
    made = pending.ask_or_why_not(axis_request(space, seeds))
    if isinstance(made, EmbeddingError):
        return AlongAxis(PLAIN_COLOURING, f":material/error: {escape(f'{seeds.title}: {made}')}")
    if made is None:
        return AlongAxis(PLAIN_COLOURING, f"Making the axis {escape(seeds.title)} …")
    (low, high), said = map(escape, seeds.ends), verdict(made)
    return AlongAxis(
        axis_colouring(seeds, made),
        f"Colour: cosine with the axis, blue towards **{low}**, orange towards **{high}**, grey at the middle of its "
        f"seeds. {escape(said.heading)}. {escape(said.sentence)}",
    )


def axis_colouring(seeds: Seeds, axis: Axis) -> Colouring:
    """Blue towards the low end, orange towards the high one; neutral at the middle of the seeds."""
    far = spread(axis)
    title = f"{label(seeds)} (cosine)"
    return by_number(title, axis.projections, low=axis.middle - far, high=axis.middle + far, scale="diverging")


def _standing(axis: Axis) -> Standing:
    check = axis.check
    if np.isnan(check.p_value):
        return "unknown"
    if check.p_value <= LEVEL:
        return "holds"
    return "too few" if check.held_out.auc == 1 else "fails"


def _own(axis: Axis) -> str:
    held_out = axis.check.held_out
    pairs = len(axis.low) if axis.paired else len(axis.low) * len(axis.high)
    each = "each time made without the pair" if axis.paired else "each time made without the two words"
    said = f"{_count(held_out.accuracy, pairs)} pairs of its own seeds come out the right way round, {each}"
    return f"{said} (AUC over all of them {held_out.auc:.2f})."


def _random(axis: Axis) -> str:
    check = axis.check
    if np.isnan(check.p_value):
        return "This collection holds too few items for random axes of the same size."
    draws = len(check.random_aucs)
    as_good = round(check.p_value * (1 + draws)) - 1
    return (
        f"Axes of as many random items do so in {100 * check.random_accuracies.mean():.0f} %, and {as_good:,} of "
        f"{draws:,} {'reaches' if as_good == 1 else 'reach'} its AUC (p = {p_text(check.p_value)})."
    )


def _count(share: float, pairs: int) -> str:
    """A share of pairs as a count; a tie counts half."""
    if pairs >= 1000:
        return f"{100 * share:.1f} % of {pairs:,}"
    return f"{share * pairs:.3g} of {pairs:,}"
