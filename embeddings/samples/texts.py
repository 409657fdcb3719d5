"""The ready collections of sentences (written for this project) and of news (shipped inside gensim)."""

from __future__ import annotations

from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa

from embeddings.collection import Collection
from embeddings.errors import EmbeddingError

NEWS = "test/test_data/lee_background.cor"


def sentences(title: str) -> Collection:
    """600 sentences in the order of `sentences.tsv`; columns: topic, words."""
    lines = files("embeddings.samples").joinpath("sentences.tsv").read_text("utf-8").splitlines()[1:]
    topics, texts = zip(*(line.split("\t") for line in lines), strict=True)
    return _counted(title, texts, {"topic": pa.array(topics, pa.string())})


def news(title: str) -> Collection:
    """300 news reports, one a line of gensim's Lee background corpus; column: words.

    Raises:
        EmbeddingError: gensim is not installed.
    """
    lines = _news_file().read_text("utf-8").splitlines()
    return _counted(title, [line.strip() for line in lines if line.strip()], {})


def _news_file() -> Path:
    # Only gensim's file is needed: importing gensim takes a second.
    spec = find_spec("gensim")
    if spec is None or spec.origin is None:
        raise EmbeddingError("The news collection ships inside gensim, which is not installed: pip install gensim.")
    return Path(spec.origin).parent / NEWS


def _counted(title: str, texts: tuple[str, ...] | list[str], columns: dict[str, pa.Array]) -> Collection:
    words = pa.array([len(text.split()) for text in texts], pa.int64())
    return Collection.from_texts(texts, name=title, metadata=pa.table({**columns, "words": words}))
