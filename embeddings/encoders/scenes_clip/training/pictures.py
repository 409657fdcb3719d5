"""Training pictures: scenes and digits drawn in many styles, straight into arrays."""

from __future__ import annotations

from io import BytesIO
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from embeddings.encoders.scenes_clip.training.backgrounds import background
from embeddings.encoders.scenes_clip.training.outlines import outline
from embeddings.encoders.scenes_clip.training.painting import OUTLINED, PLAIN, Canvas, Look, paint
from embeddings.encoders.scenes_clip.training.shades import Shade, second_shade, shade, shade_apart
from embeddings.scenes.placing import Placed, place
from embeddings.scenes.scene import Scene, Thing
from embeddings.scenes.things import TEXTURES

Pixels = NDArray[np.uint8]
_FILTERS = (Image.Resampling.BICUBIC, Image.Resampling.BICUBIC, Image.Resampling.BILINEAR, Image.Resampling.BOX)


def picture(scene: Scene, size: int, rng: Random) -> Pixels:
    """A scene as (size, size, 3) pixels."""
    drawn = size if rng.random() < 0.6 else rng.choice((size * 2 // 3, size * 4 // 3, size * 3 // 2, size * 2))
    canvas = background(scene.background, drawn, rng)
    soft = rng.choice((1.0, 1.0, 0.01, 0.01, 1.5, 2.5)) * drawn / size
    decorated = rng.random() < 0.3
    look: Look | None = None
    for placed in place(scene, rng):
        if look is None or scene.count == 1:
            look = _look(placed, canvas, soft, decorated, rng)
            form = outline(placed.thing.shape, rng)
        paint(canvas, form, (placed.x * drawn, placed.y * drawn, placed.radius * drawn, placed.angle), look)
    return worn(canvas, size, rng)


def _look(placed: Placed, canvas: Canvas, soft: float, decorated: bool, rng: Random) -> Look:
    thing, radius = placed.thing, placed.radius * len(canvas)
    row, column = int(placed.y * len(canvas)), int(placed.x * len(canvas))
    colour = shade_apart(thing.colour, canvas[row, column], rng)
    texture = TEXTURES.index(thing.texture)
    look = Look(colour, colour, texture, soft=soft)
    if texture == PLAIN:
        return _decorated(look, thing, radius, rng) if decorated else look
    if texture == OUTLINED:
        return look._replace(stroke=max(radius * rng.uniform(0.08, 0.2), 1.5))
    cells = rng.uniform(4, min(9, max(radius / 2.2, 4.5)))
    slant = rng.choice((0.0, np.pi / 2, np.pi / 4, -np.pi / 4, rng.uniform(-1.6, 1.6)))
    return look._replace(second=second_shade(colour, rng), cells=cells, slant=slant)


def _decorated(look: Look, thing: Thing, radius: float, rng: Random) -> Look:
    """A thin contour, or a fill that becomes lighter or darker, as other drawing programs make them."""
    if rng.random() < 0.5:
        return look._replace(shade=rng.uniform(-0.25, 0.25))
    contour: Shade = rng.choice((np.zeros(3, np.float32), look.colour * 0.6, np.full(3, 255, np.float32)))
    return look._replace(second=contour, stroke=min(max(radius * rng.uniform(0.02, 0.07), 0.7), 2.5))


def worn(canvas: Canvas, size: int, rng: Random) -> Pixels:
    """What cameras, programs and resizing do to a picture; some stay as they were drawn."""
    if rng.random() < 0.3:
        canvas = (canvas - 128) * rng.uniform(0.88, 1.06) + 128 + rng.uniform(-10, 10)
    if rng.random() < 0.25:
        noise = np.random.default_rng(rng.getrandbits(63)).standard_normal(canvas.shape, np.float32)
        canvas = canvas + noise * rng.uniform(1, 9)
    pixels = canvas.clip(0, 255).astype(np.uint8)
    if rng.random() < 0.12:
        file = BytesIO()
        Image.fromarray(pixels).save(file, "JPEG", quality=rng.randint(40, 92))
        pixels = np.asarray(Image.open(file))
    if len(pixels) != size:
        pixels = np.asarray(Image.fromarray(pixels).resize((size, size), rng.choice(_FILTERS)))
    return pixels


def digit_picture(ink: NDArray[np.float64], size: int, rng: Random) -> Pixels:
    """A digit of 8 × 8 strokes (0 to 16), enlarged, moved and turned, dark on light or light on dark."""
    small = Image.fromarray((ink * (255 / 16)).clip(0, 255).astype(np.uint8))
    across = size if rng.random() < 0.5 else round(size * rng.uniform(0.5, 1.0))
    filters = (*_FILTERS, Image.Resampling.NEAREST, Image.Resampling.NEAREST, Image.Resampling.LANCZOS)
    large = small.resize((across, across), rng.choice(filters))
    sheet = Image.new("L", (size, size))
    free = size - across
    sheet.paste(large, (rng.randint(0, free), rng.randint(0, free)) if rng.random() < 0.5 else (free // 2, free // 2))
    if rng.random() < 0.7:
        sheet = sheet.transform(sheet.size, Image.Transform.AFFINE, _bent(size, rng), Image.Resampling.BILINEAR)
    strokes = (np.asarray(sheet, np.float32)[..., None] / 255) ** rng.choice((1.0, rng.uniform(0.6, 1.5)))
    paper, pen = (shade(colour, rng) for colour in _pen_and_paper(rng))
    return worn(paper + strokes * (pen - paper), size, rng)


def _pen_and_paper(rng: Random) -> tuple[str, str]:
    if rng.random() < 0.1:
        return rng.choice((("white", "blue"), ("white", "red"), ("grey", "black"), ("black", "yellow")))
    return rng.choice((("white", "black"), ("black", "white")))


def _bent(size: int, rng: Random) -> tuple[float, ...]:
    """An affine map around the middle: a little turn, slant, stretch and shift."""
    turn, slant = rng.gauss(0, 0.1), rng.gauss(0, 0.08)
    wide, high = 1 / rng.uniform(0.85, 1.15), 1 / rng.uniform(0.85, 1.15)
    a, b, d, e = wide, slant - turn, turn, high
    middle = size / 2
    shift = [middle + rng.gauss(0, 0.04) * size for _ in range(2)]
    return (a, b, shift[0] - a * middle - b * middle, d, e, shift[1] - d * middle - e * middle)
