"""What clusters are called: the ways of naming them, and the names that each finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import streamlit as st

from components.kit import caching
from components.kit.ask import Pending, asking
from components.kit.candidates import DEFAULT_SIZE, reads_texts
from components.kit.caveats import all_same, blind, vocabulary_sentence
from components.kit.kinds import drawn, written
from components.kit.labels import label_columns, same_sentence, usual_labels, values_of
from components.kit.spaces import space_request, texts_request, token_request
from components.kit.texts import examples
from components.kit.widgets import pick_from_list
from components.kit.words import shorten
from embeddings.clusters import Clustering
from embeddings.clusters.members import typical
from embeddings.clusters.naming import label_clusters
from embeddings.clusters.terms import CAPTION, cluster_terms, names_from_terms, short_name
from embeddings.collection import Collection
from embeddings.encoders import find_spec
from embeddings.errors import EmbeddingError
from embeddings.joint import is_joint
from embeddings.neighbours import Neighbours
from embeddings.space import Space, Vectors
from embeddings.zero_shot import TEMPLATES, check_labels, label_prompts, label_vectors, same_labels

WORDS, TERMS, LABELS, MEMBER, NUMBERS = "nearest words", "own words", "labels", "typical member", "numbers"
WAYS = {
    WORDS: "The words nearest to the cluster's centre among 12,000 frequent ones, what all clusters share taken away.",
    TERMS: "The words that stand in this cluster's items more than in the others' (c-TF-IDF); the forms of a word "
    "count as one.",
    LABELS: "The label nearest to most of the cluster's items, of those that you type (zero-shot).",
    MEMBER: "The item nearest to the cluster's centre.",
    NUMBERS: "No name: only the number.",
}
WAY, TYPED, ABOUT = "names", "cluster_labels", "cluster_labels_about"
# In a list of single words hardly any word stands twice, so counting them names nothing.
SEVERAL_WORDS = 0.5
LISTED = 10
LONGEST = 60


class Naming(NamedTuple):
    """How clusters are named.

    Attributes:
        way: one of WAYS.
        labels: for the way of labels, which there are.
    """

    way: str = NUMBERS
    labels: tuple[str, ...] = ()


class Named(NamedTuple):
    """Names of clusters.

    Attributes:
        names: one a cluster.
        reasons: for each the words, labels or item behind the name, with scores, best first; may be empty.
        said: what a reader must know of these names; empty for nothing.
    """

    names: tuple[str, ...]
    reasons: tuple[str, ...]
    said: str = ""


def naming_control(space: Space) -> Naming:
    """The way of naming, and the labels where they are typed; both stand in the link."""
    ways = ways_of(space)
    told = "\n".join(f"- **{each}**: {WAYS[each]}" for each in ways)
    way = pick_from_list("Names from", ways, key=WAY, help=told, width=170)
    return Naming(way, _typed(space.collection) if way == LABELS else ())


def ways_of(space: Space) -> list[str]:
    """The ways of naming that there are for a space, the one that suits it best first."""
    collection = space.collection
    reads = reads_texts(space.encoder) and not find_spec(space.encoder).fits
    has_words = written(collection) or CAPTION in collection.columns
    ways = [
        *([LABELS] if drawn(collection) and is_joint(space.encoder) else []),
        *([TERMS] if has_words and not reads and not _single_words(collection) else []),
        *([WORDS] if reads else []),
        *([MEMBER, TERMS] if has_words else []),
        NUMBERS,
    ]
    return list(dict.fromkeys(ways))


def _single_words(collection: Collection) -> bool:
    """Whether most items are single words."""
    texts = [item for item in collection.items[:1000] if isinstance(item, str)]
    return bool(texts) and sum(" " in text.strip() for text in texts) < SEVERAL_WORDS * len(texts)


def _typed(collection: Collection) -> tuple[str, ...]:
    changed = st.session_state.get(ABOUT, collection.fingerprint) != collection.fingerprint
    st.session_state[ABOUT] = collection.fingerprint
    if changed or (TYPED not in st.session_state and TYPED not in st.query_params):
        st.session_state[TYPED] = ", ".join(_first_labels(collection))
    typed = st.text_input(
        "Labels, separated by commas", key=TYPED, bind="query-params", persist_state="session", width=260
    )
    return tuple(label.strip() for label in typed.split(",") if label.strip())


def _first_labels(collection: Collection) -> list[str]:
    """The labels offered before anybody types: the values of a column that can be labels."""
    columns = label_columns(collection)
    return usual_labels(values_of(collection, columns[0])) if columns else examples("clusters")["labels"]


def named(space: Space, clustering: Clustering, key: str, naming: Naming, pending: Pending) -> Named:
    """Names in the chosen way; plain numbers, with the reason, while or where there are none."""
    makers: dict[str, Callable[[], Named | None]] = {
        WORDS: lambda: _by_words(space, clustering, key, pending),
        TERMS: lambda: _by_terms(space, clustering, key),
        LABELS: lambda: _by_labels(space, clustering, naming, pending),
        MEMBER: lambda: caching.remembered(f"member|{key}", lambda: by_member(space, clustering)),
        NUMBERS: lambda: by_number(clustering),
    }
    try:
        return makers[naming.way]() or by_number(clustering, "The names are being found …")
    except EmbeddingError as error:
        return by_number(clustering, str(error))


def by_number(clustering: Clustering, said: str = "") -> Named:
    """No names, only numbers."""
    return Named(tuple(f"cluster {number + 1}" for number in range(clustering.count)), ("",) * clustering.count, said)


def by_words(nearest: Sequence[Neighbours], vocabulary: Collection) -> Named:
    """The three nearest words of a vocabulary, what all clusters share taken away, other forms of a word left out."""
    names, reasons = [], []
    for number, found in enumerate(nearest, 1):
        words = [vocabulary.text(int(row)) for row in found.rows]
        names.append(short_name(words) or f"cluster {number}")
        reasons.append(_scored(zip(words, found.scores.tolist(), strict=True)))
    return Named(tuple(names), tuple(reasons))


def by_terms(space: Space, clustering: Clustering) -> Named:
    """The three best words by c-TF-IDF.

    Raises:
        EmbeddingError: no item of a cluster has a word that counts.
    """
    terms = cluster_terms(space.collection, clustering, count=LISTED)
    reasons = tuple(_scored((term.word, term.score) for term in best) for best in terms)
    return Named(names_from_terms(terms), reasons)


def by_labels(space: Space, clustering: Clustering, labels: tuple[str, ...], vectors: Vectors) -> Named:
    """The label of most of its items; `vectors` are those of their prompts.

    Raises:
        EmbeddingError: there is one label only, or all have the same vector.
    """
    merged = label_vectors(vectors, len(labels))
    found = label_clusters(space, clustering, merged)
    reasons = tuple(
        f"{labels[each.place]} ({each.share:.0%} of its items), then {labels[each.second]}" for each in found
    )
    shaky = sum(each.by_centre != each.place for each in found)
    said = f"For {shaky} of {len(found)} clusters the centre suggests another label: those are shaky." if shaky else ""
    same = same_sentence(labels, same_labels(merged), space.encoder)
    return Named(tuple(labels[each.place] for each in found), reasons, " ".join(filter(None, [said, same])))


def by_member(space: Space, clustering: Clustering) -> Named:
    """The most central item."""
    collection = space.collection
    central = [each.nearest.tolist() for each in typical(space, clustering, count=LISTED)]
    names = tuple(shorten(collection.text(rows[0]), LONGEST) for rows in central)
    return Named(names, tuple(" · ".join(shorten(collection.text(row), 40) for row in rows) for rows in central))


def _by_terms(space: Space, clustering: Clustering, key: str) -> Named:
    return caching.remembered(f"terms|{key}|{space.collection.fingerprint}", lambda: by_terms(space, clustering))


def _by_words(space: Space, clustering: Clustering, key: str, pending: Pending) -> Named | None:
    if not drawn(space.collection):
        counts = pending.ask(token_request(space.collection, space.encoder))
        if counts is None:
            return None
        why = blind(space.collection, space.encoder, counts)
        if why:
            return _by_terms(space, clustering, key)._replace(said=f"{why} So the names are the clusters’ own words.")
    vocabulary = pending.ask(space_request(caching.words(DEFAULT_SIZE), space.encoder))
    if vocabulary is None:
        return None
    nearest = pending.ask(asking("cluster words", space, clustering.light, vocabulary, count=LISTED))
    return None if nearest is None else by_words(nearest, vocabulary.collection)


def _by_labels(space: Space, clustering: Clustering, naming: Naming, pending: Pending) -> Named | None:
    if not is_joint(space.encoder):
        raise EmbeddingError(f"{space.encoder} does not read labels: choose another way of naming.")
    labels = check_labels(naming.labels)
    counts = pending.ask(token_request(Collection.from_texts(labels, name="labels"), space.encoder))
    vectors = pending.ask(texts_request(space, label_prompts(labels, TEMPLATES)))
    if vectors is None or counts is None:
        return None
    same = all_same(label_vectors(vectors, len(labels)))
    unknown = vocabulary_sentence(space.encoder, labels, counts, "label", same=same)
    if same:
        raise EmbeddingError(unknown)
    found = by_labels(space, clustering, labels, vectors)
    return found._replace(said=" ".join(filter(None, [found.said, unknown])))


def _scored(words: Iterable[tuple[str, float]]) -> str:
    return ", ".join(f"{word} {score:.2f}" for word, score in words)
