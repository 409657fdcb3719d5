"""Search on the map by letters, patterns or meaning: what lights up, and what is said about it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.kit.ask import Pending
from components.kit.candidates import find_text
from components.kit.choice import encoder_name
from components.kit.kinds import counted, drawn, several
from components.kit.map import ExtraPoint
from components.kit.pictures import gallery, listing
from components.kit.reference import Usual, texts_request, usual
from components.kit.spaces import graph_request, inspect_request, query_sentence, typed_request
from components.kit.widgets import pick
from components.kit.words import escape
from embeddings.encoders import find_spec
from embeddings.errors import EmbeddingError
from embeddings.neighbours import nearest
from embeddings.projections import Layout
from embeddings.projections.placing import Placement, place
from embeddings.space import Space
from embeddings.store import is_given

MODES = {"text": "Text", "regex": "Regex", "meaning": "Meaning"}
SEARCH, SEARCH_BY = "search", "search_by"
MEANT = 10
LISTED = 12
# A shorter text is within the limit of every encoder, which are 16 tokens or more.
SURELY_READ = 16
# With fewer that are farther away, a place among them means little.
REMOTE = 0.95


class Found(NamedTuple):
    """What a search found.

    Attributes:
        rows: the hits, best first where the search ranks them; None while nothing is searched.
        extra: the typed text as a point of the map, where it was encoded.
        said: one line about it, as Markdown.
        scores: their cosine similarities, where the search ranks them.
    """

    rows: NDArray[np.int32] | None = None
    extra: tuple[ExtraPoint, ...] = ()
    said: str = ""
    scores: NDArray[np.float64] | None = None


def search_field() -> str:
    """What is searched for on the map."""
    wanted = st.text_input(
        "Search",
        key=SEARCH,
        bind="query-params",
        placeholder="Search the map",
        icon=":material/search:",
        label_visibility="collapsed",
        width=230,
    )
    return wanted.strip()


def search_mode(space: Space) -> str:
    """How it is searched for."""
    obstacle = meaning_obstacle(space)
    modes = {mode: title for mode, title in MODES.items() if mode != "meaning" or not obstacle}
    where = "letters in captions, labels and file names" if drawn(space.collection) else "letters"
    mode = pick(
        "Search by",
        modes,
        key=SEARCH_BY,
        help=f"Text finds {where}, Regex patterns (RE2); Meaning encodes what you typed and finds what is nearest.",
        hide_label=True,
    )
    if obstacle:
        st.button("Meaning", disabled=True, help=obstacle, type="tertiary")
    return mode


def meaning_obstacle(space: Space) -> str:
    """Why a typed text cannot be looked up by its meaning here; empty where it can."""
    if is_given(space.encoder):
        return "These vectors came ready-made: there is no encoder for what you type."
    if not find_spec(space.encoder).takes("text"):
        return f"{space.encoder} looks at pictures only; an encoder with a joint space, such as Scenes CLIP, reads too."
    return ""


def search(
    space: Space, layout: Layout, wanted: str, mode: str, pending: Pending, *, among: NDArray[np.int32] | None = None
) -> Found:
    """Run a search and say what it found; a pattern that cannot be read is answered here and lights nothing up.

    With `among` only these rows are found.
    """
    try:
        if mode == "meaning":
            found = _by_meaning(space, layout, wanted, pending, among)
        else:
            found = _by_letters(space, wanted, mode, among)
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return Found()
    if found.said:
        st.caption(found.said)
    if found.rows is not None and len(found.rows):
        scores = None if found.scores is None else found.scores.tolist()
        if drawn(space.collection):
            captions = None if scores is None else [f"{score:.2f}" for score in scores]
            gallery(space.collection, found.rows.tolist(), key="found", captions=captions, most=LISTED)
        else:
            listing(space.collection, found.rows.tolist(), key="found", scores=scores, most=LISTED)
    return found


def _by_letters(space: Space, wanted: str, mode: str, among: NDArray[np.int32] | None) -> Found:
    rows = find_text(space.collection, wanted, regex=mode == "regex")
    verb = "matches" if len(rows) == 1 else "match"
    said = f"{len(rows):,} of {counted(space.collection)} {verb} “{escape(wanted)}”"
    if among is None:
        return Found(rows, (), f"{said}.")
    kept = np.intersect1d(rows, among)
    return Found(kept, (), f"{said}; the filter keeps {len(kept):,} of them.")


def _by_meaning(space: Space, layout: Layout, wanted: str, pending: Pending, among: NDArray[np.int32] | None) -> Found:
    graph = pending.ask(graph_request(space))
    vector = pending.ask(typed_request(space, wanted))
    if graph is None or vector is None:
        return Found()
    if not vector.any():
        return Found(None, (), f"This encoder knows nothing of “{escape(wanted)}”: its vector has length zero.")
    seen = pending.ask(inspect_request(space, wanted, looked_up=True)) if len(wanted) > SURELY_READ else None
    if seen is not None and seen.dropped:
        encoder = encoder_name(space.encoder)
        st.warning(
            escape(f"{encoder} cuts off the last {seen.dropped:,} tokens of what you typed: they have no effect.")
        )
    if among is not None and not len(among):
        return Found(among, (), "The filter keeps nothing to look among.")
    left_out = () if among is None else np.setdiff1d(np.arange(len(space)), among).tolist()
    found = nearest(space, vector, k=MEANT, exclude=left_out)
    if not len(found.rows):
        return Found(among, (), f"Everything is equally near to “{escape(wanted)}”, so nothing lights up.")
    placed = place(space, layout, graph, vector)
    point = ExtraPoint(wanted, tuple(float(value) for value in placed.coordinates))
    about = texts_request(space)
    known = usual(space, "text", None if about is None else pending.ask(about))
    far = "" if known is None else distance_clause(space, known, known.remoteness(placed.distance, graph))
    noun = several(space.collection) if among is None else f"{several(space.collection)} that the filter keeps"
    said = placement_sentence(space, wanted, placed, f"{len(found.rows)} nearest {noun}", far)
    return Found(found.rows, (point,), said, found.scores)


def placement_sentence(space: Space, wanted: str, placed: Placement, lit: str, far: str) -> str:
    """How the typed text came to its place, and how far it is from everything, where that is known."""
    how = "marks where" if placed.exact else "marks roughly where"
    near = escape(space.collection.text(placed.nearest_row)[:60])
    return (
        f"◆ {how} “{escape(wanted[:60])}” would go. The {lit} are lit. "
        f"Nearest: “{near}”, at distance {placed.distance:.2f}{far}. {escape(query_sentence(space))}".rstrip()
    )


def distance_clause(space: Space, known: Usual, remoteness: float) -> str:
    """How far a text is from everything, held against what texts usually are here."""
    who = several(space.collection) if known.query == "item" else f"{known.query}s"
    what = "nearest neighbour" if known.item == "item" else f"nearest {known.item}"
    far = ". It is far from everything here, so its place means little" if remoteness > REMOTE else ""
    return f"; {100 * remoteness:.0f} % of the {who} have a nearer {what}{far}"
