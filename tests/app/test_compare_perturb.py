"""Changes over a collection are drawn as they come, those that all encoders have been asked about."""

import numpy as np
import pytest

from components.compare.perturb import found_so_far
from components.compare.requests import movements_request
from components.kit.spaces import space_request
from embeddings.collection import Collection
from embeddings.jobs.job import Job
from embeddings.perturb import movement_summary

CHANGES = ["upper case", "typo"]
K = 3


@pytest.fixture
def spaces(cluster):
    texts = [f"the {animal} sat on the {place}" for animal in ("cat", "dog", "cow") for place in ("mat", "hill", "bus")]
    collection = Collection.from_texts(texts, name="who sat where")
    return [space_request(collection, encoder)[1](Job("test")) for encoder in ("Character n-grams", "TF-IDF")]


def test_a_change_is_drawn_when_all_encoders_were_asked(spaces):
    first, second = spaces
    assert found_so_far(spaces, CHANGES, K) == {}
    movements_request([first], CHANGES, K)[1](Job("test"))
    assert found_so_far(spaces, CHANGES, K) == {}
    movements_request([second], CHANGES[:1], K)[1](Job("test"))
    assert list(found_so_far(spaces, CHANGES, K)) == [("upper case", "Character n-grams"), ("upper case", "TF-IDF")]
    whole = movements_request(spaces, CHANGES, K)[1](Job("test"))
    found = found_so_far(spaces, CHANGES, K)
    assert list(found) == [(change, encoder) for change in CHANGES for encoder in ("Character n-grams", "TF-IDF")]
    for summary, (moved, altered) in zip(found.values(), whole, strict=True):
        assert summary == movement_summary(moved, altered)
        assert summary.changed == np.count_nonzero(altered)
