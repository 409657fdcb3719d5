"""A .txt may be items, one a line, or word vectors: its first lines decide."""

from __future__ import annotations

from embeddings.collection import Collection
from embeddings.errors import ReadError
from embeddings.reading import lines
from embeddings.reading.sniffing import require_text
from embeddings.reading.source import Request
from embeddings.reading.word_lines import looks_like_word_vectors
from embeddings.space import Space


def read(request: Request) -> Collection | Space:
    """Read a text file."""
    require_text(request.file)
    if request.metadata is not None:
        raise ReadError(f"“{request.file.name}” names its own items; labels go with .npy, .npz or .tsv vectors.")
    if looks_like_word_vectors(request.file.data):
        from embeddings.reading import word_vectors  # gensim takes a second to import

        return word_vectors.read(request)
    return lines.read(request)
