"""A brush on 200,000 rows of five columns: what the page works out for it, against pandas doing the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.figure import Measured
from benchmarks.running import alternate, seconds

N, ROUNDS = 200_000, 15
FILTER = 'rating: 4..5; price: 20..60; topic: "topic 3", topic 5, topic 8; day: 2012..2018'
COLUMNS = ("rating", "price", "topic", "day", "words")


def run(folder: Path) -> tuple[Measured, ...]:
    """Milliseconds of both for one filter with the counts of all columns; they must keep and count the same rows.

    Raises:
        RuntimeError: the counts differ.
    """
    import pandas as pd
    import pyarrow as pa

    from embeddings.collection import Collection
    from embeddings.facets import facet_of
    from embeddings.filters import filtered

    rng = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "rating": rng.integers(1, 6, N),
            "price": rng.gamma(2, 30, N).round(2),
            "topic": rng.choice([f"topic {number}" for number in range(40)], N),
            "day": pd.to_datetime("2011-01-01") + pd.to_timedelta(rng.integers(0, 5_000, N), "D"),
            "words": rng.integers(3, 400, N),
        }
    )
    collection = Collection.from_texts(map(str, range(N)), name="rows", metadata=pa.Table.from_pandas(frame))
    facets = {name: facet_of(collection, name) for name in COLUMNS}
    bars = {name: facet.codes for name, facet in facets.items()}

    def ours() -> Any:
        return filtered(FILTER, COLUMNS, facets.__getitem__, N).kept

    def pandas() -> Any:
        masks = {
            "rating": frame["rating"].between(4, 5),
            "price": frame["price"].between(20, 60),
            "topic": frame["topic"].isin(["topic 3", "topic 5", "topic 8"]),
            "day": frame["day"].between("2012-01-01", "2018-12-31"),
        }
        counts = {}
        for name in COLUMNS:
            others = np.logical_and.reduce([mask for other, mask in masks.items() if other != name])
            counts[name] = pd.Series(bars[name][others]).value_counts(sort=False)
        return np.logical_and.reduce(list(masks.values())), counts

    kept, (rows, counts) = ours(), pandas()
    same = all((kept.counts[name][counts[name].index] == counts[name]).all() for name in COLUMNS)
    if not same or not np.array_equal(kept.rows, rows):
        raise RuntimeError("the two filters keep or count different rows")
    times = alternate(lambda: 1000 * seconds(ours), lambda: 1000 * seconds(pandas), rounds=ROUNDS)
    return (
        Measured(*times, f"median of {ROUNDS}"),
        Measured(times[0], None, f"median of {ROUNDS}"),
    )
