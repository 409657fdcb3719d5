"""The training's backgrounds: plain colours, gradients and five sceneries, each different every time."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np
from numpy.typing import NDArray

from embeddings.encoders.scenes_clip.training.outlines import outline
from embeddings.encoders.scenes_clip.training.painting import Canvas, Look, paint
from embeddings.encoders.scenes_clip.training.shades import shade
from embeddings.scenes.things import COLOURS

_SKIES = ((150, 200, 240), (120, 180, 235), (190, 215, 235), (200, 205, 210), (235, 200, 170))


def background(name: str, size: int, rng: Random) -> Canvas:
    """A square canvas of `size` pixels a side, values 0 to 255."""
    noise = np.random.default_rng(rng.getrandbits(63))
    canvas = _SCENERY[name](size, rng, noise) if name in _SCENERY else _plain(name, size, rng)
    return np.ascontiguousarray(canvas, np.float32)


def _plain(name: str, size: int, rng: Random) -> Canvas:
    colour = shade(name, rng)
    if name not in ("white", "black", "grey") and rng.random() < 0.4:
        colour = colour + (255 - colour) * rng.uniform(0.1, 0.55)
    canvas = np.empty((size, size, 3), np.float32)
    canvas[:] = colour
    return canvas


def _blend(size: int, one: NDArray[np.float32], other: NDArray[np.float32], turn: float = np.pi / 2) -> Canvas:
    along = np.linspace(-0.5, 0.5, size, dtype=np.float32)
    share = (np.cos(turn) * along[None, :] + np.sin(turn) * along[:, None] + 0.5).clip(0, 1)
    canvas: Canvas = (one + share[..., None] * (other - one)).astype(np.float32)
    return canvas


def _gradient(size: int, rng: Random, noise: np.random.Generator) -> Canvas:
    one, other = (shade(colour, rng) for colour in rng.sample(COLOURS, 2))
    return _blend(size, one, other, rng.choice((0.0, np.pi / 2, np.pi, -np.pi / 2, rng.uniform(-3, 3))))


def _rgb(*colour: float) -> NDArray[np.float32]:
    return np.array(colour, np.float32)


def _jitter(colour: tuple[int, int, int], rng: Random, by: float = 12) -> NDArray[np.float32]:
    return (_rgb(*colour) + _rgb(*(rng.gauss(0, by) for _ in range(3)))).clip(0, 255)


def _night(size: int, rng: Random, noise: np.random.Generator) -> Canvas:
    bottom = _rgb(rng.uniform(0, 40), rng.uniform(0, 40), rng.uniform(20, 95))
    canvas = _blend(size, _rgb(*(rng.uniform(0, 22) for _ in range(2)), rng.uniform(5, 45)), bottom)
    if rng.random() < 0.2:
        canvas[round(size * rng.uniform(0.7, 0.9)) :] *= rng.uniform(0.3, 0.7)
    stars = noise.random((rng.randint(8, 60), 2)) * size
    for x, y in stars:
        bright = _rgb(255, 255, rng.uniform(180, 255)) * rng.uniform(0.5, 1)
        radius = size * rng.choice((0.005, 0.008, 0.012))
        paint(canvas, outline("circle", rng), (x, y, max(radius, 0.5), 0.0), Look(bright, bright))
    if rng.random() < 0.55:
        moon = _rgb(250, 245, rng.uniform(170, 240))
        place = (size * rng.choice((0.12, 0.88)), size * rng.uniform(0.08, 0.16), size * rng.uniform(0.04, 0.07), 0.0)
        paint(canvas, outline(rng.choice(("circle", "crescent")), rng), place, Look(moon, moon))
    return canvas


def _ground(size: int, colour: tuple[int, int, int], rng: Random) -> tuple[Canvas, NDArray[np.bool_]]:
    """A ground of one colour, often under a sky, and the mask of the ground."""
    canvas = _blend(size, _jitter(colour, rng), _jitter(colour, rng) * rng.uniform(0.8, 1.05))
    ground = np.ones((size, size), bool)
    if rng.random() < 0.55:
        ground[: round(size * rng.uniform(0.2, 0.6))] = False
        sky = _jitter(rng.choice(_SKIES), rng, 8)
        canvas[~ground] = _blend(size, sky, sky + (255 - sky) * rng.uniform(0, 0.6))[~ground]
    return canvas, ground


def _speckle(canvas: Canvas, where: NDArray[np.bool_], spread: float, noise: np.random.Generator) -> None:
    canvas += (noise.standard_normal(canvas.shape[:2]) * where * spread)[..., None].astype(np.float32)


def _grass(size: int, rng: Random, noise: np.random.Generator) -> Canvas:
    canvas, ground = _ground(size, rng.choice(((70, 150, 50), (50, 120, 40), (100, 175, 70), (60, 170, 60))), rng)
    length = max(round(size * rng.uniform(0.03, 0.09)), 2)
    blades = noise.standard_normal((size + length, size))
    streaks = np.cumsum(blades, axis=0)
    streaks = (streaks[length:] - streaks[:-length]) / length**0.5
    canvas += (streaks * ground * rng.uniform(8, 28))[..., None].astype(np.float32) * _rgb(0.7, 1.0, 0.5)
    return canvas


def _sand(size: int, rng: Random, noise: np.random.Generator) -> Canvas:
    canvas, ground = _ground(size, rng.choice(((225, 200, 145), (238, 214, 165), (210, 180, 125))), rng)
    _speckle(canvas, ground, rng.uniform(4, 16), noise)
    if rng.random() < 0.5:
        canvas += (_waves(size, rng) * ground * rng.uniform(4, 14))[..., None]
    return canvas


def _snow(size: int, rng: Random, noise: np.random.Generator) -> Canvas:
    canvas, ground = _ground(size, rng.choice(((235, 240, 248), (245, 247, 252), (222, 232, 245))), rng)
    if rng.random() < 0.5:
        canvas[~ground] *= rng.uniform(0.6, 0.95)
    _speckle(canvas, ground, rng.uniform(0, 5), noise)
    white = _rgb(255, 255, 255)
    for x, y in noise.random((rng.randint(15, 80), 2)) * size:
        paint(canvas, outline("circle", rng), (x, y, size * rng.uniform(0.005, 0.016), 0.0), Look(white, white))
    return canvas


def _sea(size: int, rng: Random, noise: np.random.Generator) -> Canvas:
    canvas, ground = _ground(size, rng.choice(((30, 100, 170), (40, 130, 190), (20, 80, 140), (60, 150, 200))), rng)
    waves = _waves(size, rng)
    sharp = np.where(waves > rng.uniform(0.4, 0.8), 1.0, 0.0).astype(np.float32) if rng.random() < 0.6 else waves
    canvas += (sharp * ground * rng.uniform(15, 70))[..., None]
    return canvas


def _waves(size: int, rng: Random) -> NDArray[np.float32]:
    at = np.linspace(0, 2 * np.pi, size, dtype=np.float32)
    bend = rng.uniform(0.2, 1.5) * np.sin(rng.uniform(2, 7) * at + rng.uniform(0, 6))
    waves: NDArray[np.float32] = np.sin(rng.uniform(5, 14) * at[:, None] + bend[None, :]).astype(np.float32)
    return waves


_SCENERY: dict[str, Callable[[int, Random, np.random.Generator], Canvas]] = {
    "gradient": _gradient,
    "night": _night,
    "grass": _grass,
    "sand": _sand,
    "snow": _snow,
    "sea": _sea,
}
