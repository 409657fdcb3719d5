"""The Compare page: each view against the core called directly, and every odd input."""

import re

import numpy as np
import pyarrow as pa
import pytest
from driving import press, said, settle

from components.kit import caching
from embeddings.collection import Collection
from embeddings.compare import (
    align_spaces,
    both_neighbours,
    compare,
    label_accuracy,
    load_scored_pairs,
    similarity_correlation,
)
from embeddings.compression import Setting, compress, compression_recall, lost_neighbours
from embeddings.encoders import load_encoder
from embeddings.geometry import geometry
from embeddings.graph import knn_graph
from embeddings.perturb import movement, perturb
from embeddings.space import Space

PAGE = "compare.py"
ONE, OTHER = "TF-IDF", "Character n-grams"


@pytest.fixture(scope="session")
def few(cluster):
    """Ninety sentences on three topics."""
    whole = caching.sample("sentences")
    rows = np.flatnonzero(np.isin(whole.column("topic").to_numpy(), whole.column("topic").unique().to_pylist()[:3]))
    items = [whole.items[row] for row in rows[::2]]
    return Collection.from_texts(items, name="few", metadata=whole.metadata.take(rows[::2]))


@pytest.fixture(scope="session")
def link(few):
    return {"collection": caching.store().save(few).id, "encoder": ONE, "with": OTHER, "method": "PCA"}


@pytest.fixture(scope="session")
def spaces(few):
    return [encoded(few, name) for name in (ONE, OTHER)]


def encoded(collection, name):
    model = load_encoder(name)
    if hasattr(model, "fit"):
        model.fit(collection.items)
    return Space(collection, model.encode(collection.items), name)


def saved(items, **columns):
    return caching.store().save(Collection.from_texts(items, name="odd", metadata=pa.table(columns))).id


def table_with(app, column):
    return next(frame.value for frame in app.dataframe if column in frame.value.columns)


def test_the_page_opens_with_a_second_encoder_and_two_maps(open_page, link):
    app = open_page(PAGE, **{name: value for name, value in link.items() if name != "with"})
    assert not app.exception
    assert app.multiselect(key="with").value == ["MiniLM"]
    assert app.segmented_control(key="compare").value == "maps"
    assert "laid over the left map" in said(app)
    assert "whether the encoders agree is told by" in said(app)


def test_maps_show_an_item_on_both_with_its_own_neighbours(open_page, link, few, spaces):
    app = open_page(PAGE, **link, item="5")
    assert not app.exception
    near = both_neighbours(*spaces, 4)
    assert f"share {len(near.shared)} of 10 neighbours" in said(app)
    table = table_with(app, OTHER)
    assert [name.removeprefix("✓ ") for name in table[OTHER]] == [few.text(int(row)) for row in near.b]


def test_a_morph_stands_in_the_link(open_page, link):
    app = open_page(PAGE, **link, maps_as="Morph", morph="40")
    assert not app.exception
    assert app.slider(key="morph").value == 40


def test_agreement_is_that_of_the_core(open_page, link, spaces):
    app = open_page(PAGE, **link, compare="Agreement")
    assert not app.exception
    found = compare(*spaces)
    table = table_with(app, "by chance")
    each = [found.overlap, found.jaccard, found.rbo, found.cka, found.cka_debiased, found.rsa]
    np.testing.assert_allclose(table["value"], [one.value for one in each], atol=1e-6)
    np.testing.assert_allclose(table["by chance"], [one.by_chance for one in each], atol=1e-6)
    assert f"share **{10 * found.overlap.value:.1f}** on average" in said(app)
    assert table_with(app, "RBO")["row"].tolist() == (found.moved[:50] + 1).tolist()


def test_k_and_metric_stand_in_the_link(open_page, link, spaces):
    app = open_page(PAGE, **link, compare="Agreement", k_agree="5", metric_agree="Euclidean")
    assert not app.exception
    found = compare(*spaces, k=5, metric="Euclidean")
    assert table_with(app, "by chance")["value"][0] == pytest.approx(found.overlap.value)


def test_a_link_that_asks_too_much_falls_back(open_page, link):
    app = open_page(PAGE, **link, compare="Agreement", k_agree="500", metric_agree="Manhattan")
    assert not app.exception
    assert 1 <= app.number_input(key="k_agree").value <= 50
    assert app.segmented_control(key="metric_agree").value == "cosine"


def test_a_space_is_turned_on_request(open_page, link, few, spaces):
    app = open_page(PAGE, **{**link, "with": "LSA"}, compare="Agreement")
    assert "of the other half" not in said(app)
    app.session_state["turned_open"] = True
    app = settle(app.run())
    assert not app.exception
    found = align_spaces(spaces[0], encoded(few, "LSA"))
    assert f"counterpart for **{100 * found.found.share:.0f} %** of the other half" in said(app)


def test_three_encoders_are_compared_two_by_two(open_page, link):
    app = open_page(PAGE, **{**link, "with": [OTHER, "LSA"]}, compare="Agreement", beside="LSA")
    assert not app.exception
    assert app.selectbox(key="beside").value == "LSA"
    table = table_with(app, "other")
    assert list(zip(table["one"], table["other"], strict=True)) == [(ONE, OTHER), (ONE, "LSA"), (OTHER, "LSA")]


def test_one_table_to_choose_by(open_page, link, few, spaces):
    app = open_page(PAGE, **link, compare="Which one?", label_column="topic")
    assert not app.exception
    table = table_with(app, "licence").set_index("encoder")
    assert list(table.index) == [ONE, OTHER]
    for space in spaces:
        accuracy = label_accuracy(space, few.column("topic").to_pylist()).accuracy.share
        assert table.loc[space.encoder, "neighbours name the label"].startswith(f"{100 * accuracy:.1f} %")
        assert table.loc[space.encoder, "dimension"] == space.dimension
        assert table.loc[space.encoder, "items a second"] != "—"
    assert re.search("For these items take|are level here|None is best at everything", said(app))
    pairs = load_scored_pairs("WordSim-353")
    model = load_encoder(OTHER).fit(few.items)
    texts = pairs.collection()
    rho = similarity_correlation(Space(texts, model.encode(texts.items), OTHER), pairs).spearman
    assert table.loc[OTHER, "agrees with people (ρ)"].startswith(f"{rho:.2f}")


def test_a_file_of_pairs_runs_on_one_click(open_page, link):
    app = open_page(PAGE, **link, compare="Which one?", pairs_set="your own file")
    assert not app.exception
    app = press(app, "Try the example")
    assert not app.exception
    assert "agrees with people (ρ)" in table_with(app, "licence").columns


def test_the_card_is_that_of_the_core(open_page, link, few, spaces):
    app = open_page(PAGE, **link, compare="Geometry")
    assert not app.exception
    card = geometry(spaces[0], knn_graph(spaces[0], k=20))
    shown = app.table[0].value
    assert shown.iloc[0, 1].replace("\\", "") == f"{card.mean_cosine:.2f}"
    hubs = app.dataframe[0].value
    assert hubs["item"][0] == few.text(int(card.hubness.hubs[0]))[:80]


def test_smaller_vectors_and_the_item_that_loses(open_page, link, spaces):
    app = open_page(PAGE, **link, compare="Smaller", smaller_by="principal components", dimensions="20", item="7")
    assert not app.exception
    setting = Setting("principal components", 20)
    row = compression_recall(spaces[0], [setting])[0]
    lost = lost_neighbours(spaces[0], compress(spaces[0], setting), 6)
    assert f"**{10 * row.recall:.1f} of 10** neighbours are found" in said(app)
    assert f"loses **{len(lost.lost)}**" in said(app)
    assert "not known to be trained for truncation" in said(app)


def test_smaller_vectors_begin_with_a_slider(open_page, link, spaces):
    app = open_page(PAGE, **link, compare="Smaller")
    assert not app.exception
    assert app.slider(key="dimensions").value == spaces[0].dimension // 4
    assert f"first components: {app.slider(key='dimensions').value}" in said(app)


def test_a_changed_item_moves_as_by_the_core(open_page, link, few, spaces):
    app = open_page(PAGE, **link, compare="Perturb", change="typo", item="3")
    assert not app.exception
    changed = perturb([few.items[2]], "typo")
    assert changed[0] in said(app)
    model = load_encoder(OTHER).fit(few.items)
    moved = movement(spaces[1], [2], model.encode(changed))
    live = table_with(app, "rank of the original").set_index("encoder")
    assert live.loc[OTHER, "cosine with the original"] == pytest.approx(float(moved.cosines[0]), abs=1e-5)
    assert live.loc[OTHER, "rank of the original"] == moved.ranks[0]
    over = table_with(app, "same meaning")
    assert list(dict.fromkeys(over["change"])) == ["upper case", "typo", "prefix", "word order", "negation"]


def test_own_words_take_the_place_of_an_item(open_page, link):
    app = open_page(PAGE, **link, compare="Perturb", change="your own words", changed_text="<b>Die Katze</b>")
    assert not app.exception
    assert "<b>Die Katze</b>" in [element.value for element in app.text]
    assert len(table_with(app, "rank of the original")) == 2
    assert "TF-IDF is moved most by" in said(app).replace("**", "")


def test_an_encoder_of_another_kind_is_answered(open_page, link):
    app = open_page(PAGE, **{**link, "with": "Colour and texture"}, compare="Agreement")
    assert not app.exception
    assert "Colour and texture takes pictures only" in app.warning[0].value.replace("\\", "")
    assert app.multiselect(key="with").value == ["MiniLM"]


def test_the_same_encoder_twice_is_answered(open_page, link):
    app = open_page(PAGE, **{**link, "with": ONE}, compare="Geometry")
    assert not app.exception
    assert "is the first encoder already" in app.warning[0].value.replace("\\", "")


VIEWS = ["Maps", "Agreement", "Which one?", "Geometry", "Smaller", "Perturb"]


@pytest.mark.parametrize("view", VIEWS)
def test_three_items_are_few_everywhere(open_page, view):
    app = open_page(PAGE, collection=saved(["a cat", "a dog", "a tree"]), encoder=ONE, compare=view, **{"with": OTHER})
    assert not app.exception
    assert not app.error
    if view == "Agreement":
        assert "needs at least 4 items, this collection has 3" in said(app)


@pytest.mark.parametrize("view", VIEWS)
def test_constant_vectors_are_answered_calmly(open_page, view):
    app = open_page(PAGE, collection=saved(["same word"] * 12), encoder=ONE, compare=view, **{"with": OTHER})
    assert not app.exception
    assert not app.error
    if view == "Agreement":
        assert f"All vectors of {ONE} are equal" in said(app)


@pytest.mark.parametrize("view", VIEWS)
def test_ready_made_vectors_stand_beside_an_encoder(open_page, view):
    rng = np.random.default_rng(4)
    space = Space.from_vectors([f"word {row} cat" for row in range(30)], rng.normal(size=(30, 8)), name="given")
    app = open_page(PAGE, collection=caching.store().save(space).id, encoder="", compare=view, **{"with": OTHER})
    assert not app.exception
    assert not app.error
    if view == "Perturb":
        assert "Ready-made vectors are left out" in said(app)
    if view == "Which one?":
        assert "holds both texts of 0 of the 353 pairs" in said(app)


def test_identical_encoders_and_ties_are_stated(open_page):
    words = saved([f"{2 * first} {2 * second}" for first in "abcdef" for second in "ghijklm"])
    app = open_page(PAGE, collection=words, encoder="Bag of words", compare="Agreement", **{"with": "One-hot"})
    assert not app.exception
    assert "the vectors are the same" in said(app)
    assert "Ties: for Bag of words" in said(app)


def test_no_second_encoder_is_no_error(open_page, link):
    app = open_page(PAGE, **link, compare="Agreement")
    app.multiselect(key="with").set_value([])
    app = settle(app.run())
    assert not app.exception
    assert "Choose a second encoder above" in said(app)
    app.segmented_control(key="compare").set_value("geometry")
    app = settle(app.run())
    assert not app.exception
    assert app.table


@pytest.mark.parametrize("view", ["Maps", "Agreement", "Which one?", "Perturb"])
def test_pictures_are_compared(open_page, some_scenes, view):
    app = open_page(PAGE, **some_scenes, compare=view, item="2", **{"with": "Colour and texture"})
    assert not app.exception
    assert not app.error
    if view == "Which one?":
        assert "text finds its picture" in table_with(app, "licence").columns
    if view == "Perturb":
        assert "crop" in set(table_with(app, "same meaning")["change"])
