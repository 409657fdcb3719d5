"""How the map is drawn and coloured: the controls beside it."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from components.defaults import FIRST_MAP
from components.spaces import LayoutSettings
from embeddings.metrics import METRICS
from embeddings.projections import PROJECTIONS, Parameter
from embeddings.space import Space

DIMENSIONS = {"2D": 2, "3D": 3}
PLAIN = "nothing"
KEPT = "true neighbours kept"
MODES = {"text": "Text", "regex": "Regex", "meaning": "Meaning"}


class Looking(NamedTuple):
    """What the controls say.

    Attributes:
        settings: how the map is drawn.
        colour: a metadata column, KEPT or PLAIN.
        size: a numeric metadata column or PLAIN.
        search: the text searched for; empty for none.
        mode: a key of MODES.
    """

    settings: LayoutSettings
    colour: str
    size: str
    search: str
    mode: str


def layout_controls() -> LayoutSettings:
    """Method, dimensions, and behind a button the method's own settings."""
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="bottom", gap="small"):
        method = st.segmented_control(
            "Method",
            list(PROJECTIONS),
            default=FIRST_MAP.method,
            key="method",
            bind="query-params",
            required=True,
            label_visibility="collapsed",
        )
        dims = st.segmented_control(
            "Dimensions",
            list(DIMENSIONS),
            default="2D",
            key="dims",
            bind="query-params",
            required=True,
            label_visibility="collapsed",
        )
        with st.popover("Settings", icon=":material/tune:"):
            settings = _settings(str(method or FIRST_MAP.method), DIMENSIONS[str(dims or "2D")])
    return settings


def colour_options(space: Space) -> list[str]:
    """What the points can be coloured by."""
    return [*space.collection.columns, KEPT, PLAIN]


def colour_controls(space: Space) -> tuple[str, str, str, str]:
    """Colour, size and search, in one row: (colour, size, search text, search mode)."""
    from embeddings.store import is_given

    columns = space.collection.columns
    numeric = [name for name in columns if is_numeric(space, name)]
    modes = [mode for mode in MODES if mode != "meaning" or not is_given(space.encoder)]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        colour = st.selectbox("Colour by", colour_options(space), key="colour", bind="query-params", width=190)
        size = st.selectbox("Size by", [PLAIN, *numeric], key="size", bind="query-params", width=150)
        search = st.text_input(
            "Search",
            key="search",
            bind="query-params",
            placeholder="a word, a pattern, or a meaning",
            icon=":material/search:",
        )
        mode = st.segmented_control(
            "Search in",
            modes,
            default="text",
            format_func=MODES.__getitem__,
            key="search_in",
            persist_state="session",
            required=True,
            help="Text finds letters, Regex patterns (RE2). Meaning encodes what you typed and lights up what is nearest.",
        )
    return str(colour), str(size), search.strip(), str(mode or "text")


def is_numeric(space: Space, column: str) -> bool:
    """Whether a metadata column holds numbers."""
    import pyarrow.types as types

    kind = space.collection.column(column).type
    return bool(types.is_integer(kind) or types.is_floating(kind))


def _settings(method: str, dims: int) -> LayoutSettings:
    spec = PROJECTIONS[method]
    st.markdown(f"**{method}** · {spec.reference}")
    st.caption(spec.summary)
    params: dict[str, float | str] = {name: _slider(name, each) for name, each in spec.parameters.items()}
    if spec.metric:
        metrics = [name for name in METRICS if name != "dot"]
        params["metric"] = str(
            st.segmented_control("metric", metrics, default="cosine", key="metric", bind="query-params", required=True)
        )
    seed = st.number_input(
        "seed", 0, 9999, 0, key="seed", bind="query-params", help="Another seed, another picture of the same space."
    )
    return LayoutSettings(method, dims, int(seed), params)


def _slider(name: str, each: Parameter) -> float:
    whole = each.step >= 1
    kind = int if whole else float
    return st.slider(
        name,
        kind(each.low),
        kind(each.high),
        kind(each.default),
        kind(each.step),
        help=each.summary,
        key=name,
        bind="query-params",
    )
