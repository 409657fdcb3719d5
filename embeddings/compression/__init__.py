"""Smaller vectors, and what they cost."""

from embeddings.compression.matryoshka import trained_for_truncation
from embeddings.compression.methods import COMPRESSIONS, Compressed, Compression, find_compression
from embeddings.compression.recall import (
    LostNeighbours,
    Setting,
    Smaller,
    compress,
    compression_recall,
    lost_neighbours,
    usual_settings,
)

__all__ = [
    "COMPRESSIONS",
    "Compressed",
    "Compression",
    "LostNeighbours",
    "Setting",
    "Smaller",
    "compress",
    "compression_recall",
    "find_compression",
    "lost_neighbours",
    "trained_for_truncation",
    "usual_settings",
]
