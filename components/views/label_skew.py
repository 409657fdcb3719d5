"""Names given without training: how often the items of each group get each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.kit import caching
from components.kit.ask import Request, ask, ask_beside, asking
from components.kit.candidates import reads_texts
from components.kit.charts import figure, named_rows, show_chart, whiskers
from components.kit.choice import chosen_collection, chosen_encoder, encoder_name
from components.kit.colours import Colours, page_colours
from components.kit.evidence import Setting, Table, Verdict, settings_of, show_table, show_verdict
from components.kit.joint import joint_choice
from components.kit.kinds import drawn
from components.kit.labels import same_sentence, usual_labels, values_of
from components.kit.spaces import space_of, texts_request
from components.kit.texts import how, reading
from components.kit.widgets import begin_with, pick_from_list, template_picker
from components.kit.words import chart_text, escape, p_is, p_text, shorten
from components.views.bias_forms import column_field, group_columns, labels_field
from components.views.bias_inputs import unknown_words
from components.views.skew_groups import GROUP, LEVEL, left_out
from embeddings.bias.label_skew import DRAWS, LabelSkew, rates_table
from embeddings.bias.probes import COLUMN, NAMES, PROBES
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.labelled import labels_of
from embeddings.space import Space
from embeddings.zero_shot import LOGIT_SCALE, SLOT, check_labels, check_templates, label_prompts

LABELS, FORMS = "skew_labels", "skew_templates"
ABOUT = "skew_labels_about"
OF_TEXTS = ("a woman", "a man")
MOST_USUAL = 30
LOOKS = {"skewed": (st.warning, ":material/label:"), "even": (st.info, ":material/label:")}


class Names(NamedTuple):
    """What items may be named, and how the names are put.

    Attributes:
        labels: the names.
        templates: the sentences they are put into.
        column: of the groups.
    """

    labels: tuple[str, ...]
    templates: tuple[str, ...]
    column: str


def names_given() -> None:
    """The names on offer, and who gets which."""
    space = _space()
    if space is not None:
        right, left = st.columns([0.73, 0.27], gap="medium")
        with left:
            st.caption("Every item gets the name nearest to it. Are some groups given a name more often than others?")
            names = _controls(space.collection)
            mistakes = st.container()
        if names is not None:
            with right:
                found = ask_beside(mistakes, lambda: _request(space, names, mistakes))
                if found is not None:
                    _results(space, names, found)
    spec = PROBES["Zero-shot skew"]
    reading("label_skew", caveat=spec.caveat, cannot_say=spec.cannot_say)
    how("label_skew")


def _space() -> Space | None:
    """Pictures in a joint space, or texts; None, with the reason in its place, where names have no vectors."""
    collection, _ = chosen_collection()
    encoder = chosen_encoder()
    if drawn(collection):
        choice = joint_choice("whether groups of pictures are named differently")
        return space_of(choice.pictures, choice.encoder)
    if not reads_texts(encoder):
        st.info(
            f"Names have no vectors here, because {escape(encoder_name(encoder))} came without an encoder. Choose a "
            "collection of texts or pictures and an encoder that reads texts.",
            icon=":material/label_off:",
        )
        return None
    return space_of(collection, encoder)


def _controls(collection: Collection) -> Names | None:
    """The names and the groups; None, with the reason beside them, while they are unusable."""
    column = column_field(COLUMN, collection, key=GROUP)
    if not column:
        return None
    usual = {
        LABELS: "\n".join(usual_names(collection, column)),
        FORMS: ["a {}" if drawn(collection) else SLOT],
    }
    begin_with(usual, collection.fingerprint, key=ABOUT)
    typed = labels_field(NAMES, key=LABELS)
    templates = template_picker(FORMS, noun="name")
    try:
        return Names(check_labels(typed.splitlines()), check_templates(templates), column)
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return None


def usual_names(collection: Collection, column: str) -> tuple[str, ...]:
    """What is offered first: for pictures what another column tells apart, else whom a text may be about."""
    if not drawn(collection):
        return OF_TEXTS
    for other in group_columns(collection):
        if other != column and 2 <= len(values_of(collection, other)) <= MOST_USUAL:
            return tuple(usual_labels(values_of(collection, other)))
    return tuple(usual_labels(values_of(collection, column)))[:MOST_USUAL]


def _request(space: Space, names: Names, mistakes: DeltaGenerator) -> Request[LabelSkew]:
    """The job that counts; waits while the names are encoded and given."""
    prompts = label_prompts(names.labels, names.templates)
    vectors = ask(texts_request(space, prompts))
    if reason := unknown_words(space, dict(zip(prompts, vectors, strict=True))):
        raise EmbeddingError(reason)
    texts = Space(Collection.from_texts(prompts, name="names"), vectors, space.encoder)
    named = caching.named_pictures(space, texts, len(names.labels), LOGIT_SCALE)
    if same := same_sentence(names.labels, named.same, space.encoder):
        mistakes.warning(escape(same))
    groups = labels_of(space.collection, names.column)
    return asking("label skew", named.predicted, groups, names.labels)


def _results(space: Space, names: Names, found: LabelSkew) -> None:
    show_verdict(labels_verdict(found), LOOKS)
    settings = settings_of(space, group_column=names.column, templates=" | ".join(names.templates), deals=DRAWS, seed=0)
    chart, table = st.columns([0.47, 0.53], gap="medium")
    with chart:
        options = {found.labels[place]: shorten(found.labels[place], 60) for place in found.order}
        label = pick_from_list("How often is each group named", options, key="skew_name", kept=False)
        show_chart(
            rate_chart(found, found.labels.index(label), colours=page_colours()),
            key="rate_chart",
            alt=f"Share of each group that is named {label}, with 95 % intervals",
        )
        if found.unlabelled:
            st.caption(left_out(found.unlabelled))
    with table:
        st.markdown("**Every name**")
        show_table(names_found(found, settings))


def rate_chart(found: LabelSkew, label: int, *, colours: Colours) -> go.Figure:
    """Dots are rates of the label with their 95 % intervals, the highest first; the line is the rate over all."""
    rates = 100 * np.array([row[label] for row in found.rates])
    order = np.argsort(-rates[:, 0], kind="stable")
    share, low, high = rates[order].T
    sizes = found.counts.sum(axis=1)
    dots = go.Scatter(
        x=share,
        y=list(range(len(order))),
        mode="markers",
        marker={"color": colours.accent, "size": 10},
        error_x=whiskers(share, low, high, colours.accent, width=0),
        customdata=[
            [chart_text(found.groups[place]), found.counts[place, label], sizes[place], *rates[place, 1:]]
            for place in order
        ],
        hovertemplate="%{customdata[0]}: %{customdata[1]} of %{customdata[2]}, %{x:.0f} % "
        "[%{customdata[3]:.0f}, %{customdata[4]:.0f}]<extra></extra>",
        showlegend=False,
    )
    chart = figure(
        dots,
        height=110 + 28 * len(order),
        x={"title": f"% named “{chart_text(found.labels[label])}”; dashed: of all", "rangemode": "tozero"},
        y=named_rows([found.groups[place] for place in order]),
    )
    over_all = 100 * float(found.counts[:, label].sum() / found.counts.sum())
    return chart.add_vline(x=over_all, line={"color": colours.other, "width": 1.5, "dash": "dash"})


def names_found(found: LabelSkew, settings: Mapping[str, Setting]) -> Table:
    """Every name, the one of the largest spread first; the file has every group with every name."""
    columns = {
        "name": st.column_config.TextColumn(pinned=True, width=90),
        "spread": st.column_config.NumberColumn(
            format="%.2f", width=60, help="The highest rate of a group minus the lowest; 0 is even."
        ),
        "p": st.column_config.TextColumn(width=55, help="Groups shuffled; Holm-corrected over the names."),
        "of all": st.column_config.NumberColumn(format="%.0f %%", width=60),
        "most often in": 110,
        "most seldom in": 110,
    }
    return Table(
        label_table(found),
        "Every name: how often it is given, to which group most and least, spread and p",
        columns,
        label="Every group and name (CSV)",
        file="label_skew.csv",
        whole=lambda: rates_table(found),
        settings=settings,
    )


def label_table(found: LabelSkew) -> pa.Table:
    """Every label, the one of the largest spread first: its rate over all, and the groups at both ends."""
    order = found.order
    rates = found.counts / found.counts.sum(axis=1, keepdims=True)
    return pa.table(
        {
            "name": [found.labels[place] for place in order],
            "spread": found.spread[order],
            "p": [p_text(value) for value in found.p_values[order]],
            "most often in": [_end(found, int(rates[:, place].argmax()), place) for place in order],
            "most seldom in": [_end(found, int(rates[:, place].argmin()), place) for place in order],
            "of all": 100 * found.counts.sum(axis=0)[order] / found.counts.sum(),
        }
    )


def labels_verdict(found: LabelSkew) -> Verdict:
    """Whether a name is given to groups more differently than by chance ("skewed", "even")."""
    differing = [place for place in found.order if found.p_values[place] < LEVEL]
    if not differing:
        return Verdict(
            "even",
            "No name is given to some groups more often than chance would",
            "That shows no absence of bias: other names, or more items, may tell groups apart.",
        )
    first = differing[0]
    rates = found.counts[:, first] / found.counts.sum(axis=1)
    high, low = int(rates.argmax()), int(rates.argmin())
    more = f" {len(differing)} of {len(found.labels)} names differ so." if len(differing) > 1 else ""
    return Verdict(
        "skewed",
        "Groups are named differently",
        f"“{shorten(found.labels[first], 40)}” is given to {100 * rates[high]:.0f} % of “{_group(found, high)}” and "
        f"to {100 * rates[low]:.0f} % of “{_group(found, low)}” ({p_is(float(found.p_values[first]))}).{more}",
    )


def _end(found: LabelSkew, group: int, label: int) -> str:
    return f"{_group(found, group)}, {100 * found.rates[group][label].share:.0f} %"


def _group(found: LabelSkew, place: int) -> str:
    return shorten(found.groups[place], 40)
