"""Plain text, encodings, and what is refused before any format is looked at."""

import codecs
import io
import random
from pathlib import Path

import pytest

from embeddings.collection import Collection
from embeddings.errors import ReadError
from embeddings.reading import FORMATS, Limits, guess, read, read_pasted


def items(data: bytes, name: str = "a.txt") -> list[str]:
    result = read(data, name=name)
    assert isinstance(result, Collection)
    return list(result.items)


def notes(data: bytes, name: str = "a.txt") -> str:
    result = read(data, name=name)
    assert isinstance(result, Collection)
    return " ".join(result.notes)


TRICKY = (
    "<b>bold</b> & <script>alert(1)</script>",
    "![picture](http://example.org/x.png)",
    "[link](javascript:alert(1))",
    "=SUM(A1:A9)",
    "+1; @user, -2 | \\n \\t",
    "שלום עולם",
    "مرحبا بالعالم",
    "👩‍👩‍👧‍👦 🏳️‍🌈 é",
    "\u202ereversed\u202c",
    "line\u2028separator and\x85next",
    "日本語の文",
)


def test_texts_stay_as_they_are():
    assert items("\n".join(TRICKY).encode()) == list(TRICKY)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends(end, last):
    text = end.join(["one", "two", "three"]) + (end if last else "")
    assert items(text.encode()) == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("codec", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
    ],
)
def test_marked_encodings_round_trip(codec, mark):
    data = mark + "\n".join(TRICKY).encode(codec)
    assert items(data) == list(TRICKY)
    assert notes(data) == ""


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_is_recognised_and_said(codec):
    data = "the first line\nthe second line".encode(codec)
    assert items(data) == ["the first line", "the second line"]
    assert "UTF-16 without a mark" in notes(data)


def test_latin1_is_the_last_resort_and_said():
    data = "café\nnaïve\n“quoted”".encode("cp1252")
    assert items(data) == ["café", "naïve", "“quoted”"]
    assert "read as Latin-1" in notes(data)


def test_every_byte_above_the_ascii_ones_can_be_read():
    assert len(items(b"x" + bytes(range(0xA0, 0x100)) + b"\x81")[0]) == 98


def test_mixed_encodings_keep_both():
    data = "grün\n".encode() + "blöd\n".encode("latin-1") + b"plain\n" + "süß\n".encode()
    assert items(data) == ["grün", "blöd", "plain", "süß"]
    assert "UTF-8 but for line 2, read as Latin-1" in notes(data)


def test_cut_utf16_is_refused():
    with pytest.raises(ReadError, match="starts like UTF-16 but breaks off"):
        read(codecs.BOM_UTF16_LE + "word".encode("utf-16-le")[:-1], name="a.txt")


def test_blank_lines_duplicates_and_spaces_are_said():
    data = b"cat\n\n  dog \n \ncat\ncat\n"
    assert items(data) == ["cat", "dog", "cat", "cat"]
    found = notes(data)
    assert "2 blank lines were left out." in found
    assert "Spaces at the start or the end of 1 line were removed." in found
    assert "2 items repeat earlier ones and are kept." in found


def test_one_row_is_a_collection_of_one():
    assert items(b"alone") == ["alone"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "“a.txt” is empty"),
        (b"\n \n\t\n", "only blank lines"),
        (b"abc\n\0\0\0\x01\x02", "is not a text file: it holds 3 NUL bytes, the first in line 2"),
    ],
)
def test_nothing_to_read(data, message):
    with pytest.raises(ReadError, match=message):
        read(data, name="a.txt")


def test_a_stray_nul_is_removed_with_a_note():
    data = b"word " * 300 + b"\0end"
    assert items(data)[0].endswith("word end")
    assert "1 NUL byte in the text was removed." in notes(data)


def test_megabyte_line_is_named():
    with pytest.raises(ReadError, match=r"line 3 of “a” has 1,000,000 characters; .* at most 100,000"):
        read(b"short\n\n" + b"x" * 1_000_000 + b"\nshort", name="a.txt")


def test_many_lines():
    lines = [f"line {i}" for i in range(200_000)]
    assert items("\n".join(lines).encode()) == lines


def test_too_many_items_and_bytes():
    with pytest.raises(ReadError, match="holds 3 items; at most 2"):
        read(b"a\nb\nc", name="a.txt", limits=Limits(max_items=2))
    with pytest.raises(ReadError, match="is 5 bytes large; at most 4 bytes"):
        read(b"a\nb\nc", name="a.txt", limits=Limits(max_bytes=4))
    with pytest.raises(ReadError, match="is more than 1 byte large"):
        read(io.BytesIO(b"a\nb\nc"), name="a.txt", limits=Limits(max_bytes=1))


@pytest.mark.parametrize("seed", range(5))
def test_random_lines_round_trip(seed):
    generator = random.Random(seed)
    alphabet = "abc éüß ,;|\t\"'#=<>&中文שלום😀"
    lines = ["".join(generator.choices(alphabet, k=generator.randint(1, 40))).strip() or "x" for _ in range(200)]
    assert items("\n".join(lines).encode()) == lines


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\xff\xd8\xff\xe0", "a JPEG picture"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"PK\x03\x04....[Content_Types].xml", "an Office document"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"\x93NUMPY\x01\x00", "a NumPy array; name it .npy"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"PAR1", "a Parquet table; name it .parquet"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".csv", ".tsv", ".jsonl", ".vec", ".bin"])
def test_binary_under_a_text_name(head, words, suffix):
    with pytest.raises(ReadError, match=f"“a{suffix}” is not a {suffix} file: it looks like {words}"):
        read(head + b"\x00\x01" * 10 + b"PAR1", name=f"a{suffix}")


@pytest.mark.parametrize("suffix", [".parquet", ".npy", ".npz"])
@pytest.mark.parametrize(("head", "words"), [(b"\x89PNG\r\n", "a PNG picture"), (b"word\nword", "something else")])
def test_wrong_type_under_a_binary_name(suffix, head, words):
    with pytest.raises(ReadError, match=words):
        read(head, name=f"a{suffix}")


def test_web_page_is_no_table_but_may_be_text():
    page = b"<!DOCTYPE html>\n<html><body>Not found</body></html>"
    assert items(page)[0] == "<!DOCTYPE html>"
    with pytest.raises(ReadError, match="looks like a web page"):
        read(page, name="a.csv")


@pytest.mark.parametrize("name", ["a.docx", "a", "a.json", ".txt"])
def test_unknown_suffix_lists_the_known(name):
    with pytest.raises(ReadError, match=r"known are \.txt, \.csv"):
        read(b"abc", name=name)


def test_sources(tmp_path: Path):
    path = tmp_path / "animals.txt"
    path.write_text("cat\ndog\n", encoding="utf-8")
    with path.open("rb") as stream:
        results = [
            read(path),
            read(str(path)),
            read(stream),
            read(stream),
            read(io.BytesIO(path.read_bytes()), name="animals.TXT"),
            read(path.read_bytes(), name="C:\\files\\animals.txt"),
        ]
    assert {result.name for result in results if isinstance(result, Collection)} == {"animals"}
    assert {result.fingerprint for result in results} == {results[0].fingerprint}


def test_missing_file_and_folder(tmp_path: Path):
    with pytest.raises(ReadError, match="There is no file"):
        read(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="There are no pictures in"):
        read(tmp_path)


def test_callers_mistakes():
    with pytest.raises(ValueError, match="name must give"):
        read(b"abc")
    with pytest.raises(ValueError, match="binary mode"):
        read(io.StringIO("abc"), name="a.txt")  # type: ignore[arg-type]


def test_pasted():
    pasted = read_pasted("one\n\ntwo\n")
    assert (pasted.name, pasted.items) == ("pasted text", ("one", "two"))
    with pytest.raises(ReadError, match="“pasted text” is empty"):
        read_pasted("")
    with pytest.raises(ReadError, match="only blank lines"):
        read_pasted(" \n ")


def test_guess_of_a_text():
    seen = guess(b"one\ntwo\n", name="a.txt")
    assert (seen.format, seen.columns, seen.n_rows) == ("text, one item a line", (), 2)
    assert seen.rows == (("one",), ("two",))


def test_labels_do_not_go_with_a_text():
    with pytest.raises(ReadError, match="names its own items"):
        read(b"one", name="a.txt", metadata=b"x")


def test_every_reader_exists():
    from importlib import import_module

    for entry in FORMATS.values():
        module, function = entry.reader.split(":")
        assert callable(getattr(import_module(module), function))
