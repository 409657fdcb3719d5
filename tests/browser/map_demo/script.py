"""A page with one map and a few switches."""

import numpy as np
import streamlit as st

from components.kit.map import ExtraPoint, Highlights, MapScene, by_category, by_number, inside, vector_map
from components.kit.map.colouring import PLAIN_COLOURING
from components.kit.published import PUBLISHED

EVIL = "<img src=x onerror=\"document.title='broken'\">"

st.set_page_config(layout="wide")
query = st.query_params
n = int(query.get("n", 3000))
dims = int(query.get("dims", 2))
left, middle, right = st.columns(3)
colour = left.segmented_control("colour", ["group", "value", "many", "none"], default=query.get("colour", "group"))
layout = middle.segmented_control("layout", ["first", "second"], default="first")
marks = right.segmented_control("marks", ["none", "neighbours", "hits", "extra"], default=query.get("marks", "none"))

rng = np.random.default_rng(7 if layout == "first" else 8)
group = np.arange(n) % 8
centres = np.random.default_rng(1).normal(0, 6, (64, dims))
coordinates = (centres[(group + (0 if layout == "first" else 3)) % 64] + rng.normal(0, 1.3, (n, dims))).astype("f4")
words = ["king", "queen", "river", "teacher", "violin", "orange", "winter", "happiness", "to run", "Argentina"]
texts = [EVIL if row == 0 else f"{words[row % 10]} {row}" for row in range(n)]
names = ["animals", "countries", "professions", "emotions", "colours", "verbs", "food", "weather"]
colourings = {
    "group": lambda: by_category("category", [names[g] if row % 50 else None for row, g in enumerate(group)]),
    "value": lambda: by_number("frequency", coordinates[:, 0]),
    "many": lambda: by_category("kind", [f"kind {row % 26}" for row in range(n)]),
    "none": lambda: PLAIN_COLOURING,
}
scene = MapScene(
    coordinates,
    texts,
    f"demo {n}",
    f"{n} made-up words in {dims} dimensions.",
    colourings[colour or "none"](),
    sizes=np.arange(n, dtype="f4") if "sizes" in query else None,
    note="keeps 7 of 10 true neighbours",
    file="Demo: words",
    axes=("PC 1 (12 % of variance)", "PC 2 (8 % of variance)") if "axes" in query else (),
)
clicked = st.session_state.get("row")
selected = clicked if clicked is not None else (5 if marks == "neighbours" else None)
highlights = Highlights(
    selected=selected,
    marked=[row for row in (13, 21, 29, 37, 45, 1001, 1002) if row < n] if marks == "neighbours" else [],
    hits=np.flatnonzero(group == 2) if marks == "hits" else None,
    extra=[ExtraPoint("a typed text", tuple(coordinates.mean(axis=0)))] if marks == "extra" else [],
)


def remember() -> None:
    st.session_state.row = st.session_state["map"]["clicked"]["row"]


forget = st.button("forget")
event = vector_map(scene, key="map", highlights=highlights, on_click=remember)
if forget:
    PUBLISHED.clear()
st.text(f"clicked: {event.clicked}")
held = np.flatnonzero(inside(event.selection.polygon, coordinates)) if event.selection else []
st.text(f"holds: {len(held)} {event.selection.shape if event.selection else ''}")
st.text("rows: " + ",".join(map(str, held[:3000])))
