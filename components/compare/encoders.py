"""Which encoders are compared: the one of the sidebar, and those chosen here, which stand in the link."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa
import streamlit as st

from components.kit.choice import encoder_name, problem_of
from components.kit.spaces import space_of
from components.kit.widgets import pick_from_list
from components.kit.words import escape
from embeddings.collection import Collection
from embeddings.compare.sides import check_spaces
from embeddings.encoders import ENCODERS
from embeddings.errors import EmbeddingError
from embeddings.space import Space

KEY, BESIDE, REFUSED = "with", "beside", "compare_refused"
PARTNERS = ("MiniLM", "TF-IDF", "MiniLM static", "Scenes CLIP", "Colour and texture", "Pixels")
MOST = 4


class Chosen(NamedTuple):
    """What is compared.

    Attributes:
        collection: what all encoders look at.
        encoders: the one of the sidebar, then the others.
        beside: the one of the others that stands beside the first where two are shown; empty without others.
    """

    collection: Collection
    encoders: tuple[str, ...]
    beside: str

    def spaces(self) -> list[Space]:
        """The spaces of all; waits with progress while they are computed."""
        return [space_of(self.collection, encoder) for encoder in self.encoders]

    def pair(self) -> tuple[Space, Space]:
        """The first space and the one beside it; waits with progress while they are computed."""
        return space_of(self.collection, self.encoders[0]), space_of(self.collection, self.beside)


def encoder_choice(collection: Collection, first: str) -> Chosen:
    """The controls that choose what stands beside the first encoder."""
    options = partners(collection, first)
    _mend(collection, first, options)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        others = st.multiselect(
            "Compare with",
            options,
            default=options[:1],
            max_selections=MOST,
            key=KEY,
            bind="query-params",
            persist_state="session",
            on_change=_forget_refused,
            placeholder="Choose one or more encoders",
            help="All that can run on this collection now. The first encoder is the one of the sidebar.",
            width=420,
        )
        beside = _beside_picker(others)
    _say_refused()
    if not options:
        _no_partner(collection, first)
    return Chosen(collection, (first, *others), beside)


def partners(collection: Collection, first: str) -> list[str]:
    """The encoders that can stand beside the first now, the usual ones first."""
    linked = [name for name in st.query_params.get_all(KEY) if name not in ENCODERS]
    names = dict.fromkeys([*PARTNERS, *ENCODERS, *linked])
    return [name for name in names if name != first and problem_of(name, collection.kind) is None]


def names_of(encoders: tuple[str, ...] | list[str]) -> list[str]:
    """Encoders as readers call them."""
    return [encoder_name(encoder) for encoder in encoders]


def obstacle(spaces: list[Space] | tuple[Space, ...]) -> str:
    """Why spaces cannot be compared, as a sentence; empty where they can."""
    try:
        check_spaces(spaces, 1)
    except EmbeddingError as error:
        said = str(error)
        for space in spaces:
            said = said.replace(space.encoder, encoder_name(space.encoder))
        return said
    return ""


def needs_partner() -> None:
    """What is said where two encoders are needed and only one was chosen."""
    st.info("Choose a second encoder above: this view shows two beside each other.", icon=":material/compare_arrows:")


def _beside_picker(others: list[str]) -> str:
    if len(others) < 2:
        return others[0] if others else ""
    return pick_from_list("Beside the first, where two are shown", others, key=BESIDE, width=260)


def _mend(collection: Collection, first: str, options: list[str]) -> None:
    """Leave out what a link or an earlier collection named and what cannot run here, and keep the reason."""
    wanted = [name for name in st.session_state.get(KEY) or st.query_params.get_all(KEY) if name]
    left_out = [name for name in wanted if name not in options]
    if not left_out:
        return
    st.session_state[REFUSED] = [_reason(name, collection, first) for name in left_out]
    fitting = [name for name in wanted if name in options]
    st.session_state[KEY] = fitting or options[:1]


def _reason(name: str, collection: Collection, first: str) -> str:
    if name == first:
        return f"{encoder_name(name)} is the first encoder already; choose another to compare it with."
    return f"{name} is left out: {problem_of(name, collection.kind)}"


def _say_refused() -> None:
    for reason in st.session_state.get(REFUSED, []):
        st.warning(escape(reason), icon=":material/info:")


def _forget_refused() -> None:
    st.session_state[REFUSED] = []


def _no_partner(collection: Collection, first: str) -> None:
    st.info("No second encoder can run on this collection here.", icon=":material/cloud_off:")
    st.dataframe(remedy_table(collection, first), hide_index=True, alt="Encoders that cannot run here, and what to do")


def remedy_table(collection: Collection, first: str) -> pa.Table:
    """The encoders that cannot run on a collection now, with what to do about it."""
    problems = {name: problem_of(name, collection.kind) for name in ENCODERS if name != first}
    kept = {name: problem for name, problem in problems.items() if problem}
    return pa.table({"encoder": list(kept), "why not, and what to do": list(kept.values())})
