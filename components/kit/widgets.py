"""Choices of one or several options: never none, and never one that is not offered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal, TypeVar

import streamlit as st

from embeddings.projections import Parameter
from embeddings.zero_shot import SLOT, TEMPLATES

Option = TypeVar("Option", bound=str)


def pick(
    label: str,
    options: Sequence[Option] | Mapping[Option, str],
    *,
    key: str,
    default: Option | None = None,
    help: str | None = None,
    hide_label: bool = False,
    linked: bool = True,
    kept: bool = True,
) -> Option:
    """The picked one of a row of buttons.

    Args:
        label: says what is picked.
        options: what is offered; a mapping says how each is called.
        key: of the session, and of the link.
        default: picked to begin with; without one, the first.
        help: more about the choice.
        hide_label: whether only the buttons are drawn.
        linked: whether the link carries it.
        kept: whether it outlives a visit to another page.
    """
    first = next(iter(options)) if default is None else default
    _keep_to(options, key=key, default=first)
    picked = st.segmented_control(
        label,
        list(options),
        default=first,
        format_func=options.__getitem__ if isinstance(options, Mapping) else None,
        key=key,
        bind="query-params" if linked else None,
        persist_state="session" if kept else None,
        required=True,
        label_visibility="collapsed" if hide_label else "visible",
        help=help,
    )
    return first if picked is None else picked  # a link may say nothing after its equals sign


def pick_from_list(
    label: str,
    options: Sequence[Option] | Mapping[Option, str],
    *,
    key: str,
    default: Option | None = None,
    help: str | None = None,
    width: int | Literal["stretch"] = "stretch",
    kept: bool = True,
) -> Option:
    """The picked one of a list that opens; its options are like those of `pick`, and the link carries it."""
    offered = list(options)
    first = offered[0] if default is None else default
    _keep_to(offered, key=key, default=first)
    picked = st.selectbox(
        label,
        offered,
        index=offered.index(first),
        format_func=options.__getitem__ if isinstance(options, Mapping) else str,
        key=key,
        bind="query-params",
        persist_state="session" if kept else None,
        width=width,
        help=help,
    )
    return first if picked is None else picked


def _keep_to(options: Collection[str], *, key: str, default: str) -> None:
    """Put the default in place of a value that is not offered, such as that of an old link or another collection."""
    # Deleting it would take up what the link said at first again, and would not tell the browser.
    if st.session_state.get(key) not in (None, *options):
        st.session_state[key] = default


def begin_with(values: Mapping[str, Any], about: str, *, key: str) -> None:
    """What widgets hold before anybody touches them; what a link says stays, and another subject brings its own.

    Args:
        values: by the keys of the widgets.
        about: stands for the subject.
        key: under which the session remembers it.
    """
    changed = st.session_state.get(key, about) != about
    st.session_state[key] = about
    for name, value in values.items():
        if changed or (name not in st.session_state and name not in st.query_params):
            st.session_state[name] = value


def parameter_sliders(parameters: Mapping[str, Parameter], *, prefix: str = "", kept: bool = False) -> dict[str, float]:
    """A slider for each setting of a method; the link carries them.

    Args:
        parameters: by name.
        prefix: of the names in the link, where other methods have settings of the same name.
        kept: whether they outlive a visit to another page.
    """
    return {
        name: st.slider(
            name,
            each.whole(each.low),
            each.whole(each.high),
            each.usual,
            each.whole(each.step),
            help=each.summary,
            key=f"{prefix}{name}",
            bind="query-params",
            persist_state="session" if kept else None,
        )
        for name, each in parameters.items()
    }


def template_picker(key: str, *, noun: str) -> list[str]:
    """The ready templates and those that the reader wrote; `noun` is what goes into them."""
    return st.multiselect(
        "Templates",
        list(dict.fromkeys([*TEMPLATES, *st.session_state.get(key, [])])),
        accept_new_options=True,
        key=key,
        bind="query-params",
        help=f"{SLOT} is where the {noun} goes; write your own. Several make an ensemble: the mean of their vectors.",
    )
