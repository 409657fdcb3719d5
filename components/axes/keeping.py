"""What can be done with an axis: save it, and colour the map by it."""

from __future__ import annotations

import streamlit as st

from components.axes import state
from components.axes.definition import Seeds, to_text
from components.axes.form import NAME
from components.kit import link
from components.kit.words import escape, shorten


def axis_heading(seeds: Seeds) -> None:
    """The title of an axis, and beside it what can be done with it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{escape(shorten(seeds.title, 80))}**", width="stretch")
        with st.popover("Save", icon=":material/bookmark_add:"):
            st.text_input("Name", key=NAME, persist_state="session", placeholder=" ↔ ".join(seeds.ends), max_chars=60)
            st.button("Save this axis", type="primary", on_click=state.save, args=(seeds,), key="save_axis")
            st.caption("Saved for this session, to be opened again, taken as second axis, or to colour the map by.")
        if st.button("Colour the map", icon=":material/palette:", key="colour_the_map"):
            colour = state.label(seeds)
            st.session_state["colour"] = colour
            link.go_to(link.MAP, query_params={"colour": colour, state.FIRST: to_text(seeds)})
