"""The frame of every page: its look, the two choices in the sidebar, its question and the space it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.kit import link
from components.kit.choice import (
    COLLECTION,
    Kinds,
    choose_collection,
    choose_encoder,
    chosen_collection,
    chosen_encoder,
    current_encoder,
    mine,
    problem_of,
    takes,
)
from components.kit.spaces import open_collection, space_of
from components.kit.visitors import MODEL_FOLDERS, any_model, folders_of
from components.kit.widgets import pick
from embeddings.encoders import ENCODERS
from embeddings.errors import EmbeddingError
from embeddings.kinds import listed_kinds
from embeddings.samples import SAMPLES
from embeddings.space import Space


class Page(NamedTuple):
    """A page that has been headed.

    Attributes:
        space: what it is about.
        corner: the place at the right of the heading, for the page's main choice.
    """

    space: Space
    corner: DeltaGenerator


def heading(title: str, question: str) -> DeltaGenerator:
    """The title of a page and the question it answers, on one line; the place to their right is given back."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="heading"):
        st.subheader(title, anchor=False, width="content")
        st.caption(question, width="stretch")
        return st.container(width="content")


def page(title: str, question: str) -> Page:
    """Head a page and give the chosen space; until it is there, its progress is the page."""
    corner = heading(title, question)
    collection, _ = chosen_collection()
    return Page(space_of(collection, chosen_encoder()), corner)


def one_of(page: Page, label: str, views: Mapping[str, Callable[[Space], None]], *, key: str) -> None:
    """One of several questions, chosen at the right of the heading.

    Args:
        page: that has been headed.
        label: of the choice.
        views: what draws each, by what it is called; the first is shown first.
        key: of the choice in the link.
    """
    with page.corner, st.container(horizontal=True, horizontal_alignment="right"):
        view = pick(label, list(views), key=key, hide_label=True)
    with in_place_of(views, view):
        views[view](page.space)


def in_place_of(views: Iterable[str], view: str) -> DeltaGenerator:
    """The place of one of several views; what another one has drawn goes at once, not when this one is ready."""
    # A new element in the place of a container takes the container away, and the same container again leaves it alone.
    places = {each: st.container() if each == view else st.empty() for each in views}
    return places[view]


def map_question() -> str:
    """The one sentence above the map."""
    choice = link.read("collection", COLLECTION)
    texts = {"words": "a word", "sentences": "a sentence", "news": "a news document"}
    kinds = _kinds_of(choice)
    subject = f"{listed_kinds(kinds).capitalize()}, each where this model puts it"
    if kinds == ("text",):
        subject = f"Each dot is {texts.get(choice, 'an item')}"
    return f"{subject}; near means similar to this model. Click one."


def _kinds_of(choice: str) -> Kinds:
    try:
        return open_collection(choice)[0].kinds
    except EmbeddingError:
        return ("text",)


ASSETS = Path(__file__).parents[1] / "assets"
LOGO, WORDMARK = ASSETS / "logo.svg", ASSETS / "wordmark.svg"

STYLE = """
<style>
[data-testid="stMainBlockContainer"] { padding: 2.4rem 1.5rem 2rem; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.78; }
.st-key-heading { min-height: 2.75rem; }
.st-key-heading > :nth-child(2) { flex: 1 1 9rem; min-width: 9rem; }
.st-key-heading [data-testid="stCaptionContainer"] p { text-wrap: balance; line-height: 1.3; }
[class*="st-key-inline"] .stSelectbox { display: flex; align-items: center; gap: 0.5rem; }
[class*="st-key-inline"] .stSelectbox > label { flex: none; min-height: 0; margin: 0; opacity: 0.7; }
[class*="st-key-inline"] .stSelectbox > :not(label, template) { flex: 1; width: auto; min-width: 0; }
/* White on the dark theme's blue has a contrast of 3.4; on the light theme's, 5.4. */
button[kind="primary"], .stMultiSelect [data-tag] { background-color: #3b62d6; }
.st-key-chips button { min-height: 2rem; padding: 0 0.6rem; }
.st-key-filter_button button[kind="primary"] {
  background: rgb(80 116 226 / 14%); border-color: #5074e2; color: inherit;
}
[class*="st-key-panel_head"] { flex-wrap: nowrap; }
[class*="st-key-panel_head"] > * { min-width: 0; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 3.8rem 0.8rem 1rem; }
  .st-key-heading { gap: 0.6rem 0.75rem; }
  .st-key-heading h3 { font-size: 1.3rem; }
  .st-key-heading > :nth-child(2) { flex-basis: 8rem; min-width: 8rem; }
  [class*="one_row"] { flex-wrap: nowrap; gap: 0.5rem; overflow-x: auto; }
  [class*="one_row"] > * { flex: none; }
  [class*="one_row"] > :has([data-testid="stButtonGroup"]) { flex: 0 1 auto; min-width: 12rem; }
  [class*="one_row"] .stSelectbox { max-width: 12.5rem; }
  .st-key-inline_one_row_clusters > :has(.stSelectbox) { flex: 0 0 8.5rem; width: 8.5rem; }
  .st-key-inline_one_row_clusters .stSelectbox > label { position: absolute; clip-path: inset(50%); }
  .st-key-inline_map .st-key-search { flex: 1 0 100%; width: 100%; }
  [class*="_settings"] button [data-testid="stMarkdownContainer"] { position: absolute; clip-path: inset(50%); }
}
</style>
"""


def apply_look() -> None:
    """Put the logo in its place, give the page the room it needs, and each choice one step of Back."""
    st.html(STYLE)
    with st.sidebar:
        st.components.v2.component("vectorscope.history", js=_history(), isolate_styles=False)()
    st.logo(str(WORDMARK), icon_image=str(LOGO), size="large")


@cache
def _history() -> str:
    return (ASSETS / "history.js").read_text(encoding="utf-8")


ANY_MODEL = "Another model …"


def sidebar() -> None:
    """The two choices, with what stands in the way of them."""
    with st.sidebar:
        _collection_picker()
        _encoder_picker()


def _collection_picker() -> None:
    current = link.read("collection", COLLECTION)
    try:
        if current not in SAMPLES and current not in mine():
            mine()[current] = open_collection(current)[0].name
    except EmbeddingError:
        mine()[current] = "(not on this server)"
    names = {key: sample.title for key, sample in SAMPLES.items()} | mine()
    choice = st.selectbox("Collection", list(names), index=list(names).index(current), format_func=names.__getitem__)
    if choice != current:
        choose_collection(choice)
        st.rerun()


def _encoder_picker() -> None:
    id = link.read("collection", COLLECTION)
    try:
        collection, saved = open_collection(id)
    except EmbeddingError:
        return
    if saved is not None and saved.encoder:
        st.selectbox("Encoder", ["ready-made vectors"], disabled=True, help="This collection came with its vectors.")
        return
    current = current_encoder(collection)
    options = [*_in_order(collection.kinds), *([current] if current not in ENCODERS else [])]
    states = {encoder: _with_state(encoder, collection.kinds) for encoder in options}
    if any_model() or folders_of(MODEL_FOLDERS):
        states[ANY_MODEL] = ANY_MODEL
    choice = st.selectbox(
        "Encoder",
        list(states),
        index=list(states).index(current),
        format_func=states.__getitem__,
        help="○ is not on this machine, × looks at other things than this collection holds; "
        "choose it to read what to do about that.",
    )
    if choice == ANY_MODEL:
        choice = _typed_model(collection.kinds) or current
    if choice != current:
        choose_encoder(choice)
        st.rerun()
    if choice in ENCODERS:
        st.caption(ENCODERS[choice].summary)


def _in_order(kinds: Kinds) -> list[str]:
    """All encoders, those first that take items of these kinds."""
    return sorted(ENCODERS, key=lambda encoder: not ENCODERS[encoder].takes(*kinds))


def _typed_model(kinds: Kinds) -> str:
    texts = kinds == ("text",)
    typed = st.text_input(
        "Sentence Transformers model" if texts else "open_clip model",
        placeholder="organisation/model or a folder on the server"
        if texts
        else "architecture/pretrained tag or folder",
        help="Loaded from safetensors only; code that comes with a model is never run.",
    ).strip()
    if not typed or typed.startswith(("hub:", "folder:", "open_clip:", "local-dir:")):
        return typed
    from_folder, by_name = ("folder", "hub") if texts else ("local-dir", "open_clip")
    return f"{from_folder if typed.startswith('/') else by_name}:{typed}"


def _with_state(encoder: str, kinds: Kinds) -> str:
    if not takes(encoder, kinds):
        return f"× {encoder}"
    return encoder if problem_of(encoder, kinds) is None else f"○ {encoder}"
