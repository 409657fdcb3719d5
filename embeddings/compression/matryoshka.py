"""Which models were trained so that the first components stand alone."""

from __future__ import annotations

from embeddings.encoders.table import find_spec
from embeddings.errors import EncoderUnavailable

# As their own documentation says; a model that is not here may be one too.
TRAINED = frozenset(
    {
        "nomic-ai/nomic-embed-text-v1.5",
        "mixedbread-ai/mxbai-embed-large-v1",
        "Snowflake/snowflake-arctic-embed-m-v1.5",
        "jinaai/jina-embeddings-v3",
        "google/embeddinggemma-300m",
    }
)


def trained_for_truncation(encoder: str) -> bool:
    """Whether an encoder is known to be trained for truncation (Kusupati et al. 2022)."""
    try:
        return find_spec(encoder).model in TRAINED
    except EncoderUnavailable:
        return False
