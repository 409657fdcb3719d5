"""The five maps of five seeds as small pictures, one island picked out on all of them."""

from __future__ import annotations

import streamlit as st

from components.kit.colours import page_colours
from components.kit.map import PLAIN_COLOURING
from components.trust.proof import island_on, outcome
from components.trust.requests import Over
from components.trust.small_map import known_small_map
from embeddings.projections import Layout

WIDTH = 168
HEIGHT = 136


def five_maps(layouts: list[Layout | None], whole: Over | None, island: int | None, seeds: list[int]) -> None:
    """Those that are there, laid over the first when all are."""
    telling = None if whole is None or island is None else (whole[1], island)
    with st.container(horizontal=True, gap="small"):
        for number, (layout, seed) in enumerate(zip(layouts, seeds, strict=True)):
            with st.container(border=True, gap="xsmall", width=WIDTH):
                if layout is None:
                    st.container(height=HEIGHT, border=False).caption("not drawn yet")
                    st.caption(f"seed {seed}")
                    continue
                places = layout.coordinates if whole is None else whole[0].places[number]
                colouring = PLAIN_COLOURING if telling is None else island_on(*telling, number)
                st.image(
                    known_small_map(places, colouring, colours=page_colours()),
                    width="stretch",
                    alt=f"Map of seed {seed}",
                )
                st.caption(f"seed {seed}" if telling is None else f"seed {seed}  \n{outcome(*telling, number)}")
    st.caption(_explained(laid=whole is not None, telling=telling is not None))


def _explained(*, laid: bool, telling: bool) -> str:
    if not laid:
        return "The maps as they come; they are laid over each other when all are there."
    said = "Turned, mirrored, shifted and scaled so that they lie over the first as well as they can."
    if not telling:
        return said
    return (
        ":blue[●] the island’s points that share an island on this map too · :orange[●] those that this map leaves out "
        f"· :green[●] points that only this map adds. {said}"
    )
