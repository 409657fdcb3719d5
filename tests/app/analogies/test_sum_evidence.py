"""What is said and tabulated of the answers to a sum."""

import numpy as np
import pytest
from royal_sums import SUM, answer_of
from sklearn.metrics.pairwise import cosine_similarity

from components.views.sum_evidence import (
    answers,
    answers_alone,
    everything,
    expectation,
    expected_ranks,
    ingredients,
    ordinal,
    verdict,
)
from embeddings.analogies.parsing import parse
from embeddings.analogies.sums import cosines_to, with_vectors
from embeddings.space import Space


def test_the_verdict_says_who_comes_first_and_what_the_inputs_find(royal, answered):
    said = verdict(answered).replace("\\", "").replace("*", "")
    assert said.startswith("queen comes first by 3CosAdd (")
    assert "Nearest to king alone is <b>prince</b> and to woman alone is lady" in said
    assert "the sum finds what its parts do not" in said
    assert expectation(answered) == "*queen* is the expected answer."
    inside = verdict(answer_of(royal, "2*king + woman", inputs_in=True)).replace("*", "")
    assert inside.startswith("king, an input, comes first by 3CosAdd")
    assert "The best answer that is no input is" in inside
    assert "PairDirection does not apply" in inside


def test_the_verdict_says_when_the_sum_adds_nothing_or_ties(royal):
    said = verdict(answer_of(royal, "king - 0.1*boat + 0.1*woman")).replace("*", "")
    assert "is also what is nearest to king alone: the sum adds nothing to that" in said
    assert "there is nothing to add: these are its neighbours" in verdict(answer_of(royal, "king"))
    flat = Space.from_vectors(["a", "b", "c", "d"], np.eye(4), name="flat")
    assert "2 candidates share the best score" in verdict(answer_of(flat, "a - b", expected=None))


def test_a_sum_that_only_takes_away_finds_what_is_least_like_its_words(royal):
    answered = answer_of(royal, "- lady", k=len(royal), expected=None)
    cosines = cosine_similarity(royal.vectors, royal.vectors[[royal.collection.rows["lady"]]])[:, 0]
    assert answered.first("3CosAdd") == answered.first("3CosMul") == cosines.argmin() == royal.collection.rows["man"]
    assert answered.lists["3CosAdd"].scores == pytest.approx(-np.sort(cosines)[:-1], abs=1e-6)
    said = verdict(answered).replace("*", "")
    assert said.startswith("man comes first by 3CosAdd (0.00) and 3CosMul")
    assert "so the list begins with what is least like lady (3CosAdd is minus the cosine)" in said
    tied = verdict(answer_of(royal, "-king - man")).replace("*", "")
    assert "least like king and man. That means unlike it, not its opposite" in tied
    assert answered.alone == ()


def test_the_verdict_says_when_an_input_alone_finds_what_was_expected(royal):
    said = verdict(answer_of(royal, SUM, expected="lady")).replace("*", "")
    assert "Nearest to woman alone is lady, the expected answer: the sum does worse." in said


def test_an_expected_answer_that_is_late_or_an_input_is_said(royal):
    assert "is 4th by 3CosAdd" in expectation(answer_of(royal, SUM, expected="boat"))
    assert "is an input itself" in expectation(answer_of(royal, SUM, expected="king"))
    assert expectation(answer_of(royal, SUM, expected=None)) == ""
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 102, 1011)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "1,011th",
    ]  # fmt: skip


def test_tables_mark_inputs_and_the_expected_answer(royal):
    given = answer_of(royal, SUM, inputs_in=True)
    names = answers(given).lines.column("3CosAdd").to_pylist()
    assert {"queen ✓", "king (input)", "King (input)"} <= set(names)
    assert answers_alone(given).lines.column_names == ["rank", "to king", "to king score", "to woman", "to woman score"]
    ranks = expected_ranks(given, given.expected)
    assert ranks.lines.column("inputs in").to_pylist() == [rank.with_inputs for rank in given.ranks.values()]
    assert f"king {dict(cosines_to(given, given.expected))['king']:.2f}, woman" in ranks.caption


def test_the_file_holds_all_lists(answered):
    table = everything(answered)
    assert table.column_names == ["list", "rank", "item", "row", "score", "input", "expected"]
    lists = [*answered.lists.values(), *(each.neighbours for each in answered.alone)]
    assert table.num_rows == sum(len(each.rows) for each in lists)
    assert table.column("list").unique().to_pylist()[-1] == "nearest to woman alone"


def test_ingredients_tell_length_weight_source_and_cosines(royal):
    table = ingredients(with_vectors(royal, parse("2*king - ship"), {"ship": np.array([0, 0, 0, 5])}), {})
    lines = table.lines.to_pydict()
    assert lines["weight"] == [2, -1]
    np.testing.assert_allclose(lines["length"], [np.sqrt(6), 5])
    assert lines["vector"] == ["a candidate’s", "encoded just now"]
    np.testing.assert_allclose(lines["cosine with king"], [1, 0], atol=1e-6)
    assert "The sum of these has length 2.24." in table.caption
