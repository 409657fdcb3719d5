"""A home that was made before opens as it did then.

What stands in `data/home_before_computations.zip` was kept through `Store.save`, and by `embed_stored`, `graph_stored`,
`layout_stored`, `kept_stored`, `outliers_stored`, `trust_stored` and `geometry_stored` as they were then, in an empty
home. It is never made anew: where an encoder's version or that of a result is raised on purpose, its case here goes.
"""

import zipfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pictures import plain

from embeddings.collection import Collection
from embeddings.embedding import embed
from embeddings.errors import EmbeddingError
from embeddings.space import Space
from embeddings.store import Saved, Store

OLD = Path(__file__).parent / "data" / "home_before_computations.zip"
SENTENCES = {
    "weather": [
        "Rain falls on the roof.",
        "Snow lies on the hill.",
        "The sun melts the snow.",
        "Wind drives the rain.",
    ],
    "food": [
        "Bread is baked at dawn.",
        "Soup boils on the stove.",
        "The bread is still warm.",
        "Salt makes soup better.",
    ],
    "music": [
        "The choir sings at dawn.",
        "A violin plays alone.",
        "The drum beats like rain.",
        "Nobody sings in the snow.",
    ],
}
TOPICS = [topic for topic, each in SENTENCES.items() for _ in each]
ITEMS = [sentence for each in SENTENCES.values() for sentence in each]
TEXTS = Collection.from_texts(
    ITEMS,
    name="Twelve sentences",
    metadata=pa.table({"topic": TOPICS, "words": [len(sentence.split()) for sentence in ITEMS]}),
    notes=["Made by hand."],
)
PICTURES = Collection(
    "Three squares",
    tuple(plain(colour, (12, 12)) for colour in ("red", "lime", "blue")),
    pa.table({"colour": ["red", "green", "blue"], "file": ["r.png", "g.png", "b.png"]}),
)
COMPASS = Space.from_vectors(["east", "north", "west"], [[1, 0], [0, 1], [-1, 0]], name="Compass")
SAVED = [
    (Saved("QbJ6WBTxFaY70ZC4", "_xFyrs5hhhVKGtVh", "45b22bd93ad981b7c4f326383a8f9495", "", "Twelve sentences"), TEXTS),
    (Saved("AzFEK7yryB4lo2NJ", "M1k1ECSGzfekvrhk", "460cb7885beed253ea3af1187bc6acb6", "", "Three squares"), PICTURES),
    (
        Saved(
            "ZIZ1cVhQQ5tulOvS",
            "IXjzJqWI5cF8q2_l",
            "3f2921314f121303282741dabece584f",
            "given:50e9a4286f03bc7146cbd6bcfb243797",
            "Compass",
        ),
        COMPASS.collection,
    ),
]
OF_TEXTS = "af81cd84456a14b81c23fab15551f683"
LAYOUT = f"layout|4|{OF_TEXTS}|PCA|2|0|{{}}"
RESULTS = (
    LAYOUT,
    f"graph|4|{OF_TEXTS}|cosine|15",
    f"kept|{LAYOUT}|10",
    f'outliers|3|{OF_TEXTS}|LOF|0|{{"k": 3, "metric": "cosine"}}',
    f"trust|5|{LAYOUT}|3|cosine",
    f"geometry|6|{OF_TEXTS}",
)


@pytest.fixture
def old(tmp_path):
    with zipfile.ZipFile(OLD) as home:
        home.extractall(tmp_path)
    return Store(str(tmp_path))


@pytest.mark.parametrize(("saved", "put_in"), SAVED, ids=[saved.name for saved, _ in SAVED])
def test_a_saved_collection_is_found_by_its_id_and_is_what_was_put_in(old, saved, put_in):
    assert old.find(saved.id) == saved
    there = old.load(saved.fingerprint)
    assert there.items == put_in.items
    assert there.metadata.to_pydict() == put_in.metadata.to_pydict()
    assert (there.name, there.kinds, there.notes) == (put_in.name, put_in.kinds, put_in.notes)
    # The same content saved today is the same, so its vectors are found as well.
    assert put_in.fingerprint == saved.fingerprint


@pytest.mark.parametrize(("content", "encoder"), [(TEXTS, "TF-IDF"), (PICTURES, "Pixels")])
def test_vectors_are_there_and_are_those_that_the_encoder_gives(old, content, encoder):
    assert old.missing(content, encoder) == []
    there, here = old.space(content, encoder), embed(content, encoder)
    np.testing.assert_allclose(there.vectors, here.vectors, atol=1e-5)
    assert there.params == here.params


@pytest.mark.parametrize(
    ("content", "first"), [(TEXTS, [-0.0390, -0.0821, -0.1000]), (PICTURES, [-0.0028, -0.1292, 0.0538])]
)
def test_vectors_of_a_network_are_there(old, content, first):
    there = old.space(content, "Scenes CLIP")
    assert there.vectors.shape == (len(content), 256)
    np.testing.assert_allclose(there.vectors[0, :3], first, atol=1e-4)


def test_ready_made_vectors_are_there(old):
    saved = SAVED[2][0]
    there = old.space(old.load(saved.fingerprint), saved.encoder)
    np.testing.assert_array_equal(there.vectors, COMPASS.vectors)


def test_only_what_is_new_lacks_a_vector(old):
    more = Collection.from_texts([*ITEMS, "Thunder rolls."], name="thirteen")
    assert old.missing(more, "Scenes CLIP") == [12]


def test_results_of_before_are_passed_over(old):
    """They were packed by hand, each in its own way, and are computed again under keys of their own."""
    assert old.space(TEXTS, "TF-IDF").fingerprint == OF_TEXTS
    assert all(old.results.has(key) for key in RESULTS)
    assert [old.results.get(key) for key in RESULTS] == [None] * len(RESULTS)


def test_the_old_home_takes_what_is_new_and_its_owners_still_delete(old):
    added = old.save(Collection.from_texts(["one", "two"], name="new"))
    old.results.put("new", {"numbers": np.arange(3)})
    again = Store(old.home)
    assert again.find(added.id) == added
    assert again.results.get("new")["numbers"].tolist() == [0, 1, 2]
    saved = SAVED[0][0]
    again.delete(saved.id, saved.owner)
    with pytest.raises(EmbeddingError, match="not on this server"):
        Store(old.home).find(saved.id)
    with pytest.raises(KeyError):
        Store(old.home).load(saved.fingerprint)
