"""A test set from a file of one’s own."""

import pytest
from driving import said
from pair_questions import TEST, press, upload

from components.analogy_test.controls import EXAMPLE
from components.kit import caching
from embeddings.analogies.questions import MAX_QUESTIONS, google_questions, read_questions
from embeddings.collection import Collection


def test_the_example_can_be_read():
    assert len(read_questions(EXAMPLE.encode(), name="example.csv")) == 5


def test_a_file_of_ones_own_is_asked(open_page, google, google_space):
    app = open_page("analogies.py", **TEST, **google, set="Your own file")
    assert not app.exception
    assert "man is to woman as king is to" in said(app)
    held = google_space.collection.rows
    known = next(each[1:] for each in google_questions().questions if all(word in held for word in each[1:]))
    app = upload(app, "mine.csv", f"a,b,c,d\n{','.join(known)}\nAthens,Greece,nowhere,Iraq\n".encode())
    assert "Line 1 was taken for the names of the columns." in said(app)
    assert "1 of 2 questions (50 %)" in said(app)
    app = press(app, "run_test")
    assert not app.exception
    assert app.metric[0].value in ("0.0 %", "100.0 %")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"man,woman,king,queen\nman,woman,king\n", "Line 2 of “mine.csv” has 3 columns; a question has four"),
        (b"", "“mine.csv” is empty"),
        (b"\n\n", "holds no questions"),
        (b"man,woman,,queen\n", "Column 3 of line 1 of “mine.csv” is empty."),
        (b"a b c d\n" * 2 + b"k l m n\n" * (MAX_QUESTIONS + 1), "at most 200,000 can be read"),
        (b"xylo,phone,gramo,fon\n", "No question has all four of its words among the 2,000 candidates"),
    ],
)
def test_a_file_that_cannot_be_asked_is_answered_beside_it(open_page, google, data, message):
    app = upload(open_page("analogies.py", **TEST, **google, set="Your own file"), "mine.csv", data)
    assert not app.exception
    assert message in said(app)
    assert not any(button.key == "run_test" for button in app.button)
    assert app.file_uploader(key="test_file").value


def test_the_example_runs_on_one_click_with_an_encoder_that_reads_words(open_page):
    words = sorted({word for line in EXAMPLE.split() for word in line.split(",")})
    saved = caching.store().save(Collection.from_texts(words, name="example words"))
    app = open_page(
        "analogies.py", **TEST, collection=saved.id, encoder="One-hot", candidates="The collection", set="Your own file"
    )
    app = press(app, "use_example")
    assert f"All 5 questions have all four words among the {len(words)} candidates." in said(app)
    app = press(app, "run_test")
    assert not app.exception
    assert app.metric[0].value.endswith(" %")
