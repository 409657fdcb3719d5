"""A page with a map of pictures, a gallery and one large picture."""

import io
from functools import cache

import numpy as np
import pyarrow as pa
import streamlit as st
from PIL import Image, ImageDraw

from components.kit.map import Highlights, MapScene, Pictures, by_category, inside, vector_map
from components.kit.pictures import gallery, picture, picture_count, publish_pictures, single_picture
from components.kit.published import PUBLISHED
from embeddings.collection import Collection

COLOURS = {"red": (220, 20, 20), "green": (20, 160, 40), "blue": (30, 60, 220), "yellow": (240, 200, 20)}
NAMES = list(COLOURS)


def made(row: int, size: tuple[int, int] = (96, 96)) -> bytes:
    """A picture in one colour but for a spot that differs from row to row."""
    image = Image.new("RGB", size, COLOURS[NAMES[row % 4]])
    spot = row // 4 % 64
    draw = ImageDraw.Draw(image)
    draw.rectangle([8 * (spot % 8), 8 * (spot // 8), 8 * (spot % 8) + 7, 8 * (spot // 8) + 7], fill=(0, 0, 0))
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


@cache
def demo(n: int, texts: int, size: tuple[int, int]) -> Collection:
    """Made-up pictures, then texts."""
    pictures = [made(row % 256, size) for row in range(n)]
    names = [f"a {NAMES[row % 4]} picture {row}" for row in range(n)]
    words = [f"word {k}" for k in range(texts)]
    metadata = pa.table({"caption": [*names, *words]})
    return Collection("demo", (*pictures, *words), metadata)


st.set_page_config(layout="wide")
query = st.query_params
n, texts, dims = (int(query.get(name, default)) for name, default in (("n", 12), ("texts", 0), ("dims", 2)))
wide, high = map(int, query.get("size", "96,96").split(","))
collection = demo(n, texts, (wide, high))
total = len(collection)
rng = np.random.default_rng(3)
coordinates = rng.uniform(-10, 10, (total, dims)).astype("f4")
left, right = st.columns(2)
marks = left.segmented_control("marks", ["none", "hits", "selected"], default=query.get("marks", "none"))
colour = right.segmented_control("colour", ["colour", "none"], default=query.get("colour", "colour"))
kinds = by_category("colour", [NAMES[row % 4] if row < n else "text" for row in range(total)])
scene = MapScene(
    coordinates,
    [collection.text(row) for row in range(total)],
    collection.fingerprint,
    f"{n} made-up pictures in {dims} dimensions.",
    pictures=Pictures(publish_pictures(collection), picture_count(collection)),
    **({"colouring": kinds} if colour == "colour" else {}),
)
highlights = Highlights(
    selected=st.session_state.get("row", 5 if marks == "selected" else None),
    marked=[1, 2, 3] if marks == "selected" else [],
    hits=list(range(0, total, 4)) if marks == "hits" else None,
)


def remember() -> None:
    st.session_state.row = st.session_state["map"]["clicked"]["row"]


def pick(row: int) -> None:
    st.session_state.row = row


forget = st.button("forget")
event = vector_map(scene, key="map", highlights=highlights, height=620, words=bool(texts), on_click=remember)
if forget:
    PUBLISHED.clear()
st.text(f"selected: {st.session_state.get('row')}")
held = np.flatnonzero(inside(event.selection.polygon, coordinates)) if event.selection else []
st.text(f"holds: {len(held)}")
if "gallery" in query:
    rows = list(range(int(query["gallery"])))
    gallery(collection, rows, key="gallery", captions=[f"0.{row:02d}" for row in rows], most=20, on_pick=pick)
    picture(collection, 0, key="large", box=(0.25, 0.0, 0.75, 1.0))
    single_picture(made(2), alt="an example", key="single")
