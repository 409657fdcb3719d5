"""The map of the page: what stands out is large and bright, and a click selects."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from components.explore.page import scene_of
from components.kit.ask import Pending, ask
from components.kit.choice import FIRST_MAP
from components.kit.link import select
from components.kit.map import Colouring, Highlights, MapScene, by_number, read_event, vector_map
from components.kit.map.colouring import PLAIN
from components.kit.spaces import layout_request
from components.kit.widgets import pick
from embeddings.outliers.ranking import robust_deviations
from embeddings.projections import PROJECTIONS, Layout
from embeddings.space import Space, Vectors

KEY, METHOD = "outlier_map", "method"
MOST_DEVIATIONS = 10.0


def map_of(space: Space, pending: Pending) -> Layout:
    """The map in 2D by the method that the link names; while it is being drawn, the quick PCA map."""
    method = pick("Map", list(PROJECTIONS), key=METHOD, default=FIRST_MAP.method, hide_label=True, kept=False)
    params = FIRST_MAP.params if method == FIRST_MAP.method else _defaults(method)
    wanted = FIRST_MAP._replace(method=method, params=params)
    layout = pending.ask(layout_request(space, wanted))
    return layout or ask(layout_request(space, FIRST_MAP._replace(method="PCA", params={})))


def score_scene(space: Space, layout: Layout, scores: Vectors, title: str) -> MapScene:
    """The points with colours and sizes by their scores: all that is ordinary small and pale."""
    ordered = np.sort(scores)
    # Of the few highest any takes the last colour, so that a single extreme one leaves the others theirs.
    high = float(ordered[-min(3, len(ordered))])
    low = float(np.median(scores))
    colouring = by_number(title, scores, low=low, high=high if high > low else low + 1e-6)
    return _scene(space, layout, colouring, score_sizes(scores))


def score_sizes(scores: Vectors) -> NDArray[np.float32]:
    """Numbers for the area of points: 0 up to two deviations above the median, and growing with the score."""
    deviations = np.nan_to_num(robust_deviations(scores), posinf=MOST_DEVIATIONS, neginf=0.0)
    return np.clip(deviations - 2, 0, MOST_DEVIATIONS).astype(np.float32)


def coloured_scene(space: Space, layout: Layout, colouring: Colouring) -> MapScene:
    """The points in these colours, all of one size."""
    return _scene(space, layout, colouring, None)


def draw(scene: MapScene, highlights: Highlights, *, words: bool, height: int = 520) -> None:
    """The map in its place; a click selects the item."""
    vector_map(scene, key=KEY, highlights=highlights, words=words, height=height, on_click=lambda: _clicked(scene))


def _scene(space: Space, layout: Layout, colouring: Colouring, sizes: NDArray[np.float32] | None) -> MapScene:
    return replace(scene_of(space, layout, PLAIN, PLAIN, None), colouring=colouring, sizes=sizes)


def _clicked(scene: MapScene) -> None:
    event = read_event(KEY, scene)
    if event.clicked is not None:
        select(event.clicked)


def _defaults(method: str) -> dict[str, float | str]:
    spec = PROJECTIONS[method]
    params: dict[str, float | str] = {
        name: int(each.default) if each.step >= 1 else float(each.default) for name, each in spec.parameters.items()
    }
    return params | ({"metric": "cosine"} if spec.metric else {})
