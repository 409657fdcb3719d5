"""The same sum asked of other encoders."""

import numpy as np
import pytest
from driving import settle
from royal_sums import FOOD, OWN, SUM, lists

from components.analogies import others_panel
from components.analogies.others import answer_by, encoders_for, others_table
from components.kit import caching
from components.kit.candidates import Candidates
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.space import Space


def test_another_encoder_answers_or_says_why_not(royal, own):
    found = answer_by(own, royal, SUM, "queen", {})
    assert (found.first, found.rank) == ("queen", 1)
    flat = Space(royal.collection, np.eye(8), "flat")
    assert "share the best score" in answer_by(own, flat, "boat", "queen", {}).problem
    with pytest.raises(EmbeddingError):
        answer_by(own, royal, "king - ship", "queen", {})
    table = others_table([found], "queen")
    assert table.column("rank of queen").to_pylist() == [1]


def test_other_encoders_are_those_that_come_along_and_take_the_candidates():
    words = Collection.from_texts(["a"], name="a")
    found = encoders_for(Candidates(words, words, "TF-IDF"))
    assert found[0] == "TF-IDF"
    assert {"MiniLM", "MiniLM static", "LSA", "Character n-grams"} <= set(found)
    assert "Pixels" not in found


def test_other_encoders_are_asked_when_the_panel_is_open(open_page, monkeypatch):
    monkeypatch.setattr(others_panel, "encoders_for", lambda candidates: ["TF-IDF", "Character n-grams", "LSA"])
    saved = caching.store().save(Collection.from_texts(FOOD, name="food"))
    app = open_page("analogies.py", collection=saved.id, sum="bread + butter", candidates=OWN)
    assert not any("what to know" in frame.value.columns for frame in app.dataframe)
    app.session_state["sum_others"] = True
    app = settle(app.run())
    assert not app.exception
    table = lists(app, "what to know").set_index("encoder")
    assert table.loc["TF-IDF", "first answer"] == "bread butter"
    assert table.loc["Character n-grams", "rank of bread butter"] == 1
    assert "share the best score" in table.loc["LSA", "what to know"] or table.loc["LSA", "first answer"]
