"""The backgrounds that Pillow draws: plain, gradient, night, grass, sand, snow and sea."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw

from embeddings.scenes.inks import RGB, ink, tint

_SKY: RGB = (165, 205, 238)


def backdrop(name: str, size: int, rng: Random) -> Image.Image:
    """A square picture of `size` pixels a side without anything on it."""
    if name in _SCENERY:
        return _SCENERY[name](size, rng)
    return Image.new("RGB", (size, size), _paper(name, rng))


def _paper(name: str, rng: Random) -> RGB:
    colour = ink(name, rng)
    pale = name not in ("white", "grey", "black") and rng.random() < 0.35
    return tint(colour, 0.35) if pale else colour


def _fade(size: int, top: RGB, bottom: RGB) -> Image.Image:
    share = Image.linear_gradient("L").resize((size, size))
    return Image.composite(Image.new("RGB", (size, size), bottom), Image.new("RGB", (size, size), top), share)


def _gradient(size: int, rng: Random) -> Image.Image:
    one, other = rng.sample(("blue", "pink", "yellow", "green", "orange", "purple", "white", "grey", "cyan"), 2)
    return _fade(size, ink(one, rng), ink(other, rng)).rotate(rng.choice((0, 90, 180, 270)))


def _night(size: int, rng: Random) -> Image.Image:
    sheet = _fade(size, (4, 5, 22), rng.choice(((24, 28, 66), (14, 14, 40), (40, 30, 70))))
    pen = ImageDraw.Draw(sheet)
    for _ in range(rng.randint(14, 40)):
        x, y, r = rng.random() * size, rng.random() * size, rng.choice((0.003, 0.005, 0.008)) * size
        pen.ellipse((x - r, y - r, x + r, y + r), fill=rng.choice(((255, 255, 255), (255, 246, 210), (190, 200, 235))))
    if rng.random() < 0.6:
        x, y, r = rng.choice((0.13, 0.87)) * size, 0.12 * size, 0.055 * size
        pen.ellipse((x - r, y - r, x + r, y + r), fill=(250, 244, 205))
    return sheet


def _land(size: int, colour: RGB, rng: Random) -> tuple[Image.Image, int]:
    """Ground below a sky, or nothing but ground, and the row where the ground begins."""
    horizon = round(rng.choice((0.0, 0.3, 0.4, 0.5)) * size)
    sheet = Image.new("RGB", (size, size), colour)
    if horizon:
        sheet.paste(_fade(size, _SKY, tint(_SKY, 0.6)).crop((0, 0, size, horizon)), (0, 0))
    return sheet, horizon


def _grass(size: int, rng: Random) -> Image.Image:
    colour = rng.choice(((84, 158, 62), (66, 140, 52)))
    sheet, horizon = _land(size, colour, rng)
    pen = ImageDraw.Draw(sheet)
    for _ in range(420):
        x, y = rng.random() * size, rng.uniform(horizon, size)
        green = (colour[0] + rng.randint(-25, 25), colour[1] + rng.randint(-30, 35), colour[2] + rng.randint(-20, 15))
        tip = (x + rng.gauss(0, 0.012) * size, y - rng.uniform(0.02, 0.05) * size)
        pen.line((x, y, *tip), fill=green, width=max(size // 110, 1))
    return sheet


def _sand(size: int, rng: Random) -> Image.Image:
    colour = rng.choice(((228, 205, 152), (236, 212, 160)))
    sheet, horizon = _land(size, colour, rng)
    pen = ImageDraw.Draw(sheet)
    for _ in range(700):
        x, y, r = rng.random() * size, rng.uniform(horizon, size), size * 0.004
        darker = rng.randint(-28, 16)
        grain = tuple(min(part + darker, 255) for part in colour)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=grain)
    return sheet


def _snow(size: int, rng: Random) -> Image.Image:
    sheet, horizon = _land(size, (240, 244, 250), rng)
    if horizon:
        sheet.paste(_fade(size, (150, 168, 190), (205, 214, 225)).crop((0, 0, size, horizon)), (0, 0))
    else:
        sheet = _fade(size, (214, 224, 238), (246, 248, 252))
    pen = ImageDraw.Draw(sheet)
    for _ in range(60):
        x, y, r = rng.random() * size, rng.random() * size, rng.choice((0.006, 0.009, 0.013)) * size
        pen.ellipse((x - r, y - r, x + r, y + r), fill=(255, 255, 255))
    return sheet


def _sea(size: int, rng: Random) -> Image.Image:
    colour = rng.choice(((38, 112, 178), (30, 96, 160)))
    sheet, horizon = _land(size, colour, rng)
    pen, step = ImageDraw.Draw(sheet), size * 0.1
    for line in range(round((size - horizon) / (0.075 * size))):
        y, start = horizon + (line + 0.5) * 0.075 * size, -rng.random() * step
        for wave in range(12):
            x = start + wave * step
            pen.arc((x, y, x + step, y + 0.05 * size), 0, 180, fill=tint(colour, 0.4), width=max(size // 90, 1))
    return sheet


_SCENERY: dict[str, Callable[[int, Random], Image.Image]] = {
    "gradient": _gradient,
    "night": _night,
    "grass": _grass,
    "sand": _sand,
    "snow": _snow,
    "sea": _sea,
}
