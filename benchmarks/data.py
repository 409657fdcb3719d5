"""The texts and vectors that several benchmarks use; seeded, so every run sees the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from wordfreq import top_n_list

from benchmarks.running import fresh

ENCODER = "MiniLM"


def frequent_words(n: int) -> list[str]:
    """The n most frequent English words that consist of letters."""
    words = [word for word in top_n_list("en", n + n // 5) if word.isalpha()]
    return words[:n]


def random_texts(n: int, *, seed: int = 0) -> list[str]:
    """Texts of 4 to 40 frequent words in random order."""
    rng = np.random.default_rng(seed)
    words = frequent_words(5_000)
    return [" ".join(words[place] for place in rng.integers(0, len(words), rng.integers(4, 41))) for _ in range(n)]


def word_vectors(folder: Path, n: int = 12_000) -> Path:
    """A file with the MiniLM vectors of the n most frequent words, float32 of shape (n, 384); made once in a folder."""
    path = folder / f"words-{n}.npy"
    if not path.exists():
        fresh("benchmarks.data:encode_words", n, path)
    return path


def encode_words(n: str, path: str) -> None:
    """Write the file of `word_vectors`."""
    from embeddings.encoders import load_encoder

    np.save(path, load_encoder(ENCODER).encode(frequent_words(int(n))))


def random_vectors(n: int, dimension: int = 384, *, seed: int = 0) -> NDArray[np.float32]:
    """Vectors of length 1 in random directions."""
    vectors = np.random.default_rng(seed).standard_normal((n, dimension), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors
