"""Pictures on the map page, without the page: its scene, its words, its search and what is taken from it."""

import numpy as np
import pytest
from joint_spaces import numbered_pictures
from some_pictures import coloured_pictures, random_space

from components.kit.candidates import find_text
from components.kit.items import csv_of, part_of, table_of
from components.kit.kinds import counted, one, several
from components.kit.map import MapScene, Pictures
from components.kit.map.colouring import PLAIN
from components.kit.maps import KEPT, scene_of
from components.kit.pictures import publish_pictures
from components.kit.reference import usual
from components.views.map import colour_options, example_search
from components.views.map_search import distance_clause, meaning_obstacle
from embeddings.collection import Collection
from embeddings.graph import knn_graph
from embeddings.jobs.job import Job
from embeddings.joint import join_spaces
from embeddings.projections import Layout, project
from embeddings.projections.placing import place
from embeddings.space import Space

# --- on the map


def test_a_scene_says_which_points_are_pictures(mixed):
    space = random_space(mixed)
    layout = project(space, "PCA")
    scene = scene_of(space, layout, "kind", PLAIN, None)
    assert scene.pictures == Pictures(publish_pictures(mixed), 3)
    assert "3 pictures and 2 texts" in scene.description
    with pytest.raises(ValueError, match="1 to n = 2 entries, got 3"):
        MapScene(np.zeros((2, 2), "f4"), ["a", "b"], "key", "A map.", pictures=Pictures("t", 3))


def test_the_words_fit_the_collection(mixed):
    pictures = coloured_pictures()
    assert (counted(coloured_pictures(1)), several(pictures), one(pictures)) == ("1 picture", "pictures", "picture")
    assert counted(mixed) == "3 pictures and 2 texts"
    texts = Collection.from_texts(["a", "b"], name="t")
    assert (counted(texts), several(texts), one(texts)) == ("2 items", "items", "item")


def test_pictures_are_coloured_by_what_sorts_them_first(captioned):
    assert colour_options(random_space(captioned)) == ["label", KEPT, PLAIN, "file", "caption", "width"]
    assert colour_options(random_space(coloured_pictures(width=[1, 2, 3, 4]))) == [PLAIN, KEPT, "width"]


# --- search


@pytest.mark.parametrize(
    ("wanted", "rows"), [("square", [0, 2]), ("COLD", [1, 2]), ("a.png", [0, 3]), ("yellow", [3]), ("12", [])]
)
def test_pictures_are_found_by_what_is_written_about_them(captioned, wanted, rows):
    assert find_text(captioned, wanted).tolist() == rows


def test_expressions_see_one_text_after_the_other(captioned):
    assert find_text(captioned, r"(?m)^blue", regex=True).tolist() == [2]


def test_a_text_over_pictures_is_held_against_texts_over_pictures():
    # As in every joint space pictures lie nearer to pictures than any text does: texts stand off by a common direction.
    rng = np.random.default_rng(0)
    noise = rng.normal(scale=0.05, size=(60, 24)).astype(np.float32)
    drawn, written = noise + np.eye(24, dtype=np.float32)[0], noise[:40] + np.eye(24, dtype=np.float32)[1]
    captions = [f"picture number {row}" for row in range(60)]
    pictures = Space(numbered_pictures(60, caption=captions), drawn, "Scenes CLIP")
    texts = Space(Collection.from_texts(captions[:40], name="texts"), written, "Scenes CLIP")
    graph, layout = knn_graph(pictures), project(pictures, "PCA")
    placed = [place(pictures, layout, graph, vector) for vector in written]
    assert {each.remoteness for each in placed} == {1}
    known = usual(pictures, "text", texts)
    remote = [known.remoteness(each.distance, graph) for each in placed]
    assert sorted(remote) == pytest.approx(np.arange(40) / 40)
    assert distance_clause(pictures, known, 0.25) == "; 25 % of the captions have a nearer nearest picture"
    assert "far from everything" in distance_clause(pictures, known, 0.96)
    over, among = (each.sample.within(Job("pairs")) for each in (known, usual(pictures, "image")))
    assert len(over)
    assert abs(over.mean()) < 0.1 < among.mean()
    assert usual(pictures, "text") is None
    assert usual(texts, "image") is None
    both = join_spaces(pictures, texts)
    near = knn_graph(both)
    assert usual(both, "text").remoteness(0.5, near) == (near.distances[60:, 0] < 0.5).mean()


def test_meaning_needs_an_encoder_that_reads(captioned):
    assert "looks at pictures only" in meaning_obstacle(random_space(captioned))
    assert meaning_obstacle(random_space(captioned, "OpenCLIP ViT-B-32")) == ""
    assert "ready-made" in meaning_obstacle(random_space(captioned, "given:1"))
    assert meaning_obstacle(random_space(Collection.from_texts(["a"], name="t"), "TF-IDF")) == ""


def test_an_example_is_offered_only_where_it_can_be_looked_for(captioned):
    assert example_search(random_space(captioned)) == ""
    assert example_search(random_space(captioned, "OpenCLIP ViT-B-32")) == "blue =square"
    assert example_search(random_space(coloured_pictures(), "OpenCLIP ViT-B-32")) == ""


# --- taken away


def test_tables_hold_names_and_never_bytes(captioned):
    space = random_space(captioned)
    rows, layout = np.arange(4, dtype=np.int32), Layout(np.zeros((4, 2), "f4"), "PCA", {}, 0)
    assert table_of(space, rows, layout.coordinates)["item"].to_pylist() == [
        "a red square",
        "cold/b.png",
        "blue =square",
        "yellow",
    ]
    written = csv_of(space, rows, layout).decode("utf-8-sig")
    assert "warm/a.png" in written
    assert "PNG\\r" not in written
    assert "IHDR" not in written


def test_a_part_of_both_may_hold_only_one_kind(mixed):
    space = random_space(mixed)
    assert part_of(space, np.array([3, 4], np.int32)).kinds == ("text",)
    assert part_of(space, np.array([0, 2], np.int32)).kinds == ("image",)
    assert part_of(space, np.array([2, 3], np.int32)).kinds == ("image", "text")
