"""The view “One sum” over vectors whose answers are known by eye."""

from driving import texts
from royal_sums import SUM, lists, plain, press

from components.analogies.examples import SCENES
from components.analogies.understanding import understand
from components.kit import caching
from components.kit.candidates import Candidates
from embeddings.analogies.solving import solve
from embeddings.space import Space


def test_a_link_carries_sum_expected_inputs_answers_and_picture(open_royal):
    app = open_royal(sum=SUM, expected="Queen", inputs="true", answers="4", picture="3D")
    assert not app.exception
    table = lists(app)
    assert len(table) == 4
    assert "king (input)" in table["3CosAdd"].tolist()
    assert app.segmented_control(key="picture").value == "3D"
    assert "so nothing is lost" in texts(app)


def test_markup_in_names_stays_text(open_royal):
    app = open_royal(sum='"<b>*prince*</b>"')
    assert not app.exception
    assert "<b>*prince*</b>" not in texts(app)
    assert "<b>*prince*</b>" in _plain_names(app)


def _plain_names(app):
    return lists(app, "input")["input"].tolist()


def test_all_candidates_left_out_can_be_let_in(open_page):
    saved = caching.store().save(Space.from_vectors(["only"], [[1.0, 0.0]], name="one"))
    app = open_page("analogies.py", collection=saved.id, encoder="", sum="only")
    assert "Every candidate is an input" in texts(app)
    app = press(app, "Let inputs be answers")
    assert not app.exception
    assert app.toggle(key="inputs").value
    assert lists(app)["3CosAdd"].tolist() == ["only (input)"]


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
