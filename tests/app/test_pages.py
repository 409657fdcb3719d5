"""What every page keeps to, and what single pages promise.

What is odd in the same way for every page goes round: of four odd collections each page gets three, all but that of its
number, so that each of the four is on eight pages or more; of three encoders that do not exist, each page gets that of
its number.
"""

import numpy as np
import pytest
from driving import PAGES, listed, press, said, settle, texts
from full_disk import full_disk
from streamlit.testing.v1 import AppTest

from components.kit import caching
from embeddings.collection import Collection
from embeddings.encoders import ENCODERS
from embeddings.encoders.availability import remedy
from embeddings.errors import EmbeddingError
from embeddings.neighbours import nearest
from embeddings.space import Space

ON_SPACES = [page for page in PAGES if page != "data.py"]
ODD_ITEMS = (["only one"], ["two", "items"], ["", " ", "\x00"], ["same"] * 5)
NO_ENCODERS = ("no such encoder", "hub:no/such-model", "folder:/no/such/folder")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_the_default_link(open_page, page):
    app = open_page(page)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_a_link_to_a_collection_that_is_gone(open_page, page):
    app = open_page(page, collection="nothing-here")
    assert not app.exception
    assert page == "data.py" or "not on this server" in texts(app)


@pytest.mark.parametrize("page", ON_SPACES)
def test_every_page_names_the_remedy_when_the_encoder_cannot_run(open_page, page):
    missing = next(name for name in ENCODERS if remedy(name))
    app = open_page(page, encoder=missing)
    assert not app.exception
    lent = page in ("joint.py", "zero_shot.py")  # beside texts they show what another encoder makes of pictures
    assert ("so these are the drawn scenes" if lent else "internet") in texts(app) or "folder" in texts(app)


@pytest.mark.parametrize(
    ("page", "encoder"), [(page, NO_ENCODERS[number % len(NO_ENCODERS)]) for number, page in enumerate(ON_SPACES)]
)
def test_every_page_answers_an_encoder_that_does_not_exist(open_page, page, encoder):
    app = open_page(page, encoder=encoder)
    assert not app.exception
    assert app.warning or "so these are the drawn scenes" in texts(app)


@pytest.mark.parametrize(
    ("page", "items"),
    [
        (page, items)
        for number, page in enumerate(ON_SPACES)
        for odd, items in enumerate(ODD_ITEMS)
        if odd != number % len(ODD_ITEMS)
    ],
)
def test_every_page_survives_tiny_and_odd_collections(open_page, page, items):
    saved = caching.store().save(Collection.from_texts(items, name="tiny"))
    app = open_page(page, collection=saved.id, encoder="MiniLM")
    assert not app.exception


def test_the_map_says_how_far_to_trust_it(open_page):
    app = open_page()
    assert "of 10** true neighbours (by chance 0.17)" in texts(app)


def test_a_selected_item_shows_its_true_neighbours(open_page):
    app = open_page(item="7")
    space = _space("sentences", "TF-IDF")
    assert space.collection.text(6) in texts(app)
    lines, expected = listed(app), nearest(space, 6, k=10)
    assert [line["alt"] for line in lines] == [space.collection.text(row) for row in expected.rows]
    unit = space.vectors / space.norms[:, None]
    cosines = np.sort(np.delete(unit @ unit[6], 6))[::-1][:10]
    np.testing.assert_allclose([line["share"] for line in lines], cosines, atol=1e-5)
    assert [line["caption"] for line in lines] == [f"{cosine:.2f}" for cosine in cosines]


def test_closing_the_item_selects_nothing(open_page):
    app = press(open_page(item="7"), "Close")
    assert "Click a point" in texts(app)
    assert "item" not in app.query_params


def test_a_search_is_opened_in_its_mode_and_lists_what_it_found(open_page):
    app = open_page(search="capital of", search_by="Meaning")
    lines = listed(app)
    assert len(lines) == 10
    assert [line["share"] for line in lines] == sorted((line["share"] for line in lines), reverse=True)


def test_search_finds_text_patterns_and_answers_a_broken_one(open_page):
    app = open_page(search="the")
    assert "items match “the”" in texts(app)
    app.segmented_control(key="search_by").set_value("regex")
    app.text_input(key="search").set_value("(unclosed")
    assert "cannot be read" in texts(settle(app.run()))


def test_search_by_meaning_places_the_text_and_says_how_far_it_is(open_page):
    app = open_page(collection="sentences", encoder="MiniLM")
    app.segmented_control(key="search_by").set_value("meaning")
    app.text_input(key="search").set_value("baking bread")
    said = texts(settle(app.run()))
    assert "would go. The 10 nearest items are lit" in said


def test_king_minus_man_plus_woman_opens_its_page(open_page):
    app = open_page(collection="words", encoder="MiniLM static")
    next(button for button in app.button if button.label.startswith("king")).click()
    app = settle(app.run())
    assert app.text_input(key="sum").value == "king - man + woman"


def test_the_selected_item_can_be_used_in_a_sum(open_page):
    app = open_page(item="7")
    next(button for button in app.button if button.label == "Use in a sum").click()
    assert settle(app.run()).text_input(key="sum").value == "#7"


def test_where_does_this_map_lie_leads_to_the_trust_page_with_the_same_map(open_page):
    app = open_page(seed="3")
    next(button for button in app.button if button.label.startswith("Where does")).click()
    app = settle(app.run())
    assert not app.exception
    assert "true neighbours this map keeps" in texts(app)
    assert app.segmented_control(key="method").value == "PCA"
    assert app.number_input(key="seed").value == 3


def test_neighbours_of_an_item_by_three_metrics(open_page):
    rng = np.random.default_rng(0)
    space = Space.from_vectors([f"item {row}" for row in range(20)], rng.normal(size=(20, 4)), name="lengths differ")
    app = open_page("neighbours.py", collection=caching.store().save(space).id, encoder="", item="7")
    table = next(frame.value for frame in app.dataframe if "Euclidean" in frame.value.columns)
    for metric in ("cosine", "Euclidean", "dot"):
        expected = nearest(space, 6, k=10, metric=metric)
        np.testing.assert_allclose(table[f"{metric} score"], expected.scores, atol=1e-5)


def test_an_item_is_found_by_its_text_and_stands_in_the_link(open_page):
    app = open_page("neighbours.py", collection="words", encoder="MiniLM")
    field = next(field for field in app.text_input if field.label == "Item")
    field.set_value("queen").run()
    row = caching.sample("words").rows["queen"]
    assert app.query_params["item"] == str(row + 1)
    next(field for field in app.text_input if field.label == "Item").set_value("quee").run()
    assert any("items hold it" in box.label for box in app.selectbox)
    next(field for field in app.text_input if field.label == "Item").set_value("qeen").run()
    assert "Did you mean queen" in texts(app)


def test_neighbours_of_a_typed_text_and_what_the_encoder_saw(open_page):
    app = open_page("neighbours.py")
    app.segmented_control(key="look_up").set_value("typed").run()
    app.text_input(key="typed_query").set_value("unheardofword bread")
    said = texts(settle(app.run()))
    assert "What the encoder saw" in said
    assert "unheardofword" in said


def test_neighbours_of_a_pasted_vector_and_a_wrong_one(open_page):
    saved = caching.store().save(Space.from_vectors(["east", "north", "west"], [[1, 0], [0, 1], [-1, 0]], name="s"))
    app = open_page("neighbours.py", collection=saved.id)
    app.segmented_control(key="look_up").set_value("vector").run()
    app.text_area[0].set_value("[0.9, 0.1]").run()
    table = next(frame.value for frame in app.dataframe if "cosine" in frame.value.columns)
    assert table["cosine"].tolist() == ["east", "north"]
    for wrong, message in [("1 2 3", "has 2 numbers, you gave 3"), ("1 x", "“x” is not a number"), ("1 nan", "finite")]:
        app.text_area[0].set_value(wrong).run()
        assert message in texts(app).replace("\\", "")


def test_centring_shows_what_changes(open_page):
    app = open_page("neighbours.py", item="7", centre="true")
    assert "Centring changes" in texts(app)


def test_a_pasted_text_is_previewed_and_opened(open_page):
    app = open_page("data.py")
    app.segmented_control(key="bring").set_value("Paste text").run()
    app.text_area(key="pasted").set_value("one cat\n\ntwo dogs\none cat\n<b>three</b> [x](javascript:alert(1))").run()
    app = settle(app)
    assert app.metric[0].value == "4"
    assert app.metric[2].value == "1"
    next(button for button in app.button if button.label == "Show the map").click()
    app = settle(app.run())
    assert not app.exception
    saved = caching.store().find(str(app.query_params["collection"]))
    assert caching.store().load(saved.fingerprint).items[:2] == ("one cat", "two dogs")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b"\n  \n\n", "blank"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG picture"),
        ("numbers.csv", b"a,b\n1,2\n3,4\n", "has no column of texts"),
    ],
)
def test_a_file_that_cannot_be_used_is_answered_beside_it(open_page, name, data, message):
    app = open_page("data.py")
    app.file_uploader[0].upload(name, data)
    app = settle(app.run())
    assert not app.exception
    assert message in texts(app).replace("\\", "")


def test_vectors_with_labels_of_another_length_name_both_counts(open_page, tmp_path):
    np.save(tmp_path / "v.npy", np.eye(3))
    app = open_page("data.py")
    app.file_uploader[0].upload("v.npy", (tmp_path / "v.npy").read_bytes())
    app = settle(app.run())
    app.file_uploader[1].upload("labels.txt", b"a\nb\n")
    assert "holds 3 vectors but “labels.txt” has 2 lines of labels" in texts(settle(app.run())).replace("\\", "")


def bring_fruit(open_page):
    app = open_page("data.py")
    app.file_uploader[0].upload("fruit.csv", b"fruit,colour\na ripe apple,red\na ripe pear,green\na plum,blue\n")
    app = settle(app.run())
    assert app.metric[0].value == "3"
    return app


def test_a_table_is_opened_beside_its_name_and_not_asked_for_labels_of_vectors(open_page):
    app = bring_fruit(open_page)
    assert len(app.file_uploader) == 1
    drawn = [element.type for element in app.main]
    labels = [getattr(element, "label", "") for element in app.main]
    assert set(drawn[drawn.index("file_uploader") + 1 : labels.index("Show the map")]) <= {"column", "flex_container"}


def test_of_a_handful_of_items_no_tautology_is_said(open_page):
    app = open_page("data.py")
    app.segmented_control(key="bring").set_value("Paste text").run()
    app.text_area(key="pasted").set_value("one cat\ntwo dogs\nthree cows\nfour hens").run()
    app = press(settle(app), "Show the map")
    app = open_page("map.py", collection=str(app.query_params["collection"]))
    assert "With 4 items every map keeps all neighbours" in texts(app)
    assert "by chance" not in texts(app)


@pytest.fixture
def lose_the_session(monkeypatch):
    """What three minutes without network leave, and a server's restart: what the browser shows, and nothing here."""
    plain, lost = AppTest.run, {}

    def run(app, **options):
        for uploader in app.file_uploader:  # a browser goes on sending what it shows
            uploader._files = lost.get(uploader.id, uploader._files)
        return plain(app, **options)

    def lose(app):
        uploader = app.file_uploader[0]
        lost[uploader.id] = [(file.file_id, file.name, b"", file.type) for file in uploader.value]
        del app.session_state["kept_files"]
        monkeypatch.setattr(AppTest, "run", run)
        monkeypatch.setattr(AppTest, "_register_uploaded_files", lambda *_: None)
        caching.outcomes.cache_clear()
        return app

    return lose


def test_a_file_that_was_understood_is_still_opened_after_the_session_was_lost(open_page, lose_the_session):
    app = press(lose_the_session(bring_fruit(open_page)), "Show the map")
    assert not app.exception
    saved = caching.store().find(str(app.query_params["collection"]))
    found = caching.store().load(saved.fingerprint)
    assert (saved.name, found.items[0]) == ("fruit", "a ripe apple")
    assert found.column("colour").to_pylist() == ["red", "green", "blue"]


def test_a_file_that_the_server_no_longer_has_is_asked_for_again(open_page, lose_the_session, monkeypatch):
    app = lose_the_session(bring_fruit(open_page))
    caching.store().uploads.sweep(room=1 << 40)
    app = press(app, "Show the map")
    assert not app.exception
    assert [warning.value for warning in app.warning] == ["The file is no longer on the server: choose it again."]
    monkeypatch.undo()
    app.file_uploader[0].upload("fruit.txt", b"an apple\na pear\n")
    app = settle(app.run())
    assert not app.warning
    assert app.metric[0].value == "2"


def test_where_the_disk_is_full_nothing_is_lost_and_the_same_button_works_once_there_is_room(open_page):
    app = bring_fruit(open_page)
    button = next(button for button in app.button if button.label == "Show the map")
    with full_disk():
        button.click()
        app = app.run()
    assert not app.exception
    assert len(app.error) == 1
    assert "The disk of this server is full, so this could not be kept. Make room on it, then try again." in said(app)
    app = press(app, "Show the map")
    assert not app.error
    assert caching.store().find(str(app.query_params["collection"])).name == "fruit"


def test_what_this_session_saved_can_be_deleted_here(open_page):
    app = open_page("data.py")
    app.segmented_control(key="bring").set_value("Paste text").run()
    app.text_area(key="pasted").set_value("a cat to delete\na dog to delete\na cow to delete").run()
    next(button for button in settle(app).button if button.label == "Show the map").click()
    app = settle(app.run())
    id = str(app.query_params["collection"])
    app.switch_page("../../pages/data.py")
    app = settle(app.run())
    app.button(key=f"delete_{id}").click()
    app = settle(app.run())
    assert not app.exception
    with pytest.raises(EmbeddingError, match="not on this server"):
        caching.store().find(id)


def _space(collection, encoder):
    return caching.store().space(caching.sample(collection), encoder)


def test_an_encoder_that_cannot_take_the_items_says_so_and_is_chosen_anew(open_page):
    saved = caching.store().save(Collection.from_texts(["one", "two"], name="texts"))
    app = open_page(collection=saved.id, encoder="Pixels")
    assert "takes pictures only" in texts(app)
    next(button for button in app.button if button.label == "Use MiniLM instead").click()
    assert settle(app.run()).query_params["encoder"] == "MiniLM"
