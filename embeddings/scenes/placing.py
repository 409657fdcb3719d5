"""Where the things of a scene stand and how large they are, in shares of the picture."""

from __future__ import annotations

import math
from random import Random
from typing import NamedTuple

from embeddings.scenes.scene import Scene, Thing

_RADII = {"small": (0.08, 0.12), "medium": (0.17, 0.25), "large": (0.32, 0.42), "": (0.12, 0.44)}
_IN_PAIRS = {"small": (0.075, 0.105), "large": (0.2, 0.25), "": (0.11, 0.21)}
_ROWS = {"left": 0.21, "top": 0.21, "right": 0.79, "bottom": 0.79, "centre": 0.5}
# The bounding circle of a textured thing must leave room for its texture.
_TEXTURED = 0.15


class Placed(NamedTuple):
    """A thing with its centre, the radius of its bounding circle and its turn in radians."""

    thing: Thing
    x: float
    y: float
    radius: float
    angle: float


def place(scene: Scene, rng: Random) -> list[Placed]:
    """The things of a scene, those further back first."""
    if scene.other.shape:
        return _nested(scene, rng) if scene.relation in ("inside", "around") else _side_by_side(scene, rng)
    if scene.count > 1:
        return _group(scene, rng)
    return [_position(scene, rng)]


def _position(scene: Scene, rng: Random) -> Placed:
    low, high = _RADII[scene.thing.size]
    if scene.position and scene.position != "centre":
        high = min(high, 0.19)
    radius = _radius(scene.thing, (low, high), rng)
    if scene.position:
        across, down = _anchor(scene.position)
        x, y = (at + rng.uniform(-0.04, 0.04) for at in (across, down))
        x, y = (min(max(at, radius + 0.01), 0.99 - radius) for at in (x, y))
    else:
        free = max(0.49 - radius, 0.0)
        x, y = (0.5 + rng.uniform(-free, free) for _ in range(2))
    return Placed(scene.thing, x, y, radius, _turn(rng))


def _anchor(position: str) -> tuple[float, float]:
    words = position.split()
    across = next((_ROWS[word] for word in words if word in ("left", "right")), 0.5)
    down = next((_ROWS[word] for word in words if word in ("top", "bottom")), 0.5)
    return across, down


def _radius(thing: Thing, span: tuple[float, float], rng: Random) -> float:
    low = max(span[0], _TEXTURED) if thing.texture != "plain" else span[0]
    return rng.uniform(low, max(span[1], low))


def _turn(rng: Random) -> float:
    return rng.choice((0.0, rng.gauss(0, 0.08)))


def _group(scene: Scene, rng: Random) -> list[Placed]:
    radius = _radius(scene.thing, (0.085, 0.19 if scene.count == 2 else 0.17), rng)
    turn = _turn(rng)
    while True:
        for _ in range(60):
            centres = [(rng.uniform(radius, 1 - radius), rng.uniform(radius, 1 - radius)) for _ in range(scene.count)]
            gaps = [math.dist(a, b) for i, a in enumerate(centres) for b in centres[:i]]
            if min(gaps) > 2 * radius + 0.03:
                return [Placed(scene.thing, x, y, radius, turn + _turn(rng) / 2) for x, y in centres]
        radius *= 0.95


def _side_by_side(scene: Scene, rng: Random) -> list[Placed]:
    """Apart along one axis by more than along the other."""
    one, two = (_radius(thing, _IN_PAIRS[thing.size], rng) for thing in (scene.thing, scene.other))
    apart = one + two + 0.02
    if apart + one + two > 0.98:
        shrink = 0.47 / (one + two)
        one, two, apart = one * shrink, two * shrink, 0.49
    gap = rng.uniform(apart, min(apart * 1.6, 0.99 - one - two))
    start = rng.uniform(0.005 + one, 0.995 - two - gap)
    along = (start, start + gap)
    lean = rng.choice((0.0, rng.uniform(-0.5, 0.5))) * gap
    low, high = max(one, two - lean), min(1 - one, 1 - two - lean)
    across = rng.uniform(low, high) if low < high else 0.5
    side = (across, min(max(across + lean, two), 1 - two))
    if scene.relation in ("right of", "below"):
        along = (1 - along[0], 1 - along[1])
    upright = scene.relation in ("above", "below")
    centres = zip(side, along, strict=True) if upright else zip(along, side, strict=True)
    pairs = zip((scene.thing, scene.other), centres, (one, two), strict=True)
    return [Placed(thing, x, y, radius, _turn(rng)) for thing, (x, y), radius in pairs]


def _nested(scene: Scene, rng: Random) -> list[Placed]:
    inner, outer = (scene.thing, scene.other) if scene.relation == "inside" else (scene.other, scene.thing)
    large = rng.uniform(0.27, 0.45)
    narrow = outer.shape in ("oval", "rectangle", "diamond", "heart")
    small = large * rng.uniform(0.28, 0.4 if narrow else 0.5)
    free = 0.49 - large
    x, y = (0.5 + rng.uniform(-free, free) for _ in range(2))
    stray = large * (0.0 if narrow else 0.12)
    nudged = [at + rng.uniform(-stray, stray) for at in (x, y)]
    return [Placed(outer, x, y, large, _turn(rng)), Placed(inner, nudged[0], nudged[1], small, _turn(rng))]
