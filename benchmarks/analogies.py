"""Whether our vectors are right: gensim's own evaluation of the Google analogies over frequent words."""

from __future__ import annotations

from pathlib import Path

from benchmarks.data import ENCODER
from benchmarks.figure import Measured
from benchmarks.table import ANALOGIES_EXPECTED

LISTED = 12_000


def run(folder: Path) -> tuple[Measured, ...]:
    """Share of the questions answered, every word encoded alone."""
    from gensim.models import KeyedVectors
    from gensim.test.utils import datapath
    from wordfreq import top_n_list

    from embeddings.encoders import load_encoder

    words = [word for word in top_n_list("en", LISTED) if word.isalpha()]
    vectors = load_encoder(ENCODER).encode(words)
    keyed = KeyedVectors(vectors.shape[1])
    keyed.add_vectors(words, vectors)
    accuracy, _ = keyed.evaluate_word_analogies(datapath("questions-words.txt"), restrict_vocab=LISTED)
    return (Measured(float(accuracy), ANALOGIES_EXPECTED, "1"),)
