"""Association tests on the page: what is shown agrees with the core, and every mistake gets a sentence."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from driving import settle, texts

from components import caching
from components.bias.association.column_chart import column_chart, column_sentence, column_table
from components.bias.association.encoders import picture_encoders, text_encoders
from components.bias.association.forest_chart import Line, forest_chart
from components.bias.association.how import reading
from components.bias.association.measures import leverages, null_bounds, one_p, signed
from components.bias.association.request import Measured, Question
from components.bias.association.tables import adjusted, results_numbers, results_table, words_table
from components.bias.association.verdict import standing_of, verdict
from components.bias.association.word_charts import Seen, dots_chart, leverage_chart, null_chart
from components.bias.references import refer
from components.bias.set_status import display_names, status
from components.bias.set_text import NamedSet, read_set, sets_from_text, sets_to_text, write_set
from components.text import table_csv
from embeddings.bias.association import weat
from embeddings.bias.checking import check_sets
from embeddings.bias.effect import Bounds
from embeddings.bias.lookup import Lookup
from embeddings.bias.probes import PROBES
from embeddings.bias.random_words import random_sets
from embeddings.bias.ready import NOTICE, ready_tests
from embeddings.bias.sentences import Wording, seat, seat_sentences
from embeddings.bias.several import holm
from embeddings.bias.word_by_word import wefat
from embeddings.bias.word_sets import Rules
from embeddings.collection import Collection
from embeddings.encoders import load_encoder
from embeddings.errors import EmbeddingError
from embeddings.samples.frequent import most_frequent
from embeddings.space import Space

X, Y = ("rose", "tulip", "daisy", "lily"), ("ant", "flea", "wasp", "moth")
A, B = ("love", "peace", "joy"), ("ugly", "poison", "grief")
NAMES = ("Flowers", "Insects", "Pleasant", "Unpleasant")
SETS = tuple(NamedSet(name, words) for name, words in zip(NAMES, (X, Y, A, B), strict=True))
FILLERS = [f"word{n}" for n in range(60)]


@pytest.fixture(scope="module")
def garden():
    """Words whose flowers lie near the pleasant ones and whose insects near the unpleasant ones, and 60 others."""
    rng = np.random.default_rng(1)
    words = [*X, *Y, *A, *B, *FILLERS]
    vectors = rng.normal(size=(len(words), 6))
    vectors[[words.index(word) for word in (*X, *A)]] += [2, 0, 0, 0, 0, 0]
    vectors[[words.index(word) for word in (*Y, *B)]] += [0, 2, 0, 0, 0, 0]
    numbers = pa.table({"size": np.arange(len(words), dtype=np.float64), "kind": ["w"] * len(words)})
    return Space.from_vectors(words, vectors.astype(np.float32), name="garden", metadata=numbers)


@pytest.fixture(scope="module")
def test(garden):
    return weat(garden, X, Y, A, B)


@pytest.fixture(scope="module")
def measured(garden, test):
    return Measured(test, null=random_sets(garden, test, draws=200))


@pytest.fixture
def open_sets(open_page, garden):
    """Open the page on the garden with sets in the link; the test runs at once."""

    def open_it(sets=SETS, space=None, **link):
        saved = caching.store().save(space or garden)
        given = {"test": "own", "sets": sets_to_text(sets), "tested": "1", **link}
        return open_page("bias.py", collection=saved.id, encoder="", **given)

    return open_it


def _replaced(number, words):
    return tuple(each._replace(words=tuple(words)) if n == number else each for n, each in enumerate(SETS))


def said(app):
    """What a page says, without the marks that keep Markdown from reading it."""
    return texts(app).replace("\\", "")


# Sets as text


@pytest.mark.parametrize(
    "sets",
    [
        SETS,
        (NamedSet("", ("a.b", "50%", "x*y", "~", "ünï 👩‍🚀")), NamedSet("new york", ("New York",))),
        (NamedSet("long", tuple(f"word number {n}" for n in range(400))), NamedSet("", ())),
    ],
)
def test_sets_come_back_from_a_link(sets):
    text = sets_to_text(sets)
    assert sets_from_text(text) == sets
    assert len(text) < 2_500


@pytest.mark.parametrize("text", ["~", "~no!", "~AAAA", sets_to_text(SETS * 60)[:60]])
def test_a_broken_link_is_answered(text):
    assert text.startswith("~")
    with pytest.raises(EmbeddingError, match="cannot be read"):
        sets_from_text(text)


@pytest.mark.parametrize(
    ("typed", "words"),
    [("a b  c", "abc"), ("a, b\nc", "abc"), ("new york,", ("new york",)), ("", ()), ("a\tb;c", "abc")],
)
def test_words_are_read_as_typed(typed, words):
    assert read_set(typed) == tuple(words)
    assert read_set(write_set(tuple(words))) == tuple(words)


def test_numbers_and_column_values_name_items():
    pictures = Collection("p", "image", (b"1", b"2", b"3", b"4"), pa.table({"shape": ["o", "x", "o", None]}))
    assert refer(("#2", "#3-#4", "shape=o", "love", "a=b"), pictures) == (1, 2, 3, 0, 2, "love", "a=b")
    assert len(refer(("shape=o",), pictures, most=1)) == 1
    assert refer(("#1",), Collection.from_texts(["one"], name="t")) == ("one",)
    with pytest.raises(EmbeddingError, match="no item #5 here: this collection has #1 to #4"):
        refer(("#5",), pictures)
    with pytest.raises(EmbeddingError, match="No item has “y” in the column “shape”"):
        refer(("shape=y",), pictures)


def test_sets_are_called_by_names_that_are_theirs_alone():
    assert display_names(["X", "Y", "A"], ["Flowers", "flowers ", ""]) == {"X": "Flowers", "Y": "flowers", "A": "A"}
    assert display_names(["X", "Y"], ["same", "same"]) == {"X": "same (X)", "Y": "same (Y)"}


def test_the_status_of_a_set_counts_what_is_known_new_and_doubled(garden):
    check = check_sets(garden, {"X": ("rose", "Rose", "TULIP", "zinnia")}, rules=Rules(), any_text=True).sets[0]
    said = status(check)
    assert said.startswith("3 words usable · 1 not in vocabulary, encoded just now (“zinnia”)")
    assert "“Rose” twice" in said
    assert "“TULIP” read as “tulip”" in said


# Figures, tables and sentences


def test_the_forest_shows_effect_interval_null_and_published(measured):
    lines = [Line("one", "one", measured, 1.5, before=0.5), Line("two", "two", Measured(None, "why"))]
    figure = forest_chart(lines, ("left", "m", "<b>right"), dark=False)
    null, effect, _, published, before = figure.data
    assert null.x[:2] == pytest.approx(null_bounds(measured))
    assert effect.x[0] == measured.test.effect_size
    assert effect.x[0] + effect.error_x.array[0] == pytest.approx(measured.test.interval.high)
    assert effect.x[0] - effect.error_x.arrayminus[0] == pytest.approx(measured.test.interval.low)
    assert (published.x, before.x) == ((1.5,), (0.5,))
    assert "&lt;b&gt;right" in figure.layout.xaxis.title.text


def test_encoders_of_one_test_lie_side_by_side(measured):
    lines = [Line(row, encoder, measured) for row in ("one", "two") for encoder in ("p", "q")]
    figure = forest_chart(lines, ("", "", ""), dark=True)
    assert list(figure.data[1].y) == pytest.approx([-0.175, 0.825])
    assert list(figure.data[2].y) == pytest.approx([0.175, 1.175])


def test_leverage_bars_end_at_the_effect_size_without_the_word(garden, test):
    figure = leverage_chart(Seen(test, garden.collection, NAMES), dark=False)
    ends = {data[0]: base + x for bar in figure.data for data, x, base in
            zip(bar.customdata, bar.x, [bar.base] * len(bar.x), strict=True)}  # fmt: skip
    # Without rose: by the definition, over the other words.
    lookup = Lookup(garden)
    score = {w: float((lookup.units([w]) @ lookup.units(A).T).mean() - (lookup.units([w]) @ lookup.units(B).T).mean())
             for w in (*X, *Y)}  # fmt: skip
    x, y = [score[w] for w in X[1:]], [score[w] for w in Y]
    assert ends["rose"] == pytest.approx((np.mean(x) - np.mean(y)) / np.std([*x, *y], ddof=1))
    first = leverages(test)[0]
    assert abs(first.change) == max(abs(each.change) for each in leverages(test))


def test_dots_lie_at_their_scores_and_lines_at_the_means(garden, test):
    figure = dots_chart(Seen(test, garden.collection, NAMES), dark=False)
    assert list(figure.data[0].x) == test.x_scores.tolist()
    assert figure.data[1].x[0] == pytest.approx(test.x_scores.mean())
    assert set(figure.data[0].text) == set(X)


def test_the_null_histogram_counts_all_random_sets(measured):
    figure = null_chart(measured.null, measured.test.effect_size, dark=False)
    assert sum(figure.data[0].y) == 200
    assert figure.data[1].x[0] == measured.test.effect_size


def test_tables_hold_all_figures_and_holm_counts_tests_that_ran(measured):
    lines = [Line(f"t{n}", "e", measured) for n in range(3)] + [Line("t3", "e", Measured(None, "=why"))]
    one, two = adjusted(lines)
    assert one[:3] == pytest.approx(holm([measured.test.p_value] * 3))
    assert np.isnan(two[3])
    shown = results_table(lines, several=True)
    assert shown["d"].to_pylist() == [signed(measured.test.effect_size)] * 3 + ["–"]
    assert shown["note"].to_pylist()[-1] == "=why"
    numbers = results_numbers(lines)
    assert numbers["effect size d"].to_pylist() == [measured.test.effect_size] * 3 + [None]
    assert numbers["X"][0].as_py() == "; ".join(X)
    assert "'=why" in table_csv(numbers).decode("utf-8-sig")
    assert results_numbers(lines[::-1]).column_names  # a test that was refused may come first


def test_the_words_table_has_every_word_once(garden, test):
    table = words_table(Seen(test, garden.collection, NAMES))
    assert sorted(table["word"].to_pylist()) == sorted((*X, *Y, *A, *B))
    assert table["called"].to_pylist().count("Pleasant") == len(A)


@pytest.mark.parametrize(
    ("p", "said"), [(1.0, "1"), (0.0285714, "0.029"), (1 / 100_001, "0.00001"), (1 / 184_756, "0.0000054")]
)
def test_p_values_are_never_printed_as_0(p, said):
    assert one_p(p) == said


def test_verdicts_tell_the_four_cases_apart(garden, measured):
    sure = replace(measured.test, p_two_sided=0.01, interval=Bounds(0.5, 1.9))
    null = replace(measured.null, p_value=0.01)
    assert standing_of(Measured(sure, null=null)) == "stands"
    assert standing_of(Measured(replace(sure, interval=Bounds(-0.1, 1.9)), null=null)) == "fragile"
    assert standing_of(Measured(sure, null=replace(null, p_value=0.2))) == "ordinary"
    assert standing_of(Measured(replace(sure, p_two_sided=0.06), null=null)) == "nothing"
    assert standing_of(Measured(sure, null=null), p=0.06) == "nothing"
    reverse = verdict(Measured(replace(sure, effect_size=-1.0)), NAMES, garden.collection)
    assert reverse.heading.startswith("Flowers go with Unpleasant, Insects with Pleasant")
    nothing = verdict(Measured(replace(sure, p_two_sided=0.5)), NAMES, garden.collection)
    assert "does not show that there is nothing" in nothing.heading


@pytest.mark.parametrize("probe", ["WEAT", "SEAT", "iEAT", "WEFAT"])
def test_every_probe_says_what_it_depends_on_and_what_it_cannot_say(probe):
    said = " ".join(reading(probe))
    assert PROBES[probe].caveat in said
    assert "**not harm**" in said
    assert "**No effect is no proof of no bias**" in said
    assert said.count("harm") == 1
    assert ("straight line" in said) == (probe == "WEFAT")


def test_columns_without_figures_are_left_out_and_the_verdict_claims_no_more(measured, garden):
    without = Measured(measured.test)
    names = results_table([Line("MiniLM", "MiniLM", without)], several=False).column_names
    assert names == ["encoder", "d", "95 % interval", "p one-sided", "p two-sided"]
    assert verdict(without, NAMES, garden.collection).heading.endswith("it stands out by p and interval")


def test_questions_have_one_key_whatever_the_test_is_called(garden):
    question = Question("a", garden.collection, "MiniLM", (X, Y, A, B))
    assert question.key == replace(question, name="b").key
    others = [replace(question, seed=1), replace(question, wording=Wording()), replace(question, match="none"),
              replace(question, sets=(Y, X, A, B)), replace(question, encoder="MiniLM static")]  # fmt: skip
    assert len({each.key for each in (question, *others)}) == 6


# The page


def test_the_results_are_those_of_the_core(open_sets, test):
    app = open_sets()
    assert not app.exception
    table = next(each.value for each in app.dataframe if "d" in each.value.columns)
    assert table["d"].tolist() == [signed(test.effect_size)]
    assert f"exact over all {test.partitions} ways" in said(app)
    assert f"p = {one_p(test.p_value)} one-sided, {one_p(test.p_two_sided)} two-sided" in said(app)
    assert "Flowers go with Pleasant" in said(app)
    assert "What do random sets give?" in said(app)
    assert "1,000 times as many random items" in said(app)
    assert "not harm" in said(app)
    assert "No effect is no proof of no bias" in said(app)


def test_nothing_runs_before_the_click_and_the_link_then_says_so(open_page, garden):
    saved = caching.store().save(garden)
    sets = sets_to_text((SETS[1], SETS[0], SETS[2], SETS[3]))
    app = open_page("bias.py", collection=saved.id, encoder="", test="own", sets=sets)
    assert "Effect size d" not in said(app)
    app.button(key="run_association").click()
    app = settle(app.run())
    assert "Flowers" in said(app)
    assert "Effect size d = −" in said(app)
    assert app.query_params["tested"] == "1"
    again = open_page("bias.py", collection=saved.id, encoder="", test="own", sets=sets)
    assert "Effect size d = −" in said(again)  # a second visitor gets it at once


@pytest.mark.parametrize(
    ("number", "words", "sentence"),
    [
        (0, ("rose",), "Flowers needs at least 2 words, got 1"),
        (0, ("rose", "tulip"), "Flowers and Insects must be as many"),
        (0, Y, "Flowers and Insects hold the same words"),
        (2, (*A, "grief"), "“grief” stands in both Pleasant and Unpleasant"),
        (0, ("rosse", "tulpi", "daisy", "lily"), "Only 2 of the 4 words of Flowers are in this collection"),
        (0, ("1", "2", "3", "4"), "Flowers holds the number 1; a set holds words"),
        (3, tuple(f"w{n}" for n in range(5_000)), "Unpleasant has 5,000 words; a set can hold up to 1,000"),
        (0, ("#900", "rose", "tulip", "lily"), "There is no item #900 here: this collection has #1 to #74"),
    ],
)
def test_every_mistake_has_a_sentence_beside_the_sets(open_page, garden, number, words, sentence):
    saved = caching.store().save(garden)
    app = open_page("bias.py", collection=saved.id, encoder="", test="own", sets="", tested="1")
    for name, each in zip("XYAB", _replaced(number, words), strict=True):
        app.session_state[f"association_{name}_words"] = each.words
        app.session_state[f"association_{name}_name"] = each.name
    app = settle(app.run())
    assert not app.exception
    assert sentence in "\n".join(each.value for each in app.error).replace("\\", "")
    assert "Mend the word sets first" in said(app)
    kept = app.session_state[f"association_{'XYAB'[number]}_words"]
    assert kept == words  # nothing that was typed is lost


def test_words_without_spread_have_no_effect_size(open_sets):
    same = Space.from_vectors([*X, *Y, *A, *B], np.ones((14, 3), np.float32), name="all the same")
    app = open_sets(space=same)
    assert "exactly the same degree" in said(app)


def test_nearest_spellings_are_offered_as_buttons(open_sets):
    app = open_sets(_replaced(0, ("rose", "tulip", "daisy", "lilly")))
    next(each for each in app.button if each.label == "lily").click()
    app = settle(app.run())
    assert app.session_state["association_X_words"] == X
    assert not app.error


def test_taking_a_word_out_asks_to_even_out_and_does_it_on_a_click(open_sets, garden):
    app = open_sets()
    app.multiselect(key="association_X_chips").set_value(["rose", "tulip", "daisy"])
    app = settle(app.run())
    assert "Flowers has 3 usable and Insects 4: take 1 from Insects" in said(app)
    app.button(key="even_out").click()
    app = settle(app.run())
    assert not app.error
    found = weat(garden, X[:3], Y[:3], A, B)
    table = next(each.value for each in app.dataframe if "d" in each.value.columns)
    assert table["d"].tolist() == [signed(found.effect_size)]


def test_pasted_words_are_taken_apart_in_chips_and_in_text(open_sets):
    app = open_sets()
    app.multiselect(key="association_A_chips").set_value([*A, "word1, word2;word3"])
    app = settle(app.run())
    assert app.session_state["association_A_words"] == (*A, "word1", "word2", "word3")
    app.segmented_control(key="association_form").set_value("Text")
    app = settle(app.run())
    app.text_area(key="association_B_text").set_value("ugly\npoison\nword4")
    app = settle(app.run())
    assert app.session_state["association_B_words"] == ("ugly", "poison", "word4")
    assert sets_from_text(app.session_state["link_sets"])[3].words == ("ugly", "poison", "word4")


def test_sensitive_lists_open_with_their_notice(open_page):
    app = open_page("bias.py", test="WEAT3", encoders="Character n-grams", pool="The collection")
    assert NOTICE in said(app)
    assert not [each for each in app.multiselect if each.key == "association_X_chips"]
    app.button(key="reveal_words").click()
    app = settle(app.run())
    assert app.multiselect(key="association_X_chips").value == list(ready_tests()["WEAT3"].x.words)
    assert "stereotypes" in said(app)


def test_a_ready_test_shows_where_its_words_come_from_and_can_be_restored(open_page):
    app = open_page("bias.py", encoders="Character n-grams")
    assert "Caliskan, Bryson & Narayanan 2017" in said(app)
    assert "Greenwald, McGhee & Schwartz 1998" in said(app)
    app.multiselect(key="association_X_chips").set_value(list(ready_tests()["WEAT1"].x.words[1:]))
    app = settle(app.run())
    app = settle(app.run())
    assert "Changed by you" in said(app)
    app.button(key="restore_words").click()
    app = settle(app.run())
    assert len(app.multiselect(key="association_X_chips").value) == 25
    assert app.session_state["link_sets"] == ""


@pytest.mark.parametrize("link", [{"test": "WEAT99"}, {"sets": "~broken"}])
def test_a_link_that_leads_nowhere_is_answered(open_page, link):
    app = open_page("bias.py", encoders="Character n-grams", **link)
    assert "WEAT1 stands here instead" in said(app)
    assert not app.exception


def test_your_own_sets_begin_with_an_example(open_page):
    app = open_page("bias.py", encoders="Character n-grams")
    app.selectbox(key="association_test").set_value("own")
    app = settle(app.run())
    assert "Type or paste words on the left" in said(app)
    app.button(key="own_example").click()
    app = settle(app.run())
    assert not app.error
    assert "coffee" in app.multiselect(key="association_X_chips").value


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
        assert table["d"].tolist() == [signed(found.effect_size)]
        assert f"the {len(found.x)} + {len(found.y)} targets" in said(app)


def test_ready_made_vectors_cannot_read_sentences(open_sets):
    app = open_sets(over="Sentences")
    assert "Ready-made vectors have no encoder that could read the sentences" in said(app)


def test_all_ten_tests_run_at_once_with_holm(open_page):
    tests = ready_tests()
    words = list(dict.fromkeys([word for test in tests.values() for each in test.sets for word in each]))
    words += [word for word in most_frequent(600) if word not in words]
    vectors = np.random.default_rng(0).normal(size=(len(words), 8)).astype(np.float32)
    space = Space.from_vectors(words, vectors, name="all words")
    saved = caching.store().save(space)
    app = open_page("bias.py", collection=saved.id, encoder="", test="all", tested="1")
    assert not app.exception
    table = next(each.value for each in app.dataframe if "test" in each.value.columns)
    assert len(table) == 10
    found = weat(space, *tests["WEAT7"].sets)
    assert table["d"][6] == signed(found.effect_size)
    assert "after Holm’s correction" in said(app)
    assert table["published d"][0] == "1.50"


def test_given_vectors_without_the_words_refuse_and_name_them(open_page, compass):
    saved = caching.store().save(compass)
    app = open_page("bias.py", collection=saved.id, encoder="", tested="1")
    assert not app.exception
    assert "Only 0 of the 25 words of Flowers are in this collection" in said(app)


def test_pictures_agree_with_the_core_and_columns_fill_the_sets(open_page):
    app = open_page("bias.py", collection="digits", encoder="Pixels", tested="1")
    digits = caching.sample("digits")
    space = caching.store().space(digits, "Pixels")
    rows = [refer((f"digit={digit}",), digits) for digit in (8, 1, 9, 7)]
    found = weat(space, *rows)
    table = next(each.value for each in app.dataframe if "d" in each.value.columns)
    assert table["d"].tolist() == [signed(found.effect_size)]
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
    assert table["r"].tolist() == [signed(found.r)]
    assert "not harm" in said(app)
    figure = column_chart(found, garden.collection, "size", NAMES[2:], dark=False)
    assert list(figure.data[0].y) == found.associations.tolist()
    assert column_table(["e", "f"], [found, "why"])["note"].to_pylist() == ["", "why"]
    assert signed(found.r) in column_sentence(found, "size", NAMES[2:])


def test_a_collection_without_numbers_says_what_to_bring(open_page):
    saved = caching.store().save(Collection.from_texts(["one", "two"], name="no numbers"))
    app = open_page("bias.py", collection=saved.id, encoder="TF-IDF", over="Against a column")
    assert "no column of numbers" in said(app)


def test_two_encoders_stand_side_by_side_at_first():
    words = caching.sample("words")

    def first_of(collection, encoder):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("components.bias.association.encoders._current", lambda own: encoder)
            return text_encoders(collection)[1]

    assert first_of(words, "MiniLM") == ["MiniLM", "MiniLM static"]
    assert first_of(words, "TF-IDF") == ["TF-IDF", "MiniLM", "MiniLM static"]
    assert first_of(words, "Pixels") == ["MiniLM", "MiniLM static"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("components.bias.association.encoders._current", lambda own: "Pixels")
        assert picture_encoders(caching.sample("digits"))[1] == ["Pixels"]
