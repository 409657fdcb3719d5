"""Collections of pictures for the pages: a few of one colour each, and the first of a sample."""

import numpy as np
import pyarrow as pa
from pictures import plain

from components.kit import caching
from embeddings.collection import Collection
from embeddings.space import Space

COLOURS = [(220, 20, 20), (20, 160, 40), (30, 60, 220), (240, 200, 20)]


def coloured_pictures(n=4, **columns):
    items = tuple(plain(COLOURS[row % 4], (12 + row, 10)) for row in range(n))
    return Collection("colours", items, pa.table(columns))


def random_space(collection, encoder="Pixels"):
    vectors = np.random.default_rng(0).normal(size=(len(collection), 6)).astype("f4")
    return Space(collection, vectors, encoder)


def first_of(sample, count):
    whole = caching.sample(sample)
    return Collection(f"some {sample}", whole.items[:count], whole.metadata.slice(0, count))
