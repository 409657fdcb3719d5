"""GloVe vectors from a local text file; a text is the mean of its words (Pennington et al. 2014)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import csv

from embeddings.encoders.availability import missing_file
from embeddings.encoders.base import Encoder, Vectors
from embeddings.encoders.inspection import Inspection, TokenCounts, inspection, piece_counts
from embeddings.encoders.places import models_folder
from embeddings.encoders.words import words
from embeddings.errors import EncoderUnavailable, storing
from embeddings.kinds import Item


class GloVe(Encoder):
    """Lower-cased words; one that the file does not hold counts for nothing.

    The text file is read once; then a copy lies beside it that processes share.
    """

    def __init__(self, name: str = "GloVe", model: str = "file:glove.6B.300d.txt") -> None:
        self.name = name
        file = model.removeprefix("file:")
        missing = missing_file(file)
        if missing:
            raise EncoderUnavailable(missing)
        known, self._vectors = _read(models_folder() / file)
        self._rows = {word: row for row, word in enumerate(known)}

    def _encode(self, items: list[Any]) -> Vectors:
        vectors = np.zeros((len(items), self._vectors.shape[1]), dtype=np.float32)
        for row, item in enumerate(items):
            found = [self._rows[word] for word in words(str(item)) if word in self._rows]
            if found:
                vectors[row] = self._vectors[found].mean(axis=0)
        return vectors

    @property
    def params(self) -> dict[str, str | int | float | bool]:
        """How many words have a vector."""
        return {"vocabulary": len(self._rows)}

    def inspect(self, item: Item) -> Inspection:
        """The words that have a vector, and those that have none."""
        found = words(str(item))
        return inspection(found, self._rows)

    def count(self, items: Sequence[Item]) -> TokenCounts:
        """How many words the items have, and how many of them have no vector."""
        return piece_counts([words(str(item)) for item in items], self._rows)


def _read(text: Path) -> tuple[list[str], Vectors]:
    facts = text.stat()
    copy = text.with_name(f"{text.stem}-{facts.st_size}-{facts.st_mtime_ns}")
    names, numbers = copy.with_suffix(".words"), copy.with_suffix(".npy")
    if not (names.is_file() and numbers.is_file()):
        _copy(text, names, numbers)
    vectors: Vectors = np.load(numbers, mmap_mode="r", allow_pickle=False)
    return names.read_text(encoding="utf-8").split("\n"), vectors


def _copy(text: Path, names: Path, numbers: Path) -> None:
    try:
        known, vectors = _parse(text)
    except pa.ArrowInvalid as error:
        raise EncoderUnavailable(f"{text.name} cannot be read as GloVe vectors: {error}") from error
    with storing(), tempfile.TemporaryDirectory(dir=text.parent) as folder:
        np.save(Path(folder, "vectors.npy"), vectors)
        Path(folder, "words").write_text("\n".join(known), encoding="utf-8")
        os.replace(Path(folder, "vectors.npy"), numbers)
        os.replace(Path(folder, "words"), names)


def _parse(text: Path) -> tuple[list[str], Vectors]:
    with text.open("rb") as file:
        columns = [f"{column}" for column in range(file.readline().count(b" "))]
    table = csv.read_csv(
        text,
        csv.ReadOptions(column_names=["word", *columns]),
        csv.ParseOptions(delimiter=" ", quote_char=False),
        csv.ConvertOptions(column_types={"word": pa.string(), **dict.fromkeys(columns, pa.float32())}),
    )
    vectors = np.empty((table.num_rows, len(columns)), dtype=np.float32)
    for column in columns:
        vectors[:, int(column)] = table.column(column).to_numpy()
    return table.column("word").to_pylist(), vectors
