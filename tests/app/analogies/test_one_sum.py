"""The view “One sum” over vectors whose answers are known by eye, and the examples that it offers."""

import pytest
from driving import settle, texts
from royal_sums import FOOD, OWN, SUM, lists, plain, press

from components.kit import caching
from components.kit.candidates import Candidates
from components.kit.spaces import space_request
from components.views import one_sum
from components.views.sum_examples import example_set, find_example
from components.views.typed_sum import understand
from embeddings.analogies.parsing import parse
from embeddings.analogies.solving import solve
from embeddings.collection import Collection
from embeddings.jobs.job import Job
from embeddings.samples.frequent import most_frequent
from embeddings.space import Space

WORDS, SCENES = example_set("sums_of_words"), example_set("sums_of_scenes")


def test_a_link_carries_sum_expected_inputs_answers_and_picture(open_royal):
    app = open_royal(sum=SUM, expected="Queen", inputs="true", answers="4", picture="3D")
    assert not app.exception
    table = lists(app)
    assert len(table) == 4
    assert "king (input)" in table["3CosAdd"].tolist()
    assert app.segmented_control(key="picture").value == "3D"
    assert "so nothing is lost" in texts(app)


@pytest.mark.parametrize("answers", ["0", "9999", "x"])
def test_a_link_with_unusable_settings_still_opens(open_royal, answers):
    app = open_royal(sum=SUM, answers=answers, picture="4D", inputs="maybe")
    assert not app.exception
    assert len(lists(app))


def test_markup_in_names_stays_text(open_royal):
    app = open_royal(sum='"<b>*prince*</b>"')
    assert not app.exception
    assert "<b>*prince*</b>" not in texts(app)
    assert "<b>*prince*</b>" in lists(app, "input")["input"].tolist()


def test_all_candidates_left_out_can_be_let_in(open_page):
    saved = caching.store().save(Space.from_vectors(["only"], [[1.0, 0.0]], name="one"))
    app = open_page("analogies.py", collection=saved.id, encoder="", sum="only")
    assert "Every candidate is an input" in texts(app)
    app = press(app, "Let inputs be answers")
    assert not app.exception
    assert app.toggle(key="inputs").value
    assert lists(app)["3CosAdd"].tolist() == ["only (input)"]


def test_other_sums_have_calmly_no_parallelogram(open_royal, open_page):
    app = open_royal(sum="2*king - woman")
    assert "a parallelogram belongs to a sum of the form" in texts(app)
    assert "PairDirection does not apply" in plain(app)
    assert "PairDirection" not in lists(app).columns
    line = Space.from_vectors(["a", "b", "c", "d"], [[1, 0], [-1, 0], [1, 0], [0, 1]], name="line")
    saved = caching.store().save(line)
    app = open_page("analogies.py", collection=saved.id, encoder="", sum="a - b + c")
    assert not app.exception
    assert "lie on one line" in texts(app)


def test_a_sum_that_only_takes_away_has_no_lists_of_inputs(open_royal):
    app = open_royal(sum="- lady", expected="queen")
    assert not app.exception
    assert lists(app)["3CosAdd"][0] == "man"
    assert "What the inputs find alone" not in plain(app)


def test_a_suggestion_repairs_the_sum_on_one_click_and_nothing_is_lost(open_royal):
    app = open_royal(sum="king - man + wman", expected="queen")
    assert "“wman” is not in this collection" in plain(app)
    assert "^" in app.code[0].value
    assert not app.dataframe
    assert app.text_input(key="sum").value == "king - man + wman"
    app = press(app, "woman")
    assert app.text_input(key="sum").value == SUM
    assert app.text_input(key="expected").value == "queen"
    assert not app.error
    assert "queen comes first" in plain(app)


def test_the_page_opens_with_a_sum_answered(open_royal):
    app = open_royal()
    assert "queen comes first" in plain(app)
    assert app.text_input(key="sum").value == ""


def test_markup_in_a_mistake_stays_text(open_royal):
    app = open_royal(sum='"<b>*prince*</b>" - "[x](y)"')
    assert not app.exception
    assert "“[x](y)” is not in this collection" in plain(app)
    assert "[x](y)" not in app.error[0].value


def test_an_expected_answer_that_is_no_candidate_is_said_and_repaired(open_royal):
    app = open_royal(sum=SUM, expected="quen")
    assert "“quen” is not among the candidates" in plain(app)
    assert len(lists(app))
    app = press(app, "queen")
    assert app.text_input(key="expected").value == "queen"
    assert "queen is the expected answer" in plain(app)


def test_typed_texts_are_encoded_and_near_spellings_offered(open_page):
    saved = caching.store().save(Collection.from_texts(FOOD, name="food"))
    app = open_page("analogies.py", collection=saved.id, sum='"butter milk" - milk + braed', candidates=OWN)
    assert not app.exception
    assert "has a vector of length zero" in plain(app)
    app.text_input(key="sum").set_value('"butter milk" - milk + bread')
    app = settle(app.run())
    assert "“butter milk” is not in" in plain(app)
    assert lists(app)["3CosAdd"][0] == "bread butter"


def test_a_number_means_an_item_of_the_collection_whatever_the_candidates(open_page):
    saved = caching.store().save(Collection.from_texts(["the bread", "the milk"], name="two"))
    app = open_page("analogies.py", collection=saved.id, sum="#1", words="5,000")
    assert not app.exception
    assert "“#1” is not in" in plain(app)
    app.text_input(key="sum").set_value("#3")
    assert "There is no #3: the last item of the collection is #2" in plain(settle(app.run()))


def test_other_encoders_are_asked_when_the_panel_is_open(open_page, monkeypatch):
    monkeypatch.setattr(one_sum, "encoders_for", lambda candidates: ["TF-IDF", "Character n-grams", "LSA"])
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


def test_what_the_examples_say_holds_with_their_encoder():
    space = space_request(caching.words(12_000), WORDS.encoder)[1](Job("test"))
    for group in WORDS.groups.values():
        for example in group:
            first = solve(space, example.sum, k=1).rows[0]
            assert space.collection.items[first] == example.first, example.sum


def test_the_first_sum_is_answered_before_anything_is_typed_and_the_example_runs_on_one_click(open_page):
    app = open_page("analogies.py", encoder="MiniLM", collection="words")
    assert not app.exception
    assert "queen comes first by 3CosAdd (0.58)" in plain(app)
    app = press(app, "king − man + woman")
    assert not app.exception
    assert app.text_input(key="sum").value == SUM
    assert app.text_input(key="expected").value == "queen"
    said = plain(app)
    assert "queen comes first by 3CosAdd (0.58) and 3CosMul" in said
    assert "With inputs allowed queen would be 3rd by 3CosAdd, behind king and woman" in said
    assert "the sum finds what its parts do not" in said
    assert lists(app)["3CosAdd"][0] == "queen ✓"
    assert len(lists(app)) == 10
    app.toggle(key="inputs").set_value(True)
    app = settle(app.run())
    assert "king, an input, comes first by 3CosAdd" in plain(app)
    assert lists(app)["3CosAdd"].tolist()[:3] == ["king (input)", "woman (input)", "queen ✓"]
    ranks = lists(app, "inputs left out")
    assert ranks["inputs left out"].tolist() == [1, 1, 3]
    assert ranks["inputs in"].tolist() == [3, 1, 4]


def test_pictures_are_shown_and_mixed_with_words(open_page):
    example = SCENES.groups["Another shape"][0]
    app = open_page("analogies.py", collection="scenes", encoder="Scenes CLIP")
    assert not app.exception
    app = press(app, example.sum.replace(" - ", " − "))
    assert not app.exception
    assert example.notice in plain(app)
    table = lists(app)
    assert "3CosAdd picture" in table.columns
    assert table["3CosAdd"][0].startswith(f"{example.first} ")
    space = caching.store().space(caching.sample("scenes"), SCENES.encoder)
    for group in SCENES.groups.values():
        for example in group:
            understood = understand(Candidates(space.collection, space.collection, SCENES.encoder), space, example.sum)
            assert f"#{solve(space, understood.inputs, k=1).rows[0] + 1}" == example.first, example.sum


def test_ready_made_vectors_are_invited_by_what_they_hold(open_royal, open_page):
    labels = [button.label for button in open_royal().button]
    assert any("king" in label for label in labels)
    assert not any("france" in label for label in labels)
    saved = caching.store().save(
        Space.from_vectors(["a", "b", "c", "d"], [[1, 0], [1, 1], [0, 1], [-1, 1]], name="four")
    )
    app = open_page("analogies.py", collection=saved.id, encoder="")
    assert not app.exception
    assert app.text_input(key="sum").placeholder == "#2 - #1 + #3"
    assert lists(app)["3CosAdd"][0] == "d"


def test_pictures_without_words_are_invited_by_number(open_page):
    app = open_page("analogies.py", collection="digits", encoder="Pixels", sum="seven")
    assert "“seven” is not in this collection" in plain(app)
    app.text_input(key="sum").set_value("")
    app = settle(app.run())
    assert not app.exception
    assert "3CosAdd picture" in lists(app).columns
