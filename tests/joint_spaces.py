"""Collections of made-up pictures, and joint spaces of them and texts with given vectors."""

import numpy as np
import pyarrow as pa

from embeddings.collection import Collection
from embeddings.joint import join
from embeddings.space import Space


def pictures_of(*items, **columns):
    """Pictures of these bytes, which nobody decodes."""
    return Collection("drawings", items, pa.table(columns))


def numbered_pictures(count, **columns):
    """So many different pictures."""
    return pictures_of(*(f"picture {number}".encode() for number in range(count)), **columns)


def space_of(pictures, texts, names=None):
    """A joint space with given vectors; texts are called t0, t1, … unless named."""
    names = names or [f"t{number}" for number in range(len(texts))]
    joined = join(numbered_pictures(len(pictures)), names)
    return Space(joined, np.array([*pictures, *texts], dtype=np.float32), "Bytewise")
