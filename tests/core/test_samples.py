"""The ready collections: size, order, content, and that they load lazily."""

import subprocess
import sys
from collections import Counter

import pytest

from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.images import keep, open_kept
from embeddings.samples import SAMPLES, load_sample
from embeddings.samples.words import sorted_by_hand

TEXTS = ("words", "sentences", "news")
NEEDED = (
    "king queen prince princess man woman boy girl paris france berlin germany rome italy tokyo japan "
    "walk walked walking good better best the a i"
)


@pytest.fixture(scope="module")
def words(ready) -> Collection:
    return ready("words")


@pytest.fixture(scope="module")
def sentences(ready) -> Collection:
    return ready("sentences")


def test_keys_stand_in_links_and_stay():
    assert list(SAMPLES) == ["words", "sentences", "news", "scenes", "digits", "photographs"]


@pytest.mark.parametrize("key", SAMPLES)
def test_two_loads_have_one_fingerprint_and_the_title_as_name(ready, key):
    first, second = ready(key), load_sample(key)
    assert first.fingerprint == second.fingerprint
    assert first.name == SAMPLES[key].title


@pytest.mark.parametrize("key", SAMPLES)
def test_no_text_is_empty_or_padded_and_pictures_are_as_they_would_be_kept(ready, key):
    for item in ready(key).items[:: 1 if key in TEXTS else 37]:
        assert item
        assert item == (item.strip() if isinstance(item, str) else keep(item, name=key).data)


def test_an_unknown_key_names_the_known_ones():
    with pytest.raises(EmbeddingError, match="“sonnets”; there are words, sentences, news"):
        load_sample("sonnets")


def test_the_table_imports_neither_gensim_nor_wordfreq():
    code = "import sys, embeddings.samples; print(sorted({'gensim', 'wordfreq'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_word_is_sorted_by_hand_once_and_lower_case():
    entries = [entry.word for entry in sorted_by_hand()]
    assert [word for word, times in Counter(entries).items() if times > 1] == []
    assert [word for word in entries if not (word.isalpha() and word.isascii() and word.islower())] == []


def test_words_are_distinct_and_about_three_thousand(words):
    assert 2_800 <= len(words) <= 3_500
    assert len(set(words.items)) == len(words)


def test_words_hold_all_sorted_ones_and_the_needed_ones(words):
    assert {entry.word for entry in sorted_by_hand()} <= words.rows.keys()
    assert [word for word in NEEDED.split() if word not in words.rows] == []


def test_words_have_categories_and_some_have_none(words):
    sizes = Counter(words.column("category").to_pylist())
    assert sizes[None] >= 900
    assert sum(sizes.values()) - sizes[None] >= 700
    assert len(sizes) - 1 == 20
    assert min(sizes.values()) >= 25


@pytest.mark.parametrize(
    ("word", "category", "form"),
    [
        ("walked", "verbs", "past"),
        ("reading", "verbs", "gerund"),
        ("best", "adjectives", "superlative"),
        ("jeans", "clothes", "plural"),
        ("french", "countries", "adjective"),
        ("king", "royalty", None),
        ("the", None, None),
    ],
)
def test_a_word_has_its_category_and_form(words, word, category, form):
    row = words.rows[word]
    assert (words.column("category")[row].as_py(), words.column("form")[row].as_py()) == (category, form)


def test_words_are_ordered_by_frequency(words):
    frequencies = words.column("frequency").to_pylist()
    assert words.items[0] == "the"
    assert frequencies == sorted(frequencies, reverse=True)
    assert frequencies[-1] > 2


def test_letters_are_counted(words):
    assert words.column("letters").to_pylist() == [len(word) for word in words.items]


def test_sentences_are_fifty_a_topic(sentences):
    sizes = Counter(sentences.column("topic").to_pylist())
    assert len(sizes) == 12
    assert set(sizes.values()) == {50}


def test_sentences_are_distinct_sentences_of_5_to_18_words(sentences):
    assert len({text.lower() for text in sentences.items}) == 600
    assert all(5 <= count <= 18 for count in sentences.column("words").to_pylist())
    assert all(text[0].isupper() and text[-1] in ".?!" for text in sentences.items)


def test_no_two_sentences_share_most_of_their_words(sentences):
    bags = [set(text.lower().rstrip(".?!").split()) for text in sentences.items]
    near = [
        (sentences.text(i), sentences.text(j))
        for i, one in enumerate(bags)
        for j, other in enumerate(bags[:i])
        if len(one & other) > 0.5 * len(one | other)
    ]
    assert near == []


def test_news_are_the_300_reports_of_gensim(ready, news_lines):
    news = ready("news")
    assert len(news) == 300
    assert news.columns == ["words"]
    assert list(news.items) == [line.strip() for line in news_lines]
    assert news.column("words")[0].as_py() == len(news_lines[0].split())


def test_digits_are_those_of_scikit_learn_dark_on_white(ready):
    digits = ready("digits")
    assert (len(digits), digits.kinds) == (1797, ("image",))
    assert digits.column("digit").to_pylist()[:11] == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]
    assert Counter(digits.column("Scenes CLIP").to_pylist()) == {"trained on": 1438, "held out": 359}
    zero = open_kept(digits.items[0])
    assert zero.size == (64, 64)
    assert zero.getpixel((1, 1)) == zero.getpixel((32, 32)) == (255, 255, 255)
    assert min(zero.convert("L").tobytes()) < 20


def test_each_photograph_comes_whole_and_in_nine_pieces_of_half_its_size(ready):
    photographs = ready("photographs")
    assert len(photographs) == 190
    assert set(Counter(photographs.column("photograph").to_pylist()).values()) == {10}
    parts = photographs.column("part").to_pylist()
    assert (parts[:2], parts[5], parts[9]) == (["whole", "top left"], "middle", "bottom right")
    row = photographs.column("file").to_pylist().index("coffee.png")
    whole = open_kept(photographs.items[row])
    assert whole.size == (600, 400)
    middle = open_kept(photographs.items[row + 5])
    assert middle.size == (300, 200)
    assert photographs.text(row) == "a cup of coffee with a spoon on a wooden table"
    assert photographs.text(row + 5) == "middle of a cup of coffee with a spoon on a wooden table"
    near = zip(middle.getpixel((150, 100)), whole.getpixel((300, 200)), strict=True)
    assert all(abs(a - b) < 25 for a, b in near)


@pytest.fixture
def news_lines() -> list[str]:
    from gensim.test.utils import datapath

    with open(datapath("lee_background.cor"), encoding="utf-8") as file:
        return file.read().splitlines()
