"""Colouring the map by an axis."""

from __future__ import annotations

from typing import NamedTuple

from components.axes import state
from components.axes.definition import Seeds, to_text
from components.axes.dots import spread
from components.axes.request import axis_request
from components.axes.verdict import verdict
from components.kit import link
from components.kit.ask import Pending
from components.kit.map import PLAIN_COLOURING, Colouring, by_number
from components.kit.words import escape
from embeddings.axes import Axis
from embeddings.errors import EmbeddingError
from embeddings.space import Space


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
    seeds = state.by_label().get(colour)
    _carry(seeds)
    if seeds is None:
        return _unreadable()
    try:
        made: Axis | EmbeddingError | None = pending.ask_or_why_not(axis_request(space, seeds))
    except EmbeddingError as error:
        made = error
    if isinstance(made, EmbeddingError):
        return AlongAxis(PLAIN_COLOURING, f":material/error: {escape(f'{seeds.title}: {made}')}")
    if made is None:
        return AlongAxis(PLAIN_COLOURING, f"Making the axis {escape(seeds.title)} …")
    return AlongAxis(axis_colouring(seeds, made), _explanation(seeds, made))


def axis_colouring(seeds: Seeds, axis: Axis) -> Colouring:
    """Blue towards the low end, orange towards the high one; neutral at the middle of the seeds."""
    far = spread(axis)
    title = f"{state.label(seeds)} (cosine)"
    return by_number(title, axis.projections, low=axis.middle - far, high=axis.middle + far, scale="diverging")


def _explanation(seeds: Seeds, axis: Axis) -> str:
    low, high = map(escape, seeds.ends)
    said = verdict(axis)
    return (
        f"Colour: cosine with the axis, blue towards **{low}**, orange towards **{high}**, grey at the middle of its "
        f"seeds. {escape(said.heading)}. {escape(said.sentence)}"
    )


def _unreadable() -> AlongAxis | None:
    try:
        state.current()
    except EmbeddingError as error:
        return AlongAxis(None, f":material/error: {escape(str(error))}")
    return None


def _carry(seeds: Seeds | None) -> None:
    """Let the link carry the axis that colours the map, and no other."""
    link.carry(state.FIRST, "" if seeds is None else to_text(seeds))
