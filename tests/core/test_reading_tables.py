"""CSV and TSV: separators, headers, ragged rows, column choice."""

import csv
import io
import random
from datetime import date

import pytest

from embeddings.collection import Collection
from embeddings.errors import ReadError
from embeddings.reading import Limits, guess, read


def table(text: str | bytes, name: str = "a.csv", **options) -> Collection:
    result = read(text.encode() if isinstance(text, str) else text, name=name, **options)
    assert isinstance(result, Collection)
    return result


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_every_separator_is_found(delimiter, suffix):
    text = "\n".join(delimiter.join(row) for row in [("text", "topic"), ("a cat", "animal"), ("a car", "thing")])
    result = table(text, f"a{suffix}")
    assert result.items == ("a cat", "a car")
    assert result.metadata.to_pydict() == {"topic": ["animal", "thing"]}
    unusual = delimiter != {".csv": ",", ".tsv": "\t"}[suffix]
    assert any("separated by" in note for note in result.notes) == unusual


def test_commas_in_texts_do_not_hide_semicolons():
    result = table("text;topic\nwell, yes, no;a\none, two, three;b\n")
    assert result.items == ("well, yes, no", "one, two, three")


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_quoted_tables_round_trip(seed, delimiter):
    generator = random.Random(seed)
    alphabet = 'abc é,;|\t"\n😀שלום=<'
    rows = [["text", "note"]]
    rows += [["x" + "".join(generator.choices(alphabet, k=15)) + "x" for _ in range(2)] for _ in range(100)]
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows(rows)
    result = table(buffer.getvalue())
    assert list(result.items) == [row[0] for row in rows[1:]]
    assert result.metadata.column("note").to_pylist() == [row[1] for row in rows[1:]]


def test_types_of_label_columns():
    result = table(
        "text,whole,real,yes,day,post code,mixed,gap\n"
        "a,1,0.5,true,2020-01-31,01234,1,\n"
        "b,2,nan,false,2021-12-01,99999,x,7\n"
    )
    assert result.metadata.to_pydict() == {
        "whole": [1, 2],
        "real": [0.5, None],
        "yes": [True, False],
        "day": [date(2020, 1, 31), date(2021, 12, 1)],
        "post code": ["01234", "99999"],
        "mixed": ["1", "x"],
        "gap": [None, 7],
    }


def test_a_type_that_changes_late_is_seen():
    rows = [f"text {i},{i}" for i in range(200_000)] + ["the last,not a number"]
    result = table("text,number\n" + "\n".join(rows))
    assert len(result) == 200_001
    assert result.metadata.column("number")[-1].as_py() == "not a number"


def test_chosen_numbers_become_texts_unchanged():
    assert table("id,n\n007,1.50\n8,2\n", text_column="id").items == ("007", "8")
    assert table("id,n\n007,1.50\n8,2\n", text_column="n").items == ("1.50", "2")


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("id,category,sentence", "1,a category that is rather long,short", "sentence"),
        ("Title,Text", "a title of some length,b", "Text"),
        ("a,b", "xx,the longer text", "b"),
        ("link,b", "https://example.org/a/very/long/address/indeed,the text", "b"),
        ("word,kind", "cat,animal of the household", "word"),
    ],
)
def test_guess_of_the_text_column(header, row, expected):
    data = f"{header}\n{row}\n".encode()
    seen = guess(data, name="a.csv")
    assert seen.text_column == expected
    assert seen.label_columns == tuple(name for name in header.split(",") if name != expected)


def test_guess_shows_a_preview():
    seen = guess(("text,n\n" + "\n".join(f"text {i},{i}" for i in range(50))).encode(), name="a.csv")
    assert [tuple(column) for column in seen.columns] == [("text", "text"), ("n", "number")]
    assert (seen.n_rows, len(seen.rows), seen.rows[1]) == (50, 20, ("text 1", "1"))
    assert (seen.format, seen.encoding, seen.vector_column) == ("table (CSV)", "UTF-8", None)


def test_chosen_columns():
    text = "a,b,c\nx,long long text,1\ny,another long text,2\n"
    assert table(text, text_column="a").items == ("x", "y")
    assert table(text, label_columns=["c"]).columns == ["c"]
    assert table(text, label_columns=[]).columns == []
    with pytest.raises(ReadError, match="no column “z”; it has “a”, “b” and “c”"):
        table(text, text_column="z")
    with pytest.raises(ReadError, match="no column “z”"):
        table(text, label_columns=["z"])


def test_a_text_column_of_few_values_is_a_label_too():
    text = "answer,why\nyes,because\nno,as I say\nyes,so be it\nno,never\n"
    seen = guess(text.encode(), name="a.csv")
    assert (seen.text_column, seen.label_columns, seen.grouping) == ("why", ("answer",), ("answer",))
    chosen = table(text, text_column="answer")
    assert chosen.items == ("yes", "no", "yes", "no")
    assert chosen.columns == ["answer", "why"]
    assert table(text, text_column="answer", label_columns=["why"]).columns == ["why"]


def test_ragged_rows_are_left_out_and_named():
    result = table("text,a,b\none,1,2\ntwo,1,2,3\nthree,1,2\nfour,1,2\n")
    assert result.items == ("one", "three", "four")
    assert "Line 3 has 4 fields where 3 are expected; it was left out." in result.notes
    result = table("text,a\none,1\ntwo\nthree,1\nfour,1,2\nfive,1\nsix,1\n")
    assert result.items == ("one", "three", "five", "six")
    assert "2 rows do not have the expected 2 fields and were left out: lines 3 and 5." in result.notes


def test_lines_are_counted_as_an_editor_counts_them():
    notes = table('text,a\n\n"one\nof two lines",1\n\ntwo,1,2\nthree,1\n').notes
    assert "Line 6 has 3 fields where 2 are expected; it was left out." in notes
    with pytest.raises(ReadError, match=r"Most rows of “a.csv” .* \(line 4 has 3\)"):
        table("label,text\n\n\na,well, yes\nb,no, no\nc,so, so, so\n")


def test_the_first_line_of_a_wide_table_is_read_whole():
    names = ",".join(["text", *(f"{'column ' * 20}{number}" for number in range(500))])
    rows = [",".join([text, *["x"] * 500]) for text in ("one", "two")]
    assert len(names) > 65_536
    result = table("\n".join([names, *rows]))
    assert (result.items, len(result.columns)) == (("one", "two"), 500)
    ragged = table("\n".join([names, *rows, "three,x,x"]))
    assert "Line 4 has 3 fields where 501 are expected; it was left out." in ragged.notes


def test_a_line_without_an_end_is_no_row_of_a_table():
    with pytest.raises(ReadError, match=r"Line 1 of “a.csv” is longer than 4,000,000 characters"):
        table("y" * 4_000_001)


def test_mostly_ragged_is_refused():
    with pytest.raises(ReadError, match=r"Most rows of “a.csv” .* \(line 2 has 3\)"):
        table("label,text\na,well, yes\nb,no, no\nc,so, so, so\n")


def test_unclosed_quotation_mark_is_refused():
    with pytest.raises(ReadError, match="opens a quotation mark before “open and never"):
        table('text,note\none,two\nthree,"open and never\nfour,five\nsix,seven\n')


def test_texts_with_commas_in_one_column():
    result = table("text\nHello, world\nyes\nWell, well, well\n")
    assert result.items == ("Hello, world", "yes", "Well, well, well")
    assert any("No separator was found" in note for note in result.notes)


def test_quotation_marks_between_tabs_stay():
    result = table('text\ttopic\n"Yes" she said\ta\nthe "other"\tb\n', "a.tsv")
    assert result.items == ('"Yes" she said', 'the "other"')
    assert table('text\ttopic\n"a ""quoted"" one"\tx\n', "a.tsv").items == ('a "quoted" one',)


def test_header_or_not():
    result = table("1,a cat\n2,a dog\n")
    assert result.items == ("a cat", "a dog")
    assert result.columns == ["column 1"]
    assert any("was read as data" in note for note in result.notes)
    assert any("“word”, was taken as the name" in note for note in table("word\ncat\ndog\n").notes)


def test_names_are_made_distinct():
    result = table(",text,a,a\n1,x,2,3\n")
    assert result.columns == ["column 1", "a", "a (2)"]
    assert any("Two columns are called “a”" in note for note in result.notes)


def test_rows_without_text_are_left_out_with_their_labels():
    result = table("text,n\na,1\n  ,2\n,3\nb,4\nb,5\n")
    assert result.items == ("a", "b", "b")
    assert result.metadata.to_pydict() == {"n": [1, 4, 5]}
    assert "2 rows without text were left out." in result.notes
    assert "1 item repeats an earlier one and is kept." in result.notes


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n\n \n", "only blank lines"),
        ("text,label\n", "has column names but no rows"),
        ("a,b\n1,2\n3,4\n", "has no column of texts; it has a .number., b .number.. Choose the text column."),
        ("text,n\n ,1\n,2\n", "has no text in any row"),
        ("text,n\nabc\0\0\0\0,1\n", "is not a text file: it holds 4 NUL bytes, the first in line 2"),
        ("text,n\n" + "x" * 200_000 + ",1\n", "“xxxx.*” of “a.csv” has 200,000 characters"),
    ],
)
def test_refused(text, message):
    with pytest.raises(ReadError, match=message):
        table(text)


def test_limits():
    with pytest.raises(ReadError, match="holds 3 items; at most 2"):
        table("text,n\na,1\nb,2\nc,3\n", limits=Limits(max_items=2))
    with pytest.raises(ReadError, match="has 3 columns; at most 2"):
        table("text,n,m\na,1,2\n", limits=Limits(max_columns=2))
    with pytest.raises(ReadError, match="holds 2 × 2 = 4 values; at most 3"):
        table("text,n\na,1\nb,2\n", limits=Limits(max_values=3))


def test_one_row():
    assert table("text,n\nalone,1\n").items == ("alone",)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(codec):
    result = table("text,n\ncafé,1\nüber,2\n".encode(codec))
    assert result.items == ("café", "über")
    assert any("Latin-1" in note for note in result.notes) == (codec == "cp1252")


def test_data_stay_data():
    texts = ["=SUM(A1)", "<script>x</script>", "[a](javascript:alert(1))", "שלום", "👩‍👩‍👧"]
    assert table("text,n\n" + "\n".join(f"{text},1" for text in texts)).items == tuple(texts)


def test_labels_do_not_go_with_a_table():
    with pytest.raises(ReadError, match="not a file of vectors only"):
        table("text,n\na,1\n", metadata=b"x")
