"""Ready and saved axes, on one click."""

from __future__ import annotations

import streamlit as st

from components.axes import state
from components.axes.beginning import open_saved, ready_axes, use
from components.axes.definition import Seeds
from components.axes.ready import PICTURES, WORDS
from components.kit import link
from components.kit.choice import COLLECTION
from components.kit.words import escape, shorten
from embeddings.space import Space


def ready_row(space: Space) -> None:
    """The ready axes side by side, and the saved ones behind a button."""
    now = state.current()
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for number, ready in enumerate(ready_axes(space)):
            chosen = now is not None and now.same_direction(ready.seeds)
            st.button(
                escape(ready.seeds.title),
                key=f"ready_axis_{number}",
                type="primary" if chosen else "secondary",
                on_click=use,
                args=(ready.seeds, ready.low, ready.high),
            )
        _saved()


def notice_of(space: Space, seeds: Seeds) -> str:
    """What to notice about a ready axis; only where it was measured, because elsewhere it may not be true."""
    for each in (WORDS, PICTURES):
        if (space.encoder, link.read("collection", COLLECTION)) == (each.encoder, each.collection):
            return next((ready.notice for ready in each.axes if ready.seeds.same_direction(seeds)), "")
    return ""


def _saved() -> None:
    axes = state.saved()
    if not axes:
        return
    with st.popover(f"Saved ({len(axes)})", icon=":material/bookmark:"):
        for number, (title, seeds) in enumerate(list(axes.items())):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button(
                    escape(shorten(title, 50)),
                    key=f"open_axis_{number}",
                    type="tertiary",
                    on_click=open_saved,
                    args=(seeds,),
                    width="stretch",
                )
                st.button(
                    "Delete",
                    key=f"delete_axis_{number}",
                    icon=":material/delete:",
                    type="tertiary",
                    on_click=state.forget,
                    args=(title,),
                )
