"""How often names are given to the items of each group: the parts alone, then the page."""

import pyarrow as pa
import pytest
from driving import answered, texts
from ranked_groups import column, search

from components.kit import caching
from components.kit.colours import DARK, LIGHT
from components.views.label_skew import label_table, labels_verdict, rate_chart, usual_names
from embeddings.bias.label_skew import label_skew, rates_table
from embeddings.collection import Collection
from embeddings.encoders import load_encoder
from embeddings.zero_shot import zero_shot


def test_rates_of_names_stand_with_intervals_and_the_largest_spread_first():
    groups = ["a"] * 40 + ["b"] * 40 + [None]
    predicted = [0] * 36 + [1] * 4 + [0] * 4 + [1] * 36 + [0]
    found = label_skew(predicted, groups, ["x", "y", "z"])
    table = label_table(found).to_pydict()
    assert table["name"][-1] == "z"
    assert table["spread"][0] == pytest.approx(0.8)
    assert table["most often in"][0] == "a, 90 %"
    cells = rates_table(found).to_pylist()
    assert len(cells) == 6
    assert (cells[0]["rate"], cells[0]["named so"]) == (0.9, 36)
    said = labels_verdict(found)
    assert "“x” is given to 90 % of “a” and to 10 % of “b”" in said.sentence
    for theme in (LIGHT, DARK):
        chart = rate_chart(found, 0, colours=theme)
        assert list(chart.data[0].x) == pytest.approx([90, 10])
        assert chart.data[0].error_x.array[0] == pytest.approx(100 * (found.rates[0][0].high - 0.9))
    assert labels_verdict(label_skew([0, 1] * 30, ["a", "a", "b", "b"] * 15, ["x", "y"])).standing == "even"


def test_names_on_offer_begin_with_what_another_column_tells():
    pictures = Collection(
        "p", tuple(bytes([n]) for n in range(4)), pa.table({"colour": list("rgrg"), "shape": list("xxoo")})
    )
    assert usual_names(pictures, "colour") == ("o", "x")
    assert usual_names(Collection.from_texts(["a", "b"], name="t"), "g") == ("a woman", "a man")


def test_texts_are_named_and_the_rates_are_those_of_the_core(open_page):
    app = open_page("bias.py", probe="Search skew", skew_part="Names given (zero-shot)",
                    skew_labels="the bread\nthe stars")  # fmt: skip
    assert not app.exception
    assert not app.error
    assert set(column(app, "name")) == {"the bread", "the stars"}
    collection = caching.sample("sentences")
    encoder = load_encoder("TF-IDF")
    encoder.fit(collection.items)
    result = zero_shot(encoder.encode(collection.items), encoder.encode(["the bread", "the stars"]))
    expected = label_skew(result.predicted, collection.column("topic").to_pylist(), ["the bread", "the stars"])
    assert sorted(column(app, "spread")) == pytest.approx(sorted(expected.spread))


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ("only", "a choice needs at least 2"),
        ("a\na", "stands there twice"),
        ("xyzzy\nqwfp", "knows nothing of “xyzzy” and “qwfp”"),
    ],
)
def test_names_that_cannot_be_given_are_answered_beside_them(open_page, labels, message):
    app = open_page("bias.py", probe="Search skew", skew_part="Names given (zero-shot)", skew_labels=labels)
    assert message in answered(app)


def test_names_have_no_vectors_beside_ready_made_ones(open_page, skewed):
    app = search(open_page, skewed[0], skew_part="Names given (zero-shot)")
    assert "Names have no vectors here" in texts(app)
