"""Names given without training: how often each group gets each of them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components.bias.skew.how import how_labels, read_labels
from components.bias.skew.label_chart import rate_chart
from components.bias.skew.label_question import Names, label_controls
from components.bias.skew.label_tables import by_spread, label_table, labels_verdict, rates_table
from components.bias.skew.search_words import left_out
from components.joint.gate import joint_choice
from components.kit import caching
from components.kit.ask import Request, ask, asking
from components.kit.candidates import reads_texts
from components.kit.charts import show_chart
from components.kit.choice import chosen_collection, chosen_encoder, encoder_name
from components.kit.colours import page_colours
from components.kit.evidence import csv_button, settings_of
from components.kit.labels import same_sentence
from components.kit.spaces import space_of, texts_request
from components.kit.widgets import pick_from_list
from components.kit.words import escape, shorten
from components.views.bias_inputs import unknown_words
from embeddings.bias.label_skew import DRAWS, LabelSkew
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.labelled import labels_of
from embeddings.space import Space
from embeddings.zero_shot import LOGIT_SCALE, label_prompts

LOOKED_AT = "skew_name"


def labels_part() -> None:
    """Everything below the choice of what is asked."""
    st.caption("Every item gets the name nearest to it. Are some groups given a name more often than others?")
    space = _space()
    if space is not None:
        left, right = st.columns([0.27, 0.73], gap="medium")
        with left:
            names = label_controls(space.collection)
            mistakes = st.container()
        with right:
            found = None if names is None else _ask(space, names, mistakes)
            if names is not None and found is not None:
                _results(space, names, found)
    read_labels()
    how_labels()


def _space() -> Space | None:
    """Pictures in a joint space, or texts; None, with the reason in its place, where names have no vectors."""
    collection, _ = chosen_collection()
    encoder = chosen_encoder()
    if collection.kind != "text":
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


def _ask(space: Space, names: Names, mistakes: st.delta_generator.DeltaGenerator) -> LabelSkew | None:
    """The result; None, with the reason beside the input, where there is none."""
    try:
        found: Any = ask(_request(space, names, mistakes))
    except EmbeddingError as error:
        found = error
    if isinstance(found, EmbeddingError):
        mistakes.error(escape(str(found)))
        return None
    result: LabelSkew = found
    return result


def _request(space: Space, names: Names, mistakes: st.delta_generator.DeltaGenerator) -> Request[Any]:
    prompts = label_prompts(names.labels, names.templates)
    vectors = ask(texts_request(space, prompts))
    reason = unknown_words(space, dict(zip(prompts, vectors, strict=True)))
    if reason:
        raise EmbeddingError(reason)
    texts = Space(Collection.from_texts(prompts, name="names"), vectors, space.encoder)
    named = caching.named_pictures(space, texts, len(names.labels), LOGIT_SCALE)
    if same := same_sentence(names.labels, named.same, space.encoder):
        mistakes.warning(escape(same))
    groups = labels_of(space.collection, names.column)
    return asking("label skew", named.predicted, groups, names.labels)


def _results(space: Space, names: Names, found: LabelSkew) -> None:
    said = labels_verdict(found)
    show = st.warning if said.standing == "skewed" else st.info
    show(f"**{escape(said.heading)}.** {escape(said.sentence)}", icon=":material/label:")
    settings = settings_of(
        space,
        group_column=names.column,
        templates=" | ".join(names.templates),
        deals=DRAWS,
        seed=0,
    )
    chart, table = st.columns([0.47, 0.53], gap="medium")
    with chart:
        label = _looked_at(found)
        show_chart(
            rate_chart(found, label, colours=page_colours()),
            key="rate_chart",
            alt=f"Share of each group that is named {found.labels[label]}, with 95 % intervals",
        )
        if found.unlabelled:
            st.caption(left_out(found.unlabelled))
    with table:
        st.markdown("**Every name**")
        _table(found)
        csv_button("Every group and name (CSV)", lambda: rates_table(found), "label_skew.csv", settings)


def _looked_at(found: LabelSkew) -> int:
    order = by_spread(found)
    options = {found.labels[place]: _short(found.labels[place]) for place in order}
    return found.labels.index(pick_from_list("How often is each group named", options, key=LOOKED_AT, kept=False))


def _short(name: str) -> str:
    return shorten(name, 60)


def _table(found: LabelSkew) -> None:
    table = label_table(found)
    st.dataframe(
        table,
        hide_index=True,
        height=min(480, 35 * (table.num_rows + 1) + 3),
        column_config={
            "name": st.column_config.TextColumn("name", pinned=True, width=90),
            "spread": st.column_config.NumberColumn(
                "spread", format="%.2f", width=60, help="The highest rate of a group minus the lowest; 0 is even."
            ),
            "p": st.column_config.TextColumn(
                "p", width=55, help="Groups dealt out anew; Holm-corrected over the names."
            ),
            "of all": st.column_config.NumberColumn("of all", format="%.0f %%", width=60),
            "most often in": st.column_config.TextColumn("most often in", width=110),
            "most seldom in": st.column_config.TextColumn("most seldom in", width=110),
        },
        alt="Every name: how often it is given, to which group most and least, spread and p",
    )
