"""Collections and the encoders that can take them."""

import pytest

from embeddings.collection import Collection
from embeddings.embedding import embed
from embeddings.errors import EmbeddingError
from tests.core.image_checkpoints import PICTURES


def test_a_collection_of_the_wrong_kind_is_refused_in_words() -> None:
    with pytest.raises(EmbeddingError, match=r"^Pixels looks at pictures only; it cannot read a text\.$"):
        embed(Collection.from_texts(["king"], name=""), "Pixels")
    with pytest.raises(EmbeddingError, match=r"^TF-IDF reads texts only; it cannot look at a picture\.$"):
        embed(Collection.from_images(PICTURES, name=""), "TF-IDF")
