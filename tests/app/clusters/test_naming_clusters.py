"""The ways to name clusters."""

import numpy as np
from cluster_page import TOPICS

from components.views.cluster_names import (
    LABELS,
    MEMBER,
    NUMBERS,
    TERMS,
    WORDS,
    Naming,
    by_labels,
    by_member,
    by_number,
    by_terms,
    by_words,
    named,
    ways_of,
)
from embeddings.clusters import cluster
from embeddings.clusters.naming import nearest_words
from embeddings.clusters.terms import cluster_terms, short_name
from embeddings.collection import Collection
from embeddings.encoders.inspection import TokenCounts
from embeddings.space import Space


def test_there_are_ways_of_naming_for_every_space(kept, captioned):
    words = Collection.from_texts(["cat", "dog", "bird"], name="words")
    ones = np.eye(3, dtype=np.float32)
    assert ways_of(kept) == [TERMS, MEMBER, NUMBERS]
    assert ways_of(Space(words, ones, kept.encoder)) == [MEMBER, TERMS, NUMBERS]
    assert ways_of(Space(words, ones, "MiniLM")) == [WORDS, MEMBER, TERMS, NUMBERS]
    assert ways_of(Space(words, ones, "TF-IDF"))[0] in (TERMS, MEMBER)
    assert WORDS not in ways_of(Space(words, ones, "TF-IDF"))
    assert ways_of(Space(captioned, np.eye(4, dtype=np.float32), "Colour and texture")) == [TERMS, MEMBER, NUMBERS]
    assert ways_of(Space(captioned, np.eye(4, dtype=np.float32), "Scenes CLIP"))[0] == LABELS


def test_names_by_own_words_are_those_of_the_core(blobs):
    found = cluster(blobs, clusters=3)
    named = by_terms(blobs, found)
    best = cluster_terms(blobs.collection, found, count=8)
    assert [name.split(", ") for name in named.names] == [[term.word for term in terms[:3]] for terms in best]
    assert set(named.names[0].split(", ")) == {"apples", "pears", "fruit"}
    assert named.reasons[0].startswith(f"{best[0][0].word} {best[0][0].score:.2f}, ")


def test_a_name_holds_no_word_twice_in_other_forms():
    assert short_name(["recipe", "recipes", "foods", "her", "herself", "finance"]) == "recipe, foods, her"
    assert short_name(["finance", "financial", "fork", "city", "cities"]) == "finance, fork, city"
    assert short_name(["c", "cat", "c++", "c#"]) == "c, cat, c++"


def test_names_by_words_and_labels_are_nearest_to_the_centres(blobs):
    found = cluster(blobs, clusters=3)
    vectors = np.array([[0, 1, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0], [0, 0, 0, 1, 0, 0]])
    vocabulary = Space(Collection.from_texts(["second", "first", "third", "none"], name="v"), vectors, blobs.encoder)
    nearest = nearest_words(blobs, found, vocabulary)
    assert [name.split(", ")[0] for name in by_words(nearest, vocabulary.collection).names] == [
        "first",
        "second",
        "third",
    ]
    labels = by_labels(blobs, found, ("second", "first", "third"), vocabulary.vectors[:3])
    assert labels.names == ("first", "second", "third")
    assert labels.reasons[0].startswith("first (100% of its items)")
    assert labels.said == ""


def test_names_by_member_and_number(blobs):
    found = cluster(blobs, clusters=3)
    assert all(topic in name for topic, name in zip(TOPICS, by_member(blobs, found).names, strict=True))
    assert by_number(found, "why").names == ("cluster 1", "cluster 2", "cluster 3")


def test_vectors_that_know_nothing_of_the_texts_give_no_names(blobs):
    texts = [f"猫 沙发 {number}" if number % 2 else f"银行 利率 {number}" for number in range(len(blobs))]
    space = Space(Collection.from_texts(texts, name="zh"), blobs.vectors, "MiniLM")
    found = cluster(space, clusters=3)
    pieces = np.full(len(space), 5)
    counts = TokenCounts(pieces + 2, 256, pieces, np.full(len(space), 4))

    class Known:
        """Token counts are there; asking for the frequent words would be a mistake."""

        def ask(self, request):
            assert request.key.startswith("tokens|")
            return counts

    given = named(space, found, "unread", Naming(WORDS), Known())
    assert given.names == by_terms(space, found).names
    assert given.said.startswith("80 % of the tokens are unknown to MiniLM; most of the text is in Chinese characters.")
    assert given.said.endswith("So the names are the clusters’ own words.")
