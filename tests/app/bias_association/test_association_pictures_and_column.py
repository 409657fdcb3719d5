"""Association tests over sentences, over pictures and against a column of numbers."""

from driving import said, settle
from garden_sets import NAMES, SETS, A, B, X, Y

from components.kit import caching
from components.kit.colours import LIGHT
from components.kit.words import number
from components.views.association_column import column_chart, column_sentence, column_table
from components.views.bias_inputs import NamedSet, refer, sets_to_text
from embeddings.bias.association import weat
from embeddings.bias.sentences import Wording, seat, seat_sentences
from embeddings.bias.word_by_word import wefat
from embeddings.collection import Collection
from embeddings.encoders import load_encoder
from embeddings.errors import EmbeddingError


def test_sentences_agree_with_the_core_and_each_word_can_count_once(open_page):
    link = {"over": "Sentences", "test": "own", "sets": sets_to_text(SETS), "encoders": "Character n-grams"}
    space = None
    for by_word in (True, False):
        app = open_page("bias.py", tested="1", by_word=str(by_word).lower(), **link)
        space = caching.store().space(caching.sample("sentences"), "Character n-grams")
        wording = Wording(by_word=by_word)
        sentences = seat_sentences(X, Y, A, B, wording=wording)
        encoder = load_encoder("Character n-grams")
        encoder.fit(space.collection.items)
        given = dict(zip(sentences, encoder.encode(sentences), strict=True))
        found = seat(space, X, Y, A, B, wording=wording, vectors_of=given)
        table = next(each.value for each in app.dataframe if "d" in each.value.columns)
        assert table["d"].tolist() == [number(found.effect_size, ".2f")]
        assert f"the {len(found.x)} + {len(found.y)} targets" in said(app)


def test_ready_made_vectors_cannot_read_sentences(open_sets):
    app = open_sets(over="Sentences")
    assert "Ready-made vectors have no encoder that could read the sentences" in said(app)


def test_pictures_agree_with_the_core_and_columns_fill_the_sets(open_page):
    app = open_page("bias.py", collection="digits", encoder="Pixels", tested="1")
    digits = caching.sample("digits")
    space = caching.store().space(digits, "Pixels")
    rows = [refer((f"digit={digit}",), digits) for digit in (8, 1, 9, 7)]
    found = weat(space, *rows)
    table = next(each.value for each in app.dataframe if "d" in each.value.columns)
    assert table["d"].tolist() == [number(found.effect_size, ".2f")]
    assert "other pictures like these" in said(app)
    app.button(key="fill_from_columns").click()
    app = settle(app.run())
    assert not app.exception
    assert app.session_state["pictures_X_words"][0].startswith(("digit=", "Scenes CLIP="))


def test_words_asked_of_an_encoder_of_pictures_get_a_sentence(open_page):
    sets = sets_to_text((NamedSet("", ("#1", "#2")), NamedSet("", ("#3", "#4")), SETS[2], SETS[3]))
    app = open_page("bias.py", collection="digits", encoder="Pixels", picture_sets=sets, tested="1")
    assert "Pixels looks at pictures only, so words have no vectors here" in said(app)


def test_a_collection_of_texts_has_no_pictures_to_ask_about(open_page):
    app = open_page("bias.py", over="Pictures")
    assert "This collection holds no pictures" in said(app)
    assert app.button(key="open_scenes")


def test_a_column_of_numbers_agrees_with_the_core(open_sets, garden):
    sets = sets_to_text((SETS[2], SETS[3]))
    app = open_sets(over="Against a column", column_sets=sets, column="size")
    found = wefat(garden, list(range(len(garden))), garden.collection.column("size").to_pylist(), A, B)
    table = next(each.value for each in app.dataframe if "r" in each.value.columns)
    assert table["r"].tolist() == [number(found.r, ".2f")]
    assert "not harm" in said(app)
    figure = column_chart(found, garden.collection, "size", NAMES[2:], colours=LIGHT)
    assert list(figure.data[0].y) == found.associations.tolist()
    assert column_table({"e": found, "f": EmbeddingError("why")})["note"].to_pylist() == ["", "why"]
    assert number(found.r, ".2f") in column_sentence(found, "size", NAMES[2:])


def test_a_collection_without_numbers_says_what_to_bring(open_page):
    saved = caching.store().save(Collection.from_texts(["one", "two"], name="no numbers"))
    app = open_page("bias.py", collection=saved.id, encoder="TF-IDF", over="Against a column")
    assert "no column of numbers" in said(app)
