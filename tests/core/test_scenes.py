"""Drawn scenes: what is true of them, how they are said, placed, drawn and collected."""

from itertools import product
from random import Random

import numpy as np
import pytest

from embeddings.collection import Collection
from embeddings.images import open_kept
from embeddings.scenes import Scene, Thing, draw, png, random_scene, say, spoken
from embeddings.scenes.placing import place
from embeddings.scenes.sampling import edit, near_miss, part_of, turned
from embeddings.scenes.scene import FALSE, TRUE, UNCLEAR, codes, truth
from embeddings.scenes.things import BACKGROUNDS, RELATIONS, SHAPES, TEXTURES, shows_on

RED_CIRCLE = Thing("circle", "red", "", "plain")
BLUE_SQUARE = Thing("square", "blue", "", "plain")
PAIR = Scene(RED_CIRCLE, BLUE_SQUARE, "left of", 1, background="white")
STARS = Scene(Thing("star", "green", "", "striped"), count=3, background="night")
CORNER = Scene(Thing("heart", "pink", "small", "plain"), count=1, position="top left", background="grass")


@pytest.fixture(scope="module")
def sample(ready) -> Collection:
    return ready("scenes")


def verdict(claim, scene):
    return truth(codes([claim]), codes([scene]))[0, 0]


@pytest.mark.parametrize(
    ("scene", "words"),
    [
        (PAIR, "a red circle left of a blue square on a white background"),
        (turned(PAIR), "a blue square right of a red circle on a white background"),
        (STARS, "three striped green stars at night"),
        (CORNER, "a small pink heart in the top left corner on grass"),
        (Scene(Thing(colour="red")), "red"),
        (Scene(Thing("cross"), count=2), "two crosses"),
        (Scene(Thing("oval", "orange"), count=1), "an orange oval"),
        (Scene(background="sea"), "at sea"),
        (Scene(digit="seven"), "a handwritten seven"),
    ],
)
def test_the_plain_wording(scene, words):
    assert say(spoken(scene)) == words


def test_an_empty_description_cannot_be_said():
    with pytest.raises(ValueError, match="must say something"):
        say(Scene())


@pytest.mark.parametrize(
    ("claim", "scene", "expected"),
    [
        (Scene(RED_CIRCLE, BLUE_SQUARE, "left of"), PAIR, TRUE),
        (Scene(BLUE_SQUARE, RED_CIRCLE, "right of"), PAIR, TRUE),
        (Scene(BLUE_SQUARE, RED_CIRCLE), PAIR, TRUE),
        (Scene(RED_CIRCLE, BLUE_SQUARE, "right of"), PAIR, FALSE),
        (Scene(Thing("circle", "blue"), Thing("square", "red"), "left of"), PAIR, FALSE),
        (Scene(BLUE_SQUARE), PAIR, TRUE),
        (Scene(Thing("square", "red")), PAIR, FALSE),
        (Scene(RED_CIRCLE, BLUE_SQUARE), STARS, FALSE),
        (Scene(Thing("star"), count=3), STARS, TRUE),
        (Scene(Thing("star"), count=2), STARS, FALSE),
        (Scene(Thing("star", size="large")), STARS, UNCLEAR),
        (Scene(background="blue"), STARS, UNCLEAR),
        (Scene(position="left"), CORNER, TRUE),
        (Scene(position="right"), CORNER, FALSE),
        (Scene(position="left"), PAIR, UNCLEAR),
        (Scene(digit="seven"), Scene(digit="seven"), TRUE),
        (Scene(digit="any"), Scene(digit="seven"), TRUE),
        (Scene(digit="two"), PAIR, FALSE),
        (Scene(Thing("circle")), Scene(digit="zero"), FALSE),
        (Scene(background="white"), Scene(digit="zero"), UNCLEAR),
    ],
)
def test_what_is_true_of_a_scene(claim, scene, expected):
    assert verdict(claim, scene) == expected


def test_parts_of_a_scene_are_true_and_near_misses_seldom():
    rng = Random(1)
    scenes = [random_scene(rng) for _ in range(400)]
    parts = [verdict(part_of(scene, rng), scene) for scene in scenes]
    misses = [verdict(near_miss(scene, rng), scene) for scene in scenes]
    assert min(parts) == TRUE
    assert np.mean(np.array(misses) == TRUE) < 0.2


def test_an_edit_says_what_it_changes():
    rng = Random(2)
    for scene in [random_scene(rng) for _ in range(200)]:
        made = edit(scene, rng)
        assert verdict(made.minus, scene) == TRUE
        assert verdict(made.plus, made.scene) == TRUE
        assert made.scene != scene


def test_everything_shows_and_lies_inside_the_picture():
    rng = Random(3)
    for scene in [random_scene(rng) for _ in range(300)]:
        for thing, x, y, radius, _ in place(scene, rng):
            assert shows_on(thing.colour, scene.background)
            assert radius - 0.02 <= x <= 1.02 - radius
            assert radius - 0.02 <= y <= 1.02 - radius


@pytest.mark.parametrize(
    ("relation", "axis", "sign"), [("left of", 1, -1), ("right of", 1, 1), ("above", 2, -1), ("below", 2, 1)]
)
def test_relations_are_where_one_would_look(relation, axis, sign):
    rng = Random(4)
    for _ in range(50):
        one, other = place(PAIR._replace(relation=relation), rng)
        assert sign * (one[axis] - other[axis]) >= one.radius + other.radius


def test_the_same_seed_draws_the_same_picture():
    first, second = (png(draw(PAIR, Random(5))) for _ in range(2))
    assert first == second
    assert first != png(draw(PAIR, Random(6)))


def test_every_background_can_be_drawn():
    sizes = {each: draw(PAIR._replace(background=each), Random(0), size=80).size for each in BACKGROUNDS}
    assert sizes == dict.fromkeys(BACKGROUNDS, (80, 80))


def test_every_shape_is_drawn_in_its_colour():
    red = {}
    for shape, texture in product(SHAPES, TEXTURES):
        scene = Scene(Thing(shape, "red", "large", texture), count=1, background="white")
        pixels = np.asarray(draw(scene, Random(0)), int)
        red[shape, texture] = ((pixels[..., 0] > 150) & (pixels[..., 1:].max(-1) < 90)).mean()
    assert {each: share for each, share in red.items() if not 0.01 < share < 0.7} == {}


def test_the_ready_collection_is_large_captioned_and_drawn(sample):
    assert (len(sample), sample.kinds) == (600, ("image",))
    assert sample.columns[0] == "caption"
    assert len(set(sample.items)) == 600
    assert open_kept(sample.items[0]).size == (160, 160)
    assert set(sample.column("shape").to_pylist()) == set(SHAPES)


def test_the_ready_collection_holds_the_issue_example_and_its_look_alikes(sample):
    captions = [caption.split(" on ")[0].split(" at ")[0] for caption in sample.column("caption").to_pylist()]
    for caption in (
        "a red circle left of a blue square",
        "a blue circle left of a red square",
        "a red circle right of a blue square",
        "a red square left of a blue circle",
    ):
        assert captions.count(caption) >= 4, caption


def test_relations_have_names_and_opposites():
    assert {turned(PAIR._replace(relation=relation)).relation for relation in RELATIONS} == set(RELATIONS)
