from io import BytesIO

import pytest
from gensim.test.utils import datapath

from embeddings.analogies.questions import UNNAMED, Question, google_questions, read_questions
from embeddings.errors import ReadError


def read(text, name="mine.txt"):
    return read_questions(text.encode() if isinstance(text, str) else text, name=name)


def test_the_google_set_is_complete():
    questions = google_questions()
    assert len(questions) == 19_544
    assert len(questions.categories) == 14
    assert questions.categories[0] == "capital-common-countries"
    assert questions.questions[0] == Question("capital-common-countries", "Athens", "Greece", "Baghdad", "Iraq")
    assert questions.questions == read_questions(datapath("questions-words.txt")).questions
    assert questions.notes == ()


@pytest.mark.parametrize(
    "text",
    [
        ": f\nman king woman queen\n\n  he his she her  \n",
        ": f\nman\tking\twoman\tqueen\nhe\this\tshe\ther",
        ": f\r\nman, king, woman, queen\r\nhe,his,she,her\r\n",
        ':f\nman;king;woman;queen\n"he";"his";"she";"her"\n',
        "\ufeff: f\nman king woman queen\nhe his she her\n",
    ],
    ids=["spaces", "tabs", "commas", "semicolons", "mark"],
)
def test_four_columns_are_read(text):
    found = read(text)
    assert found.questions == (Question("f", "man", "king", "woman", "queen"), Question("f", "he", "his", "she", "her"))
    assert (found.name, found.notes) == ("mine", ())


def test_phrases_need_a_divider_and_categories_are_optional():
    found = read("a\tb\tc\tanswer\nNew York\tUSA\tParis\tFrance\n: more\n1\t2\t3\t4\n: \nx\ty\tz\tw")
    assert found.questions[0] == Question(UNNAMED, "New York", "USA", "Paris", "France")
    assert found.categories == (UNNAMED, "more")
    assert found.notes == ("Line 1 was taken for the names of the columns.",)


def test_file_objects_are_read(tmp_path):
    stream = BytesIO(b"man king woman queen")
    assert len(read_questions(stream, name="q.txt")) == 1
    path = tmp_path / "latin.txt"
    path.write_bytes("Köln Dom Paris Louvre".encode("latin-1"))
    found = read_questions(path)
    assert found.questions[0].a == "Köln"
    assert "Latin-1" in found.notes[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (": f\nman king woman queen\nman king woman\n", "Line 3 of “mine.txt” has 3 columns; a question has four"),
        ("man,king,woman,queen,prince", "Line 1 of “mine.txt” has 5 columns"),
        ("word", "has 1 column; a question"),
        ("man,king,,queen", "Column 3 of line 1 of “mine.txt” is empty"),
        (": f\n\n", "holds no questions"),
        ("a b c d\n", "holds no questions"),
        ("", "is empty"),
        (b"man \x00\x00 king \x01 woman queen", "not a text file"),
        ('"' + "a" * 200_000 + '",b,c,d', "Column 1 of line 1 of “mine.txt” has 200,000 characters"),
        ("a b c e\n" * 200_001, "holds 200,001 questions; at most 200,000"),
    ],
    ids=["three", "five", "one", "gap", "categories", "headings", "empty", "binary", "field", "many"],
)
def test_bad_files_say_which_line(text, message):
    with pytest.raises(ReadError, match=message):
        read(text)


def test_missing_files_are_named():
    with pytest.raises(ReadError, match="There is no file"):
        read_questions("nothing-here.txt")
