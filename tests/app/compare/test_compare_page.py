"""The Compare page: which encoders stand beside the first, and every odd input in every view."""

import numpy as np
from driving import said, settle
from encoder_pairs import ONE, OTHER, saved, table_with

from components.kit import caching
from components.views.compared_encoders import usual_k
from embeddings.space import Space

PAGE = "compare.py"
VIEWS = ["Maps", "Agreement", "Which one?", "Geometry", "Smaller", "Perturb"]


def looked_through(app, views=VIEWS):
    """What each view says, one after the other in the same session."""
    each = {}
    for view in views:
        app.segmented_control(key="compare").set_value(view)
        settle(app.run())
        assert not app.exception
        assert not app.error
        each[view] = said(app)
    return each


def test_the_page_opens_with_a_second_encoder_and_two_maps(open_compare):
    app = open_compare(**{"with": []})
    assert not app.exception
    assert app.multiselect(key="with").value == ["MiniLM"]
    assert app.segmented_control(key="compare").value == "Maps"
    assert "laid over the left map" in said(app)
    assert "whether the encoders agree is told by" in said(app)


def test_words_stand_beside_their_spelling_and_not_beside_word_counts(open_page):
    words = ["cat", "dog", "tree", "house", "river", "stone", "paper", "cloud", "green", "music"]
    app = open_page(PAGE, collection=saved(words), encoder="MiniLM", compare="Geometry")
    assert not app.exception
    assert app.multiselect(key="with").value == ["Character n-grams"]


def test_a_list_never_holds_nearly_all_others():
    assert [usual_k(n) for n in (2, 3, 6, 20, 600)] == [1, 1, 3, 10, 10]


def test_encoders_that_cannot_stand_beside_the_first_are_answered(open_compare):
    app = open_compare(compare="Geometry", **{"with": ["Colour and texture", ONE]})
    assert not app.exception
    kind, same = (warning.value.replace("\\", "") for warning in app.warning)
    assert "Colour and texture takes pictures only" in kind
    assert "is the first encoder already" in same
    assert app.multiselect(key="with").value == ["MiniLM"]


def test_no_second_encoder_is_no_error(open_compare):
    app = open_compare(compare="Agreement")
    app.multiselect(key="with").set_value([])
    app = settle(app.run())
    assert not app.exception
    assert "Choose a second encoder above" in said(app)
    looked_through(app, ["Geometry"])
    assert app.table


def test_three_items_are_few_everywhere(open_page):
    app = open_page(PAGE, collection=saved(["a cat", "a dog", "a tree"]), encoder=ONE, **{"with": OTHER})
    assert "needs at least 4 items, this collection has 3" in looked_through(app)["Agreement"]


def test_constant_vectors_are_answered_calmly(open_page):
    app = open_page(PAGE, collection=saved(["same word"] * 12), encoder=ONE, **{"with": OTHER})
    each = looked_through(app)
    assert f"All vectors of {ONE} are equal" in each["Agreement"]
    assert f"All vectors of {OTHER} are equal: one point has no geometry." in each["Geometry"]
    assert "All vectors of this space are equal, so there are no neighbours to lose." in each["Smaller"]


def test_ready_made_vectors_stand_beside_an_encoder(open_page):
    rng = np.random.default_rng(4)
    space = Space.from_vectors([f"word {row} cat" for row in range(30)], rng.normal(size=(30, 8)), name="given")
    app = open_page(PAGE, collection=caching.store().save(space).id, encoder="", **{"with": OTHER})
    each = looked_through(app)
    assert "Ready-made vectors are left out" in each["Perturb"]
    assert "ready-made vectors: This collection holds both texts of 0 of the 353 pairs" in each["Which one?"]


def test_pictures_are_compared(open_page, some_scenes):
    app = open_page(PAGE, **some_scenes, item="2", **{"with": "Colour and texture"})
    looked_through(app, ["Maps", "Agreement", "Which one?"])
    assert "text finds its picture" in table_with(app, "licence").columns
    looked_through(app, ["Perturb"])
    assert "crop" in set(table_with(app, "same meaning")["change"])
