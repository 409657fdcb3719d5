"""Encoding texts: our MiniLM against Sentence Transformers as it comes."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.data import ENCODER, random_texts
from benchmarks.figure import Measured
from benchmarks.running import alternate, seconds

ROUNDS = 3


def run(folder: Path) -> tuple[Measured, ...]:
    """Time of 2,000 texts, both models loaded and warm, and the mean cosine of the vectors."""
    from sentence_transformers import SentenceTransformer

    from embeddings.encoders import load_encoder
    from embeddings.encoders.minilm import minilm_folder

    texts = random_texts(2_000)
    baseline, ours = SentenceTransformer(str(minilm_folder())), load_encoder(ENCODER)
    found, expected = ours.encode(texts[:64]), baseline.encode(texts[:64])

    def encode_ours() -> None:
        nonlocal found
        found = ours.encode(texts)

    def encode_baseline() -> None:
        nonlocal expected
        expected = baseline.encode(texts)

    times = alternate(lambda: seconds(encode_ours), lambda: seconds(encode_baseline), rounds=ROUNDS)
    lengths = np.linalg.norm(expected, axis=1) * np.linalg.norm(found, axis=1)
    cosine = float((np.einsum("ij,ij->i", expected, found) / lengths).mean())
    return Measured(*times, f"median of {ROUNDS}"), Measured(cosine, None, "1")
