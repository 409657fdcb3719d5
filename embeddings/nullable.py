"""Numbers as columns of tables."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa


def numbers(values: Sequence[float]) -> pa.Array:
    """Numbers as a column; what is not a number is null."""
    return pa.array(values, pa.float64(), from_pandas=True)
