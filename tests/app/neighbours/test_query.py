"""Looking up by a picture and by a picture with words, on the Neighbours page."""

import pytest
from driving import settle, texts

from components.kit import caching
from components.views.query import example_row, parse_vector, ways_of
from embeddings import Collection, Space, embed, load_sample
from embeddings.errors import EmbeddingError

ON_GRASS = "two brown stars on grass"


@pytest.fixture
def scenes(open_page):
    def open_it(way, **link):
        app = open_page("neighbours.py", collection="scenes", encoder="Scenes CLIP", **link)
        app.segmented_control(key="look_up").set_value(way).run()
        return settle(app)

    return open_it


def first_names(app, count=3):
    table = next(frame.value for frame in app.dataframe if "cosine score" in frame.value.columns)
    return table["cosine"].tolist()[:count]


def captions():
    return caching.sample("scenes").column("caption").to_pylist()


def test_a_picture_of_ones_own_finds_itself_in_the_collection(scenes):
    app = scenes("picture")
    row = captions().index(ON_GRASS)
    app.file_uploader(key="query_picture").set_value([("mine.png", caching.sample("scenes").items[row], "image/png")])
    app = settle(app.run())
    assert first_names(app, 1) == [ON_GRASS]
    table = next(frame.value for frame in app.dataframe if "cosine score" in frame.value.columns)
    assert table["cosine score"][0] == pytest.approx(1, abs=1e-3)


def test_a_typed_caption_is_held_against_captions_and_pictures(scenes):
    app = scenes("typed", typed_query=ON_GRASS, least="true")
    assert first_names(app, 1) == [ON_GRASS]
    assert "Random pairs of captions and pictures have a cosine of" in texts(app)
    assert "Lowest cosine first" in texts(app)
    assert not app.exception


def test_what_is_no_picture_is_answered_in_one_sentence(scenes):
    app = scenes("picture")
    app.file_uploader(key="query_picture").set_value([("letter.png", b"Dear all", "image/png")])
    app = settle(app.run())
    assert "“letter\\.png” is not a picture" in texts(app)
    assert not app.exception


def test_a_picture_with_words_added_and_taken_away(scenes):
    row = captions().index(ON_GRASS)
    app = scenes("sum", item=str(row + 1))
    assert "Write what should be added" in texts(app)
    app.text_input(key="sum_plus").set_value("at night")
    app.text_input(key="sum_minus").set_value("on grass")
    app = settle(app.run())
    assert all("at night" in name for name in first_names(app))


def test_parts_that_cancel_each_other_out_are_answered(scenes):
    app = scenes("sum", item="1")
    app.text_input(key="sum_plus").set_value("at night")
    app.text_input(key="sum_minus").set_value("at night")
    app = settle(app.run())
    assert first_names(app, 1) == [captions()[0]]


def test_pasted_vectors():
    assert parse_vector("[1, 2;3\n4e0]", 4).tolist() == [1, 2, 3, 4]
    for text, why in (
        ("1 2 x 4", "“x” is not a number"),
        ("1 2 3", "has 4 numbers, you gave 3"),
        ("1 2 3 inf", "finite"),
    ):
        with pytest.raises(EmbeddingError, match=why):
            parse_vector(text, 4)


def test_each_encoder_offers_the_ways_it_can_follow():
    words = Collection.from_texts(["one", "two"], name="words")
    digits = load_sample("digits")
    few = Collection("few", digits.items[:3], digits.metadata.slice(0, 3))
    assert ways_of(embed(words, "TF-IDF")) == ["item", "typed", "vector"]
    assert ways_of(embed(few, "Pixels")) == ["item", "picture", "vector"]
    assert ways_of(embed(few, "Scenes CLIP")) == ["item", "typed", "picture", "sum", "vector"]
    given = Space(words, [[1.0], [2.0]], "given:0")
    assert ways_of(given) == ["item", "vector"]


def test_the_page_opens_with_an_example_and_its_neighbours(open_page):
    app = open_page("neighbours.py", collection="scenes", encoder="Scenes CLIP")
    assert not app.exception
    assert len(first_names(app, 10)) == 10
    assert "item" not in app.query_params  # nobody chose it


def test_the_example_has_neighbours_and_is_no_duplicate():
    alike = Space.from_vectors(list("abcdef"), [[1, 0], [1, 0], [0.6, 0.8], [0.5, 0.9], [0, 0], [-1, 0]], name="some")
    assert example_row(alike) in (2, 3)
    assert example_row(Space.from_vectors(["piano", "b"], [[1, 0], [0, 1]], name="two")) == 0
