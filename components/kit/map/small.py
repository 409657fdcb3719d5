"""A map as a small picture, for many side by side."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from components.kit.caching import remembered
from components.kit.colours import DARK, Colours, scale_of
from components.kit.map.colouring import Colouring, Floats, tints

Tints = NDArray[np.uint8]
SIDE = 440
MARGIN = 12
ALPHA = 225
CROWDED = 4_000


def known_small_map(places: Floats, colouring: Colouring, *, colours: Colours) -> bytes:
    """A small map, drawn once for the same points in the same colours."""
    digest = hashlib.blake2b(np.ascontiguousarray(places).data, digest_size=16)
    if colouring.codes is not None:
        digest.update(np.ascontiguousarray(colouring.codes).data)
    shown = f"{digest.hexdigest()}|{colours == DARK}"
    key = f"small|{shown}|{colouring.kind}|{colouring.scale}|{colouring.low}|{colouring.high}"
    return remembered(key, lambda: small_map(places, colouring, colours=colours))


def small_map(places: Floats, colouring: Colouring, *, colours: Colours) -> bytes:
    """A transparent PNG of the first two dimensions of a map, of equal scale both ways."""
    tints = point_tints(colouring, len(places), colours=colours)
    across, up = _pixels(places[:, :2]).T
    pixels = np.zeros((SIDE, SIDE, 4), dtype=np.uint8)
    radius = 3 if len(places) <= CROWDED else 2
    # Missing ones first, so that they cover nothing.
    order = np.argsort(~_missing(colouring, len(places)), kind="stable")
    steps = range(-radius, radius + 1)
    for x, y in ((x, y) for x in steps for y in steps if x * x + y * y <= radius * radius + 1):
        pixels[up[order] + y, across[order] + x, :3] = tints[order]
        pixels[up[order] + y, across[order] + x, 3] = ALPHA
    out = BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=2)
    return out.getvalue()


def point_tints(colouring: Colouring, n: int, *, colours: Colours) -> Tints:
    """The colour of each point, shape (n, 3)."""
    if colouring.codes is None:
        return np.asarray(np.tile(_tints([colours.accent]), (n, 1)))
    missing = _missing(colouring, n)
    if colouring.kind == "categorical":
        found: Tints = _tints(tints(colouring, colours))[np.where(missing, 0, colouring.codes).astype(int)]
    else:
        stops = _tints(scale_of(colours, colouring.scale)).astype(float)
        width = (colouring.high - colouring.low) or 1.0
        share = np.clip((np.nan_to_num(colouring.codes) - colouring.low) / width, 0, 1) * (len(stops) - 1)
        places = np.arange(len(stops))
        found = np.stack([np.interp(share, places, channel) for channel in stops.T], axis=1).astype(np.uint8)
    found[missing] = _tints([colours.missing])[0]
    return found


def _tints(chosen: Sequence[str]) -> Tints:
    return np.array([tuple(bytes.fromhex(tint[1:])) for tint in chosen], dtype=np.uint8)


def _missing(colouring: Colouring, n: int) -> NDArray[np.bool_]:
    return np.zeros(n, dtype=bool) if colouring.codes is None else np.isnan(colouring.codes)


def _pixels(places: Floats) -> NDArray[np.int64]:
    low, high = places.min(axis=0), places.max(axis=0)
    span = float((high - low).max()) or 1.0
    share = (places - (low + high) / 2) / span * [1, -1] + 0.5
    return np.asarray(np.rint(MARGIN + share * (SIDE - 1 - 2 * MARGIN)), dtype=np.int64)
