"""What pairs share, and how words lean along it."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.bias.direction.along import along_panel
from components.bias.direction.charts import explained_chart, lean_chart
from components.bias.direction.request import leaning_request
from components.bias.direction.tables import component_table, pair_table, word_table
from components.bias.direction.typed import Typed
from components.bias.direction.words import direct_sentence, direction_verdict, ripa_sentence
from components.kit.ask import ask
from components.kit.charts import show_chart, table_twin
from components.kit.colours import page_colours
from components.kit.evidence import Setting, csv_button, settings_of
from components.kit.widgets import pick
from components.kit.words import chart_text, escape
from embeddings.bias.direction import DRAWS, DirectBias
from embeddings.bias.leaning import Leaning
from embeddings.bias.ripa import Ripa
from embeddings.errors import EmbeddingError
from embeddings.space import Space

STRICTNESS, UNIT = "bias_strictness", "ripa_unit"
TITLES = {"cosine": "cosine with the direction", "RIPA": "RIPA"}
SHOW = {"holds": st.success, "fails": st.error, "unknown": st.warning}
ICONS = {"holds": ":material/check_circle:", "fails": ":material/cancel:", "unknown": ":material/help:"}


def measured_part(space: Space, typed: Typed, settings: DeltaGenerator, mistakes: DeltaGenerator) -> None:
    """The results; a mistake is answered beside the pairs."""
    strictness = _strictness(settings)
    try:
        found: Any = ask(leaning_request(space, typed, strictness))
    except EmbeddingError as error:
        found = error
    if isinstance(found, EmbeddingError):
        mistakes.error(escape(str(found)))
        return
    _results(space, typed, found, _settings(space, typed, strictness))


def _strictness(place: DeltaGenerator) -> float:
    return float(
        place.number_input(
            "Strictness of direct bias",
            0.0,
            4.0,
            1.0,
            0.5,
            key=STRICTNESS,
            bind="query-params",
            persist_state="session",
            help="1 as published: the mean size of the cosines. Larger counts strong leanings only.",
        )
    )


def _results(space: Space, typed: Typed, found: Leaning, settings: dict[str, Setting]) -> None:
    said = direction_verdict(found.direction)
    SHOW[said.standing](f"**{escape(said.heading)}.** {escape(said.sentence)}", icon=ICONS[said.standing])
    left, right = st.columns([0.46, 0.54], gap="large")
    with left:
        st.markdown("**How much of the pairs is one direction?**")
        show_chart(
            explained_chart(found.direction, colours=page_colours()),
            key="explained_chart",
            alt="Share of the variance of the pairs along each component, beside random pairs",
        )
        twin = table_twin("The components as a table", key="components")
        if twin.open:
            table = component_table(found.direction)
            twin.dataframe(table, hide_index=True, alt="Share of variance of each component")
        if found.direct is not None:
            _direct(found.direct, typed.ends)
    with right:
        if found.direct is None or found.ripa is None or found.ripa_unit is None:
            st.caption("Type words that should be neutral, to see whether they lean along it.")
        else:
            _leaning(typed, found.direct, found.ripa, found.ripa_unit)
    if found.direct is not None and found.ripa is not None and found.ripa_unit is not None:
        _word_table(found.direct, found.ripa, found.ripa_unit, settings)
    along_panel(space, typed, found, settings)


def _direct(direct: DirectBias, ends: tuple[str, str]) -> None:
    """How far the words lean on average, beside any item."""
    st.markdown("**How far do the words lean?**")
    with st.container(horizontal=True, gap="medium"):
        st.metric("Direct bias", f"{direct.value:.3f}", width="content")
        st.metric("of any item", f"{direct.of_all:.3f}", width="content")
    st.caption(escape(direct_sentence(direct, ends)))


def _leaning(typed: Typed, direct: DirectBias, raw: Ripa, unit: Ripa) -> None:
    st.markdown("**Which words lean, and to which side?**")
    low, high = typed.ends
    with st.container(horizontal=True, vertical_alignment="bottom"):
        what = pick("Shown", ["cosine", "RIPA"], key="lean_shown", hide_label=True, kept=False)
        raw_or_unit = unit if _unit_switch(what == "RIPA") else raw
    values = raw_or_unit.scores.mean(axis=1) if what == "RIPA" else direct.cosines
    show_chart(
        lean_chart(
            [str(word) for word in direct.words],
            np.asarray(values),
            middle=raw_or_unit.middle if what == "RIPA" else direct.direction.middle,
            title=f"← {chart_text(low, 40)}\u2003 {TITLES[what]}\u2003 {chart_text(high, 40)} →",
            usual=None if what == "RIPA" else direct.usual_lean,
            colours=page_colours(),
        ),
        key="lean_chart",
        alt=f"How far each word leans to {low} or {high}",
    )
    st.caption(
        escape(ripa_sentence(raw_or_unit))
        if what == "RIPA"
        else "Dashed: the middle of the pairs, where the bars begin. Dotted: how far any item of the space leans on "
        "average, to either side."
    )


def _unit_switch(shown: bool) -> bool:
    if not shown:
        return False
    return st.toggle(
        "All at length 1",
        key=UNIT,
        bind="query-params",
        help="The definition takes vectors as they are, so that long ones weigh more.",
    )


def _word_table(direct: DirectBias, raw: Ripa, unit: Ripa, settings: dict[str, Setting]) -> None:
    twin = table_twin("The words as a table", key="lean_twin")
    if not twin.open:
        return
    table = word_table(direct, raw, unit)
    with twin:
        st.dataframe(
            table,
            hide_index=True,
            height=min(460, 35 * (table.num_rows + 1) + 3),
            column_config={
                name: st.column_config.NumberColumn(name, format="%.3f")
                for name in table.column_names
                if name != "word"
            },
            alt="Each word with its lean, its cosine and its RIPA",
        )
        st.caption(
            "The lean counts from the middle of the pairs; cosine and RIPA count from 0, as defined. Lowest and "
            "highest: over the single pairs. They differ where the pairs share little."
        )
        csv_button("Words and pairs (CSV)", lambda: pair_table(direct, raw), "direct_bias_ripa.csv", settings)


def _settings(space: Space, typed: Typed, strictness: float) -> dict[str, Setting]:
    return settings_of(
        space,
        pairs="; ".join(f"{first} − {second}" for first, second in typed.pairs),
        strictness=strictness,
        random_pairs=DRAWS,
        seed=0,
    )
