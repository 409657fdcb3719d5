"""The view “Text and images”: pictures and their texts on one map, with what is nearest to one across the kinds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from components.kit import caching, link
from components.kit.ask import Pending, ask, asking
from components.kit.choice import save_and_choose
from components.kit.evidence import Table, show_table
from components.kit.items import ItemTexts, bars
from components.kit.joint import JointChoice, joint_choice, joint_space, told_apart
from components.kit.kinds import counted
from components.kit.map import Highlights, MapScene, Pictures, by_category, vector_map
from components.kit.maps import clicked
from components.kit.pictures import gallery, picture, publish_pictures
from components.kit.spaces import LayoutSettings, layout_request
from components.kit.widgets import pick, pick_from_list
from components.kit.words import escape, shorten
from components.views.modality_gap import HOW_CLOSED, gap_at, gap_panel
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.joint import (
    CAPTION,
    KIND,
    MOST_TEXTS,
    Rows,
    Texts,
    text_columns,
    text_rows,
    texts_of_column,
    texts_of_lines,
    without_pictures,
)
from embeddings.projections import PROJECTIONS, LinearMap
from embeddings.retrieval import GapSweep
from embeddings.space import Space, Vectors
from embeddings.units import unit
from embeddings.zero_shot import SLOT, check_templates

KEY = "joint_map"
AT = "at"
ABOUT = "joint_about"
SIDE = "Side view"
METHODS = (SIDE, "PCA", "UMAP")
TYPED = "typed lines"
BESIDE = "texts beside them"
EXAMPLES = "a red circle\na blue square\na photograph of a cat"
PROMISE = "both on one map, the gap between them, and what happens when it is closed"
OPENED = "Keeps pictures and texts as one new collection, so that the Map and Neighbours hold both."
LISTED = 8


class Joined(NamedTuple):
    """Pictures and texts that were put into one space.

    Attributes:
        space: as it is.
        moved: with the gap partly closed.
        share: how far it is closed.
        pictures: as a collection of their own, with the same rows.
        texts: which texts, and whose they are.
        sweep: what closing the gap does; None while that is not known.
        pending: the work that the page is drawn without.
    """

    space: Space
    moved: Space
    share: float
    pictures: Collection
    texts: Texts
    sweep: GapSweep | None
    pending: Pending


def joint_map(corner: DeltaGenerator) -> Joined | None:
    """The texts, the map and what stands beside it; None, with the reason in its place, where there is no map."""
    choice = joint_choice(PROMISE)
    texts = _texts(choice)
    if texts is None:
        return None
    left, right = st.columns([0.72, 0.28], gap="small")
    share = right.slider(
        "Close the gap", 0.0, 1.0, 0.0, 0.1, key="close", bind="query-params", format="percent", help=HOW_CLOSED
    )
    with corner.container(horizontal=True, horizontal_alignment="right"):
        method = pick("Map", METHODS, key="joint_method", default=SIDE, hide_label=True, kept=False)
    with left:
        space = joint_space(choice.pictures, texts.texts, choice.encoder)
        if not told_apart(texts.texts, space.vectors[len(choice.pictures) :], space.encoder, "text"):
            return None
    if st.session_state.setdefault(ABOUT, space.fingerprint) != space.fingerprint:
        st.session_state[ABOUT] = space.fingerprint
        select(None)  # the first space keeps the item that its link names
    link.show({AT: ""})
    with left:
        pending = Pending()
        place = st.container()
    asked = asking("gap", without_pictures(space), texts.pairs if len(texts.pairs) else None)
    moved = caching.moved_space(space, share)
    found = Joined(space, moved, share, choice.pictures, texts, pending.ask(asked), pending)
    with right:
        _beside(found, offered=not choice.texts)
    placed = placed_by(method, found)
    with place:
        scene = joint_scene(space, choice.pictures, placed)
        chosen = Highlights(link.row(AT, len(space)))
        vector_map(scene, key=KEY, highlights=chosen, on_click=lambda: clicked(KEY, scene, select))
    left.caption(map_sentence(placed))
    return found


def _texts(choice: JointChoice) -> Texts | None:
    """The picker of the texts; None, with a hint, while there are too few."""
    pictures = choice.pictures
    sources = [*([BESIDE] if choice.texts else []), *text_columns(pictures), TYPED]
    with st.container(horizontal=True, vertical_alignment="center", key="inline_texts"):
        source = pick_from_list("Texts", sources, key="texts_from", width=260, kept=False)
        try:
            texts = _texts_from(choice, source)
        except EmbeddingError as error:
            st.error(escape(str(error)))
            return None
        if texts.left_out:
            st.caption(f"The first {MOST_TEXTS:,} of {MOST_TEXTS + texts.left_out:,} different texts.")
    if len(texts.texts) < 2 or len(pictures) < 2:
        st.info(
            f"A joint space needs at least 2 pictures and 2 different texts; here are {len(pictures):,} and "
            f"{len(texts.texts):,}."
        )
        return None
    return texts


def _texts_from(choice: JointChoice, source: str) -> Texts:
    pictures = choice.pictures
    captions = pictures.column(CAPTION).to_pylist() if CAPTION in pictures.columns else [None] * len(pictures)
    if source == BESIDE:
        return texts_of_lines(choice.texts, captions)
    if source == TYPED:
        typed = st.text_area("One text a line", EXAMPLES, key="typed_texts", bind="query-params", height=110, width=420)
        return texts_of_lines(typed.splitlines(), captions)
    if source == CAPTION:
        return texts_of_column(pictures, source)
    help = "{} is where the value goes."
    said = st.text_input(
        "In a sentence",
        f"a picture of a {SLOT}",
        key="sentence",
        bind="query-params",
        width=260,
        help=help,
        label_visibility="collapsed",
    )
    return texts_of_column(pictures, source, check_templates([said])[0])


def select(row: int | None) -> None:
    """Make an item of the joint space the selected one."""
    link.write_row(AT, row)


def _beside(found: Joined, *, offered: bool) -> None:
    """The clicked item, the gap, and the way to the Map where the two are not one collection already."""
    row = link.row(AT, len(found.space))
    if row is not None:
        with st.container(border=True):
            _one(found, row)
            st.button("Close", on_click=select, args=(None,), icon=":material/close:", type="tertiary")
    if found.sweep is not None:
        gap_panel(gap_at(found.sweep, found.share), found.sweep.gaps[0])
    if row is None:
        st.caption(
            f"{counted(found.space.collection)}. Click one: you see what is nearest to it among the other kind. In a "
            "map of both, the gap between the kinds is often larger than any difference of meaning."
        )
    wanted = offered and st.button("Open both on the Map", icon=":material/library_add:", help=OPENED)
    if wanted and save_and_choose(found.space.collection):
        link.go_to(link.MAP)


def _one(found: Joined, row: int) -> None:
    """A picture with the texts nearest to it, or a text with its nearest pictures, the gap as it is now."""
    collection, pictures, own = found.space.collection, found.pictures, found.texts.pairs
    drawn, said = row < len(pictures), shorten(collection.text(row), 300)
    if drawn:
        picture(pictures, row, key="joint_picture", height=170)
        st.text(said)
        others, mine = text_rows(collection), own[own[:, 0] == row, 1]
    else:
        st.markdown(f"“{escape(said)}”")
        others, mine = np.arange(len(pictures)), own[own[:, 1] == row, 0]
    near, cosines = nearest_of_other_kind(found.moved, row, others, k=LISTED)
    marks = ["✓ " if each in mine else "" for each in near]
    st.caption(f"Nearest {'texts' if drawn else 'pictures'}, by cosine" + ("; ✓ its own" if len(mine) else ""))
    if drawn:
        names = [mark + shorten(collection.text(int(each))) for mark, each in zip(marks, near, strict=True)]
        lines = pa.table({"item": names, "cosine": cosines})
        show_table(Table(lines, "Texts nearest to the selected picture", bars("cosine")))
    else:
        captions = [f"{mark}{cosine:.2f}" for mark, cosine in zip(marks, cosines, strict=True)]
        gallery(pictures, near.tolist(), key="joint_nearest", captions=captions, on_pick=select)


def nearest_of_other_kind(space: Space, row: int, rows: Rows, *, k: int) -> tuple[Rows, NDArray[np.float32]]:
    """Of some rows the k nearest to an item by cosine, nearest first, and their cosines; ties in row order."""
    cosines = unit(space.vectors[rows]) @ unit(space.vectors[row])
    order = np.argsort(-cosines, kind="stable")[:k]
    return rows[order], cosines[order]


class Placed(NamedTuple):
    """Where the items are with the gap partly closed.

    Attributes:
        coordinates: float32 of shape (n, 2).
        method: how they were placed; another than the wanted one while that is being drawn.
        axes: titles of the axes where they mean something.
    """

    coordinates: NDArray[np.float32]
    method: str
    axes: tuple[str, ...] = ()


def placed_by(method: str, found: Joined) -> Placed:
    """The map of a joint space.

    On linear maps the axes stay those of the space as it is, so that what moves is the items. UMAP is drawn anew; the
    view from the side stands in until it is ready.
    """
    if method == "UMAP":
        drawn = found.pending.ask(layout_request(found.moved, LayoutSettings(method)))
        if drawn is not None:
            return Placed(drawn.coordinates, method)
    if method == "PCA":
        flat = ask(layout_request(found.space, LayoutSettings(method))).linear
        if flat is not None:
            return _shadow(found.moved.vectors, flat, method, ("PC 1", "PC 2"))
    titles = ("texts ← along the gap → pictures", "where they differ most besides")
    return _shadow(unit(found.moved.vectors), caching.side_view(found.space), SIDE, titles)


def _shadow(vectors: Vectors, view: LinearMap, method: str, titles: tuple[str, str]) -> Placed:
    shares = zip(titles, view.explained, strict=True)
    axes = tuple(f"{title} ({100 * share:.1f} % of the variance)" for title, share in shares)
    return Placed(np.asarray((vectors - view.mean) @ view.axes.T, dtype=np.float32), method, axes)


def joint_scene(space: Space, pictures: Collection, placed: Placed) -> MapScene:
    """The points of the joint map, coloured by kind, pictures drawn as such."""
    collection = space.collection
    return MapScene(
        placed.coordinates,
        ItemTexts(space),
        space.fingerprint,
        f"{placed.method} map of {counted(collection)} of “{shorten(collection.name, 60)}”",
        by_category(KIND, collection.column(KIND).to_pylist()),
        axes=placed.axes,
        pictures=Pictures(publish_pictures(pictures), len(pictures)),
    )


def map_sentence(placed: Placed) -> str:
    """What the map shows and keeps."""
    if placed.method == SIDE:
        what = "Left to right: from the average text to the average picture, the gap at its full size."
    else:
        what = f"{placed.method}, seed 0. {PROJECTIONS[placed.method].summary}"
    stay = " The axes stay fixed; the items move."
    return what + (stay if placed.axes else "")
