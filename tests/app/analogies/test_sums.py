"""A sum as it is typed, and its answers: what names stand for, where a mistake is, lists, ranks and baselines."""

import numpy as np
import pytest
from royal_sums import SUM, answer_of

from components.kit.candidates import Candidates
from components.views.sum_evidence import answers_by_encoder
from components.views.typed_sum import encoders_for, expected_row, to_encode, understand
from embeddings.analogies.parsing import parse
from embeddings.analogies.solving import baselines, expected_rank, solve
from embeddings.analogies.sums import best_answer, cosines_to, near_spellings, pointed, replaced
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError, ExpressionError, UnknownItem
from embeddings.space import Space


def test_names_that_no_candidate_has_are_to_be_encoded(royal):
    other = Collection.from_texts(["first", "second", "king"], name="other")
    candidates = Candidates(royal.collection, other, "MiniLM")
    assert to_encode(candidates, royal, parse("king - #2 + ship")) == {"#2": "second", "ship": "ship"}
    assert to_encode(candidates._replace(own=royal.collection), royal, parse("king - #2")) == {}
    with pytest.raises(ExpressionError, match="There is no #4: the last item of the collection is #3"):
        to_encode(candidates, royal, parse("king - #4"))
    with pytest.raises(ExpressionError, match="as a text and as the number"):
        to_encode(candidates, royal, parse('#2 - "#2"'))
    with pytest.raises(ExpressionError, match="at most 100"):
        to_encode(candidates, royal, parse(" + ".join(f"w{number}x" for number in range(101))))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("king - man + wmoan", "“wmoan” is not in this collection"),
        ("   +  ", "A word is missing"),
        ("king - (man + woman", "This bracket is never closed"),
        ("king - man) + woman", "This bracket was never opened"),
        ("king / man", "There is no division"),
        ("king - king", "cancel each other out"),
        ("king - #3", "are the same item here and cancel out"),
        ("king - KING", "are the same item here and cancel out"),
        ("a + " * 1500, "at most 4,000 can be read"),
        ("#99", "There is no #99"),
        ("☃️ + 国", "is not in this collection"),
        ("<script>alert(1)</script>", "has no meaning here"),
        ('"<b>*prince*</b>" - "[x](y)"', "“[x](y)” is not in this collection"),
        ("\x00\x01", "is not in this collection"),
    ],
)
def test_a_sum_that_cannot_be_worked_out_is_answered_with_its_place(royal, own, text, message):
    with pytest.raises(ExpressionError) as found:
        understand(own, royal, text)
    assert message in found.value.reason
    assert "^" in pointed(text, found.value.start, found.value.end)


def test_the_expected_answer_may_be_a_number_of_the_collection(royal, own):
    assert expected_row(own, royal, "#4") == 3
    assert expected_row(own, royal, "QUEEN") == 3
    other = Candidates(royal.collection, Collection.from_texts(["x", "boat"], name="other"), "MiniLM")
    assert expected_row(other, royal, "#2") == 4
    for missing in ("quen", "#1", "#99", "#"):
        with pytest.raises(UnknownItem):
            expected_row(other, royal, missing)


def test_near_spellings_are_found_and_references_have_none(royal):
    assert near_spellings(royal.collection, parse("qeen").terms[0]) == ("queen",)
    assert near_spellings(royal.collection, parse("#3").terms[0]) == ()
    assert near_spellings(royal.collection, parse("z" * 50).terms[0]) == ()


@pytest.mark.parametrize(
    ("text", "start", "end", "shown"),
    [
        ("king - wmoan", 7, 12, "king - wmoan\n       ^^^^^"),
        ("", 0, 0, "\n^"),
        ("a", 1, 1, "a\n ^"),
        ("国 - x", 4, 5, "国 - x\n     ^"),
        ("e\u0301 + x", 5, 6, "e\u0301 + x\n    ^"),
        ("a\nb", 2, 3, "a·b\n  ^"),
    ],
)
def test_carets_stand_under_the_place(text, start, end, shown):
    assert pointed(text, start, end) == shown


def test_only_the_surroundings_of_a_place_are_shown():
    line, carets = pointed("a + " * 2500, 4000, 10_000).split("\n")
    assert len(line) < 300
    assert line[0] == line[-1] == "…"
    assert carets.strip() == "^" * len(carets.strip())


def test_a_replacement_is_quoted_where_it_needs_it():
    assert replaced("king - wmoan", 7, 12, "woman") == "king - woman"
    assert replaced("x", 0, 1, 'ice "cream"') == '"ice \\"cream\\""'
    assert parse(replaced("x + y", 0, 1, 'a\\"-b')).terms[0].name == 'a\\"-b'


def test_lists_baselines_and_ranks_are_those_of_the_core(royal, answered):
    for method in ("3CosAdd", "3CosMul", "PairDirection"):
        expected = solve(royal, SUM, k=10, method=method)
        np.testing.assert_array_equal(answered.lists[method].rows, expected.rows)
        np.testing.assert_allclose(answered.lists[method].scores, expected.scores)
        assert answered.ranks[method] == expected_rank(royal, SUM, "queen", method=method)
    assert [each.name for each in answered.alone] == ["king", "woman"]
    for mine, theirs in zip(answered.alone, baselines(royal, SUM), strict=True):
        np.testing.assert_array_equal(mine.neighbours.rows, theirs.neighbours.rows)


def test_the_top_knows_its_place_among_inputs_and_its_ties(royal, answered):
    assert answered.name(answered.top.row) == "queen"
    assert answered.top.rank == expected_rank(royal, SUM, "queen").with_inputs
    assert all(row in answered.inputs.same for row in answered.top.ahead)
    assert answered.top.ties == 1
    flat = Space.from_vectors(["a", "b", "c", "d", "d"], np.eye(5), name="flat")
    assert answer_of(flat, "a", expected=None).top.ties == 3


def test_cosines_of_the_added_inputs_with_the_answer(royal, answered):
    unit = royal.vectors / np.linalg.norm(royal.vectors, axis=1, keepdims=True)
    expected = unit[[2, 1]] @ unit[3]
    assert [name for name, _ in cosines_to(answered, 3)] == ["king", "woman"]
    np.testing.assert_allclose([cosine for _, cosine in cosines_to(answered, 3)], expected, atol=1e-6)


def test_another_encoder_answers_or_says_why_not(royal):
    queen = royal.collection.rows["queen"]
    found = best_answer(royal, SUM, queen)
    assert (found.first, found.rank) == ("queen", 1)
    flat = Space(royal.collection, np.eye(8), "flat")
    assert "share the best score" in best_answer(flat, "boat", queen).problem
    with pytest.raises(EmbeddingError):
        best_answer(royal, "king - ship", queen)
    lines = answers_by_encoder([found], "queen", {}).lines
    assert lines.column("rank of queen").to_pylist() == [1]


def test_other_encoders_are_those_that_come_along_and_take_the_candidates():
    words = Collection.from_texts(["a"], name="a")
    found = encoders_for(Candidates(words, words, "TF-IDF"))
    assert found[0] == "TF-IDF"
    assert {"MiniLM", "MiniLM static", "LSA", "Character n-grams"} <= set(found)
    assert "Pixels" not in found
