"""One map of 100,000 points, drawn after a click: `?way=ours` or `?way=plotly`."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from components.kit.map import MapScene, by_number, vector_map

N = 100_000
HEIGHT = 600


@st.cache_resource(max_entries=1)
def data() -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Places, two numbers for each point, and texts."""
    rng = np.random.default_rng(0)
    group = rng.integers(0, 12, N)
    places = (rng.normal(0, 6, (12, 2))[group] + rng.normal(0, 1, (N, 2))).astype(np.float32)
    numbers = np.stack([group, rng.permutation(N)]).astype(np.float32)
    return places, numbers, [f"item {row}" for row in range(N)]


def ours(places: np.ndarray, values: np.ndarray, texts: list[str], title: str) -> None:
    """Our component."""
    scene = MapScene(places, texts, "benchmark", "100,000 made-up points", by_number(title, values))
    vector_map(scene, key="map", height=HEIGHT)


def plotly(places: np.ndarray, values: np.ndarray, title: str) -> None:
    """The same by Streamlit's own chart, in the cheapest form it has: float32 arrays, no texts, no selections."""
    marker = {"size": 4, "color": values, "colorscale": "Viridis", "colorbar": {"title": title}}
    figure = go.Figure(go.Scattergl(x=places[:, 0], y=places[:, 1], mode="markers", marker=marker))
    figure.update_layout(height=HEIGHT)
    st.plotly_chart(figure, key="map")


st.set_page_config(layout="wide")
drawn = st.toggle("draw", key="draw")
recoloured = st.toggle("recolour", key="recolour")
places, numbers, texts = data()
if drawn:
    title = "second" if recoloured else "first"
    if st.query_params.get("way") == "ours":
        ours(places, numbers[int(recoloured)], texts, title)
    else:
        plotly(places, numbers[int(recoloured)], title)
