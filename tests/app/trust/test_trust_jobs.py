"""How jobs tell their progress and store scores."""

import numpy as np
import pytest
from embeddings.jobs.trusting import Part, trust_arrays, trust_from

from embeddings.errors import Cancelled
from embeddings.jobs.job import Job
from embeddings.projections import project
from embeddings.trust import trust


def test_scores_come_back_from_the_store_as_they_were(line):
    space, _ = line
    found = trust(space, project(space, "PCA"), k=2)
    again = trust_from(trust_arrays(found))
    for name in ("k", "metric", "trustworthiness", "continuity", "kept", "chance", "tied", "explained"):
        assert getattr(again, name) == getattr(found, name)
    np.testing.assert_array_equal(again.point_kept, found.point_kept)


def test_a_part_tells_its_stage_counts_the_parts_and_stops_with_the_whole():
    whole = Job("key")
    whole.join("reader")
    part = Part(whole, 2, 5)
    part.enter("Drawing", total=600)
    assert (whole.stage, whole.done, whole.total) == ("Drawing", 2, 5)
    whole.leave("reader")
    with pytest.raises(Cancelled):
        part.enter("Drawing")
