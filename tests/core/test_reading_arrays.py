"""NumPy files, with labels beside or inside them, honest or not."""

import io
import struct
import zipfile

import numpy as np
import pytest

from embeddings.errors import ReadError
from embeddings.reading import Limits, guess, read
from embeddings.space import GIVEN, Space

VECTORS = np.array([[1, 0, 0], [0, 1, 0], [0.5, 0.5, -2]], np.float32)


def npy(array, **options) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, **options)
    return buffer.getvalue()


def npz(compressed: bool = False, **arrays) -> bytes:
    buffer = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(buffer, **arrays)
    return buffer.getvalue()


def space(data: bytes, name: str = "a.npy", **options) -> Space:
    result = read(data, name=name, **options)
    assert isinstance(result, Space)
    return result


def notes(result: Space) -> str:
    return " ".join(result.collection.notes)


def labels(data: bytes, name: str) -> io.BytesIO:
    stream = io.BytesIO(data)
    stream.name = name
    return stream


@pytest.mark.parametrize("dtype", ["<f4", ">f4", "<f2", "<f8", "i4", "u1", "?"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_npy_round_trip(dtype, order):
    array = np.array(np.random.default_rng(0).integers(0, 2, (7, 4)), dtype=dtype, order=order)
    result = space(npy(array))
    np.testing.assert_array_equal(result.vectors, array.astype(np.float32))
    assert result.encoder == GIVEN
    assert result.collection.items == tuple(f"item {i}" for i in range(1, 8))
    assert "no labels" in notes(result)


def test_rounding_to_float32_is_said():
    assert "float64 in the file and were rounded" in notes(space(npy(np.full((2, 2), 0.1))))
    assert "rounded" not in notes(space(npy(np.full((2, 2), 0.5))))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("l.txt", b"king\nqueen\nman\n"),
        ("l.tsv", b"king\nqueen\nman\n"),
        ("l.tsv", b"word\nking\nqueen\nman\n"),
        ("l.csv", b"word\nking\nqueen\nman\n"),
        ("l.csv", b"king\nqueen\nman\n"),
    ],
)
def test_labels_of_one_column(name, data):
    result = space(npy(VECTORS), metadata=labels(data, name))
    assert result.collection.items == ("king", "queen", "man")


def test_labels_of_many_columns():
    table = b"word\tkind\tn\nking\troyal\t1\nqueen\troyal\t2\nman\tother\t3\n"
    result = space(npy(VECTORS), metadata=table)
    assert result.collection.items == ("king", "queen", "man")
    assert result.collection.metadata.to_pydict() == {"kind": ["royal", "royal", "other"], "n": [1, 2, 3]}
    result = space(npy(VECTORS), metadata=table, text_column="kind", label_columns=["n"])
    assert result.collection.items == ("royal", "royal", "other")
    assert result.collection.columns == ["n"]
    with pytest.raises(ReadError, match="no column “z” among the labels"):
        space(npy(VECTORS), metadata=table, text_column="z")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("l.txt", b"oak\nelm\noak\nelm\n"),
        ("l.tsv", b"oak\nelm\noak\nelm\n"),
        ("l.csv", b"label\noak\nelm\noak\nelm\n"),
        ("l.csv", b"label,n\noak,1\nelm,2\noak,3\nelm,4\n"),
    ],
)
def test_classes_that_name_the_items_stay_labels(name, data):
    collection = space(npy(np.eye(4, dtype=np.float32)), metadata=labels(data, name)).collection
    assert collection.items == ("oak", "elm", "oak", "elm")
    assert collection.column(collection.columns[0]).to_pylist() == ["oak", "elm", "oak", "elm"]
    inside = space(npz(vectors=np.eye(4, dtype=np.float32), label=np.array(["oak", "elm"] * 2)), "a.npz")
    assert inside.collection.metadata.to_pydict() == {"label": ["oak", "elm", "oak", "elm"]}


def test_numbers_beside_vectors_without_names_are_metadata():
    result = space(npz(vectors=VECTORS, year=np.array([1990, 1991, 1992])), "a.npz")
    assert result.collection.items == ("item 1", "item 2", "item 3")
    assert result.collection.metadata.to_pydict() == {"year": [1990, 1991, 1992]}


def test_blank_label_is_called_by_row():
    result = space(npy(VECTORS), metadata=labels(b"king\n\nman\n", "l.txt"))
    assert result.collection.items == ("king", "item 2", "man")
    assert "1 vector without a label is called by row number." in notes(result)


@pytest.mark.parametrize(("name", "data"), [("l.txt", b"a\nb\n"), ("l.csv", b"w,n\na,1\nb,2\n"), ("l.tsv", b"a\n" * 5)])
def test_counts_differ(name, data):
    with pytest.raises(ReadError, match=r"“a.npy” holds 3 vectors but “l\..*” has [25] (lines|rows) of labels"):
        space(npy(VECTORS), metadata=labels(data, name))


def test_a_named_column_that_is_one_short_is_not_taken_as_a_label():
    with pytest.raises(ReadError, match=r"3 vectors but “l\.csv” has 2 rows"):
        space(npy(VECTORS), metadata=labels(b"word\na\nb\n", "l.csv"))


def test_ragged_labels_are_refused():
    with pytest.raises(ReadError, match=r"Line 3 of “l.csv” has 1 field where 2 are expected"):
        space(npy(VECTORS), metadata=labels(b"w,n\na,1\nb\nc,3\n", "l.csv"))
    with pytest.raises(ReadError, match="Labels come as"):
        space(npy(VECTORS), metadata=labels(b"x", "l.json"))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e300])
def test_values_that_are_not_finite(bad):
    array = np.ones((4, 3))
    array[2, 1] = bad
    with pytest.raises(ReadError, match=r"Row 3 of “a.npy”, “item 3”, holds NaN, infinity"):
        space(npy(array))


def test_zero_vectors_and_duplicates_are_kept_and_said():
    result = space(npy(np.array([[0, 0], [1, 1], [1, 1]], np.float32)), metadata=labels(b"a\nb\nb\n", "l.txt"))
    assert result.collection.items == ("a", "b", "b")
    assert "1 vector is all zeros and kept (“a”)" in notes(result)
    assert "1 item repeats an earlier one and is kept." in notes(result)


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (np.ones(3), r"has the shape \(3,\)"),
        (np.ones((2, 2, 2)), r"has the shape \(2, 2, 2\)"),
        (np.ones((0, 3)), r"has the shape \(0, 3\)"),
        (np.ones((2, 2), complex), "holds values of type complex128"),
        (np.array([["a", "b"]]), "holds values of type <U1"),
        (np.zeros((2, 2), [("x", "f4")]), "holds values of type"),
    ],
)
def test_arrays_that_are_no_vectors(array, message):
    with pytest.raises(ReadError, match=message):
        space(npy(array))


class Trap:
    """Unpickling it fails the test."""

    def __reduce__(self):
        return pytest.fail, ("it was unpickled",)


def test_objects_are_never_unpickled():
    trap = np.array([[Trap(), 1]], dtype=object)
    with pytest.raises(ReadError, match="Python objects, which could run code"):
        space(npy(trap, allow_pickle=True))
    with pytest.raises(ReadError, match=r"Array “labels” of “a\.npz” holds Python objects"):
        space(npz(vectors=VECTORS, labels=trap[0]), "a.npz")


def lying(shape: str) -> bytes:
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}".encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + b"\0" * 64


@pytest.mark.parametrize("shape", ["(1000000000, 1000000)", "(17, 1)", "(-1, 4)", "(10**9, 4)", "(99999999999999, 0)"])
def test_headers_that_lie_about_the_size(shape):
    with pytest.raises(ReadError, match=r"promises .* follow|header cannot be read|has the shape"):
        space(lying(shape))


@pytest.mark.parametrize("data", [b"\x93NUMPY", b"\x93NUMPY\x09\x00abc", b"\x93NUMPY\x01\x00\x05\x00abc", lying("zz")])
def test_damaged_header(data):
    with pytest.raises(ReadError, match="damaged NumPy array"):
        space(data)


def test_limits_of_values():
    with pytest.raises(ReadError, match="holds 3 × 3 = 9 values; at most 8"):
        space(npy(VECTORS), limits=Limits(max_values=8))


@pytest.mark.parametrize("kind", ["U5", "S5"])
@pytest.mark.parametrize("name", ["vectors", "arr_0", "something"])
def test_npz_round_trip(kind, name):
    data = npz(True, **{name: VECTORS}, words=np.array(["king", "queen", "man"], kind), score=np.array([1.5, 2, 3]))
    result = space(data, "a.npz")
    np.testing.assert_array_equal(result.vectors, VECTORS)
    assert result.collection.items == ("king", "queen", "man")
    assert result.collection.metadata.to_pydict() == {"score": [1.5, 2, 3]}


def test_npz_with_more_than_it_needs():
    data = npz(other=np.ones((9, 9)), vectors=VECTORS, model=np.array("a name"))
    result = space(data, "a.npz")
    assert len(result) == 3
    assert "“vectors” was taken as the vectors; “other” and “model” left out." in notes(result)


def test_npz_label_counts_differ():
    with pytest.raises(ReadError, match="3 vectors in “vectors” but 2 labels in “words”"):
        space(npz(vectors=VECTORS, words=np.array(["a", "b"])), "a.npz")


def test_npz_without_vectors():
    with pytest.raises(ReadError, match=r"no array of numbers .* it holds a \(3,\)"):
        space(npz(a=np.ones(3)), "a.npz")


def test_labels_from_a_second_file_for_npz():
    result = space(npz(vectors=VECTORS), "a.npz", metadata=labels(b"a\nb\nc\n", "l.txt"))
    assert result.collection.items == ("a", "b", "c")


def test_zip_bomb_is_refused_by_its_directory():
    data = npz(True, vectors=np.zeros((30_000, 1_000), np.float32))
    assert len(data) < 1_000_000
    with pytest.raises(ReadError, match="unpacks to 120 MB; at most 64 MB"):
        space(data, "bomb.npz")


def test_what_unpacks_to_more_than_its_directory_says_is_found_out_after_a_step(monkeypatch):
    data = npz(True, vectors=np.zeros((10_000, 100), np.float32))
    size = struct.pack("<I", 4_000_128)
    assert data.count(size) >= 1
    unpacked = []
    made = zipfile._get_decompressor
    monkeypatch.setattr(zipfile, "_get_decompressor", lambda kind: Counting(made(kind), unpacked))
    with pytest.raises(ReadError, match=r"damaged|promises"):
        space(data.replace(size, struct.pack("<I", 1000)), "a.npz")
    assert 1000 <= sum(unpacked) <= 1 << 19


class Counting:
    """A decompressor that notes how many bytes it gives."""

    def __init__(self, inner, sizes):
        self._inner, self._sizes = inner, sizes

    def __getattr__(self, name):
        return getattr(self._inner, name)

    def decompress(self, *arguments):
        out = self._inner.decompress(*arguments)
        self._sizes.append(len(out))
        return out


@pytest.mark.parametrize(("method", "name"), [(zipfile.ZIP_BZIP2, "bzip2"), (zipfile.ZIP_LZMA, "lzma")])
def test_arrays_packed_in_another_way_are_refused_before_anything_is_unpacked(monkeypatch, method, name):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("vectors.npy", npy(VECTORS))
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    with pytest.raises(ReadError, match=f"“vectors.npy” of “a.npz” is packed with {name}; only .* are unpacked: save"):
        space(buffer.getvalue(), "a.npz")


def test_damaged_zip():
    data = npz(vectors=VECTORS)
    for bad in (data[: len(data) // 2], data.replace(VECTORS.tobytes(), b"\1" * VECTORS.nbytes)):
        with pytest.raises(ReadError, match="damaged or locked archive"):
            space(bad, "a.npz")


def test_zip_of_something_else():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "text")
    with pytest.raises(ReadError, match="it holds no arrays"):
        space(buffer.getvalue(), "a.npz")


def test_guess_of_vectors():
    seen = guess(npy(VECTORS), name="a.npy")
    assert (seen.format, seen.n_rows, seen.columns) == ("vectors (NumPy array), 3 × 3", 3, ())
