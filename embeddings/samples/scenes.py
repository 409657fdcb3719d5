"""The ready collection of drawn scenes: random ones, and families that differ only in what belongs to what."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pyarrow as pa

from embeddings.collection import Collection
from embeddings.items import Items
from embeddings.scenes import Scene, Thing, draw, png, random_scene, say, spoken
from embeddings.scenes.things import INVERSE

SEED = 3
COUNT = 600
_PAPERS = ("white", "grey", "black", "white", "night", "sand")
_FAMILIES = (
    (Thing("circle", "red", "", "plain"), Thing("square", "blue", "", "plain"), "left of"),
    (Thing("star", "yellow", "", "plain"), Thing("heart", "pink", "", "plain"), "above"),
    (Thing("triangle", "green", "", "plain"), Thing("circle", "orange", "", "plain"), "inside"),
)


def scenes(title: str) -> Collection:
    """600 scenes of 160 × 160 pixels with captions.

    Columns: caption, things (1 for all of a kind, 2 for a pair), count, shape, colour, size, texture, relation,
    other shape, other colour, position, background; null where it does not apply or cannot be told.
    """
    rng = Random(SEED)
    shown = list(_families())
    while len(shown) < COUNT:
        shown.append(random_scene(rng))
    rng.shuffle(shown)
    pictures = tuple(png(draw(scene, rng)) for scene in shown)
    return Collection(title, Items.of(pictures), _metadata(shown))


def _families() -> Iterator[Scene]:
    """Each pair several times, and on as many papers with colours, places or shapes exchanged."""
    for one, two, relation in _FAMILIES:
        pair = Scene(one, two, relation, 1)
        for paper in _PAPERS:
            yield pair._replace(background=paper)
        for paper in _PAPERS[:4]:
            on_paper = pair._replace(background=paper)
            swapped = one._replace(colour=two.colour), two._replace(colour=one.colour)
            yield on_paper._replace(thing=swapped[0], other=swapped[1])
            if relation != "inside":
                yield on_paper._replace(relation=INVERSE[relation])
                yield on_paper._replace(thing=swapped[1], other=swapped[0])
                yield on_paper._replace(relation="above" if relation == "left of" else "left of")


def _metadata(shown: list[Scene]) -> pa.Table:
    strings = {
        "caption": [say(spoken(scene)) for scene in shown],
        "shape": [scene.thing.shape for scene in shown],
        "colour": [scene.thing.colour for scene in shown],
        "size": [scene.thing.size for scene in shown],
        "texture": [scene.thing.texture for scene in shown],
        "relation": [scene.relation for scene in shown],
        "other shape": [scene.other.shape for scene in shown],
        "other colour": [scene.other.colour for scene in shown],
        "position": [scene.position for scene in shown],
        "background": [scene.background for scene in shown],
    }
    columns = {name: pa.array([value or None for value in values], pa.string()) for name, values in strings.items()}
    counts = {
        "things": pa.array([2 if scene.other.shape else 1 for scene in shown], pa.int64()),
        "count": pa.array([2 if scene.other.shape else scene.count for scene in shown], pa.int64()),
    }
    return pa.table({"caption": columns.pop("caption"), **counts, **columns})
