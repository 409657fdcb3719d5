"""What a visitor sees before choosing anything."""

from collections.abc import Mapping

from components.spaces import LayoutSettings
from embeddings.collection import Collection, Kind
from embeddings.samples import SAMPLES

COLLECTION = "words"
ENCODER = "MiniLM"
SUITABLE: Mapping[Kind, str] = {"text": ENCODER, "image": "Colour and texture", "mixed": "Scenes CLIP"}
FIRST_MAP = LayoutSettings("UMAP", 2, 0, {"n_neighbors": 15, "min_dist": 0.1, "metric": "cosine"})
ENCODED_IN_ADVANCE = ("scenes", "digits")


def suitable_encoder(choice: str, collection: Collection) -> str:
    """The encoder that a collection is opened with, by its key or id and its content."""
    ready = SAMPLES.get(choice)
    return (ready.encoder if ready else "") or SUITABLE[collection.kind]
