"""Two maps of one collection as scenes and as a table: the pure part."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from components.kit.choice import encoder_name
from components.kit.kinds import counted
from components.kit.map import MapScene
from components.kit.map.colouring import colour_by_column
from components.kit.pictures import pictures_on_map
from components.kit.words import shorten
from embeddings.collection import Collection
from embeddings.space import Space

Places = NDArray[np.float32]
LENGTH = 300


def map_scene(space: Space, places: Places, colour: str) -> MapScene:
    """The points of one map in the colours of a column."""
    collection = space.collection
    about = f"{counted(collection)} of “{shorten(collection.name, 60)}” by {encoder_name(space.encoder)}"
    return MapScene(
        places,
        _texts(collection),
        collection.fingerprint,
        f"Map of {about}",
        colour_by_column(space, colour),
        pictures=pictures_on_map(collection),
    )


def blended(first: Places, second: Places, share: float) -> Places:
    """Places on the way from the first map (share 0) to the second (share 1)."""
    return np.asarray((1 - share) * first + share * second, dtype=np.float32)


def places_table(
    collection: Collection, rows: NDArray[np.int64], places: tuple[Places, Places], names: Sequence[str]
) -> pa.Table:
    """Some items with their places on both maps."""
    columns: dict[str, object] = {"item": [shorten(collection.text(int(row)), LENGTH) for row in rows]}
    for number, (name, at) in enumerate(zip(names, places, strict=True)):
        title = name if names.index(name) == number else f"{name} ({number + 1})"
        columns |= {f"{title} x": at[rows, 0], f"{title} y": at[rows, 1]}
    return pa.table(columns | {"row": rows + 1})


def _texts(collection: Collection) -> Sequence[str]:
    """A label for each item; of texts, the items themselves."""
    if collection.kind == "text":
        return [str(item) for item in collection.items]
    return [collection.text(row) for row in range(len(collection))]
