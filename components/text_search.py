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

    Expressions run in RE2, which takes time in proportion to the text whatever the expression.

    Raises:
        EmbeddingError: the expression cannot be read.
    """
    texts = pa.array([collection.text(row) for row in range(len(collection))], pa.large_string())
    match = pc.match_substring_regex if regex else pc.match_substring
    try:
        mask = match(texts, wanted, ignore_case=True)
    except pa.ArrowInvalid as error:
        reason = str(error).split(":", 1)[-1].strip()
        raise EmbeddingError(f"This regular expression cannot be read: {reason}") from None
    return np.flatnonzero(mask.to_numpy(zero_copy_only=False)).astype(np.int32)
