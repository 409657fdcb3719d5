"""After a restart the work that is made of several computations finds each of them in the store, without a worker."""

import numpy as np
import pytest

from components.kit import caching
from components.kit.axes import axis_request
from components.kit.candidates import Candidates
from components.kit.spaces import LayoutSettings, layout_request
from components.views.perturb import movements_request
from components.views.seeds import inside_request, seeds_request
from components.views.three_methods import methods_request, wished_maps
from components.views.trust import Asked
from components.views.typed_sum import other_request
from components.views.umap_settings import sweep_request
from embeddings.axis_seeds import Seeds
from embeddings.collection import Collection
from embeddings.jobs import client, computing, encoding
from embeddings.jobs.encoding import embed
from embeddings.jobs.job import Job
from embeddings.store.packing import pack
from embeddings.trust import islands
from embeddings.trust.sweep import Cell

WORDS = [f"{size} {thing}" for size in ("small", "large", "tiny", "huge") for thing in ("cat", "dog", "boat", "tree")]


@pytest.fixture(scope="module")
def asked():
    collection = Collection.from_texts(WORDS, name="sizes")
    space = embed(caching.store(), collection, "Character n-grams", Job("space"))
    return Asked(space, LayoutSettings("t-SNE", 2, 0, {"perplexity": 5, "metric": "cosine"}), 3, "cosine")


def _island_request(asked):
    return inside_request(asked, islands(layout_request(asked.space, asked.settings).run(Job("map")), smallest=4))


REQUESTS = {
    "axis": lambda asked: axis_request(asked.space, Seeds(tuple(WORDS[:4]), tuple(WORDS[4:8]))),
    "three methods": lambda asked: methods_request(asked, wished_maps(asked.settings), ""),
    "settings of UMAP": lambda asked: sweep_request(asked, (Cell(5, 0.1),)),
    "five seeds": lambda asked: seeds_request(asked.space, asked.settings),
    "inside islands": _island_request,
    "perturb": lambda asked: movements_request([asked.space], ["typo", "upper case"], 3),
    "sum by another encoder": lambda asked: other_request(
        Candidates(asked.space.collection, asked.space.collection, "LSA"), "#1 - #5 + #6", "#2"
    ),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_a_restart_needs_no_worker(asked, name, monkeypatch):
    before = REQUESTS[name](asked).within(Job("before"))
    caching.outcomes.cache_clear()
    for module, function in ((computing, "submit_reporting"), (encoding, "submit"), (client, "submit")):
        monkeypatch.setattr(module, function, lambda *_, **__: pytest.fail("a worker was asked"))
    after = REQUESTS[name](asked).within(Job("after"))
    np.testing.assert_equal(pack(after), pack(before))
