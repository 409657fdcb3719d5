"""The view “One sum”: its pure parts by hand-made cases, then the page over vectors whose answers are known by eye."""

import numpy as np
import pytest
from driving import settle, texts

from components import caching
from components.analogies import others_panel
from components.analogies.answered import answer_sum, cosines_to
from components.analogies.examples import SCENES, WORDS, find_example
from components.analogies.label_places import LETTER, LINE, label_places
from components.analogies.mistakes import pointed, replaced
from components.analogies.others import answer_by, encoders_for, others_table
from components.analogies.parallelogram_chart import corners_table, flat_chart, space_chart
from components.analogies.picture import described
from components.analogies.sum_tables import alone_lists, everything, ingredients, ranked, ranks_table
from components.analogies.understanding import (
    expected_row,
    near_spellings,
    to_encode,
    understand,
    with_vectors,
)
from components.analogies.verdict import expectation, ordinal, verdict
from components.candidates import Candidates
from components.text import table_csv
from embeddings.analogies.parallelogram import parallelogram
from embeddings.analogies.parsing import parse
from embeddings.analogies.solving import baselines, expected_rank, solve
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError, ExpressionError, UnknownItem
from embeddings.samples.frequent import most_frequent
from embeddings.space import GIVEN, Space

SUM = "king - man + woman"
FOOD = ["bread", "butter", "bread butter", "milk"]
OWN = "The collection"
ITEMS = ["man", "woman", "king", "queen", "boat", "<b>*prince*</b>", "King", "lady"]


@pytest.fixture(scope="module")
def royal():
    """Sex, royalty and a rest as directions; the prince is nearest to the king."""
    vectors = [
        [1, 0, 1, 0],
        [-1, 0, 1, 0],
        [1, 2, 1, 0],
        [-1, 2, 1, 0.3],
        [0, 0, 0, 1],
        [1, 2, 1, 0.6],
        [2, 4, 2, 0],
        [-1, 0.2, 1, 0.5],
    ]
    return Space.from_vectors(ITEMS, vectors, name="royal")


@pytest.fixture(scope="module")
def own(royal):
    return Candidates(royal.collection, royal.collection, GIVEN)


@pytest.fixture(scope="module")
def answered(royal):
    return _answered(royal, SUM)


@pytest.fixture
def open_royal(open_page, royal):
    """The page over the hand-made vectors."""
    saved = caching.store().save(royal)
    return lambda **link: open_page("analogies.py", collection=saved.id, encoder="", **link)


def _answered(space, text, *, k=10, inputs_in=False, expected="queen", vectors=None):
    understood = with_vectors(space, parse(text), vectors or {})
    row = None if expected is None else space.collection.rows[expected]
    return answer_sum(space, understood.inputs, k=k, inputs_in=inputs_in, expected=row)


def _lists(app, column="3CosAdd"):
    return next(frame.value for frame in app.dataframe if column in frame.value.columns)


def _plain(app):
    return texts(app).replace("\\", "").replace("*", "")


def _press(app, label):
    next(button for button in app.button if button.label.replace("\\", "") == label).click()
    return settle(app.run())


# The pure parts


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
    assert _answered(flat, "a", expected=None).top.ties == 3


def test_the_verdict_says_who_comes_first_and_what_the_inputs_find(royal, answered):
    said = verdict(answered).replace("\\", "").replace("*", "")
    assert said.startswith("queen comes first by 3CosAdd (")
    assert "Nearest to king alone is <b>prince</b> and to woman alone is lady" in said
    assert "the sum finds what its parts do not" in said
    assert expectation(answered) == "*queen* is the expected answer."
    inside = verdict(_answered(royal, "2*king + woman", inputs_in=True)).replace("*", "")
    assert inside.startswith("king, an input, comes first by 3CosAdd")
    assert "The best answer that is no input is" in inside
    assert "PairDirection does not apply" in inside


def test_the_verdict_says_when_the_sum_adds_nothing_or_ties(royal):
    said = verdict(_answered(royal, "king - 0.1*boat + 0.1*woman")).replace("*", "")
    assert "is also what is nearest to king alone: the sum adds nothing to that" in said
    assert "these are simply its neighbours" in verdict(_answered(royal, "king"))
    flat = Space.from_vectors(["a", "b", "c", "d"], np.eye(4), name="flat")
    assert "2 candidates share the best score" in verdict(_answered(flat, "a - b", expected=None))


def test_the_verdict_says_when_an_input_alone_finds_what_was_expected(royal):
    said = verdict(_answered(royal, SUM, expected="lady")).replace("*", "")
    assert "Nearest to woman alone is lady, the expected answer: the sum does worse." in said


def test_an_expected_answer_that_is_late_or_an_input_is_said(royal):
    assert "is 4th by 3CosAdd" in expectation(_answered(royal, SUM, expected="boat"))
    assert "is an input itself" in expectation(_answered(royal, SUM, expected="king"))
    assert expectation(_answered(royal, SUM, expected=None)) == ""
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 102, 1011)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "1,011th",
    ]  # fmt: skip


def test_tables_mark_inputs_and_the_expected_answer(royal):
    table = ranked(given := _answered(royal, SUM, inputs_in=True), given.lists)
    names = table.column("3CosAdd").to_pylist()
    assert "queen ✓" in names
    assert "king (input)" in names
    assert "King (input)" in names
    assert list(alone_lists(given)) == ["to king", "to woman"]
    ranks = ranks_table(given).to_pydict()
    assert ranks["inputs in"] == [rank.with_inputs for rank in given.ranks.values()]


def test_the_file_holds_all_lists_and_no_formula(answered):
    rows = table_csv(everything(answered)).decode("utf-8-sig").splitlines()
    assert rows[0] == "list,rank,item,row,score,input,expected"
    lists = [*answered.lists.values(), *(each.neighbours for each in answered.alone)]
    assert len(rows) == 1 + sum(len(each.rows) for each in lists)


def test_ingredients_tell_length_weight_source_and_cosines(royal):
    understood = with_vectors(royal, parse("2*king - ship"), {"ship": np.array([0, 0, 0, 5])})
    table = ingredients(understood).to_pydict()
    assert table["weight"] == [2, -1]
    np.testing.assert_allclose(table["length"], [np.sqrt(6), 5])
    assert table["vector"] == ["a candidate’s", "encoded just now"]
    np.testing.assert_allclose(table["cosine with king"], [1, 0], atol=1e-6)
    assert str(understood.expression) == "2*king − ship"


def test_cosines_of_the_added_inputs_with_the_answer(royal, answered):
    unit = royal.vectors / np.linalg.norm(royal.vectors, axis=1, keepdims=True)
    expected = unit[[2, 1]] @ unit[3]
    assert [name for name, _ in cosines_to(answered, 3)] == ["king", "woman"]
    np.testing.assert_allclose([cosine for _, cosine in cosines_to(answered, 3)], expected, atol=1e-6)


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


def test_labels_overlap_neither_each_other_nor_the_frame():
    points = np.array([[60, 40], [200, 40], [110, 160], [250, 160], [205, 44]], dtype=float)
    names = ["man", "king", "woman", "king − man + woman", "kings"]
    places = label_places(points, names, ((0, 1), (2, 3)), (330, 200))
    boxes = [
        (
            x + place.x - LETTER * len(name) / 2,
            y + place.y - LINE / 2,
            x + place.x + LETTER * len(name) / 2,
            y + place.y,
        )
        for (x, y), place, name in zip(points, places, names, strict=True)
    ]
    for one, box in enumerate(boxes):
        assert box[0] >= 0
        assert box[2] <= 330
        for other in boxes[one + 1 :]:
            assert box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]


@pytest.mark.parametrize("dark", [False, True])
def test_the_parallelogram_is_drawn_with_equal_scales_and_parallel_arrows(royal, dark):
    drawn = parallelogram(*royal.vectors[[0, 2, 1, 3]])
    figure = flat_chart(drawn, ["man", "king", "woman", "<i>sum</i>", "queen"], dark=dark)
    assert figure.layout.yaxis.scaleanchor == "x"
    assert figure.layout.yaxis.scaleratio == 1
    arrows = [(each.x - each.ax, each.y - each.ay) for each in figure.layout.annotations if each.showarrow]
    np.testing.assert_allclose(arrows[0], arrows[1], atol=1e-6)
    assert "&lt;i&gt;sum&lt;/i&gt;" in [each.text for each in figure.layout.annotations]
    assert any(trace.line.dash == "dash" for trace in figure.data)


def test_in_space_the_answer_stands_above_its_foot(royal):
    drawn = parallelogram(*royal.vectors[[0, 2, 1, 3]], dims=3)
    names = ["man", "king", "woman", "sum", "queen"]
    figure = space_chart(drawn, names, dark=False)
    assert figure.layout.scene.aspectmode == "data"
    points = next(trace for trace in figure.data if trace.type == "scatter3d" and trace.text)
    np.testing.assert_allclose(points.z[4], drawn.height, atol=1e-6)
    assert corners_table(drawn, names).column_names == [
        "corner", "item", "x", "y", "z", "share of its squared length in the picture",
    ]  # fmt: skip
    assert "so nothing is lost" in described(drawn, names, 3)


def test_the_caption_tells_what_the_plane_leaves_out(royal):
    drawn = parallelogram(*royal.vectors[[0, 2, 1, 3]])
    said = described(drawn, ["man", "king", "woman", "sum", "queen"], 2)
    assert f"it lies {drawn.height:.2f} above the plane" in said
    assert f"{100 * drawn.answer_share:.0f} % of its squared distance from man" in said
    assert f"{100 * drawn.shares[0]:.0f} % of the squared length of man, king and woman" in said
    assert f"is {drawn.miss:.2f}" in said


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


def test_every_example_reads_and_names_words_of_the_default_vocabulary():
    words = set(most_frequent(12_000))
    for group in WORDS.groups.values():
        for example in group:
            assert {term.name for term in parse(example.sum).terms} <= words
            assert {example.expected, example.first} <= words
            assert example.notice.endswith((".", ")."))
    assert find_example(WORDS, f" {SUM} ").expected == "queen"
    assert find_example(WORDS, "a - b") is None
    assert all(example.first != example.expected for example in WORDS.groups["Ones that fail"])


# The page


def test_nothing_typed_teaches_and_the_example_runs_on_one_click(open_page):
    app = open_page("analogies.py", encoder="MiniLM", collection="words")
    assert not app.exception
    assert "can be added and subtracted" in texts(app)
    assert not app.dataframe
    app = _press(app, "king − man + woman")
    assert not app.exception
    assert app.text_input(key="sum").value == SUM
    assert app.text_input(key="expected").value == "queen"
    said = _plain(app)
    assert "queen comes first by 3CosAdd (0.58) and 3CosMul" in said
    assert "With inputs allowed queen would be 3rd by 3CosAdd, behind king and woman" in said
    assert "the sum finds what its parts do not" in said
    assert _lists(app)["3CosAdd"][0] == "queen ✓"
    assert len(_lists(app)) == 10
    app.toggle(key="inputs").set_value(True)
    app = settle(app.run())
    assert "king, an input, comes first by 3CosAdd" in _plain(app)
    assert _lists(app)["3CosAdd"].tolist()[:3] == ["king (input)", "woman (input)", "queen ✓"]
    ranks = _lists(app, "inputs left out")
    assert ranks["inputs left out"].tolist() == [1, 1, 3]
    assert ranks["inputs in"].tolist() == [3, 1, 4]


def test_what_the_examples_say_holds_with_their_encoder():
    space = caching.store().space(caching.words(12_000), WORDS.encoder)
    for group in WORDS.groups.values():
        for example in group:
            first = solve(space, example.sum, k=1).rows[0]
            assert space.collection.items[first] == example.first, example.sum


def test_a_link_carries_sum_expected_inputs_answers_and_picture(open_royal):
    app = open_royal(sum=SUM, expected="Queen", inputs="true", answers="4", picture="3D")
    assert not app.exception
    table = _lists(app)
    assert len(table) == 4
    assert "king (input)" in table["3CosAdd"].tolist()
    assert app.segmented_control(key="picture").value == "3D"
    assert "so nothing is lost" in texts(app)


@pytest.mark.parametrize(
    "link", [{"answers": "0"}, {"answers": "9999"}, {"answers": "x"}, {"picture": "4D"}, {"inputs": "maybe"}]
)
def test_a_link_with_unusable_settings_still_opens(open_royal, link):
    app = open_royal(sum=SUM, **link)
    assert not app.exception
    assert len(_lists(app))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("king - man + wmoan", "“wmoan” is not in this collection"),
        ("   +  ", "A word is missing"),
        ("king - (man + woman", "This bracket is never closed"),
        ("king - man) + woman", "This bracket was never opened"),
        ("king / man", "There is no division"),
        ("- king - man", "Every word is taken away"),
        ("king - king", "cancel each other out"),
        ("king - #3", "are the same item here and cancel out"),
        ("king - KING", "are the same item here and cancel out"),
        ("a + " * 2500, "at most 4,000 can be read"),
        ("#99", "There is no #99"),
        ("☃️ + 国", "is not in this collection"),
        ("<script>alert(1)</script>", "has no meaning here"),
        ('"<b>*prince*</b>" - "[x](y)"', "“[x](y)” is not in this collection"),
        ("\x00\x01", "is not in this collection"),
    ],
)
def test_bad_sums_are_answered_with_their_place_and_lose_nothing(open_royal, text, message):
    app = open_royal(sum=text, expected="queen")
    assert not app.exception
    assert message in _plain(app)
    assert app.text_input(key="sum").value == text
    assert app.text_input(key="expected").value == "queen"
    assert "^" in app.code[0].value
    assert not any("3CosAdd" in frame.value.columns for frame in app.dataframe)


def test_an_empty_sum_is_no_error(open_royal):
    app = open_royal(sum="   ")
    assert not app.exception
    assert not app.error


def test_a_suggestion_repairs_the_sum_on_one_click(open_royal):
    app = _press(open_royal(sum="king - man + wman"), "woman")
    assert app.text_input(key="sum").value == "king - man + woman"
    assert not app.error
    assert "queen comes first" in _plain(app)


def test_an_expected_answer_that_is_no_candidate_is_said_and_repaired(open_royal):
    app = open_royal(sum=SUM, expected="quen")
    assert "“quen” is not among the candidates" in _plain(app)
    assert len(_lists(app))
    app = _press(app, "queen")
    assert app.text_input(key="expected").value == "queen"
    assert "queen is the expected answer" in _plain(app)


def test_markup_in_names_stays_text(open_royal):
    app = open_royal(sum='"<b>*prince*</b>"')
    assert not app.exception
    assert "<b>*prince*</b>" not in texts(app)
    assert "<b>*prince*</b>" in _plain_names(app)


def _plain_names(app):
    return _lists(app, "input")["input"].tolist()


def test_all_candidates_left_out_can_be_let_in(open_page):
    saved = caching.store().save(Space.from_vectors(["only"], [[1.0, 0.0]], name="one"))
    app = open_page("analogies.py", collection=saved.id, encoder="", sum="only")
    assert "Every candidate is an input" in texts(app)
    app = _press(app, "Let inputs be answers")
    assert not app.exception
    assert app.toggle(key="inputs").value
    assert _lists(app)["3CosAdd"].tolist() == ["only (input)"]


def test_ready_made_vectors_are_invited_by_what_they_hold(open_royal, open_page):
    labels = [button.label for button in open_royal().button]
    assert any("king" in label for label in labels)
    assert not any("france" in label for label in labels)
    saved = caching.store().save(
        Space.from_vectors(["a", "b", "c", "d"], [[1, 0], [1, 1], [0, 1], [-1, 1]], name="four")
    )
    app = _press(open_page("analogies.py", collection=saved.id, encoder=""), "#2 − #1 + #3")
    assert not app.exception
    assert app.text_input(key="sum").value == "#2 - #1 + #3"
    assert _lists(app)["3CosAdd"][0] == "d"


def test_other_sums_have_calmly_no_parallelogram(open_royal):
    app = open_royal(sum="2*king - woman")
    assert "a parallelogram belongs to a sum of the form" in texts(app)
    assert "PairDirection does not apply" in _plain(app)
    assert "PairDirection" not in _lists(app).columns
    app = open_royal(sum="king - man + boat", expected="")
    assert not app.exception


def test_three_inputs_on_one_line_have_no_parallelogram(open_page):
    line = Space.from_vectors(["a", "b", "c", "d"], [[1, 0], [-1, 0], [1, 0], [0, 1]], name="line")
    saved = caching.store().save(line)
    app = open_page("analogies.py", collection=saved.id, encoder="", sum="a - b + c")
    assert not app.exception
    assert "lie on one line" in texts(app)


def test_typed_texts_are_encoded_and_near_spellings_offered(open_page):
    saved = caching.store().save(Collection.from_texts(FOOD, name="food"))
    app = open_page("analogies.py", collection=saved.id, sum='"butter milk" - milk + braed', candidates=OWN)
    assert not app.exception
    assert "has a vector of length zero" in _plain(app)
    app.text_input(key="sum").set_value('"butter milk" - milk + bread')
    app = settle(app.run())
    assert "“butter milk” is no candidate; TF-IDF encoded it just now" in _plain(app)
    assert _lists(app)["3CosAdd"][0] == "bread butter"


def test_a_number_means_an_item_of_the_collection_whatever_the_candidates(open_page):
    saved = caching.store().save(Collection.from_texts(["the bread", "the milk"], name="two"))
    app = open_page("analogies.py", collection=saved.id, sum="#1", words="5,000")
    assert not app.exception
    assert "“#1” is no candidate; TF-IDF encoded it just now" in _plain(app)
    app.text_input(key="sum").set_value("#3")
    assert "There is no #3: the last item of the collection is #2" in _plain(settle(app.run()))


def test_other_encoders_are_asked_when_the_panel_is_open(open_page, monkeypatch):
    monkeypatch.setattr(others_panel, "encoders_for", lambda candidates: ["TF-IDF", "Character n-grams", "LSA"])
    saved = caching.store().save(Collection.from_texts(FOOD, name="food"))
    app = open_page("analogies.py", collection=saved.id, sum="bread + butter", candidates=OWN)
    assert not any("what to know" in frame.value.columns for frame in app.dataframe)
    app.session_state["sum_others"] = True
    app = settle(app.run())
    assert not app.exception
    table = _lists(app, "what to know").set_index("encoder")
    assert table.loc["TF-IDF", "first answer"] == "bread butter"
    assert table.loc["Character n-grams", "rank of bread butter"] == 1
    assert "share the best score" in table.loc["LSA", "what to know"] or table.loc["LSA", "first answer"]


def test_pictures_are_shown_and_mixed_with_words(open_page):
    example = SCENES.groups["Another shape"][0]
    app = open_page("analogies.py", collection="scenes", encoder="Scenes CLIP")
    assert not app.exception
    app = _press(app, example.sum.replace(" - ", " − "))
    assert not app.exception
    assert example.notice in _plain(app)
    table = _lists(app)
    assert "3CosAdd picture" in table.columns
    assert table["3CosAdd"][0].startswith(f"{example.first} ")
    space = caching.store().space(caching.sample("scenes"), SCENES.encoder)
    for group in SCENES.groups.values():
        for example in group:
            understood = understand(Candidates(space.collection, space.collection, SCENES.encoder), space, example.sum)
            assert f"#{solve(space, understood.inputs, k=1).rows[0] + 1}" == example.first, example.sum


def test_pictures_without_words_are_invited_by_number(open_page):
    app = open_page("analogies.py", collection="digits", encoder="Pixels", sum="seven")
    assert "“seven” is not in this collection" in _plain(app)
    app.text_input(key="sum").set_value("")
    app = _press(settle(app.run()), "#2 − #1 + #3")
    assert not app.exception
    assert "3CosAdd picture" in _lists(app).columns
