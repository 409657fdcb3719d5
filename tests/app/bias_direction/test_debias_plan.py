"""The probes that are asked before and after a direction is taken out."""

import pyarrow as pa
import pytest
from driving import press, settle
from gendered_words import NEUTRAL, PAIRS, saved

from components.kit.labels import numbered_items
from components.views.bias_pairs import Typed
from components.views.debias_plan import against_numbers, by_group, of_pictures, of_sentences, probes_of_words, words_of
from components.views.debiasing import probes
from embeddings.bias.plan import Plan
from embeddings.bias.search_skew import search_skew
from embeddings.bias.taking_out import take_out
from embeddings.bias.word_by_word import wefat
from embeddings.collection import Collection
from embeddings.samples import load_sample
from embeddings.space import Space


def test_the_probes_of_a_plan_name_all_their_words():
    plan = Plan(PAIRS, probes=tuple(probes_of_words(Typed(PAIRS, NEUTRAL), ["WEAT7"])))
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
    names, values = numbered_items(own, "size", 0)
    assert before["WEFAT"].value == pytest.approx(wefat(space, names, values, firsts, seconds).r)
    assert before["Zero-shot skew"].value >= 0
    assert probes(found, {}).lines["probe"].to_pylist() == [
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
    app = press(app, "Take it out and look")
    table = next(frame.value for frame in app.dataframe if "larger means" in frame.value.columns)
    assert not any(each.startswith("Search") for each in table["probe"])
