"""JSON lines and Parquet, ready-made vectors in their columns included."""

import io
import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from embeddings.collection import Collection
from embeddings.errors import ReadError
from embeddings.reading import guess, read
from embeddings.reading import parquet as parquet_reader
from embeddings.space import GIVEN, Space


def jsonl(*rows: object, name: str = "a.jsonl", **options) -> Collection | Space:
    return read("\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode(), name=name, **options)


def parquet(table: pa.Table, **options) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson"])
def test_jsonl(name):
    texts = ["שלום 👩‍👧", 'a "quoted"\nline', "<b>", "=1"]
    result = jsonl(*({"n": n, "text": text} for n, text in enumerate(texts)), name=name)
    assert isinstance(result, Collection)
    assert result.items == tuple(texts)
    assert result.metadata.to_pydict() == {"n": [0, 1, 2, 3]}


def test_jsonl_fields_may_be_missing_or_change_type():
    result = jsonl({"text": "a", "id": 1}, {"text": "b", "id": "x"}, {"text": "c"})
    assert isinstance(result, Collection)
    assert result.metadata.to_pydict() == {"id": ["1", "x", None]}
    assert result.notes == ("“id” holds values of different types, kept as text.",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"text": "a"}\n\n{"text": \n', "Line 3 of “a.jsonl” is not JSON"),
        (b'[{"text": "a"},\n{"text": "b"}]', "Line 1 of “a.jsonl” is not JSON"),
        (b'["a"]\n["b"]', "Line 1 of “a.jsonl” is not a JSON object"),
        (b'{"text": "a"} {"text": "b"}', "Line 1 of “a.jsonl” is not JSON"),
        (b"plain text", "Line 1 of “a.jsonl” is not JSON"),
        (b'{"text": "\\ud800"}', "half of a character"),
        (b"\n\n", "only blank lines"),
        (b'{"n": 1}', "no column of texts"),
        (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
    ],
)
def test_jsonl_refused(data, message):
    with pytest.raises(ReadError, match=message):
        read(data, name="a.jsonl")


@pytest.mark.parametrize("seed", range(3))
def test_parquet_round_trip(seed):
    generator = np.random.default_rng(seed)
    table = pa.table(
        {
            "text": [f"text {i} é 😀 \0" for i in generator.integers(0, 20, 300)],
            "number": generator.standard_normal(300),
            "kind": pa.array([["a", "b", None][i % 3] for i in range(300)]).dictionary_encode(),
        }
    )
    result = read(parquet(table, row_group_size=70), name="a.parquet")
    assert isinstance(result, Collection)
    assert list(result.items) == table["text"].to_pylist()
    assert result.metadata.to_pydict() == {name: table[name].to_pylist() for name in table.column_names}


def test_parquet_large_strings_and_nulls():
    table = pa.table({"text": pa.array(["a", None, "b"], pa.large_string()), "n": [1, 2, 3]})
    result = read(parquet(table), name="a.parquet")
    assert isinstance(result, Collection)
    assert (result.items, result.metadata.to_pydict()) == (("a", "b"), {"n": [1, 3]})
    assert "1 row without text was left out." in result.notes


@pytest.mark.parametrize("kind", [pa.list_(pa.float32()), pa.list_(pa.float64(), 3), pa.large_list(pa.float32())])
def test_a_column_of_vectors_makes_a_space(kind):
    vectors = [[1.0, 2.0, 3.0], [0.5, 0.25, 0.0]]
    table = pa.table({"text": ["a", "b"], "embedding": pa.array(vectors, kind), "n": [1, 2]})
    data = parquet(table)
    result = read(data, name="a.parquet")
    assert isinstance(result, Space)
    assert (result.encoder, result.collection.items) == (GIVEN, ("a", "b"))
    assert result.collection.metadata.to_pydict() == {"n": [1, 2]}
    np.testing.assert_array_equal(result.vectors, np.array(vectors, np.float32))
    assert guess(data, name="a.parquet").vector_column == "embedding"


def test_a_column_of_vectors_in_jsonl():
    result = jsonl({"text": "a", "v": [1, 2]}, {"text": "b", "v": [1.5, 2]})
    assert isinstance(result, Space)
    np.testing.assert_array_equal(result.vectors, [[1, 2], [1.5, 2]])


def test_lists_of_different_lengths_are_labels():
    result = jsonl({"text": "a", "v": [1, 2]}, {"text": "b", "v": [1]})
    assert isinstance(result, Collection)
    assert result.columns == ["v"]


def test_text_column_of_lists_is_refused():
    with pytest.raises(ReadError, match=r"Column “v” of “a\.jsonl” holds list values"):
        jsonl({"text": "a", "v": [1, 2]}, {"text": "b", "v": [1]}, text_column="v")


def repeated(n: int, length: int) -> pa.Table:
    """A text column that takes a few bytes in the file and n × length in memory."""
    return pa.table({"text": pa.DictionaryArray.from_arrays(pa.array(np.zeros(n, np.int32)), pa.array(["x" * length]))})


def test_parquet_that_inflates_is_refused_before_it_does():
    data = parquet(repeated(100_000, 50_000))
    assert len(data) < 10_000
    before = pa.default_memory_pool().max_memory()
    with pytest.raises(ReadError, match="unpacks to more than 64 MB"):
        read(data, name="bomb.parquet")
    assert pa.default_memory_pool().max_memory() - before < 100_000_000


def test_parquet_of_many_rows_is_refused_by_its_footer():
    data = parquet(pa.table({"n": pa.array(np.zeros(600_000, np.int8))}))
    with pytest.raises(ReadError, match="holds 600,000 items; at most 500,000"):
        read(data, name="a.parquet")


def test_parquet_of_long_lists_is_refused(monkeypatch):
    monkeypatch.setattr("embeddings.reading.limits.FREE_UNPACKED", 1_000_000)
    rows = pa.ListArray.from_arrays([0, 1_000_000, 1_000_001], np.zeros(1_000_001))
    data = parquet(pa.table({"text": ["a", "b"], "v": rows}))
    assert len(data) < 10_000
    with pytest.raises(ReadError, match="unpacks to more than 1 MB"):
        read(data, name="a.parquet")


@pytest.mark.parametrize(
    "script",
    [
        "import os; os.abort()",
        "import runpy, sys; f = runpy.run_path({child!r}); f['_limit_memory'](2**28); import numpy; numpy.ones(2**28)",
    ],
)
def test_parquet_that_breaks_the_parser_breaks_only_the_child(monkeypatch, tmp_path, script):
    child = tmp_path / "child.py"
    child.write_text(script.format(child=str(parquet_reader._CHILD)))
    monkeypatch.setattr(parquet_reader, "_CHILD", child)
    with pytest.raises(ReadError, match="damaged Parquet table"):
        read(parquet(pa.table({"text": ["a"]})), name="a.parquet")


def test_damaged_parquet():
    data = parquet(pa.table({"text": ["a", "b"] * 1000}))
    for bad in (data[: len(data) // 2], b"PAR1" + b"\xff" * 200 + b"PAR1", data[:100] + data[200:]):
        with pytest.raises(ReadError, match="damaged Parquet table"):
            read(bad, name="a.parquet")


def test_parquet_without_rows():
    with pytest.raises(ReadError, match="has no rows"):
        read(parquet(pa.table({"text": pa.array([], pa.string())})), name="a.parquet")
