"""The view “Sets”: four measures of word sets in one table, and each looked into."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import streamlit as st

from components.kit import link
from components.kit.ask import Request, ask_beside, asking
from components.kit.candidates import candidate_controls
from components.kit.charts import show_chart
from components.kit.colours import page_colours
from components.kit.evidence import Setting, settings_of, show_table, show_twin
from components.kit.texts import examples, how, reading
from components.kit.widgets import pick
from components.kit.words import escape, shorten
from components.views.bias_inputs import NamedSet, ready_row, sets_from_text, vectors_of_words
from components.views.bias_pairs import listed_pairs
from components.views.bias_probe import Facts, show_figure
from components.views.bias_word_sets import Edited, WordSets, rules_of, slots_of
from components.views.set_measures import (
    MEASURES,
    SWITCHES,
    Conventions,
    Groups,
    against_chance,
    detail_chart,
    inputs_of,
    larger_means,
    measures,
    says,
    told,
    word_by_word,
)
from embeddings.bias.probes import PROBES
from embeddings.bias.ready import NOTICE, SOURCE, ready_tests
from embeddings.errors import EmbeddingError
from embeddings.space import Space

READY, LISTS = "ready_sets", "lists"
FIRST, OWN = "occupations", "own"
BEGUN, BROKEN = "sets_begun", "sets_broken"
EDITOR = WordSets("sets", slots_of(*MEASURES))
RULES = rules_of(*MEASURES)


class ReadySets(NamedTuple):
    """Sets that run on one click.

    Attributes:
        title: what the reader sees.
        sets: Group 1, Group 2, Words, Positive, Negative.
        source: where they come from.
        sensitive: whether they stand for groups of people.
    """

    title: str
    sets: tuple[NamedSet, ...]
    source: str
    sensitive: bool


def sets_view() -> None:
    """The sets, the table of measures, and one looked into."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with row, st.popover("Settings", icon=":material/tune:", width="content"):
        candidates = candidate_controls()
    space = candidates.space()
    with row:
        _ready_row()
    right, left = st.columns([0.76, 0.24], gap="medium")
    with left:
        st.caption("Do four measures of word sets find a bias, each in its own sense, and more than chance would give?")
        edited = EDITOR.draw(space, candidates.own, RULES)
        ready = _ready()
        if ready is not None:
            st.caption(escape(ready.source))
        chosen = _convention_switches()
        mistakes = st.container()
    EDITOR.carry(LISTS, () if ready is None else ready.sets)
    link.show({READY: FIRST, LISTS: ""})
    with right:
        if EDITOR.is_empty():
            _nothing_yet()
        elif edited.check is not None and edited.check.sets:
            found = ask_beside(mistakes, lambda: _request(space, edited, chosen))
            if found is not None:
                _results(space, edited, list(zip(MEASURES, found, strict=True)), chosen)
    _about()


def _about() -> None:
    specs = {name: PROBES[name] for name in MEASURES}
    reading(
        "bias_sets",
        measures="\n".join(
            f"- **{name}** {spec.question} Larger means {spec.larger} {spec.caveat}" for name, spec in specs.items()
        ),
        not_concluded="\n".join(f"- **{name}** {spec.cannot_say}" for name, spec in specs.items()),
    )
    how("bias_sets")


def _nothing_yet() -> None:
    with st.container(border=True):
        st.markdown("**Two groups, and words that should be neutral between them.**")
        st.caption("Choose ready sets above, or type your own beside this: two words a set at least.")


def _convention_switches() -> dict[str, str]:
    """The chosen conventions by their keys; all stand in the link."""
    with st.expander("Conventions", icon=":material/tune:"):
        st.caption("Where the literature has two. The first is what is shown unless you choose otherwise.")
        return {key: pick(each.title, each.options, key=key, help=each.note) for key, each in SWITCHES.items()}


def _request(space: Space, edited: Edited, chosen: Conventions) -> Request[Any]:
    """The job that runs all four: of each its result, or why it has none; waits while words are encoded.

    Raises:
        EmbeddingError: the encoder learnt nothing of a word.
    """
    vectors = vectors_of_words(space, edited.to_encode)
    return asking("probes", space, inputs_of(edited.names, chosen), vectors_of=vectors)


def _results(space: Space, edited: Edited, found: list[tuple[str, Any]], chosen: Conventions) -> None:
    words = {name: ", ".join(each.words) for name, each in zip(edited.called, edited.sets, strict=True)}
    settings = {**settings_of(space, seed=0), **words}
    one, other = edited.called[:2]
    show_table(measures(found, chosen, (one, other), settings))
    measure = pick("Look into", MEASURES, key="measure")
    result = dict(found)[measure]
    if isinstance(result, EmbeddingError):
        st.info(escape(str(result)), icon=":material/block:")
    else:
        _looked_into(measure, result, chosen, (one, other), settings)


def _looked_into(
    measure: str, result: Any, chosen: Conventions, groups: Groups, settings: Mapping[str, Setting]
) -> None:
    """One measure: its words drawn, its definition and caveat, what chance gives."""
    left, right = st.columns([0.6, 0.4], gap="large")
    with left:
        chart = detail_chart(measure, result, groups, colours=page_colours())
        show_chart(chart, key=f"detail_{measure}", alt=f"The words behind {measure}")
        st.caption(examples("set_measures")["reads"][measure])
    with right:
        larger, chance = larger_means(measure, chosen), against_chance(measure, result)
        show_figure(measure, result, Facts(says(measure, result, groups), larger, chance, told(measure, chosen)))
    show_twin("Word by word, as a table", lambda: word_by_word(measure, result, groups, settings), key="detail_twin")


@cache
def ready_sets() -> dict[str, ReadySets]:
    """The ready sets by their names in a link."""
    return {
        name: ReadySets(
            each["title"],
            tuple(map(_set, each["sets"])),
            each["source"].format(published=SOURCE),
            each.get("sensitive", False),
        )
        for name, each in examples("word_set_measures").items()
    }


def _set(name: str) -> NamedSet:
    """A set of a published test, such as WEAT1.a, or the occupations of the ready pairs."""
    test, _, side = name.partition(".")
    return NamedSet(*getattr(ready_tests()[test], side)) if side else NamedSet(name, listed_pairs("text")[0].words)


def _begin() -> None:
    """Fill the editor once in a session with what the link names."""
    if st.session_state.get(BEGUN):
        return
    st.session_state[BEGUN] = True
    name, lists = link.read(READY, FIRST), link.read(LISTS)
    try:
        if lists:
            EDITOR.fill(sets_from_text(lists))
            link.write(READY, OWN)
            return
    except EmbeddingError as error:
        st.session_state[BROKEN] = f"{error} Ready ones stand here instead."
    if name not in (*ready_sets(), OWN):
        st.session_state[BROKEN] = f"There are no ready sets “{shorten(name, 40)}”; others stand here instead."
    _take(name if name in ready_sets() else FIRST)


def _take(name: str) -> None:
    EDITOR.fill(ready_sets()[name].sets)
    link.write(READY, name)


def _ready() -> ReadySets | None:
    """The ready sets that stand in the editor; None once they were changed."""
    found = ready_sets().get(link.read(READY, FIRST))
    same = found is not None and [each.words for each in EDITOR.sets()] == [each.words for each in found.sets]
    return found if same else None


def _ready_row() -> None:
    """The ready sets side by side, and what is said of those that stand for groups of people."""
    _begin()
    now = _ready()
    name = "" if now is None else link.read(READY, FIRST)
    with st.popover("Examples", icon=":material/lightbulb:", width="content"):
        ready_row("ready_sets", {each: found.title for each, found in ready_sets().items()}, name, _take)
    if st.session_state.get(BROKEN):
        st.error(escape(str(st.session_state[BROKEN])))
    if now is not None and now.sensitive:
        st.caption(f":material/info: {NOTICE}")
