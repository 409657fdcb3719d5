"""Results that stay in memory."""

import numpy as np
import pyarrow as pa

from components.kit import caching
from components.kit.ask import keeping
from components.kit.caching import Outcomes, _size
from embeddings.collection import Collection
from embeddings.projections import project
from embeddings.space import Space


def test_outcomes_drop_the_oldest_beyond_their_bound():
    kept = Outcomes(1000)
    for number in range(5):
        kept.put(str(number), np.zeros(100, dtype=np.float32))
    assert kept.get("0") is None
    assert kept.get("4") is not None
    kept.put("large", np.zeros(10_000))
    assert kept.get("large") is None


def test_sizes_count_what_a_result_holds(blobs):
    assert _size(project(blobs, "PCA")) >= 300 * 2 * 4
    assert _size(blobs) >= 300 * 16 * 4


def test_pictures_count_in_what_is_kept_of_a_space():
    pictures = Collection("pictures", (bytes(5_000), bytes(7_000)), pa.table({}))
    assert _size(Space(pictures, np.ones((2, 1)), "Pixels")) >= 12_000
    kept = Outcomes(10_000)
    kept.put("all", pictures)
    assert kept.get("all") is None


def test_a_result_is_kept_though_nobody_looks_when_it_comes():
    key = "a result of this test"
    job = caching.board().start(key, keeping(key, lambda job: np.ones(3)), visitor="somebody who leaves")
    job.future.result(timeout=60)
    assert caching.outcomes().get(key).tolist() == [1, 1, 1]
