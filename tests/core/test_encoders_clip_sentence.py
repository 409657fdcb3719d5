"""CLIP by Sentence Transformers against the plain library."""

from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from embeddings.encoders.clip_sentence import ClipSentence
from embeddings.encoders.quiet import quiet
from tests.core.image_checkpoints import PICTURES, decoded, tiny_clip_sentence


def test_sentence_transformers_clip_gives_the_vectors_of_the_plain_library(float32: None, tmp_path: Path) -> None:
    folder = tiny_clip_sentence(tmp_path / "model")
    encoder = ClipSentence("CLIP", f"folder:{folder}")
    with quiet():
        plain = SentenceTransformer(str(folder), device="cpu")

    texts = ["a photo of a cat", ""]
    for items, inputs in ((PICTURES, decoded(PICTURES)), (texts, texts)):
        expected = plain.encode(inputs, show_progress_bar=False, normalize_embeddings=True)
        np.testing.assert_allclose(encoder.encode(items), expected, atol=1e-5)
