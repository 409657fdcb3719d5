"""Which encoders are compared: the one of the sidebar, and those chosen here; and one item's neighbours by two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.kit.choice import chosen_collection, chosen_encoder, encoder_name, problem_of
from components.kit.evidence import LINE, Table, show_table
from components.kit.kinds import one as called
from components.kit.pictures import ROW_HEIGHT, as_picture, picture, picture_column, picture_count
from components.kit.spaces import space_of
from components.kit.widgets import pick_from_list
from components.kit.words import escape, shorten
from embeddings.collection import Collection
from embeddings.compare import BothNeighbours, both_neighbours
from embeddings.encoders import ENCODERS
from embeddings.space import Space

KEY, BESIDE, REFUSED = "with", "beside", "compare_refused"
PARTNERS = ("MiniLM", "TF-IDF", "MiniLM static", "Scenes CLIP", "Colour and texture", "Pixels")
# Word counts see nothing in common between two different words; spelling does, and is there at once.
PARTNERS_OF_WORDS = ("MiniLM", "Character n-grams", "MiniLM static")
USUAL_K = 10
MOST = 4
LENGTH = 90


class Chosen(NamedTuple):
    """What is compared.

    Attributes:
        collection: what all encoders look at.
        encoders: the one of the sidebar, then the others.
        beside: the one of the others that stands beside the first where two are shown; empty without others.
        controls: the place of a view's own settings, beside the choice of views.
    """

    collection: Collection
    encoders: tuple[str, ...]
    beside: str
    controls: DeltaGenerator | None = None

    @contextmanager
    def settings(self) -> Iterator[None]:
        """Where a view's own settings are drawn: behind a button beside the choice of views."""
        with self.controls or st.container(), st.popover("Settings", icon=":material/tune:", key="compare_settings"):
            yield

    def spaces(self) -> list[Space]:
        """The spaces of all; waits with progress while they are computed."""
        return [space_of(self.collection, encoder) for encoder in self.encoders]

    def pair(self) -> tuple[Space, Space]:
        """The first space and the one beside it; where there is none, that is said and the script ends."""
        if not self.beside:
            st.info(
                "Choose a second encoder above: this view shows two beside each other.",
                icon=":material/compare_arrows:",
            )
            st.stop()
        return space_of(self.collection, self.encoders[0]), space_of(self.collection, self.beside)


def compared_encoders() -> Chosen:
    """The controls that choose what stands beside the encoder of the sidebar."""
    collection, _ = chosen_collection()
    first = chosen_encoder()
    options = _partners(collection, first)
    _mend(collection, first, options)
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small"):
        others = st.multiselect(
            "Compare with",
            options,
            default=options[:1],
            max_selections=MOST,
            key=KEY,
            bind="query-params",
            persist_state="session",
            on_change=st.session_state.update,
            args=({REFUSED: []},),
            placeholder="Compare with …",
            label_visibility="collapsed",
            width=300,
        )
        beside = others[0] if others else ""
        if len(others) > 1:
            with st.popover("Which two?", icon=":material/compare_arrows:"):
                beside = pick_from_list("Beside the first, where two are shown", others, key=BESIDE)
    return Chosen(collection, (first, *others), beside)


def say_left_out(chosen: Chosen) -> None:
    """Which encoders were asked for and cannot stand here, and what to do where there is none at all."""
    for reason in st.session_state.get(REFUSED, []):
        st.warning(escape(reason), icon=":material/info:")
    collection, first = chosen.collection, chosen.encoders[0]
    if not _partners(collection, first):
        st.info("No second encoder can run on this collection here.", icon=":material/cloud_off:")
        show_table(Table(remedies(collection, first), "Encoders that cannot run here, and what to do"))


def names_of(spaces: Sequence[Space]) -> list[str]:
    """Their encoders as readers call them; no two are the same."""
    return [encoder_name(space.encoder) for space in spaces]


def _partners(collection: Collection, first: str) -> list[str]:
    """The encoders that can stand beside the first now, the usual ones first."""
    linked = [name for name in st.query_params.get_all(KEY) if name not in ENCODERS]
    usual = (*PARTNERS_OF_WORDS, *PARTNERS) if _single_words(collection) else PARTNERS
    names = dict.fromkeys([*usual, *ENCODERS, *linked])
    return [name for name in names if name != first and problem_of(name, collection.kinds) is None]


def _single_words(collection: Collection) -> bool:
    """Whether most items are single words."""
    texts = [item.split() for item in collection.items[:1000] if isinstance(item, str)]
    return bool(texts) and sum(len(text) < 2 for text in texts) > len(texts) / 2


def usual_k(n: int) -> int:
    """10 neighbours, or at most half of the others: where a list holds all others, every encoder keeps it whole."""
    return min(USUAL_K, n // 2, n - 1)


def _mend(collection: Collection, first: str, options: list[str]) -> None:
    """Leave out what a link or an earlier collection named and what cannot run here, and keep the reason."""
    wanted = [name for name in st.session_state.get(KEY) or st.query_params.get_all(KEY) if name]
    left_out = [name for name in wanted if name not in options]
    if left_out:
        st.session_state[REFUSED] = [_reason(name, collection, first) for name in left_out]
        st.session_state[KEY] = [name for name in wanted if name in options] or options[:1]


def _reason(name: str, collection: Collection, first: str) -> str:
    if name == first:
        return f"{encoder_name(name)} is the first encoder already; choose another to compare it with."
    return f"{name} is left out: {problem_of(name, collection.kinds)}"


def remedies(collection: Collection, first: str) -> pa.Table:
    """The encoders that cannot run on a collection now, with what to do about it."""
    problems = {name: problem_of(name, collection.kinds) for name in ENCODERS if name != first}
    kept = {name: problem for name, problem in problems.items() if problem}
    return pa.table({"encoder": list(kept), "why not, and what to do": list(kept.values())})


def both_lists(one: Space, other: Space, row: int, *, k: int, metric: str = "cosine") -> None:
    """Draw an item and its neighbours in two spaces side by side; a click on an item looks it up."""
    collection, names = one.collection, names_of((one, other))
    k = min(k, max(1, usual_k(len(collection))))
    found = both_neighbours(one, other, row, k=k, metric=metric)
    if row < picture_count(collection):
        picture(collection, row, key="compare_item", height=150)
    st.markdown(f"**{escape(shorten(collection.text(row), 200))}**")
    shared, longest = len(found.shared), max(len(found.a), len(found.b))
    st.caption(escape(f"{called(collection)} {row + 1:,} · the two lists share {shared} of {longest} neighbours"))
    for name, rows in zip(names, (found.a, found.b), strict=True):
        if not len(rows):
            st.info(f"{escape(name)} gives no answer: to it everything is equally near to this {called(collection)}.")
    if longest:
        key = f"both_{row}_{one.fingerprint[:6]}_{other.fingerprint[:6]}_{k}"
        show_table(neighbour_lists(collection, found, names, key))


def neighbour_lists(collection: Collection, found: BothNeighbours, names: Sequence[str], key: str = "both") -> Table:
    """One line a rank: the neighbour by each encoder; ✓ marks those in both lists."""
    shared, longest = set(found.shared.tolist()), max(len(found.a), len(found.b))
    sides = dict(zip(names, (found.a.tolist(), found.b.tolist()), strict=True))
    columns: dict[str, object] = {"#": list(range(1, longest + 1))}
    pictures = [" ", "  "] if picture_count(collection) else []
    for place, (name, rows) in enumerate(sides.items()):
        missing = [None] * (longest - len(rows))
        if pictures:
            addresses = picture_column(collection, rows).to_pylist()
            columns[pictures[place]] = pa.array([*addresses, *missing], pa.string())
        texts = [("✓ " if row in shared else "") + shorten(collection.text(row), LENGTH) for row in rows]
        columns[name] = pa.array([*texts, *missing], pa.string())
    return Table(
        pa.table(columns),
        "Nearest neighbours of the chosen item by two encoders",
        {"#": 40, **dict.fromkeys(names, 270), **{name: as_picture() for name in pictures}},
        key=key,
        rows=sides,
        height=640,
        row_height=ROW_HEIGHT if pictures else LINE,
        caption="✓ in both lists. A click on an item looks it up.",
    )
