"""How the map is drawn and coloured: the controls beside it."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from components.kit.axes import by_label as axes_by_label
from components.kit.map.colouring import PLAIN, is_numeric
from components.kit.maps import DESCRIBING, KEPT
from components.kit.widgets import pick, pick_from_list
from components.views.clusterings import by_label as clusters_by_label
from embeddings.encoders import find_spec
from embeddings.space import Space
from embeddings.store import is_given

MODES = {"text": "Text", "regex": "Regex", "meaning": "Meaning"}


def colour_options(space: Space, made: Iterable[str] = ()) -> list[str]:
    """What the points can be coloured by, axes and clusters made here among it.

    The first is the default, so what only names pictures comes last.
    """
    columns = space.collection.columns
    if space.collection.kind == "text":
        return [*columns, KEPT, PLAIN, *made]
    telling = [name for name in columns if name not in DESCRIBING]
    others = [KEPT, PLAIN] if telling else [PLAIN, KEPT]
    return [*telling, *others, *made, *(name for name in columns if name in DESCRIBING)]


def colour_controls(space: Space) -> tuple[str, str]:
    """What colours and what sizes the points."""
    numeric = [name for name in space.collection.columns if is_numeric(space, name)]
    options = colour_options(space, [*axes_by_label(), *clusters_by_label()])
    with st.container(horizontal=True, gap="small"):
        colour = pick_from_list("Colour by", options, key="colour", width=220, kept=False)
        size = pick_from_list("Size by", [PLAIN, *numeric], key="size", width=220, kept=False)
    return colour, size


def search_controls(space: Space) -> tuple[str, str]:
    """What is searched for on the map, and how."""
    obstacle = meaning_obstacle(space)
    modes = {mode: title for mode, title in MODES.items() if mode != "meaning" or not obstacle}
    where = "letters" if space.collection.kind == "text" else "letters in captions, labels and file names"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        wanted = st.text_input(
            "Search",
            key="search",
            bind="query-params",
            placeholder="Search the map",
            icon=":material/search:",
            label_visibility="collapsed",
        )
        mode = pick(
            "Search by",
            modes,
            key="search_by",
            help=f"Text finds {where}, Regex patterns (RE2); Meaning encodes what you typed and finds what is nearest.",
            hide_label=True,
            linked=False,
        )
        if obstacle:
            st.button("Meaning", disabled=True, help=obstacle, type="tertiary")
    return wanted.strip(), mode


def meaning_obstacle(space: Space) -> str:
    """Why a typed text cannot be looked up by its meaning here; empty where it can."""
    if is_given(space.encoder):
        return "These vectors came ready-made: there is no encoder for what you type."
    if not find_spec(space.encoder).takes("text"):
        return f"{space.encoder} looks at pictures only; an encoder with a joint space, such as Scenes CLIP, reads too."
    return ""
