"""Finding items by their text."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from embeddings.collection import Collection
from embeddings.errors import EmbeddingError


def find_text(collection: Collection, wanted: str, *, regex: bool = False) -> NDArray[np.int32]:
    """Rows whose text holds the wanted one, upper and lower case alike; or matches a regular expression.

    The text of a picture is all that is written about it: its caption, its file, its labels.

    Expressions run in RE2, which takes time in proportion to the text whatever the expression.

    Raises:
        EmbeddingError: the expression cannot be read.
    """
    texts = _texts(collection)
    match = pc.match_substring_regex if regex else pc.match_substring
    try:
        mask = match(texts, wanted, ignore_case=True)
    except pa.ArrowInvalid as error:
        reason = str(error).split(":", 1)[-1].strip()
        raise EmbeddingError(f"This regular expression cannot be read: {reason}") from None
    return np.flatnonzero(mask.to_numpy(zero_copy_only=False)).astype(np.int32)


def _texts(collection: Collection) -> pa.Array:
    texts = pa.array([collection.text(row) for row in range(len(collection))], pa.large_string())
    if collection.kind == "text":
        return texts
    columns = [column for column in collection.metadata.columns if _is_text(column.type)]
    parts = [texts, *(column.cast(pa.large_string()).combine_chunks() for column in columns)]
    return pc.binary_join_element_wise(*parts, pa.scalar("\n", pa.large_string()), null_handling="skip")


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
