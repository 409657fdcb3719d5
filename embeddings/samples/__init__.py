"""The ready collections: a table of what there is; each is read only when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple, cast

from embeddings.collection import Collection
from embeddings.errors import EmbeddingError

__all__ = ["SAMPLES", "Sample", "load_sample"]


class Sample(NamedTuple):
    """One row of the table of ready collections.

    Attributes:
        title: what the reader sees; also the name of the collection.
        summary: one sentence in plain words.
        factory: `"module:function"`, imported only when the collection is loaded; takes the title.
        encoder: the encoder it is opened with; empty for the one that suits any collection of its kind.
    """

    title: str
    summary: str
    factory: str
    encoder: str = ""


SAMPLES: dict[str, Sample] = {
    "words": Sample(
        "English words",
        "About 3,200 English words, most frequent first; two in three are sorted by hand into 20 categories.",
        "embeddings.samples.words:words",
    ),
    "sentences": Sample(
        "Short sentences",
        "600 short sentences on 12 topics, 50 each, some of them on the border between two.",
        "embeddings.samples.texts:sentences",
    ),
    "news": Sample(
        "News of 2001",
        "300 short news reports of the Australian Broadcasting Corporation, without labels.",
        "embeddings.samples.texts:news",
    ),
    "scenes": Sample(
        "Drawn scenes",
        "600 pictures of coloured shapes that our own code draws, alone, in groups and in pairs, with captions.",
        "embeddings.samples.scenes:scenes",
        "Scenes CLIP",
    ),
    "digits": Sample(
        "Handwritten digits",
        "1,797 handwritten digits, 8 × 8 pixels each, with what they show.",
        "embeddings.samples.digits:digits",
        "Scenes CLIP",
    ),
    "photographs": Sample(
        "Photographs",
        "19 photographs, each whole and in nine overlapping pieces: pieces of one picture should lie together.",
        "embeddings.samples.photographs:photographs",
        "Colour and texture",
    ),
}


def load_sample(key: str) -> Collection:
    """Load a ready collection by its key in `SAMPLES`; the same key always gives the same content.

    Raises:
        EmbeddingError: there is no such collection.
    """
    if key not in SAMPLES:
        raise EmbeddingError(f"There is no ready collection “{key}”; there are {', '.join(SAMPLES)}.")
    sample = SAMPLES[key]
    module, function = sample.factory.split(":")
    return cast(Collection, getattr(import_module(module), function)(sample.title))
