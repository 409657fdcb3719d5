"""What a link carries beside the widgets bound to it, the check that each passes, and the way from page to page."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitAPIException

from components.kit.words import escape, shorten
from embeddings.space import Space

# As much as the longest word sets that we write into a link; many programs cut longer addresses anyway.
LONGEST = 8_000
# A collection or an encoder; a path of a folder on the server is the longest.
LONGEST_NAME = 1_000
MOST_VALUES = 50
NAMES = frozenset({"collection", "encoder"})
NUMBERS = frozenset({"item", "at", "cluster"})
# What a visitor types, where “infinity” is a word; a whole number that is infinite ends Streamlit's script.
TEXTS = frozenset({
    "bias_keep", "bias_pairs", "bias_words", "changed_text", "cluster_labels", "debias_names", "debias_search",
    "expected", "held_high", "held_low", "labels", "pairs", "placed", "search", "sentence", "skew_labels", "skew_query",
    "sum", "sum_minus", "sum_plus", "typed_query", "typed_texts",
})  # fmt: skip
LEFT_OUT = "left_out_of_link"
GOING = "going_to"
SAID = 3


def check() -> None:
    """Leave out of the link what no page can read, before any page or widget does, and say so above the page."""
    given = {name: st.query_params.get_all(name) for name in st.query_params}
    reasons = {name: reason for name, values in given.items() if (reason := why_not(name, values))}
    if reasons and _keep_only({name: values for name, values in given.items() if name not in reasons}):
        st.session_state[LEFT_OUT] = list(reasons.values())
        st.rerun()  # widgets begin with the link that a run starts with
    if LEFT_OUT in st.session_state:
        said = st.session_state[LEFT_OUT]
        more = len(said) - SAID
        rest = [f"So {'was' if more == 1 else 'were'} {more:,} more."] if more > 0 else []
        warning, close = st.columns([0.92, 0.08], vertical_alignment="center")
        warning.warning(escape(" ".join([*said[:SAID], *rest])), icon=":material/link_off:")
        close.button("Close", key="close_left_out", on_click=_close, type="tertiary")


def why_not(name: str, values: Sequence[str]) -> str:
    """Why the values of a parameter are not read, as a sentence; empty where they are."""
    title = f"“{shorten(name, 40)}”"
    longest = LONGEST_NAME if name in NAMES else LONGEST
    length = sum(map(len, values))
    if length > longest:
        return f"{title} in this link was left out: it is {length:,} letters long, and at most {longest:,} are read."
    if len(values) > MOST_VALUES:
        return f"{title} in this link was left out: it has {len(values):,} values, and at most {MOST_VALUES} are read."
    if name in NUMBERS and any(value and _number(value) is None for value in values):
        return f"{title} in this link was left out: it must be a whole number of at most 9 digits."
    if name not in TEXTS and any(map(_is_infinite, values)):
        return f"{title} in this link was left out: the number is too large."
    return ""


def read(name: str, default: str = "") -> str:
    """A value of this session, taken from the link when the session begins."""
    key = f"link_{name}"
    if key not in st.session_state:
        st.session_state[key] = st.query_params.get(name, default)
    return str(st.session_state[key])


def row(name: str, count: int) -> int | None:
    """The row, from 0, that a number in the link names, from 1; None without one, or where there are fewer rows."""
    number = _number(read(name))
    return None if number is None or not 0 < number <= count else number - 1


def write(name: str, value: str) -> None:
    """Remember a value for this session and for the link."""
    st.session_state[f"link_{name}"] = value


def write_row(name: str, row: int | None) -> None:
    """Remember a row for this session and for the link, or that there is none."""
    write(name, "" if row is None else str(int(row) + 1))


def show(defaults: dict[str, str]) -> None:
    """Put the values into the address; a default is left out."""
    for name, default in defaults.items():
        value = read(name, default)
        carry(name, "" if value == default else value)


def carry(name: str, value: str) -> None:
    """Let the address say a value; nothing, and what is too long to be read again, is left out of it."""
    if not value or len(value) > LONGEST:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _is_infinite(text: str) -> bool:
    try:
        return math.isinf(float(text))
    except ValueError:
        return False


def _keep_only(values: Mapping[str, Sequence[str]]) -> bool:
    try:
        st.query_params.from_dict(values)
    except StreamlitAPIException:  # one belongs to a widget of this page, and the visitor typed it
        return False
    return True


def _close() -> None:
    del st.session_state[LEFT_OUT]


def selected_row(space: Space) -> int | None:
    """The row that the link names, if this collection has it."""
    return row("item", len(space))


def select(row: int | None) -> None:
    """Make a row the selected item."""
    write_row("item", row)


PAGES = Path(__file__).resolve().parents[2] / "pages"
MAP = str(PAGES / "map.py")
NEIGHBOURS = str(PAGES / "neighbours.py")
CLUSTERS = str(PAGES / "clusters.py")
OUTLIERS = str(PAGES / "outliers.py")
JOINT = str(PAGES / "joint.py")
ZERO_SHOT = str(PAGES / "zero_shot.py")
ANALOGIES = str(PAGES / "analogies.py")
AXES = str(PAGES / "axes.py")
BIAS = str(PAGES / "bias.py")
TRUST = str(PAGES / "trust.py")
COMPARE = str(PAGES / "compare.py")
DATA = str(PAGES / "data.py")


def go_to(page: str, query_params: Mapping[str, str] | None = None) -> None:
    """Go on to a page, whose link then holds these parameters beside the collection and the encoder."""
    short = {name: value for name, value in (query_params or {}).items() if len(value) <= LONGEST}
    # A part of a page that runs alone would lose what the other parts hold, so the whole script goes on (`go_on`).
    st.session_state[GOING] = page, short
    st.rerun()


def go_on() -> None:
    """Go to the page that `go_to` named.

    Without parameters `st.switch_page` refuses to leave a page while one of its bound widgets stands in the link.
    """
    if GOING in st.session_state:
        page, short = st.session_state.pop(GOING)
        st.switch_page(page, query_params=short)
