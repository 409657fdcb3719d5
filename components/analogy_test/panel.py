"""The view “Test set”: how many analogy questions are answered as expected, beside guesses without arithmetic."""

from __future__ import annotations

import streamlit as st

from components.analogy_test.asking import ask_test
from components.analogy_test.controls import chosen_questions, fold_switch, set_picker
from components.analogy_test.results import results
from components.analogy_test.sentences import coverage_sentence, nothing_sentence
from components.kit import caching
from components.kit.candidates import Candidates, candidate_controls
from components.kit.words import escape
from embeddings.analogies.questions import Questions
from embeddings.analogies.vocabulary import Matching


def analogy_test() -> None:
    """The view below the heading."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        with st.container(width="content"):
            name = set_picker()
        with st.container(width="content"):
            candidates = candidate_controls()
        matching = Matching(fold_case=fold_switch())
    st.caption("How many questions “a is to b as c is to …?” are answered as expected, and how many by mere guesses?")
    questions = chosen_questions(name)
    if questions is not None:
        _test(candidates, questions, matching)
    _how_computed()


def _test(candidates: Candidates, questions: Questions, matching: Matching) -> None:
    if not any(isinstance(item, str) for item in candidates.collection.items):
        _pictures_only(candidates)
        return
    space = candidates.space()
    covered = caching.covered_questions(space, questions, matching)
    if not covered:
        st.info(escape(nothing_sentence(questions, len(space))), icon=":material/info:")
        return
    st.caption(coverage_sentence(covered, len(questions), len(space)))
    runs = ask_test(space, questions, matching)
    if runs is not None:
        results(runs, questions, space.collection)


def _pictures_only(candidates: Candidates) -> None:
    remedy = (
        "Let answers come from frequent words."
        if candidates.reads
        else "Choose a collection of words, or an encoder that reads texts too, such as Scenes CLIP."
    )
    st.info(f"The questions ask for words, and all candidates are pictures. {remedy}", icon=":material/image:")


def _how_computed() -> None:
    with st.expander("How is this computed?", icon=":material/functions:"):
        st.markdown(
            "Every question a : b :: c : ? is answered by the best candidate, all vectors at length 1, by **3CosAdd**, "
            "the cosine with b − a + c (Mikolov, Yih & Zweig 2013), **3CosMul**, cosines multiplied and divided (Levy "
            "& Goldberg 2014), and **PairDirection**, the cosine of d − c with b − a. An answer counts if it is the "
            "expected word. Questions with a word that is no candidate are left out and counted as not covered, and "
            "an input in any case of its letters is no answer: the rules of gensim’s evaluate_word_analogies, with "
            "which the totals agree question by question. The Google set is that of Mikolov, Chen, Corrado & Dean "
            "(2013).\n\nThe guesses say what the arithmetic adds: the candidate nearest to c alone, to b alone, or to "
            "b + c, and 3CosAdd with three other words of the category in place of a, b and c (seed 0). Much of the "
            "success of analogies comes from leaving the inputs out and from answers that are near c anyway (Linzen "
            "2016; Rogers, Drozd & Li 2017), so both stand beside the headline. Intervals are 95 % score intervals "
            "(Wilson 1927); they take questions as independent, although they share words, so they are somewhat too "
            "narrow."
        )
