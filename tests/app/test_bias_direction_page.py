"""Direction and debiasing: the pure parts over a space made with one, then the view."""

import csv
import io

import numpy as np
import pyarrow as pa
import pytest
from driving import settle
from driving import texts as quiet_texts

from components import caching
from components.bias.association.numbers import items_of
from components.bias.direction.along import as_axis
from components.bias.direction.charts import explained_chart, lean_chart
from components.bias.direction.debias_charts import effects_chart, remaining_chart, words_chart
from components.bias.direction.debias_tables import probe_numbers, probe_table, remaining_table, words_table
from components.bias.direction.debias_words import cluster_caption, debias_verdict, what_was_done
from components.bias.direction.more_probes import against_numbers, by_group, of_pictures, of_sentences
from components.bias.direction.plan import _probes, words_of
from components.bias.direction.ready import OCCUPATIONS, WORDS, ready_pairs
from components.bias.direction.tables import component_table, pair_table, word_table
from components.bias.direction.typed import Typed
from components.bias.direction.words import direct_sentence, direction_verdict, ripa_sentence
from components.bias.skew.search_tables import p_text
from components.text import table_csv
from components.typed_words import write_pairs, write_words
from embeddings.bias.direction import bias_direction, direct_bias
from embeddings.bias.hard_debias import hard_debias
from embeddings.bias.leaning import leaning
from embeddings.bias.plan import Asked, Plan
from embeddings.bias.remaining import what_remains
from embeddings.bias.ripa import ripa
from embeddings.bias.search_skew import search_skew
from embeddings.bias.taking_out import take_out
from embeddings.bias.word_by_word import wefat
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.samples import load_sample
from embeddings.space import Space

PAIRS = tuple((f"she {n}", f"he {n}") for n in range(5))
NEUTRAL = tuple(f"word {n}" for n in range(12))


def gendered(hidden, items=160, seed=3):
    """Words that lean along the first axis; with `hidden`, their side can also be told from other axes."""
    rng = np.random.default_rng(seed)
    lean = rng.normal(size=items)
    vectors = 0.4 * rng.normal(size=(items, 24))
    vectors[:, 0] = lean
    vectors[:, 1] = (1.5 * np.sign(lean) if hidden else 0) + 0.2 * rng.normal(size=items)
    pairs = 0.2 * rng.normal(size=(10, 24))
    pairs[:, 0] += np.tile([2, -2], 5)
    names = [*(word for pair in PAIRS for word in pair), *(f"word {n}" for n in range(items))]
    return Space.from_vectors(names, np.vstack([pairs, vectors]), name="gendered")


@pytest.fixture(scope="module")
def hidden():
    return gendered(hidden=True)


@pytest.fixture(scope="module")
def open_bias():
    return gendered(hidden=False)


@pytest.fixture(scope="module")
def taken(hidden):
    return take_out(hidden, Plan(PAIRS, probes=tuple(_probes(Typed(PAIRS, NEUTRAL), []))))


def test_leaning_is_direction_direct_bias_and_ripa_at_once(hidden):
    found = leaning(hidden, PAIRS, NEUTRAL, strictness=2)
    alone = direct_bias(hidden, PAIRS, NEUTRAL, strictness=2)
    assert (found.direct.value, found.direct.of_all) == (alone.value, alone.of_all)
    np.testing.assert_allclose(found.ripa.scores, ripa(hidden, PAIRS, NEUTRAL).scores)
    assert found.ripa_unit.unit
    unit = hidden.vectors[:10] / hidden.norms[:10, None]
    np.testing.assert_allclose(found.places.ravel(), unit @ found.direction.vector, atol=1e-6)
    assert found.middle == pytest.approx(found.places.mean())
    assert leaning(hidden, PAIRS).direct is None


def test_a_direction_is_told_against_random_pairs(hidden):
    found = bias_direction(hidden, PAIRS)
    said = direction_verdict(found)
    assert said.standing == "holds"
    assert f"{100 * found.explained[0]:.0f} % of the variance of the 5 pairs" in said.sentence
    assert f"random pairs it holds {100 * found.random_explained.mean():.0f} %" in said.sentence
    loose = bias_direction(hidden, [(f"word {2 * n}", f"word {2 * n + 1}") for n in range(3, 8)])
    assert direction_verdict(loose).standing == "fails"
    few = Space.from_vectors(["a", "b", "c", "d"], np.eye(4) + 0.1, name="few")
    assert direction_verdict(bias_direction(few, [("a", "b"), ("c", "d")])).standing == "unknown"


def test_direct_bias_is_told_beside_that_of_any_item(hidden):
    found = leaning(hidden, PAIRS, NEUTRAL)
    said = direct_sentence(found.direct)
    assert f"lean {found.direct.value:.3f} on average" in said
    assert f"any item of the space leans {found.direct.of_all:.3f}" in said
    assert "as the encoder gives them" in ripa_sentence(found.ripa)
    assert "all vectors at length 1" in ripa_sentence(found.ripa_unit)


def test_direction_charts_and_tables_hold_the_numbers_of_the_core(hidden):
    found = leaning(hidden, PAIRS, NEUTRAL)
    for dark in (False, True):
        chart = explained_chart(found.direction, dark=dark)
        assert list(chart.data[0].y) == pytest.approx(100 * found.direction.explained)
        assert chart.data[1].y[0] == pytest.approx(100 * np.median(found.direction.random_explained))
        bars = lean_chart(list(NEUTRAL), found.direct.cosines, title="t", usual=0.1, dark=dark)
        assert list(bars.data[0].x) == sorted(found.direct.cosines)
        assert [line.x0 for line in bars.layout.shapes] == [-0.1, 0.1]
    components = component_table(found.direction).to_pydict()
    assert components["share of variance"] == pytest.approx(found.direction.explained)
    assert components["random pairs"][1:] == [None] * 4
    words = word_table(found.direct, found.ripa, found.ripa_unit).to_pydict()
    place = NEUTRAL.index(words["word"][0])
    assert abs(found.direct.cosines[place]) == max(abs(found.direct.cosines))
    assert words["RIPA"][0] == pytest.approx(found.ripa.scores[place].mean())
    assert pair_table(found.direct, found.ripa).column_names[2] == "RIPA she 0 − he 0"


def test_the_direction_is_drawn_as_an_axis_from_the_second_words_to_the_first(hidden):
    typed = Typed(PAIRS, ())
    axis = as_axis(typed, leaning(hidden, PAIRS))
    assert typed.ends == ("he 0", "she 0")
    assert axis.projections[0] > axis.middle > axis.projections[1]
    assert (axis.low[0], axis.high[0]) == ("he 0", "she 0")


def test_taking_out_gives_what_the_core_gives_step_by_step(hidden, taken):
    direction = bias_direction(hidden, PAIRS)
    debiased = hard_debias(hidden, direction)
    alone = what_remains(hidden, debiased.space, direction)
    assert taken.remaining.classifier == alone.classifier
    assert taken.remaining.neighbours == alone.neighbours
    assert taken.directions == 1
    assert taken.kept == 10
    by_name = {each.asked.title: each.figures for each in taken.probes}
    assert list(by_name) == ["Direct bias", "RIPA (length 1)", "RND", "ECT", "MAC"]
    assert by_name["Direct bias"].before.value == pytest.approx(direct_bias(hidden, PAIRS, NEUTRAL).value)
    assert by_name["Direct bias"].after.value == pytest.approx(0, abs=1e-6)
    assert [refused.name for refused in taken.refused] == ["RNSB"]
    assert taken.maps.before.shape == taken.maps.after.shape == (2 * len(taken.remaining.first), 2)


def test_progress_of_taking_out_only_grows_and_ends_at_its_total(open_bias):
    told = []
    plan = Plan(PAIRS, probes=(Asked("RND", "RND", {"group_1": ("she 0", "she 1"), "group_2": ("he 0", "he 1"),
                                                   "words": NEUTRAL}),))  # fmt: skip
    take_out(open_bias, plan, on_progress=lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == told[-1][1]


def test_it_is_called_hidden_only_where_the_numbers_say_so(hidden, taken, open_bias):
    said = debias_verdict(taken)
    assert (said.standing, said.heading) == ("hidden", "It is hidden, not removed")
    assert f"the side of {100 * taken.remaining.classifier.after.share:.0f} %" in said.sentence
    gone = debias_verdict(take_out(open_bias, Plan(PAIRS)))
    assert gone.standing == "gone"
    assert "does not show that all is gone" in gone.sentence
    null = take_out(hidden, Plan(PAIRS, "nullspace"))
    assert debias_verdict(null).standing != "hidden" or null.remaining.classifier.after.share >= 0.75
    assert len(null.accuracies) == null.directions + 1
    assert "before each round" in what_was_done(null)


def test_a_small_collection_is_debiased_but_not_checked():
    small = gendered(hidden=True, items=40)
    found = take_out(small, Plan(PAIRS))
    said = debias_verdict(found)
    assert said.standing == "unknown"
    assert "at least 20 words a side" in said.sentence
    assert remaining_table(found).num_rows == 0
    with pytest.raises(EmbeddingError, match="at least 20 words a side"):
        take_out(small, Plan(PAIRS, "nullspace"))


def test_debias_charts_and_tables_hold_before_and_after(hidden, taken):
    for dark in (False, True):
        chart = remaining_chart(taken.remaining, dark=dark)
        assert [trace.y[0] for trace in chart.data] == [each.share for each in taken.remaining.classifier]
        words = words_chart(taken.maps.after, [str(n) for n in range(len(taken.maps.after))], ("he", "she"), dark=dark)
        assert [trace.name for trace in words.data] == ["leant to she", "leant to he"]
        assert len(effects_chart(taken.probes, dark=dark).data) == 2
    table = probe_table(taken).to_pydict()
    assert table["probe"][0] == "Direct bias"
    assert table["after"][0] == "0.000"
    assert "(p" in table["before"][2]
    numbers = probe_numbers(taken).to_pydict()
    assert numbers["before p"][0] is None
    assert numbers["before p"][2] == taken.probes[2].figures.before.p_value
    assert remaining_table(taken).to_pydict()["after"][0] == taken.remaining.classifier.after.share
    rows = list(
        csv.DictReader(io.StringIO(table_csv(words_table(hidden.collection, taken, ("he", "she"))).decode("utf-8-sig")))
    )
    assert rows[0]["leant to"] == "she"
    assert "80 % of these 200 on" in cluster_caption(0.8, 200)


def test_the_probes_of_a_plan_name_all_their_words():
    plan = Plan(PAIRS, probes=tuple(_probes(Typed(PAIRS, NEUTRAL), ["WEAT7"])))
    assert [each.probe for each in plan.probes] == ["WEAT", "Direct bias", "RIPA", "RND", "ECT", "MAC", "RNSB"]
    assert {"algebra", "she 0", "word 0", "caress"} <= set(words_of(plan))


def test_the_plan_holds_every_probe_that_the_collection_can_be_asked(hidden):
    own = Collection.from_texts(
        hidden.collection.items, name="labelled", metadata=pa.table({
            "size": [float(n) for n in range(len(hidden))], "side": ["a", "b"] * (len(hidden) // 2)
        }),
    )  # fmt: skip
    space = Space(own, hidden.vectors, hidden.encoder)
    typed = Typed(PAIRS, NEUTRAL)
    asked = [*against_numbers(own, "size", typed), *by_group(own, "side", "she 0", ("he 0", "she 0"))]
    plan = Plan(PAIRS, probes=tuple(asked))
    found = take_out(space, plan)
    assert not found.refused
    before = {each.asked.probe: each.figures.before for each in found.probes}
    alone = search_skew(space, "she 0", own.column("side").to_pylist(), k=42)
    assert before["Search skew"][:2] == (alone.ndkl, alone.p_ndkl)
    firsts, seconds = ([pair[side] for pair in PAIRS] for side in (0, 1))
    names, values = items_of(own, "size", 0)
    assert before["WEFAT"].value == pytest.approx(wefat(space, names, values, firsts, seconds).r)
    assert before["Zero-shot skew"].value >= 0
    assert probe_table(found)["probe"].to_pylist() == [
        "WEFAT: size", "Search skew (NDKL): she 0, by side", "Zero-shot skew: he 0, she 0, by side",
    ]  # fmt: skip
    assert words_of(plan) == [*firsts, *seconds]
    assert by_group(own, "side", "", ("one",)) == []


def test_tests_in_sentences_ask_for_their_sentences():
    (asked,) = of_sentences(["WEAT7"])
    words = words_of(Plan(PAIRS, probes=(asked,)))
    assert "This is algebra." in words
    assert "algebra" not in words
    assert asked.inputs["wording"].by_word


def test_pictures_bring_their_own_association_tests():
    scenes = load_sample("scenes")
    first, second = of_pictures(scenes, "scenes")
    assert all(isinstance(row, int) for row in first.inputs["x"])
    assert first.inputs["a"][0] == "a red thing"
    assert len(second.inputs["x"]) == 25
    assert of_pictures(scenes, "words") == []


def test_ready_pairs_are_those_that_have_vectors_here(hidden):
    assert ready_pairs(Space(hidden.collection, hidden.vectors, "given:hidden")) == ()
    few = Space.from_vectors(["she", "he", "woman", "man", "nurse"], np.eye(5), name="held")
    held = Space(few.collection, few.vectors, "given:few")
    (only,) = ready_pairs(held)
    assert only.pairs == (("woman", "man"), ("she", "he"))
    assert only.words == ("nurse",)
    assert all(len(set(each.words)) == len(each.words) for each in WORDS)
    assert len(OCCUPATIONS) == 32


# The view


def saved(content):
    return caching.store().save(content).id


def view(open_page, space, **link):
    lines = write_pairs(*zip(*PAIRS, strict=True))
    given = {"bias_pairs": lines, "bias_words": write_words(NEUTRAL), "candidates": "The collection", **link}
    return open_page("bias.py", probe="Direction and debiasing", collection=saved(space), encoder="", **given)


def texts(app):
    """Everything that a page says, success included."""
    return "\n".join([quiet_texts(app), *(each.value for each in app.success)])


def answered(app):
    return "\n".join(error.value for error in app.error).replace("\\", "")


def test_the_view_shows_direction_direct_bias_and_the_value_for_all(open_page, hidden):
    app = view(open_page, hidden)
    assert not app.exception
    assert not app.error
    found = leaning(hidden, PAIRS, NEUTRAL)
    shown = {each.label: each.value for each in app.metric}
    assert shown["Direct bias"] == f"{found.direct.value:.3f}"
    assert shown["of any item"] == f"{found.direct.of_all:.3f}"
    assert "The pairs share a direction" in texts(app)
    assert f"p {p_text(found.direction.p_value)}" in texts(app).replace("\\", "")
    assert "what may not be concluded" in texts(app).casefold()


def test_strictness_and_ripa_are_switches_of_the_link(open_page, hidden):
    app = view(open_page, hidden, bias_strictness="2", lean_shown="RIPA", ripa_unit="true")
    assert not app.exception
    found = leaning(hidden, PAIRS, NEUTRAL, strictness=2)
    assert next(each.value for each in app.metric if each.label == "Direct bias") == f"{found.direct.value:.3f}"
    assert "all vectors at length 1" in texts(app)


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ({"bias_pairs": "she 0, he 0"}, "A direction needs at least 2 pairs, got 1."),
        ({"bias_pairs": "she 0, he 0\nshe 0, he 1"}, "stands in two pairs"),
        ({"bias_pairs": "she 0, he 0\nshee 1, he 1"}, "Did you mean she 1"),
        ({"bias_pairs": "she 0, he 0\nalone"}, "Line 2, “alone”: a pair has two sides"),
        ({"bias_pairs": "she 0, she 0\nhe 1, he 1"}, "there is nothing to compare"),
        ({"bias_words": '"word 1"'}, "needs at least 2 words, got 1"),
        ({"bias_words": "word 1, wurd 2, wurd 3"}, "is not in this collection"),
        ({"bias_pairs": "\n".join(f"a{n}, b{n}" for n in range(201))}, "At most 200 pairs"),
    ],
)
def test_pairs_that_make_no_direction_are_answered_beside_them(open_page, hidden, link, message):
    app = view(open_page, hidden, **link)
    assert not app.exception
    assert message in answered(app)


def test_words_that_a_fitted_encoder_does_not_know_are_named(open_page):
    app = open_page("bias.py", probe="Direction and debiasing", candidates="The collection",
                    bias_pairs="xyzzy, qwfp\nbread, salt", bias_words="")  # fmt: skip
    assert "knows nothing of “xyzzy” and “qwfp”" in answered(app)


def test_without_pairs_the_view_says_what_to_type(open_page, hidden):
    app = view(open_page, hidden, bias_pairs="")
    assert not app.exception
    assert "Pairs of words that differ in one thing make a direction" in texts(app)


def test_debiasing_runs_on_a_click_and_says_that_it_is_hidden(open_page, hidden, taken):
    app = view(open_page, hidden, direction_part="Take it out?", debias_tests="", bias_keep="")
    assert "It is hidden" not in texts(app)
    app.button(key="take_out").click()
    app = settle(app.run())
    assert not app.exception
    assert "It is hidden, not removed" in texts(app)
    table = next(frame.value for frame in app.dataframe if "larger means" in frame.value.columns)
    assert table["after"].tolist()[-5:] == probe_table(taken)["after"].to_pylist()
    assert app.query_params["taken_out"] == "1"


def test_a_link_to_a_debiasing_runs_it(open_page, open_bias):
    app = view(open_page, open_bias, direction_part="Take it out?", debias_tests="", bias_keep="", taken_out="1")
    assert not app.exception
    assert "no longer tells the sides apart" in texts(app)
    app.selectbox(key="debias").set_value("equalised")
    app = settle(app.run())
    assert not app.exception


def test_a_labelled_collection_is_searched_before_and_after(open_page):
    texts_of = [f"{'bread' if n % 2 else 'river'} {word}" for n, word in enumerate(("warm", "cold", "old", "new") * 20)]
    metadata = pa.table({"kind": ["food" if n % 2 else "water" for n in range(80)]})
    id = saved(Collection.from_texts([f"{text} {n}" for n, text in enumerate(texts_of)], name="k", metadata=metadata))
    app = open_page("bias.py", probe="Direction and debiasing", collection=id, encoder="LSA",
                    candidates="The collection", bias_pairs="warm, cold\nold, new", bias_words="bread, river",
                    direction_part="Take it out?", debias_tests="", bias_keep="", taken_out="1",
                    debias_search="bread", debias_names="bread, river")  # fmt: skip
    assert not app.exception
    table = next(frame.value for frame in app.dataframe if "larger means" in frame.value.columns)
    told = table["probe"].tolist()
    assert "Search skew (NDKL): bread, by kind" in told
    assert "Zero-shot skew: bread, river, by kind" in told
    app.selectbox(key="debias_groups").set_value("none")
    app = settle(app.run())
    app.button(key="take_out").click()
    app = settle(app.run())
    table = next(frame.value for frame in app.dataframe if "larger means" in frame.value.columns)
    assert not any(each.startswith("Search") for each in table["probe"])


def test_a_word_to_keep_that_is_not_there_is_answered(open_page, hidden):
    app = view(open_page, hidden, direction_part="Take it out?", taken_out="1", bias_keep="granny")
    assert "“granny” is not in this collection" in answered(app)


def test_the_ready_pairs_open_with_a_notice_and_where_they_come_from(open_page):
    words = load_sample("words")
    vectors = np.random.default_rng(0).normal(size=(len(words), 8))
    app = open_page("bias.py", probe="Direction and debiasing", encoder="", candidates="The collection",
                    collection=saved(Space.from_vectors(words.items, vectors, name="words")))  # fmt: skip
    assert not app.exception
    said = texts(app).replace("\\", "")
    assert "say nothing about anyone" in said
    assert "Bolukbasi, Chang, Zou, Saligrama & Kalai 2016" in said
    next(button for button in app.button if button.label == "Large and small").click()
    assert "say nothing about anyone" not in texts(settle(app.run()))


@pytest.mark.parametrize("probe", ["Direction and debiasing", "Sets", "Search skew"])
@pytest.mark.parametrize("items", [["only one"], ["", " ", "\x00"], ["same"] * 5])
def test_tiny_and_odd_collections_are_answered(open_page, items, probe):
    id = saved(Collection.from_texts(items, name="tiny"))
    app = open_page("bias.py", probe=probe, collection=id, encoder="Bag of words", candidates="The collection")
    assert not app.exception
