"""What the encoder saw of a text: its tokens, what was cut off, what it does not know, the vector's length."""

from __future__ import annotations

import numpy as np
import streamlit as st

from components.choice import encoder_name
from components.spaces import inspect_item
from components.text import escape
from embeddings.space import Space, Vectors
from embeddings.store import is_given

SHOWN = 120


def seen_panel(space: Space, text: str, vector: Vectors) -> None:
    """Draw the panel for a text."""
    st.markdown("**What the encoder saw**")
    facts = [f"vector of {space.dimension} numbers, length {float(np.linalg.norm(vector)):.3f}"]
    if is_given(space.encoder):
        st.caption(f"{encoder_name(space.encoder)}: {facts[0]}. Nothing is known of how they were made.")
        return
    seen = inspect_item(space, text)
    with st.container(border=True):
        st.text(" · ".join(seen.tokens[:SHOWN]) + (" …" if len(seen.tokens) > SHOWN else "") or "nothing")
    limit = f" of at most {seen.limit}" if seen.limit else ""
    facts.insert(0, f"{len(seen.tokens)} tokens{limit}")
    st.caption("; ".join(facts) + ".")
    if seen.dropped:
        st.warning(f"{seen.dropped:,} tokens were cut off at the encoder's limit of {seen.limit}: it never saw them.")
    if seen.unknown:
        st.warning("No vector for: " + escape(", ".join(seen.unknown[:20])))
    if space.params:
        st.caption("How it ran: " + escape(", ".join(f"{name} {value}" for name, value in space.params.items())))
