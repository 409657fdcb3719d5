"""The view “One relation”: the differences of many pairs, drawn, compared with shuffled pairs and other relations."""

from __future__ import annotations

import streamlit as st

from components.kit.candidates import KEY as CANDIDATES
from components.kit.candidates import WORDS, Candidates, candidate_controls, ways_of
from components.kit.words import escape
from components.relations.choice import OWN, Chosen, chosen_pairs, ready_relations, relation_picker
from components.relations.comparison import comparison
from components.relations.measuring import measurable
from components.relations.picture import relation_picture
from embeddings.analogies.offsets import offsets
from embeddings.errors import EmbeddingError
from embeddings.space import Space


def one_relation() -> None:
    """The view below the heading."""
    left, right = st.columns([0.38, 0.62], vertical_alignment="bottom", gap="medium")
    with left:
        name = relation_picker()
    with right:
        candidates = candidate_controls()
    st.caption("Is this relation one direction? If it is, second − first is nearly the same for every pair.")
    if not candidates.reads and not any(isinstance(item, str) for item in candidates.collection.items):
        st.info(
            "A relation is made of words, and these vectors belong to pictures only. Choose a collection of words, or "
            "an encoder that reads texts too, such as Scenes CLIP.",
            icon=":material/image:",
        )
        _how_computed()
        return
    space = candidates.space()
    pictured, evidence = st.columns([0.6, 0.4], gap="large")
    with pictured:
        _relation(candidates, space, chosen_pairs(name))
    with evidence:
        if ready_relations():
            comparison(space, name)
        else:
            st.caption("The ready relations are inside gensim: pip install gensim")
    _how_computed()


def _relation(candidates: Candidates, space: Space, chosen: Chosen) -> None:
    """The pairs that can be measured, or what to do where they are too few."""
    if not chosen.pairs:
        return
    pairs, vectors_of = measurable(candidates, space, chosen)
    if len(pairs) < 2:
        _too_few(candidates, chosen, len(pairs))
        return
    try:
        found = offsets(space, pairs, vectors_of=vectors_of)
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return
    relation_picture(found, pairs)


def _too_few(candidates: Candidates, chosen: Chosen, count: int) -> None:
    known = "no pair is" if count == 0 else "only one pair is"
    st.info(f"Directions are compared between at least two pairs, and {known} known here.", icon=":material/info:")
    words_help = chosen.name != OWN and WORDS in ways_of(candidates.own, candidates.encoder)
    if words_help and st.session_state.get(CANDIDATES) != WORDS:
        st.button("Use frequent words as candidates", type="primary", on_click=_use_words)


def _use_words() -> None:
    st.session_state[CANDIDATES] = WORDS


def _how_computed() -> None:
    with st.expander("How is this computed?", icon=":material/functions:"):
        st.markdown(
            "Every vector is brought to length 1; the difference of a pair is second − first (Mikolov, Yih & Zweig "
            "2013). The mean cosine is that of all two different pairs’ differences: 1 if the relation is one "
            "direction. It can be high merely because the first words are one group and the second words another, so "
            "beside it stands the same number with the second words handed to other pairs: the mean of 100 shuffles, "
            "seed 0, in which no pair keeps its partner. Only what lies above it is due to the pairing. That many "
            "relations, above all those of word meaning, are not one direction is known (Vylomova et al. 2016; "
            "Linzen 2016).\n\nThe arrows lie in the plane that holds most of the squared length of all differences "
            "(singular value decomposition without centring, so that the origin stays the origin); scales are equal. "
            "The ready relations are the distinct pairs of the categories of the Google set (Mikolov, Chen, Corrado "
            "& Dean 2013), those whose rarer word is more frequent first. Upper and lower case are taken as the same."
        )
