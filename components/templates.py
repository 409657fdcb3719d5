"""The sentences that labels are put into, for whoever names things by a joint space."""

from __future__ import annotations

import streamlit as st

from embeddings.zero_shot import SLOT, TEMPLATES


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
