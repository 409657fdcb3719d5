"""What is taken out and how, and which probes are run before and after: words, sentences, pictures, numbers, groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

import streamlit as st

from components.kit import link
from components.kit.candidates import reads_texts
from components.kit.choice import COLLECTION
from components.kit.kinds import drawn
from components.kit.labels import label_columns, number_columns, numbered_items
from components.kit.widgets import begin_with, pick_from_list
from components.kit.words import escape, shorten, write_words
from components.views.association_pictures import EXAMPLES
from components.views.bias_forms import group_columns
from components.views.bias_inputs import refer
from components.views.bias_pairs import KEEP, Typed, words_of_field
from components.views.label_skew import usual_names
from components.views.skew_groups import ready_searches
from embeddings.bias.plan import Asked, Method, Plan
from embeddings.bias.ready import NOTICE, ready_tests
from embeddings.bias.sentences import Wording, seat_sentences
from embeddings.collection import Collection
from embeddings.labelled import labels_of
from embeddings.space import Space

METHODS = {"hard": "Hard", "equalised": "Hard, pairs equalised", "nullspace": "Nullspace"}
USUAL = ("WEAT6", "WEAT7", "WEAT8")
QUERY, NAMES = "debias_search", "debias_names"
NONE = "none"
PLACES = 50


def plan_controls(space: Space, typed: Typed) -> Plan:
    """The plan, with its controls."""
    method = pick_from_list(
        "Take out by",
        METHODS,
        key="debias",
        help="Hard takes the direction out of all vectors but those of the pairs. Equalised also brings both words of "
        "each pair to the same distance from all others. Nullspace takes out every direction by which a linear "
        "classifier tells the most biased words apart.",
    )
    keep: tuple[str, ...] = ()
    if method != "nullspace":
        text = st.text_area(
            "Words that may keep it",
            key=KEEP,
            bind="query-params",
            persist_state="session",
            height=90,
            placeholder="grandmother, grandfather",
            help="They differ in it by meaning, so their vectors stay as they are. So do those of the pairs.",
        )
        keep = words_of_field(str(text or ""))
    tests = st.multiselect(
        "Association tests before and after",
        list(ready_tests()),
        default=[] if drawn(space.collection) else list(USUAL),
        key="debias_tests",
        bind="query-params",
        persist_state="session",
        format_func=_title,
        help="The published word lists of Caliskan, Bryson & Narayanan (2017).",
    )
    if any(ready_tests()[name].sensitive for name in tests):
        with st.expander("About these word lists", icon=":material/info:"):
            st.caption(escape(NOTICE))
    probes = (*probes_of_words(typed, tests), *_more_probes(space, typed, tests))
    return Plan(typed.pairs, cast(Method, method), keep, probes)


def _more_probes(space: Space, typed: Typed, tests: Sequence[str]) -> list[Asked]:
    """The further probes of this collection, with their controls."""
    own, reads = space.collection, reads_texts(space.encoder)
    found: list[Asked] = []
    with st.expander("More before and after", icon=":material/add_chart:"):
        if reads and tests and _in_sentences():
            found += of_sentences(tests)
        column = _column("Column of numbers (WEFAT)", number_columns(own), "debias_numbers")
        if column:
            found += against_numbers(own, column, typed)
        if drawn(own):
            found += of_pictures(own, link.read("collection", COLLECTION))
        labels = label_columns(own)
        usable = [name for name in group_columns(own) if name in labels]
        groups = _column("Groups (search and zero-shot skew)", usable, "debias_groups")
        if groups and reads:
            found += by_group(own, groups, *_asked_of_groups(own, groups))
        if not groups:
            st.caption("Where the answers come from a collection with a column of groups, it is searched too.")
    return found


def _in_sentences() -> bool:
    return st.toggle(
        "The tests in sentences too (SEAT)",
        key="debias_sentences",
        bind="query-params",
        persist_state="session",
        help="The words of the association tests also in sentences such as “This is …”; encoding them takes longer.",
    )


def _column(label: str, columns: Sequence[str], key: str) -> str:
    """The chosen column; empty where there is none, or none is wanted."""
    chosen = pick_from_list(label, [*columns, NONE], key=key) if columns else NONE
    return "" if chosen == NONE else chosen


def _asked_of_groups(own: Collection, column: str) -> tuple[str, tuple[str, ...]]:
    """What is searched for, and which names are on offer."""
    ready = ready_searches()
    usual = {QUERY: ready[0].query if ready else "CEO", NAMES: write_words(usual_names(own, column))}
    begin_with(usual, "", key="debias_begun")
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


def probes_of_words(typed: Typed, tests: Iterable[str]) -> Iterator[Asked]:
    """The published tests, and all that is asked of the words that should be neutral."""
    ready = ready_tests()
    for name in tests:
        yield Asked(_title(name), "WEAT", dict(zip("xyab", ready[name].sets, strict=True)) | {"trim": True})
    if not typed.words:
        return
    (firsts, seconds), words = typed.sides, typed.words
    groups = {"group_1": firsts, "group_2": seconds, "words": words}
    good, bad = ready["WEAT1"].a.words, ready["WEAT1"].b.words
    yield Asked("Direct bias", "Direct bias", {"pairs": typed.pairs, "words": words})
    yield Asked("RIPA (length 1)", "RIPA", {"pairs": typed.pairs, "words": words, "unit": True})
    yield Asked("RND", "RND", groups)
    yield Asked("ECT", "ECT", groups)
    yield Asked("MAC", "MAC", {"words": words, "attributes": (firsts, seconds)})
    yield Asked("RNSB", "RNSB", {"positive": good, "negative": bad, "words": (*firsts, *seconds)})


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
    names, values = numbered_items(own, column, 0)
    firsts, seconds = typed.sides
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
    groups, by = labels_of(own, column), f"by {shorten(column, 40)}"
    found = []
    if query:
        inputs = {"query": query, "groups": groups, "k": min(PLACES, max(1, len(own) // 4))}
        found.append(Asked(f"Search skew (NDKL): {shorten(query, 40)}, {by}", "Search skew", inputs))
    if len(names) > 1:
        title = f"Zero-shot skew: {shorten(', '.join(names), 60)}, {by}"
        found.append(Asked(title, "Zero-shot skew", {"labels": tuple(names), "groups": groups}))
    return found


def words_of(plan: Plan) -> list[str]:
    """All words and sentences of the probes, each once."""
    found: dict[str, None] = {}
    for asked in plan.probes:
        named = seat_sentences(**asked.inputs) if asked.probe == "SEAT" else asked.inputs.values()
        found |= dict.fromkeys(_words(named))
    return list(found)


def _words(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from _words(value)


def _title(name: str) -> str:
    return f"{name}: {ready_tests()[name].title}"
