"""The view “One relation”: what is said of a relation, its tables, and the page against the core called directly."""

import csv
import io
from dataclasses import replace

import numpy as np
import pytest
from driving import said, settle
from pair_offsets import offsets_of

from components.kit import caching
from components.kit.words import table_csv
from components.views.analogy_charts import short
from components.views.one_relation import comparison_table, cosine_table, pair_table, plane_sentence, verdict
from components.views.relation_pairs import coverage_sentence
from embeddings.analogies.offsets import offsets
from embeddings.analogies.questions import google_questions
from embeddings.analogies.relations import Compared, relations_of, usable_pairs
from embeddings.collection import Collection
from embeddings.encoders import load_encoder
from embeddings.space import Space

RELATION = {"view": "One relation"}
OWN = {"relation": "your own pairs"}


@pytest.mark.parametrize(
    ("mean", "shuffled", "expected"),
    [
        (0.41, 0.12, "in much the same direction**: the mean cosine of two differences is **.41**, against **.12**"),
        (0.2, 0.05, "share a direction in part"),
        (0.1, 0.0, "hardly share a direction"),
        (0.02, 0.0, "no direction in common"),
        (0.4, 0.38, "lie apart, but who belongs to whom makes no difference"),
    ],
)
def test_the_verdict_is_in_plain_words(measured, mean, shuffled, expected):
    found = replace(measured[0], mean=mean, shuffled=shuffled)
    assert expected in verdict(found)
    assert "says little" not in verdict(found)
    assert "With 2 pairs this says little" in verdict(offsets_of(found, 2))


def test_what_is_drawn_and_what_is_held_is_said(measured):
    assert plane_sentence(measured[0], 30).startswith("The first 25 of 30 pairs are drawn; the numbers are of all.")
    assert f"holds {100 * measured[0].share:.0f} %" in plane_sentence(measured[0], 12)
    assert coverage_sentence(15, 23) == "15 of 23 pairs have both words among the candidates; the others are left out."
    assert coverage_sentence(3, 3).startswith("All 3 pairs")
    assert [short(value) for value in (0.405, -0.05, -0.001, 1.0)] == [".41", "−.05", ".00", "1.00"]


def test_every_pair_has_its_row(measured):
    found, pairs = measured
    table = pair_table(found, pairs).to_pydict()
    assert list(zip(table["first"], table["second"], strict=True)) == list(pairs)
    others = found.cosines[3, [place for place in range(30) if place != 3]]
    assert table["mean cosine with the others"][3] == pytest.approx(others.mean(), abs=1e-5)
    assert np.mean(table["mean cosine with the others"]) == pytest.approx(found.mean, abs=1e-5)
    assert table["length"][0] == pytest.approx(float(np.linalg.norm(found.vectors[0])), rel=1e-5)
    assert all(0 <= share <= 1 for share in table["share in the plane"])
    shares = np.array(table["share in the plane"]) * np.array(table["length"]) ** 2
    assert shares.sum() / (np.array(table["length"]) ** 2).sum() == pytest.approx(found.share, abs=1e-5)


def test_every_cosine_has_its_cell_and_equal_names_are_told_apart(measured):
    found, pairs = measured
    table = cosine_table(found, pairs)
    assert table.num_columns == 31
    assert table["first2 → second2"].to_pylist()[5] == pytest.approx(float(found.cosines[5, 2]))
    twice = cosine_table(offsets_of(found, 2), [("x" * 50, "y"), ("x" * 60, "y")])
    assert len(set(twice.column_names)) == 3
    rows = list(csv.reader(io.StringIO(table_csv(table).decode("utf-8-sig"))))
    assert len(rows) == 31


def test_relations_without_numbers_have_empty_cells():
    nan = float("nan")
    table = comparison_table([Compared("a", 5, 9, 0.4, 0.1), Compared("b", 1, 9, nan, nan)]).to_pydict()
    assert table == {"relation": ["a", "b"], "mean": [0.4, None], "shuffled": [0.1, None], "pairs": ["5 / 9", "1 / 9"]}


@pytest.fixture(scope="session")
def words():
    """The words of five relations with vectors that put capitals one direction from their countries."""
    rng = np.random.default_rng(8)
    relations = relations_of(google_questions())
    vectors = {}
    for number, name in enumerate(list(relations)[:5]):
        for low, high in relations[name][:60]:
            vectors.setdefault(low, rng.normal(size=24))
            step = 4 * np.eye(24)[0] if number == 0 else rng.normal(size=24)
            vectors.setdefault(high, vectors[low] + step)
    return Space.from_vectors([word.lower() for word in vectors], np.array(list(vectors.values())), name="words")


@pytest.fixture(scope="session")
def given(cluster, words):
    """A link to them, as ready-made vectors."""
    return {"collection": caching.store().save(words).id, "encoder": ""}


def compared(app):
    return next(each.value for each in app.dataframe if next(iter(each.value.columns)) == "relation")


def test_a_ready_relation_is_measured_as_by_the_core(open_page, given, words):
    app = open_page("analogies.py", **RELATION, **given)
    assert not app.exception
    pairs = relations_of(google_questions())["capital → country"]
    usable = usable_pairs(words, pairs).pairs
    assert verdict(offsets(words, usable)) in said(app)
    assert coverage_sentence(len(usable), len(pairs)) in said(app)
    table = compared(app)
    assert len(table) == 14
    first = table.iloc[0]
    assert first["relation"] == "capital → country"
    assert first["mean"] == pytest.approx(offsets(words, usable).mean, abs=1e-5)
    assert first["pairs"] == f"{len(usable)} / {len(pairs)}"
    assert table["mean"].isna().any()


def test_a_link_and_the_picker_choose_the_relation(open_page, given, words):
    app = open_page("analogies.py", **RELATION, **given, relation="male → female")
    assert app.selectbox(key="relation").value == "male → female"
    app.selectbox(key="relation").set_value("country → currency")
    app = settle(app.run())
    assert not app.exception
    pairs = usable_pairs(words, relations_of(google_questions())["country → currency"]).pairs
    assert verdict(offsets(words, pairs)) in said(app)
    app = open_page("analogies.py", **RELATION, **given, relation="no such relation")
    assert not app.exception
    assert app.selectbox(key="relation").value == "capital → country"


def test_own_pairs_are_measured_and_mistakes_are_answered_beside_them(open_page, given, words):
    text = "Paris france\nRome, italy\nalone\ntokyo → japan\nparris, france\nparis france"
    app = open_page("analogies.py", **RELATION, **given, **OWN, pairs=text)
    assert not app.exception
    assert app.text_area(key="pairs").value == text
    assert "Line 3: “alone” stands alone" in app.error[0].value.replace("\\", "")
    left_out = app.warning[0].value.replace("\\", "")
    assert "Line 5: “parris” is not among the candidates. Did you mean paris" in left_out
    assert "Line 6: This pair is there already." in left_out
    found = offsets(words, [("paris", "france"), ("rome", "italy"), ("tokyo", "japan")])
    assert verdict(found) in said(app)


def test_words_that_the_candidates_lack_are_encoded(open_page, cluster):
    items = ["man", "woman", "king", "queen", "uncle"]
    saved = caching.store().save(Collection.from_texts(items, name="few words"))
    app = open_page(
        "analogies.py", **RELATION, **OWN, collection=saved.id, encoder="Character n-grams",
        candidates="The collection", pairs="man woman\nking queen\nuncle → great aunt",
    )  # fmt: skip
    assert not app.exception
    assert "Not among the candidates, so encoded as typed: “great aunt”." in said(app)
    encoder = load_encoder("Character n-grams")
    encoder.fit(items)
    every = [*items, "great aunt"]
    space = Space.from_vectors(every, encoder.encode(every), name="all")
    pairs = [("man", "woman"), ("king", "queen"), ("uncle", "great aunt")]
    assert verdict(offsets(space, pairs)) in said(app)


def test_pairs_that_cannot_be_measured_leave_a_sentence(open_page, given):
    app = open_page("analogies.py", **RELATION, **given, **OWN, pairs="paris france\nqqq www")
    assert not app.exception
    assert "at least two pairs, and only one pair is known here" in said(app)
    app = open_page("analogies.py", **RELATION, **given, relation="-ing form → past tense")
    assert "and no pair is known here" in said(app)


def test_no_pairs_yet_offer_examples_that_run_on_one_click(open_page, given):
    app = open_page("analogies.py", **RELATION, **given, **OWN)
    assert not app.exception
    app.button(key="example_One direction").click()
    app = settle(app.run())
    assert not app.exception
    assert "man → woman" in app.text_area(key="pairs").value
    assert "mean cosine of two differences" in said(app)


def test_odd_pairs_are_shown_as_they_are(open_page, given):
    app = open_page("analogies.py", **RELATION, **given, **OWN, pairs="<b>a</b> → *b*\n$x$ → `y`")
    assert not app.exception
    for pairs in ("\x00 \x01", "=1 +2\n@a @b", "a" * 10_000):
        app.text_area(key="pairs").set_value(pairs)
        assert not settle(app.run()).exception


def test_frequent_words_are_offered_where_the_candidates_hold_no_pair(open_page):
    app = open_page("analogies.py", **RELATION, candidates="The collection", words="5,000")
    assert not app.exception
    assert "no pair is known here" in said(app)
    next(button for button in app.button if button.label == "Use frequent words as candidates").click()
    app.run()
    assert app.segmented_control(key="candidates").value == "words"


def test_pictures_alone_are_answered_calmly(open_page):
    digits = caching.sample("digits")
    some = Collection("some digits", digits.items[:20], digits.metadata.slice(0, 20))
    saved = caching.store().save(some)
    app = open_page("analogies.py", **RELATION, collection=saved.id, encoder="Pixels")
    assert not app.exception
    assert not app.error
    assert "these vectors belong to pictures only" in said(app)


def test_a_single_candidate_is_answered(open_page):
    one = caching.store().save(Space.from_vectors(["king"], [[1.0, 0.0]], name="one"))
    app = open_page("analogies.py", **RELATION, collection=one.id, encoder="")
    assert not app.exception
    assert "no pair is known here" in said(app)
