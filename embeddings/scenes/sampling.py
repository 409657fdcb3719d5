"""Random scenes, parts of them, near misses and edits."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from embeddings.scenes.scene import Scene, Thing
from embeddings.scenes.things import (
    ANY_DIGIT,
    BACKGROUNDS,
    COLOURS,
    COUNTS,
    DIGITS,
    HOSTS,
    INVERSE,
    POSITIONS,
    RELATIONS,
    SCENERY,
    SHAPES,
    TEXTURES,
    shows_on,
)

_BACKGROUND_WEIGHTS = [5.0 if b == "white" else 3.0 if b in ("black", "grey") else 1.0 for b in COLOURS] + [
    2.0 if b != "gradient" else 1.5 for b in SCENERY
]


class Edit(NamedTuple):
    """A scene made from another one by saying less of one thing and more of another."""

    scene: Scene
    minus: Scene
    plus: Scene


def random_scene(rng: Random) -> Scene:
    """A single thing, two to four of the same, or a pair of different ones."""
    kind = rng.random()
    if kind < 0.42:
        return _single(rng)
    return _group(rng) if kind < 0.58 else _pair(rng)


def _single(rng: Random) -> Scene:
    background = random_background(rng)
    texture = random_texture(rng)
    position = rng.choice(POSITIONS) if rng.random() < 0.4 else ""
    sizes = ["", "", "small"] if position else ["", "", "medium", "large", "small"]
    if texture != "plain":
        sizes.remove("small")
    thing = Thing(rng.choice(SHAPES), random_colour(rng, background), rng.choice(sizes), texture)
    return Scene(thing, count=1, position=position, background=background)


def _group(rng: Random) -> Scene:
    background = random_background(rng)
    thing = Thing(rng.choice(SHAPES), random_colour(rng, background), "", random_texture(rng))
    return Scene(thing, count=rng.choice(COUNTS[1:]), background=background)


def _pair(rng: Random) -> Scene:
    relation, background = rng.choice(RELATIONS), random_background(rng)
    thing, other = _pair_member(rng, background), _pair_member(rng, background)
    if relation in ("inside", "around"):
        return _nested(rng, Scene(thing, other, relation, 1, background=background))
    if rng.random() < 0.25:
        thing, other = thing._replace(size="small", texture="plain"), other._replace(size="large")
        if rng.random() < 0.5:
            thing, other = other, thing
    if rng.random() < 0.12:
        other = other._replace(shape=thing.shape)
    elif rng.random() < 0.12:
        other = other._replace(colour=thing.colour)
    return Scene(thing, _different(rng, thing, other, background), relation, 1, background=background)


def _pair_member(rng: Random, background: str) -> Thing:
    texture = random_texture(rng) if rng.random() < 0.5 else "plain"
    return Thing(rng.choice(SHAPES), random_colour(rng, background), "", texture)


def _different(rng: Random, thing: Thing, other: Thing, background: str) -> Thing:
    while (thing.shape, thing.colour) == (other.shape, other.colour):
        other = other._replace(colour=random_colour(rng, background))
    return other


def _nested(rng: Random, scene: Scene) -> Scene:
    inner, outer = (scene.thing, scene.other) if scene.relation == "inside" else (scene.other, scene.thing)
    inner = inner._replace(texture="plain")
    outer = outer._replace(shape=rng.choice(HOSTS), texture="plain")
    while not shows_on(inner.colour, outer.colour):
        inner = inner._replace(colour=rng.choice(COLOURS))
    pair = (inner, outer) if scene.relation == "inside" else (outer, inner)
    return scene._replace(thing=pair[0], other=pair[1])


def random_background(rng: Random) -> str:
    """White, grey and black oftener than the rest."""
    return rng.choices(BACKGROUNDS, _BACKGROUND_WEIGHTS)[0]


def random_colour(rng: Random, background: str) -> str:
    """A colour that shows on the background."""
    return rng.choice([colour for colour in COLOURS if shows_on(colour, background)])


def random_texture(rng: Random) -> str:
    """Plain, mostly."""
    return rng.choice(TEXTURES[1:]) if rng.random() < 0.4 else "plain"


def spoken(scene: Scene) -> Scene:
    """All that one would say of a scene: neither “plain” nor “medium”."""
    return scene._replace(thing=_spoken(scene.thing), other=_spoken(scene.other))


def _spoken(thing: Thing) -> Thing:
    return thing._replace(
        size="" if thing.size == "medium" else thing.size, texture="" if thing.texture == "plain" else thing.texture
    )


def part_of(scene: Scene, rng: Random) -> Scene:
    """A shorter description that is true of the scene too."""
    if scene.digit:
        return Scene(digit=ANY_DIGIT if rng.random() < 0.1 else scene.digit)
    full = spoken(scene)
    kind = rng.random()
    if full.other.shape and kind < 0.45:
        return _part_of_pair(full, rng)
    thing = rng.choice([full.thing, full.other]) if full.other.shape else full.thing
    if kind < 0.6:
        return Scene(_keep(thing, "shape", "colour"), count=rng.choice((0, full.count, full.count)))
    if kind < 0.72:
        return Scene(Thing(colour=thing.colour))
    if kind < 0.82:
        return Scene(Thing(shape=thing.shape), count=rng.choice((0, full.count)))
    if kind < 0.9:
        return Scene(background=full.background)
    return _one_trait(full, thing, rng)


def _part_of_pair(full: Scene, rng: Random) -> Scene:
    kind = rng.random()
    pair = (full.thing, full.other)
    if kind < 0.5:
        kept = [_keep(thing, "shape", "colour") for thing in pair]
    elif kind < 0.7:
        kept = [Thing(shape=thing.shape) for thing in pair]
    elif kind < 0.8:
        kept = [Thing(colour=thing.colour) for thing in pair]
    else:
        kept = [_keep(pair[0], "shape", "colour"), Thing(shape=pair[1].shape)]
    relation = full.relation if rng.random() < 0.75 else ""
    part = Scene(kept[0], kept[1], relation, 1)
    return turned(part) if rng.random() < 0.5 else part


def turned(scene: Scene) -> Scene:
    """A pair described from its other end."""
    return scene._replace(thing=scene.other, other=scene.thing, relation=INVERSE[scene.relation])


def _one_trait(full: Scene, thing: Thing, rng: Random) -> Scene:
    parts = [Scene(Thing(colour=thing.colour))]
    if thing.texture:
        parts += [Scene(Thing(texture=thing.texture)), Scene(_keep(thing, "shape", "texture"), count=full.count)]
    if thing.size:
        parts += [Scene(Thing(size=thing.size)), Scene(_keep(thing, "shape", "size"), count=full.count)]
    if full.position:
        parts += [Scene(position=full.position), Scene(Thing(shape=thing.shape), count=1, position=full.position)]
    if full.count > 1:
        parts += [Scene(count=full.count), Scene(Thing(colour=thing.colour), count=full.count)]
    return rng.choice(parts[1:] or parts)


def _keep(thing: Thing, *fields: str) -> Thing:
    return Thing(**{field: getattr(thing, field) for field in fields})


def near_miss(scene: Scene, rng: Random) -> Scene:
    """A description that differs from the scene in one respect only."""
    if scene.digit:
        return Scene(digit=rng.choice(DIGITS))
    full = spoken(scene)
    if full.other.shape:
        return _pair_miss(full, rng)
    changes = [
        full._replace(thing=full.thing._replace(colour=rng.choice(COLOURS))),
        full._replace(thing=full.thing._replace(shape=rng.choice(SHAPES))),
        full._replace(background=rng.choice(BACKGROUNDS)),
        full._replace(count=rng.choice(COUNTS)),
        full._replace(thing=full.thing._replace(texture=rng.choice(TEXTURES[1:]))),
    ]
    if full.position:
        changes.append(full._replace(position=rng.choice(POSITIONS)))
    return rng.choice(changes)


def _pair_miss(full: Scene, rng: Random) -> Scene:
    if rng.random() < 0.5:
        full = Scene(_keep(full.thing, "shape", "colour"), _keep(full.other, "shape", "colour"), full.relation, 1)
    one, two = full.thing, full.other
    kind = rng.random()
    if kind < 0.35:
        return full._replace(thing=one._replace(colour=two.colour), other=two._replace(colour=one.colour))
    if kind < 0.7:
        return full._replace(relation=INVERSE[full.relation])
    if kind < 0.8:
        return full._replace(relation=rng.choice(RELATIONS))
    if kind < 0.9:
        return full._replace(thing=one._replace(colour=rng.choice(COLOURS)))
    return full._replace(other=two._replace(shape=rng.choice(SHAPES)))


def edit(scene: Scene, rng: Random) -> Edit:
    """The same scene with another colour, shape or background, and what has to be taken away and added."""
    thing, kind = scene.thing, rng.random()
    if kind < 0.4:
        colours = [c for c in COLOURS if c != thing.colour and shows_on(c, scene.background)]
        colour = rng.choice([c for c in colours if not scene.other.shape or shows_on(c, scene.other.colour)])
        changed = scene._replace(thing=thing._replace(colour=colour))
        return Edit(changed, Scene(Thing(colour=thing.colour)), Scene(Thing(colour=colour)))
    if kind < 0.65 and scene.relation != "around":
        shape = rng.choice([s for s in SHAPES if s != thing.shape])
        changed = scene._replace(thing=thing._replace(shape=shape))
        return Edit(changed, Scene(Thing(shape=thing.shape)), Scene(Thing(shape=shape)))
    background = rng.choice(_possible_backgrounds(scene))
    changed = scene._replace(background=background)
    return Edit(changed, Scene(background=scene.background), Scene(background=background))


def _possible_backgrounds(scene: Scene) -> Sequence[str]:
    colours = [thing.colour for thing in (scene.thing, scene.other) if thing.colour]
    return [b for b in BACKGROUNDS if b != scene.background and all(shows_on(c, b) for c in colours)]
