"""A kind of item is a row of the table of kinds and a drawer: pages take it without knowing it."""

import numpy as np
import pyarrow as pa
import pytest
import tunes
from driving import said

from components.kit import caching
from components.kit.kinds import DRAWERS, Drawer
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.joint import join
from embeddings.kinds import kind_of
from embeddings.store import Store

SCALES = {"C major": (0, 2, 4, 5, 7, 9, 11), "F sharp major": (6, 8, 10, 11, 1, 3, 5)}


def some_tunes():
    rng = np.random.default_rng(0)
    scales = [name for name in SCALES for _ in range(24)]
    items = [tunes.Tune(bytes(60 + rng.choice(SCALES[name], 12))) for name in scales]
    metadata = {"scale": scales, "caption": [f"tune {n} in {name}" for n, name in enumerate(scales, 1)]}
    return Collection("tunes", items, pa.table(metadata))


@pytest.fixture(scope="module")
def link(cluster):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(DRAWERS, tunes.KIND, Drawer(tunes.as_picture))
        tunes.register()
        cluster.upload_file(tunes.__file__)
        cluster.run(tunes.register)
        yield {"collection": caching.store().save(some_tunes()).id, "encoder": ""}
        cluster.run(tunes.unregister)
        tunes.unregister()


def test_items_of_a_new_kind_come_back_as_what_they_are(link, tmp_path):
    before = some_tunes()
    store = Store(str(tmp_path))
    after = store.load(store.save(before).fingerprint)
    assert after.kinds == (tunes.KIND,)
    assert {kind_of(item) for item in after.items} == {tunes.KIND}
    assert after.items == before.items
    assert (
        after.fingerprint
        == before.fingerprint
        != Collection("tunes", map(bytes, before.items), before.metadata).fingerprint
    )


@pytest.mark.parametrize(
    ("page", "parameters", "words"),
    [
        ("data.py", {}, "tunes"),
        ("map.py", {}, "Tunes, each where this model puts it"),
        ("map.py", {"item": "3"}, "tune 3"),
        ("neighbours.py", {"item": "3"}, "more alike than"),
        ("clusters.py", {"cluster_by": "K-means", "clusters": "2"}, "2 clusters"),
        ("outliers.py", {}, "apart"),
        ("outliers.py", {"look_for": "Possible wrong labels"}, "scale"),
        ("outliers.py", {"look_for": "Near-duplicates"}, "alike"),
        ("trust.py", {}, "neighbours"),
        ("compare.py", {"encoders": "Note steps"}, "Note steps"),
    ],
)
def test_a_new_kind_is_on_every_page(open_page, link, page, parameters, words):
    app = open_page(page, **link, **parameters)
    assert not app.exception
    assert not app.error
    assert words in said(app)


def test_what_looks_at_pictures_is_not_asked_for_a_tune(open_page, link):
    app = open_page("map.py", **{**link, "encoder": "Pixels"})
    assert "Pixels takes pictures only, and this collection holds tunes." in said(app)
    with pytest.raises(EmbeddingError, match="does not hold pictures only"):
        join(some_tunes(), ["a text"])
