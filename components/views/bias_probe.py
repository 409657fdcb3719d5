"""Any probe of the table: fields for its inputs, its figure beside the value of no bias, and what it cannot say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import streamlit as st

from components.kit.ask import Request, ask_beside, asking
from components.kit.candidates import Candidates, candidate_controls
from components.kit.charts import NullChart, null_chart, show_chart
from components.kit.colours import page_colours
from components.kit.evidence import Evidence, Setting, Table, settings_of, show, show_table
from components.kit.spaces import space_of
from components.kit.texts import reading
from components.kit.words import escape, number, p_is
from components.views.bias_forms import Found, draw_fields
from components.views.bias_inputs import between, vectors_of_words
from embeddings.bias.effect import usual_range
from embeddings.bias.probes import PROBES, find_probe
from embeddings.bias.taking_out import figure_of
from embeddings.space import Space

# Probes with a view of their own; any other is drawn by `probe_view`.
IN_VIEWS = frozenset({
    "WEAT", "SEAT", "iEAT", "WEFAT", "Direct bias", "RIPA", "What remains", "RND", "RNSB", "MAC", "ECT", "Search skew",
    "Zero-shot skew",
})  # fmt: skip
# What is drawn of a result beside its figure, by the name that the row of its probe gives it.
EVIDENCE: dict[str, Callable[[Any, Mapping[str, Setting]], Evidence]] = {}


class Facts(NamedTuple):
    """What is said beside a figure.

    Attributes:
        says: what it says of these inputs.
        larger: what a larger value means.
        chance: what chance gives.
        convention: which one was taken, where there are several.
    """

    says: str
    larger: str
    chance: str
    convention: str = ""


def further_probes() -> list[str]:
    """The probes of the table that have no view of their own."""
    return [name for name in PROBES if name not in IN_VIEWS]


def probe_view(name: str) -> None:
    """The fields of a probe on the left, its figure and what may not be concluded on the right."""
    spec, candidates = find_probe(name), candidate_controls()
    space = _space(name, candidates)
    st.caption(escape(spec.question))
    left, right = st.columns([0.3, 0.7], gap="medium")
    with left:
        given = draw_fields(name, spec, space, candidates.own)
        mistakes = st.container()
    with right:
        if given is None:
            st.info("Fill in the fields on the left.", icon=":material/edit:")
        elif (found := ask_beside(mistakes, lambda: probe_request(space, name, given))) is not None:
            show_figure(name, found, Facts(f"No bias would be {spec.none:g}.", spec.larger, chance_of(name, found)))
            typed = {each.title: given[each.name].written for each in spec.inputs if each.form != "space"}
            settings = {**settings_of(space, probe=name, seed=0), **typed}
            show_table(figure_table(name, found, settings))
            if spec.evidence:
                show(EVIDENCE[spec.evidence](found, settings))
    parts = ("question", "summary", "reference", "larger", "caveat", "cannot_say")
    reading("probe", none=f"{spec.none:g}", **{part: getattr(spec, part) for part in parts})


def probe_request(space: Space, name: str, given: Found) -> Request[Any]:
    """The job that runs a probe; waits while words are encoded.

    Raises:
        EmbeddingError: a word has no vector, or the encoder learnt nothing of it.
    """
    vectors = vectors_of_words(space, [word for each in given.values() for word in each.words])
    inputs = {asked: each.value for asked, each in given.items() if each.value is not space}
    return asking("probe", space, probe=name, vectors_of=vectors, **inputs)


def show_figure(name: str, result: Any, facts: Facts) -> None:
    """The one number of a probe: what it says here, its definition, its caveat, and what chance gives."""
    spec = PROBES[name]
    random: Any = getattr(result, "random", ())
    value = getattr(result, spec.value)
    convention = f" Here: {facts.convention}." if facts.convention else ""
    st.metric(name, number(value))
    st.caption(f"**{escape(spec.question)}** {escape(facts.says)}")
    st.caption(escape(f"Definition: {spec.summary} {spec.reference}.{convention}"))
    st.caption(escape(f"Larger means: {facts.larger}"))
    st.caption(escape(f"Caveat: {spec.caveat}"))
    if len(random):
        show_chart(
            null_chart(random, value, NullChart("random items", "these words", "draws", name), colours=page_colours()),
            key=f"random_{name}",
            alt=f"{name} of random items, with that of these words as a line",
        )
    st.caption(escape(f"By chance: {facts.chance}."))


def chance_of(name: str, result: Any) -> str:
    """What chance would give: a p-value, or where 95 % of random items lie; “none” where the probe has neither."""
    random: Any = getattr(result, "random", ())
    p_value = figure_of(name, result).p_value
    if np.isfinite(p_value):
        return p_is(p_value)
    if not len(random):
        return "none"
    return f"{between(usual_range(random), '.3f')}: 95 % of random items"


def figure_table(name: str, result: Any, settings: Mapping[str, Setting]) -> Table:
    """The figure, with its p-value and its interval where it has them."""
    figure = figure_of(name, result)
    columns = {
        "value": figure.value,
        "no bias": PROBES[name].none,
        "p": figure.p_value,
        "interval low": figure.interval.low,
        "interval high": figure.interval.high,
    }
    known = {title: [value] for title, value in columns.items() if np.isfinite(value)}
    return Table(
        pa.table(known),
        f"{name}, and the value without bias",
        dict.fromkeys(known, "%.3f"),
        label="The figure (CSV)",
        file="probe.csv",
        settings=settings,
    )


def _space(name: str, candidates: Candidates) -> Space:
    """The space of the candidates; that of the collection for what goes by its columns."""
    of_columns = any(each.form in ("column", "predictions") for each in PROBES[name].inputs)
    return space_of(candidates.own, candidates.encoder) if of_columns else candidates.space()
