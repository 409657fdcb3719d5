"""What is taken out and how, and which probes are run before and after."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import streamlit as st

from components.bias.direction.more_probes import more_probes
from components.bias.direction.typed import KEEP, Typed, words_of_field
from components.kit.kinds import drawn
from components.kit.widgets import pick_from_list
from components.kit.words import escape
from embeddings.bias.plan import Asked, Method, Plan
from embeddings.bias.ready import NOTICE, ready_tests
from embeddings.bias.sentences import seat_sentences
from embeddings.space import Space

METHOD, TESTS = "debias", "debias_tests"
METHODS = {"hard": "Hard", "equalised": "Hard, pairs equalised", "nullspace": "Nullspace"}
USUAL = ("WEAT6", "WEAT7", "WEAT8")


def plan_controls(space: Space, typed: Typed) -> Plan:
    """The plan, with its controls."""
    method = pick_from_list(
        "Take out by",
        METHODS,
        key=METHOD,
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
        default=list(USUAL) if not drawn(space.collection) else [],
        key=TESTS,
        bind="query-params",
        persist_state="session",
        format_func=_title,
        help="The published word lists of Caliskan, Bryson & Narayanan (2017).",
    )
    if any(ready_tests()[name].sensitive for name in tests):
        with st.expander("About these word lists", icon=":material/info:"):
            st.caption(escape(NOTICE))
    probes = (*_probes(typed, tests), *more_probes(space, typed, tests))
    return Plan(typed.pairs, cast(Method, method), keep, probes)


def words_of(plan: Plan) -> list[str]:
    """All words and sentences of the probes, each once."""
    found: dict[str, None] = {}
    for asked in plan.probes:
        if asked.probe == "SEAT":
            found |= dict.fromkeys(seat_sentences(**asked.inputs))
        else:
            _collect(asked.inputs.values(), found)
    return list(found)


def _probes(typed: Typed, tests: Iterable[str]) -> Iterable[Asked]:
    ready = ready_tests()
    for name in tests:
        yield Asked(_title(name), "WEAT", dict(zip("xyab", ready[name].sets, strict=True)) | {"trim": True})
    if not typed.words:
        return
    firsts, seconds = (tuple(pair[side] for pair in typed.pairs) for side in (0, 1))
    yield Asked("Direct bias", "Direct bias", {"pairs": typed.pairs, "words": typed.words})
    yield Asked("RIPA (length 1)", "RIPA", {"pairs": typed.pairs, "words": typed.words, "unit": True})
    groups = {"group_1": firsts, "group_2": seconds, "words": typed.words}
    yield Asked("RND", "RND", groups)
    yield Asked("ECT", "ECT", groups)
    yield Asked("MAC", "MAC", {"words": typed.words, "attributes": (firsts, seconds)})
    good, bad = ready["WEAT1"].a.words, ready["WEAT1"].b.words
    yield Asked("RNSB", "RNSB", {"positive": good, "negative": bad, "words": (*firsts, *seconds)})


def _collect(values: Iterable[object], found: dict[str, None]) -> None:
    for value in values:
        if isinstance(value, str):
            found.setdefault(value)
        elif isinstance(value, tuple):
            _collect(value, found)


def _title(name: str) -> str:
    return f"{name}: {ready_tests()[name].title}"
