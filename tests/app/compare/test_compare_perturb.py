"""Items changed a little: the view of perturbations, its parts alone and on the page."""

import numpy as np
import pytest
from driving import said
from encoder_pairs import ONE, OTHER, encoded, saved, table_with

from components.kit.colours import LIGHT
from components.views import perturb as view
from embeddings.collection import Collection
from embeddings.encoders import load_encoder
from embeddings.jobs.job import Job
from embeddings.perturb import movement, movement_summary, perturb, summary
from embeddings.space import Space

CHANGES = ["upper case", "typo"]
K = 3


def test_a_changed_item_moves_as_by_the_core(open_compare, few, spaces):
    app = open_compare(compare="Perturb", change="typo", item="3")
    assert not app.exception
    changed = perturb([few.items[2]], "typo")
    assert changed[0] in said(app)
    moved = movement(spaces[1], [2], load_encoder(OTHER).fit(few.items).encode(changed))
    live = table_with(app, "rank of the original").set_index("encoder")
    assert live.loc[OTHER, "cosine with the original"] == pytest.approx(float(moved.cosines[0]), abs=1e-5)
    assert live.loc[OTHER, "rank of the original"] == moved.ranks[0]
    over = table_with(app, "same meaning")
    assert list(dict.fromkeys(over["change"])) == ["upper case", "typo", "prefix", "word order", "negation"]


def test_the_view_opens_with_a_change_that_does_something(open_page):
    texts = ["the", "of", "1,000", "elephants", "giraffes", "lions", "tigers", "zebras"]
    app = open_page("compare.py", collection=saved(texts), encoder=OTHER, compare="Perturb", **{"with": ONE})
    assert app.segmented_control(key="change").value == "typo"
    assert "item 4" in said(app)
    assert "leaves the item as it is" not in said(app)


def test_own_words_take_the_place_of_an_item(open_compare):
    app = open_compare(compare="Perturb", change="your own words", changed_text="<b>Die Katze</b>")
    assert not app.exception
    assert "<b>Die Katze</b>" in [element.value for element in app.text]
    assert len(table_with(app, "rank of the original")) == 2
    assert "TF-IDF is moved most by" in said(app).replace("**", "")


def test_a_change_is_drawn_when_all_encoders_were_asked(cluster):
    texts = [f"the {animal} sat on the {place}" for animal in ("cat", "dog", "cow") for place in ("mat", "hill", "bus")]
    spaces = [encoded(Collection.from_texts(texts, name="who sat where"), name) for name in (OTHER, ONE)]

    def so_far():
        return summary.summaries([OTHER, ONE], CHANGES, view.known_movements(spaces, CHANGES, K))

    assert so_far() == {}
    view.movements_request(spaces[:1], CHANGES, K).run(Job("test"))
    assert so_far() == {}
    view.movements_request(spaces[1:], CHANGES[:1], K).run(Job("test"))
    assert list(so_far()) == [("upper case", OTHER), ("upper case", ONE)]
    whole = view.movements_request(spaces, CHANGES, K).run(Job("test"))
    assert list(so_far()) == [(change, encoder) for change in CHANGES for encoder in (OTHER, ONE)]
    assert so_far() == summary.summaries([OTHER, ONE], CHANGES, whole)
    for each, (moved, altered) in zip(so_far().values(), whole, strict=True):
        assert each == movement_summary(moved, altered)
        assert each.changed == np.count_nonzero(altered)


def test_changes_are_counted_by_encoder(one):
    moved = movement(one, np.arange(20), one.vectors[:20] + 0.3)
    found = {("typo", "x"): movement_summary(moved), ("negation", "x"): movement_summary(moved, np.zeros(20, bool))}
    table = summary.summary_table(found, 10).to_pydict()
    assert table["same meaning"] == ["yes", "no"]
    assert table["items changed"] == [20, 0]
    assert table["cosine (median)"] == [pytest.approx(float(np.median(moved.cosines))), None]
    assert "too few items" in summary.moved_most(found, "x", "x")
    shaken = {**found, ("word order", "x"): found["typo", "x"]._replace(kept=0.25)}
    least = "moved most by “word order” (items keep 25 % of their neighbours), least by “typo”"
    assert least in summary.moved_most(shaken, "x", "x")
    assert view.kept_chart(found, LIGHT).data[0].y == ("typo", "negation *")
    live = view.live_table({"x": movement(one, [0], one.vectors[:1])}).to_pydict()
    assert live["rank of the original"] == [1]
    assert (live["neighbours before"], live["of them kept"]) == ([10], [10])
    changed = view.before_after(one.collection, [1, 2], [2, 3]).to_pydict()
    assert changed["after"] == ["item 2", "● item 3"]


def test_an_encoder_that_knows_nothing_of_a_changed_item_gives_no_answer():
    space = Space.from_vectors(list("abcdef"), np.repeat(np.eye(3), 2, axis=0), name="counts")
    gone = movement(space, [0], np.zeros((1, 3)), k=3)
    table = view.live_table({"x": gone}).to_pydict()
    assert (table["rank of the original"], table["of them kept"]) == ([None], [None])
    assert summary.moved_sentence("x", gone, "item").startswith(
        "**x** gives no answer: it knows nothing of the changed one"
    )
    alone = movement(Space.from_vectors("abc", np.eye(3), name="s"), [0], np.eye(3)[:1], k=1)
    assert summary.moved_sentence("x", alone, "item").startswith("**x** gives no answer: before the change")
    kept = movement(space, [0], np.eye(3)[:1], k=3)
    assert summary.moved_sentence("x", kept, "item") == "**x** sees no difference."
    found = {("typo", "x"): movement_summary(gone), ("prefix", "x"): movement_summary(kept)}
    assert summary.summary_table(found, 3).to_pydict()["no answer"] == [1, 0]
    assert "After “typo” it has no answer for 1 of 1 items" in summary.moved_most(found, "x", "x")
    assert view.before_after(space.collection, [1], []).to_pydict()["after"] == [None]
