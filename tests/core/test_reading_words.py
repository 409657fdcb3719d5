"""Word-vector files through gensim, honest or not, and the projector's pair."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from gensim.models import KeyedVectors

from embeddings.collection import Collection
from embeddings.errors import ReadError
from embeddings.reading import guess, read
from embeddings.space import GIVEN, Space

WORDS = ["king", "queen", "Zürich", "日本", "👑", "<b>", "\u00a0", "a\u2028b"]


def space(data: bytes, name: str, **options) -> Space:
    result = read(data, name=name, **options)
    assert isinstance(result, Space)
    assert result.encoder == GIVEN
    return result


def keyed(words: list[str], dimension: int, seed: int = 0) -> KeyedVectors:
    vectors = KeyedVectors(dimension)
    vectors.add_vectors(words, np.random.default_rng(seed).standard_normal((len(words), dimension)).astype(np.float32))
    return vectors


def saved(folder: Path, vectors: KeyedVectors, *, binary: bool = False, header: bool = True) -> bytes:
    path = folder / "saved"
    vectors.save_word2vec_format(str(path), binary=binary, write_header=header)
    return path.read_bytes()


@pytest.mark.parametrize("dimension", [1, 3, 50])
@pytest.mark.parametrize(
    ("suffix", "binary"), [(".bin", True), (".w2v", True), (".w2v", False), (".vec", False), (".txt", False)]
)
def test_word2vec_round_trip(tmp_path, dimension, suffix, binary):
    expected = keyed(WORDS[:6], dimension)
    result = space(saved(tmp_path, expected, binary=binary), f"a{suffix}")
    assert result.collection.items == tuple(expected.index_to_key)
    np.testing.assert_array_equal(result.vectors, expected.vectors)
    assert result.collection.notes == ()


@pytest.mark.parametrize("seed", range(3))
def test_glove_round_trip(tmp_path, seed):
    expected = keyed(WORDS, 12, seed)
    data = saved(tmp_path, expected, header=False)
    for name in ("glove.txt", "glove.vec"):
        result = space(data, name)
        assert result.collection.items == (*WORDS[:6], "item 7", WORDS[7])  # a no-break space has no name
        np.testing.assert_array_equal(result.vectors, expected.vectors)


def test_fasttext_trailing_spaces_and_windows_line_ends():
    for end in (b" \n", b"\r\n"):
        result = space(b"2 3" + end + b"a 1 2 3" + end + b"b 4 5 6" + end, "wiki.vec")
        np.testing.assert_array_equal(result.vectors, [[1, 2, 3], [4, 5, 6]])


def test_tokens_with_spaces():
    numbers = b" 0.5" * 12
    result = space(b"king" + numbers + b"\n. . ." + numbers + b"\nat me@x.org" + numbers, "glove.vec")
    assert result.collection.items == ("king", ". . .", "at me@x.org")


def test_plain_text_with_numbers_is_not_word_vectors():
    for text in (
        "10 20\nroom 5\nroom 6",
        "chapter 1\nchapter 2",
        "lottery 1 2 3 4 5 6 7 8 9 10 11",
        "3 4\nnothing here",
    ):
        result = read(text.encode(), name="a.txt")
        assert isinstance(result, Collection)
        assert list(result.items) == text.split("\n")


@pytest.mark.parametrize("n", [1, 9, 11])
def test_a_text_header_that_is_nearly_right_or_too_small_loses_nothing(n):
    lines = "".join(f"{word} 1 2 {place}\n" for place, word in enumerate("abcdefghij"))
    result = space(f"{n} 3\n{lines}".encode(), "a.vec")
    assert result.collection.items == tuple("abcdefghij")
    assert any("but the file holds 10; all were read." in note for note in result.collection.notes)


@pytest.mark.parametrize("n", [5, 1_000_000_000])
def test_a_text_file_that_is_cut_short_is_refused_as_a_binary_one_is(n):
    body = b"a 1 2 3\nb 4 5 6\nc 7 8 9\n"
    with pytest.raises(ReadError, match=rf"says {n:,} vectors, but the file holds 3: .* delete its first line"):
        space(f"{n} 3\n".encode() + body, "a.vec")
    assert space(body, "a.vec").collection.items == ("a", "b", "c")


@pytest.mark.parametrize(("n", "got"), [(2, "more"), (5, "3 whole ones"), (400_000, "3 whole ones")])
def test_wrong_count_in_a_binary_header(tmp_path, n, got):
    body = saved(tmp_path, keyed(["a", "b", "c"], 4), binary=True).split(b"\n", 1)[1]
    with pytest.raises(ReadError, match=rf"says {n:,} vectors of 4 values, but the file holds {got}"):
        space(f"{n} 4\n".encode() + body, "a.bin")


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (b"99999999999 300", "holds 99,999,999,999 items; at most 500,000"),
        (b"3 999999999", "has 999,999,999 columns"),
        (b"400000 5000", "values; at most 200,000,000"),
        (b"3 0", "3 vectors of 0 values"),
        (b"3 19999", "but the file holds 0 whole ones"),
    ],
)
def test_a_huge_binary_header_is_refused_before_anything_is_made(tmp_path, header, message):
    body = saved(tmp_path, keyed(["a", "b", "c"], 4), binary=True).split(b"\n", 1)[1]
    with pytest.raises(ReadError, match=message):
        space(header + b"\n" + body, "a.bin")


def test_cut_binary(tmp_path):
    data = saved(tmp_path, keyed(["a", "b", "c"], 4), binary=True)
    with pytest.raises(ReadError, match="says 3 vectors of 4 values, but the file holds 2 whole ones"):
        space(data[:-5], "a.bin")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"2 4\na 1 2 3\nb 1 2 3\n", "says 4 values for each vector, but the first line has 3"),
        (b"2 3\na 1 2 3\nb 1 2\n", "Line 3 of “a.vec” has 2 numbers where 3 are expected"),
        (b"2 3\na 1 2 3\nb 1 2 3 4\n", "Line 3 of “a.vec” has 4 numbers where 3 are expected"),
        (b"2 3\na 1 2 3\nb 1 x 3\n", "The line of “b” in “a.vec” holds a value that is not a number"),
        (b"2 3\na 1 2 3\nb 1 nan 3\n", "Row 2 of “a.vec”, “b”, holds NaN"),
        (b"2 3\n", "has a header but no vectors"),
        (b"2 0\na\n", "says 0 values"),
        (b"only words\nand words\n", "holds no word vectors"),
        (b"\n \n", "holds no word vectors"),
        (b"", "is empty"),
    ],
)
def test_refused(data, message):
    with pytest.raises(ReadError, match=message):
        space(data, "a.vec")


def test_duplicates_broken_bytes_and_zeros_are_said():
    data = b"4 2\na 1 2\na 3 4\nb\xff 0 0\nc 1 1\n"
    result = space(data, "a.vec")
    assert result.collection.items == ("a", "b\ufffd", "c")
    found = " ".join(result.collection.notes)
    assert "1 word occurs again; its first vector was kept." in found
    assert "Bytes that are not UTF-8 are shown as � in 1 word: “b�”." in found
    assert "1 vector is all zeros" in found


def test_marked_encodings():
    text = "2 3\nä 1 2 3\nb 4 5 6\n"
    for codec in ("utf-8-sig", "utf-16"):
        assert space(text.encode(codec), "a.vec").collection.items == ("ä", "b")


def test_one_vector():
    assert len(space(b"1 2\na 1 2\n", "a.vec")) == 1


def test_second_file_is_refused():
    with pytest.raises(ReadError, match="names its own items"):
        space(b"1 2\na 1 2\n", "a.vec", metadata=b"a\n")


PAIR = b"0.5\t1\t-2e3\n1\t2\t3\n"


@pytest.mark.parametrize(
    ("metadata", "items", "columns"),
    [
        (b"king\nqueen\n", ("king", "queen"), {}),
        (b"Word\tCount\nking\t7\nqueen\t8\n", ("king", "queen"), {"Count": [7, 8]}),
        (b"word\nking\nqueen\n", ("king", "queen"), {}),
        (b"1\n2\n", ("1", "2"), {}),
    ],
)
def test_projector_pair(metadata, items, columns):
    result = space(PAIR, "vectors.tsv", metadata=metadata)
    np.testing.assert_array_equal(result.vectors, np.array([[0.5, 1, -2000], [1, 2, 3]], np.float32))
    assert result.collection.items == items
    assert result.collection.metadata.to_pydict() == columns


def test_projector_vectors_alone():
    result = space(PAIR, "vectors.tsv")
    assert result.collection.items == ("item 1", "item 2")
    assert guess(PAIR, name="vectors.tsv").format == "vectors (rows of numbers), 2 × 3"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (PAIR * 3 + b"1\t2\n", "Line 7 of “v.tsv” has 2 numbers where 3 are expected"),
        (PAIR * 3 + b"1\t2\tx\n", "Line 7 of “v.tsv” holds “x” where a number is expected"),
        (PAIR + b"1\tnan\t3\n", "Row 3 of “v.tsv”, “item 3”, holds NaN"),
        (PAIR + b"1\tinf\t3\n", "Row 3 of “v.tsv”, “item 3”, holds NaN, infinity"),
    ],
)
def test_projector_vectors_refused(data, message):
    with pytest.raises(ReadError, match=message):
        space(data, "v.tsv")


def test_projector_counts_differ():
    with pytest.raises(ReadError, match=r"“v.tsv” holds 2 vectors but “metadata.tsv” has 4 rows of labels"):
        space(PAIR, "v.tsv", metadata=b"a\nb\nc\nd\n")


def test_gensim_is_imported_only_for_word_vectors():
    script = (
        "import sys; from embeddings.reading import read; read(b'a\\nb', name='a.txt'); "
        "read(b'text,n\\na,1', name='a.csv'); sys.exit('gensim' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[2])
