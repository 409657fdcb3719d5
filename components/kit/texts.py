"""The texts that pages show and examples that they offer: files of `components/texts`, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from pkgutil import resolve_name
from string import Formatter
from typing import Any

import streamlit as st

TEXTS = Path(__file__).resolve().parents[1] / "texts"


def how(name: str, label: str = "How is this computed?") -> None:
    """How something is computed, with the sources, in a part of the page that is closed at first."""
    with st.expander(label, icon=":material/functions:", key=f"how_{name}"):
        st.markdown(how_text(name))


def reading(name: str, **filled: str) -> None:
    """How a result is read and what may not be concluded from it, a text of `texts/reading`; closed at first too."""
    with st.expander("How to read this, and what may not be concluded", icon=":material/menu_book:"):
        st.markdown((TEXTS / "reading" / f"{name}.md").read_text(encoding="utf-8").format_map(filled))


@cache
def how_text(name: str) -> str:
    """The text of `texts/how`, with the values of the core that it names in braces."""
    return _Values().format((TEXTS / "how" / f"{name}.md").read_text(encoding="utf-8"))


@cache
def examples(name: str) -> dict[str, Any]:
    """The tables of `texts/examples`; not to be changed."""
    return tomllib.loads((TEXTS / "examples" / f"{name}.toml").read_text(encoding="utf-8"))


class _Values(Formatter):
    """Fills in names such as `embeddings.axes.DRAWS`: so a text says what the code does.

    A table of methods becomes a list of them. Beside the usual formats, `share` gives a part of one in hundred, and
    `one more` a number and one.
    """

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        return resolve_name(field_name), field_name

    def format_field(self, value: Any, format_spec: str) -> Any:
        if isinstance(value, Mapping):
            return "\n".join(f"- **{name}**{_source(spec)}: {spec.summary}" for name, spec in value.items())
        if format_spec == "share":
            return f"{100 * value:.0f} %"
        if format_spec == "one more":
            return str(value + 1)
        return super().format_field(value, format_spec)


def _source(spec: Any) -> str:
    return f" ({spec.reference})" if getattr(spec, "reference", "") else ""
