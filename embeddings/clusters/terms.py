"""The words that set clusters apart: class-based TF-IDF (Grootendorst 2022)."""

from __future__ import annotations

from collections.abc import Collection as Container
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import regex  # type: ignore[import-untyped]
from numpy.typing import ArrayLike, NDArray

from embeddings.clusters.base import NOISE, Clustering
from embeddings.collection import Collection
from embeddings.encoders.words import words
from embeddings.errors import EmbeddingError

CAPTION = "caption"
IN_A_NAME = 3
# Words that begin with the same five letters are mostly forms of one word: finance, financial.
SAME_BEGINNING = 5
SHORTEST_BEGINNING = 3
_ADDRESS = regex.compile(r"(?i)\b(?:[a-z][a-z0-9+.-]*://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class Term(NamedTuple):
    """A word and how much it speaks for a cluster; larger is more."""

    word: str
    score: float


def cluster_terms(
    collection: Collection,
    clustering: Clustering,
    *,
    count: int = 10,
    leave_out: Container[str] | None = None,
) -> tuple[tuple[Term, ...], ...]:
    """The `count` best words of each cluster, best first; of equal ones the first by spelling.

    The forms of a word (print, prints, printed; equal stems by Porter 1980) count as one, in the form that the cluster
    uses most; addresses of pages and of mail hold no words. Noise is one more class of items, as in BERTopic: its
    words count where frequency is counted. Pictures are named by their captions.

    Args:
        collection: the n items.
        clustering: their clusters.
        count: most words a cluster; fewer where it has fewer.
        leave_out: words in lower case that name nothing; scikit-learn's list of English ones unless given.

    Raises:
        EmbeddingError: no item of a cluster has a word that counts.
        ValueError: the clustering is of another number of items.
    """
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer

    if len(collection) != len(clustering):
        raise ValueError(f"labels must be those of {len(collection)} items, got {len(clustering)}")
    banned = ENGLISH_STOP_WORDS if leave_out is None else leave_out
    vectoriser = CountVectorizer(analyzer=lambda text: [word for word in _own_words(text) if word not in banned])
    texts = _texts(collection)
    clustered = clustering.labels != NOISE
    if not any(word not in banned for row in np.flatnonzero(clustered) for word in _own_words(texts[row])):
        raise EmbeddingError("The clusters cannot be named by words: no item in them holds any that counts.")
    counts = _by_class(vectoriser.fit_transform(texts), clustering)
    forms: list[str] = vectoriser.get_feature_names_out().tolist()
    _, stem_of = np.unique([stem(word) for word in forms], return_inverse=True)
    scores = c_tf_idf(_together(counts, stem_of))
    return tuple(
        _best(_most_used(forms, stem_of, counts[cluster]), scores[cluster], count)
        for cluster in range(clustering.count)
    )


def c_tf_idf(counts: ArrayLike) -> NDArray[np.float64]:
    """Weights of shape (classes, words) from word counts of that shape: tf(t, c) · log(1 + A / f(t)).

    tf(t, c) is the share of the word t among all words of the class c, f(t) its count in all classes together, and A
    the mean number of words a class, its fraction dropped (Grootendorst 2022, as BERTopic computes it). A class
    without words and a word that stands nowhere have weight 0.
    """
    table = np.asarray(counts, dtype=np.float64)
    totals, everywhere = table.sum(axis=1, keepdims=True), table.sum(axis=0)
    average = int(totals.mean())
    shares = np.divide(table, totals, out=np.zeros_like(table), where=totals > 0)
    rarity = np.log1p(np.divide(average, everywhere, out=np.zeros_like(everywhere), where=everywhere > 0))
    weights: NDArray[np.float64] = shares * rarity
    return weights


def names_from_terms(terms: tuple[tuple[Term, ...], ...]) -> tuple[str, ...]:
    """A short name for each cluster: its three best words that are not forms of one, or its number without any."""
    return tuple(
        short_name(term.word for term in best) or f"cluster {cluster + 1}" for cluster, best in enumerate(terms)
    )


def short_name(words: Iterable[str]) -> str:
    """The first three words that are not forms of an earlier one (recipe, recipes; finance, financial), or nothing."""
    kept: list[str] = []
    for word in words:
        if not any(_same_word(word, each) for each in kept):
            kept.append(word)
    return ", ".join(kept[:IN_A_NAME])


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What the forms of an English word share (Porter 1980); another word comes back nearly as it is."""
    from gensim.parsing.porter import PorterStemmer

    # A stemmer holds the word that it is at, so several readers cannot share one.
    return str(PorterStemmer().stem(word))


def _same_word(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    beginning = shorter[:SAME_BEGINNING]
    return stem(one) == stem(other) or (len(beginning) >= SHORTEST_BEGINNING and longer.startswith(beginning))


def _own_words(text: str) -> list[str]:
    return words(_ADDRESS.sub(" ", text))


def _texts(collection: Collection) -> list[str]:
    captions = collection.column(CAPTION).to_pylist() if CAPTION in collection.columns else [None] * len(collection)
    return [
        item if isinstance(item, str) else str(caption or "")
        for item, caption in zip(collection.items, captions, strict=True)
    ]


def _by_class(counts: Any, clustering: Clustering) -> NDArray[np.float64]:
    """Word counts of each cluster, and of the noise in the last row where there is any; shape (classes, words)."""
    from scipy.sparse import csr_array

    n, classes = len(clustering), clustering.count + (clustering.noise > 0)
    place = np.where(clustering.labels == NOISE, clustering.count, clustering.labels)
    members = csr_array((np.ones(n), (place, np.arange(n))), shape=(classes, n))
    return np.asarray((members @ counts).todense(), dtype=np.float64)


def _together(counts: NDArray[np.float64], stem_of: NDArray[np.intp]) -> NDArray[np.float64]:
    """Counts of forms, shape (classes, forms), as counts of their stems."""
    return np.array([np.bincount(stem_of, weights=each) for each in counts])


def _most_used(forms: Sequence[str], stem_of: NDArray[np.intp], counts: NDArray[np.float64]) -> list[str]:
    """For each stem the form that one class uses most; of equal ones the first by spelling."""
    order = np.lexsort((np.arange(len(forms)), -counts, stem_of))
    _, first = np.unique(stem_of[order], return_index=True)
    return [forms[place] for place in order[first]]


def _best(vocabulary: Sequence[str], scores: NDArray[np.float64], count: int) -> tuple[Term, ...]:
    order = np.argsort(-scores, kind="stable")[:count]
    return tuple(Term(vocabulary[place], float(scores[place])) for place in order if scores[place] > 0)
