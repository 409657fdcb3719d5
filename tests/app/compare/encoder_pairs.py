"""Two encoders that learn from a collection, what they make of it, and what the page shows."""

import numpy as np

from components.kit import caching
from embeddings.collection import Collection
from embeddings.encoders import load_encoder
from embeddings.space import Space

ONE, OTHER = "TF-IDF", "Character n-grams"
N = 60


def encoded(collection, name):
    model = load_encoder(name)
    if hasattr(model, "fit"):
        model.fit(collection.items)
    return Space(collection, model.encode(collection.items), name)


def saved(items):
    return caching.store().save(Collection.from_texts(items, name="odd")).id


def table_with(app, column):
    return next(frame.value for frame in app.dataframe if column in frame.value.columns)


def random_space(seed, d):
    rng = np.random.default_rng(seed)
    return Space.from_vectors([f"item {row}" for row in range(N)], rng.normal(size=(N, d)), name="parts")
