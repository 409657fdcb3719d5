"""What a scene holds, and of which scenes a description is true."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.scenes import things

Codes = NDArray[np.int8]

FALSE, UNCLEAR, TRUE = 0, 1, 2


class Thing(NamedTuple):
    """One thing; an empty string is a property that is not said, or that nobody could tell."""

    shape: str = ""
    colour: str = ""
    size: str = ""
    texture: str = ""


class Scene(NamedTuple):
    """A whole scene, or a description of some part of one: what is empty (or 0) is left open.

    Attributes:
        thing: what is to be seen; all the same where there are several.
        other: the second thing of a pair.
        relation: where `thing` is, seen from `other`.
        count: how many of `thing`; 1 in a pair, 0 for not said.
        position: where in the picture; empty in pairs and groups.
        background: a colour or a scenery.
        digit: a handwritten digit instead of things, in words.
    """

    thing: Thing = Thing()
    other: Thing = Thing()
    relation: str = ""
    count: int = 0  # type: ignore[assignment]  # a field of this name hides tuple.count, which nobody needs
    position: str = ""
    background: str = ""
    digit: str = ""


def _index(words: Sequence[str]) -> dict[str, int]:
    return {"": 0, **{word: number for number, word in enumerate(words, 1)}}


_SHAPE, _COLOUR = _index(things.SHAPES), _index(things.COLOURS)
_SIZE, _TEXTURE = _index(things.SIZES), _index(things.TEXTURES)
_RELATION, _POSITION = _index(things.RELATIONS), _index(things.POSITIONS)
_BACKGROUND, _DIGIT = _index(things.BACKGROUNDS), _index((*things.DIGITS, things.ANY_DIGIT))
_TURNED = np.array([_RELATION[things.INVERSE[relation]] for relation in _RELATION], np.int8)


def _table(index: dict[str, int]) -> NDArray[np.int8]:
    """Claim × scene: unsaid claims are true, unknown properties unclear, the rest by equality."""
    table = np.where(np.eye(len(index), dtype=bool), TRUE, FALSE).astype(np.int8)
    table[:, 0] = UNCLEAR
    table[0] = TRUE
    return table


def _positions() -> NDArray[np.int8]:
    table = _table(_POSITION)
    for corner in things.CORNERS:
        for side in corner.split():
            table[_POSITION[side], _POSITION[corner]] = TRUE
    return table


def _backgrounds() -> NDArray[np.int8]:
    table = _table(_BACKGROUND)
    for scenery, colours in things.ALSO_CALLED.items():
        table[[_BACKGROUND[colour] for colour in colours], _BACKGROUND[scenery]] = UNCLEAR
    return table


_SIZES, _POSITIONS, _BACKGROUNDS = _table(_SIZE), _positions(), _backgrounds()


def codes(scenes: Sequence[Scene]) -> Codes:
    """The scenes as numbers, shape (n, 13): shape, colour, size and texture of both things, then the rest."""
    return np.array([_code(scene) for scene in scenes], dtype=np.int8).reshape(-1, 13)


def _code(scene: Scene) -> tuple[int, ...]:
    described = [
        (_SHAPE[thing.shape], _COLOUR[thing.colour], _SIZE[thing.size], _TEXTURE[thing.texture])
        for thing in (scene.thing, scene.other)
    ]
    rest = (_RELATION[scene.relation], scene.count, _POSITION[scene.position])
    return (*described[0], *described[1], *rest, _BACKGROUND[scene.background], _DIGIT[scene.digit])


def truth(claims: Codes, scenes: Codes) -> NDArray[np.int8]:
    """`TRUE`, `UNCLEAR` or `FALSE` for each claim (row) about each scene (column)."""
    claim, scene = claims[:, None, :], scenes[None, :, :]
    parts = [
        _things(claim, scene),
        _POSITIONS[claim[..., 10], np.where(scene[..., 4] > 0, 0, scene[..., 10])],
        _BACKGROUNDS[claim[..., 11], scene[..., 11]],
        _digits(claim[..., 12], scene[..., 12]),
    ]
    return _all(*parts)


def _things(claim: Codes, scene: Codes) -> NDArray[np.int8]:
    first, second = claim[..., 0:4], claim[..., 4:8]
    one, two = scene[..., 0:4], scene[..., 4:8]
    said, there = claim[..., 8], scene[..., 8]
    straight = _all(_match(first, one), _match(second, two), _equal(said, there))
    crossed = _all(_match(first, two), _match(second, one), _equal(said, _TURNED[there]))
    as_pair = np.where(scene[..., 4] > 0, np.maximum(straight, crossed), FALSE)
    # A handwritten digit has a colour and a thickness too, only no shape of ours.
    on_digit = np.where(first[..., 0] > 0, FALSE, np.where(first.any(-1), UNCLEAR, TRUE))
    found = np.maximum(_match(first, one), np.where(scene[..., 4] > 0, _match(first, two), FALSE))
    counted = np.where((claim[..., 9] == 0) | (claim[..., 9] == scene[..., 9]), TRUE, FALSE)
    twins = (claim[..., 9] == 2) & (np.minimum(_match(first, one), _match(first, two)) > FALSE)
    alone = np.minimum(found, np.where(twins & (scene[..., 4] > 0), UNCLEAR, counted))
    alone = np.where(scene[..., 12] > 0, on_digit, alone)
    paired = (second.any(-1)) | (said > 0)
    result: NDArray[np.int8] = np.where(paired, as_pair, alone).astype(np.int8)
    return result


def _match(claimed: Codes, thing: Codes) -> NDArray[np.int8]:
    same = [_equal(claimed[..., part], thing[..., part]) for part in (0, 1, 3)]
    return _all(*same, _SIZES[claimed[..., 2], thing[..., 2]])


def _equal(claimed: NDArray[np.int8], found: NDArray[np.int8]) -> NDArray[np.int8]:
    return np.where((claimed == 0) | (claimed == found), TRUE, FALSE).astype(np.int8)


def _digits(claimed: NDArray[np.int8], found: NDArray[np.int8]) -> NDArray[np.int8]:
    some = (claimed == _DIGIT[things.ANY_DIGIT]) & (found > 0)
    return np.where(some, TRUE, _equal(claimed, found)).astype(np.int8)


def _all(*parts: NDArray[np.int8]) -> NDArray[np.int8]:
    result: NDArray[np.int8] = np.minimum.reduce(np.broadcast_arrays(*parts))
    return result
