"""A page with one or two maps and what can lie over and under their points; the places are plain to see."""

from dataclasses import replace

import numpy as np
import streamlit as st

from components.kit.map import Highlights, MapName, MapScene, Outline, Signs, by_category, by_number, inside, vector_map

EVIL = "<img src=x onerror=\"document.title='broken'\">"
TOPICS = ["weather", "music", "kitchen", "harbour"]
CORNERS = [(0, 0), (10, 0), (0, 10), (10, 10)]
SQUARE = np.array([(-2, -2), (2, -2), (2, 2), (-2, 2)])

st.set_page_config(layout="wide")
query = st.query_params
n, dims = int(query.get("n", 120)), int(query.get("dims", 2))
shows = query.get("show", "").split(",")

# Four groups on the corners of a square of side 10, each a sunflower of radius 2.
topic = np.arange(n) % 4
turn = np.arange(n) // 4
reach = 2 * np.sqrt((turn + 0.5) / (n / 4))
angle = turn * 2.39996
around = np.stack([reach * np.cos(angle), reach * np.sin(angle), np.zeros(n)], axis=1)[:, :dims]
centres = np.array([(x, y, (x + y) / 2) for x, y in CORNERS], dtype="f4")[:, :dims]
first = (centres[topic] + around).astype("f4")
second = first[:, [1, 0, *range(2, dims)]]
mixes = bool({"morph", "mix"} & set(shows))
share = st.slider("mix", 0.0, 1.0, 0.0, 0.1) if mixes else 0.0
coordinates = ((1 - share) * first + share * second).astype("f4")

colour = st.segmented_control("colour", ["topic", "reach"], default="topic")
by_topic = by_category("topic", [TOPICS[t] for t in topic])
colouring = by_topic if colour == "topic" else by_number("reach", reach)
texts = [EVIL if row == 7 else f"{TOPICS[t]} {row}" for row, t in enumerate(topic)]
halos = np.where(np.arange(n) % 3 == 0, 0.5, np.nan).astype("f4") if "halos" in shows and dims == 2 else None
if "crowd" in shows:
    halos = np.random.default_rng(0).uniform(0.02, 0.15, n).astype("f4")


def scene_of(places: np.ndarray) -> MapScene:
    return MapScene(places, texts, f"layers {n}", f"{n} points in four groups.", colouring, halos=halos)


names, outlines = [], []
if "names" in shows:
    names = [MapName(t, tuple(c), by_topic.code_of(t)) for t, c in zip(TOPICS, centres.tolist(), strict=True)]
    names += [MapName(EVIL, tuple(centres.mean(axis=0).tolist()))]
if "crowded" in shows:
    names = [MapName(f"name {k}", (5.0, 5.0), None) for k in range(60)]
if "outlines" in shows:
    outlines = [
        Outline(SQUARE * size + c[:2], by_topic.code_of(t))
        for t, c in zip(TOPICS, centres, strict=True)
        for size in (1.2, 0.6)
    ]
row = st.session_state.get("row", 0 if "crossed" in shows else None)
held = np.flatnonzero(inside(st.session_state.shape, first)) if "shape" in st.session_state else None
highlights = Highlights(
    row,
    marked=[4, 8, 13] if "crossed" in shows and row is not None else [],
    crossed=[12, 7] if "crossed" in shows and row is not None else [],
    hits=held,
    names=names,
    outlines=outlines,
    signs=Signs(outline="hull of a topic", halo="spread over five seeds"),
)


def clicked(key: str) -> None:
    st.session_state.row = st.session_state[key]["clicked"]["row"]


def drew(key: str) -> None:
    drawn = st.session_state[key]["selection"]
    st.session_state.pop("shape", None)
    if drawn:
        st.session_state.shape = drawn["polygon"]


def draw(key: str, places: np.ndarray, height: int, lines: Highlights = highlights) -> None:
    vector_map(
        scene_of(places),
        key=key,
        highlights=lines,
        height=height,
        words=bool({"words", "names", "mix"} & set(shows)),
        group="demo",
        keep_view="morph" in shows,
        on_click=lambda: clicked(key),
        on_select=lambda: drew(key),
    )


if "two" in shows:
    left, right = st.columns(2)
    with left:
        draw("left", first, 500)
    with right:
        draw("right", -first, 500, replace(highlights, names=[], outlines=[]))
else:
    draw("map", coordinates, int(query.get("height", 640)))
st.text(f"row: {row}")
st.text(f"held: {0 if held is None else len(held)}")
if mixes:
    st.text(f"mixed: {share:.1f}")
