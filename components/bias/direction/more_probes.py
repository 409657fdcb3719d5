"""Probes before and after a debiasing that look at more than words: sentences, pictures, numbers and groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from components.bias.direction.typed import Typed, words_of_field
from components.bias.skew.examples import EXAMPLES as SEARCHES
from components.bias.skew.groups import group_columns
from components.bias.skew.label_question import usual_names
from components.kit import link
from components.kit.candidates import reads_texts
from components.kit.choice import COLLECTION
from components.kit.labels import label_columns
from components.kit.widgets import pick_from_list
from components.kit.words import shorten, write_words
from components.views.association_column import items_of, number_columns
from components.views.association_pictures import EXAMPLES
from components.views.bias_inputs import refer
from embeddings.bias.plan import Asked
from embeddings.bias.ready import ready_tests
from embeddings.bias.sentences import Wording
from embeddings.collection import Collection
from embeddings.labelled import labels_of
from embeddings.space import Space

SENTENCES, NUMBERS, GROUPS, QUERY, NAMES = (
    f"debias_{name}" for name in ("sentences", "numbers", "groups", "search", "names")
)
NONE = "none"
PLACES = 50


def more_probes(space: Space, typed: Typed, tests: Sequence[str]) -> list[Asked]:
    """The further probes of this collection, with their controls."""
    own, reads = space.collection, reads_texts(space.encoder)
    found: list[Asked] = []
    with st.expander("More before and after", icon=":material/add_chart:"):
        if reads and tests and _in_sentences():
            found += of_sentences(tests)
        column = _column("Column of numbers (WEFAT)", number_columns(own), NUMBERS)
        if column:
            found += against_numbers(own, column, typed)
        if own.kind != "text":
            found += of_pictures(own, link.read("collection", COLLECTION))
        columns = set(label_columns(own))
        groups = _column("Groups (search and zero-shot skew)", [n for n in group_columns(own) if n in columns], GROUPS)
        if groups and reads:
            found += by_group(own, groups, *_asked_of_groups(own, groups))
        if not groups:
            st.caption("Where the answers come from a collection with a column of groups, it is searched too.")
    return found


def of_sentences(tests: Iterable[str]) -> list[Asked]:
    """The tests in sentences, each word counted once (SEAT)."""
    ready, wording = ready_tests(), Wording(by_word=True)
    return [
        Asked(
            f"{name} in sentences: {ready[name].title}",
            "SEAT",
            dict(zip("xyab", ready[name].sets, strict=True)) | {"wording": wording},
        )
        for name in tests
    ]


def against_numbers(own: Collection, column: str, typed: Typed) -> list[Asked]:
    """Items between the first and the second words of the pairs, against a column of numbers (WEFAT)."""
    names, values = items_of(own, column, 0)
    firsts, seconds = (tuple(pair[side] for pair in typed.pairs) for side in (0, 1))
    inputs = {"words": names, "values": values, "a": firsts, "b": seconds}
    return [Asked(f"WEFAT: {shorten(column, 40)}", "WEFAT", inputs)]


def of_pictures(own: Collection, collection: str) -> list[Asked]:
    """The examples of sets of pictures of a ready collection (iEAT)."""
    return [
        Asked(
            f"iEAT: {each.title}",
            "iEAT",
            dict(zip("xyab", (refer(named.words, own) for named in each.sets), strict=True)) | {"trim": True},
        )
        for each in EXAMPLES.get(collection, ())
    ]


def by_group(own: Collection, column: str, query: str, names: Sequence[str]) -> list[Asked]:
    """A search, and names given to every item, by the groups of a column."""
    groups = labels_of(own, column)
    found = []
    if query:
        inputs = {"query": query, "groups": groups, "k": min(PLACES, max(1, len(own) // 4))}
        found.append(
            Asked(f"Search skew (NDKL): {shorten(query, 40)}, by {shorten(column, 40)}", "Search skew", inputs)
        )
    if len(names) > 1:
        title = f"Zero-shot skew: {shorten(', '.join(names), 60)}, by {shorten(column, 40)}"
        found.append(Asked(title, "Zero-shot skew", {"labels": tuple(names), "groups": groups}))
    return found


def _in_sentences() -> bool:
    return st.toggle(
        "The tests in sentences too (SEAT)",
        key=SENTENCES,
        bind="query-params",
        persist_state="session",
        help="The words of the association tests also in sentences such as “This is …”; encoding them takes longer.",
    )


def _column(label: str, columns: Sequence[str], key: str) -> str:
    """The chosen column; empty where there is none, or none is wanted."""
    if not columns:
        return ""
    options = [*columns, NONE]
    chosen = pick_from_list(label, options, key=key)
    return "" if chosen == NONE else chosen


def _asked_of_groups(own: Collection, column: str) -> tuple[str, tuple[str, ...]]:
    """What is searched for, and which names are on offer."""
    examples = SEARCHES.get(link.read("collection", COLLECTION), ())
    usual = {QUERY: examples[0].query if examples else "CEO", NAMES: write_words(usual_names(own, column))}
    for key, value in usual.items():
        if key not in st.session_state and key not in st.query_params:
            st.session_state[key] = value
    query = st.text_input("Search for", key=QUERY, bind="query-params", persist_state="session", max_chars=500)
    names = st.text_input(
        "Names on offer",
        key=NAMES,
        bind="query-params",
        persist_state="session",
        max_chars=2_000,
        help="Every item gets the nearest one, before and after; separate them by commas.",
    )
    return str(query or "").strip(), tuple(dict.fromkeys(words_of_field(str(names or ""))))
