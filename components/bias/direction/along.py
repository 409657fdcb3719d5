"""All items along the direction, with the words of the pairs and the neutral ones above them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from components.bias.direction.typed import Typed
from components.kit import axes, link
from components.kit.charts import show_chart
from components.kit.colours import page_colours
from components.kit.evidence import Setting, csv_button
from components.kit.kinds import counted, drawn
from components.kit.map import PLAIN_COLOURING
from components.kit.pictures import gallery
from components.kit.seeds import Seeds
from components.kit.strip import Marks, Strip, drawn_rows, end_table, ends, strip_chart, whole_table
from components.kit.words import escape
from embeddings.axes import Axis, AxisCheck
from embeddings.bias.leaning import Leaning
from embeddings.held_out import HeldOut
from embeddings.space import Space

NONE = np.empty(0, np.float32)
UNCHECKED = AxisCheck(HeldOut(float("nan"), float("nan"), NONE, NONE), NONE, NONE, float("nan"))
TITLE = "direction"
MARKED = 40
NAMED = 10


def along_panel(space: Space, typed: Typed, found: Leaning, settings: Mapping[str, Setting]) -> None:
    """The strip, its two ends and the file of all items."""
    axis = as_axis(typed, found)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**All items along the direction**", width="stretch")
        if st.button("Open as an axis", icon=":material/straighten:", key="open_as_axis", help=_AXIS_HELP):
            axes.write(Seeds(axis.low, axis.high))
            link.go_to(link.AXES)
    strip = Strip(space.collection, axis, typed.ends, drawn_rows([axis]), PLAIN_COLOURING, _marks(found))
    show_chart(
        strip_chart(strip, colours=page_colours()),
        key="direction_strip",
        alt=f"{counted(space.collection)} along the direction from {typed.ends[0]} to {typed.ends[1]}",
    )
    st.caption(
        f"Each dot is one of {escape(counted(space.collection))} at its cosine with the direction. Sides and "
        "leanings count from the dashed line, half-way between the first and the second words of the pairs."
    )
    _ends(space, typed, axis)
    csv_button(
        "All items along it (CSV)",
        lambda: whole_table(space.collection, [(TITLE, axis)]),
        "bias_direction.csv",
        settings,
    )


def as_axis(typed: Typed, found: Leaning) -> Axis:
    """The direction as the charts of axes take it, from the second words to the first; its check is left empty."""
    first, second = (tuple(pair[side] for pair in typed.pairs) for side in (0, 1))
    return Axis(second, first, True, found.direction.vector, found.direction.along, found.direction.middle, UNCHECKED)


def _marks(found: Leaning) -> list[Marks]:
    pairs = found.direction.pairs[:MARKED]
    marks = [
        Marks("second words of the pairs", [str(pair[1]) for pair in pairs], _float(found.places[:MARKED, 1]), "low"),
        Marks("first words of the pairs", [str(pair[0]) for pair in pairs], _float(found.places[:MARKED, 0]), "high"),
    ]
    if found.direct is not None:
        furthest = np.argsort(-np.abs(found.direct.leans), kind="stable")[:NAMED]
        words = [str(found.direct.words[place]) for place in furthest]
        title = "words that should be neutral" + (", those that lean most" if len(found.direct.words) > NAMED else "")
        marks.append(Marks(title, words, _float(found.direct.cosines[furthest])))
    return marks


def _ends(space: Space, typed: Typed, axis: Axis) -> None:
    for column, name, rows in zip(st.columns(2, gap="large"), typed.ends, ends(axis), strict=True):
        with column:
            st.markdown(f"**Furthest to {escape(name)}**")
            if drawn(space.collection):
                said = [f"{place:.2f}" for place in axis.projections[rows]]
                gallery(space.collection, rows.tolist(), key=f"direction_end_{name[:20]}", captions=said)
                continue
            table = end_table(space.collection, axis, rows).select(["item", "cosine"])
            st.dataframe(
                table,
                hide_index=True,
                height=35 * (table.num_rows + 1) + 3,
                column_config={"cosine": st.column_config.NumberColumn("cosine", format="%.3f", width=90)},
                alt=f"The items furthest to {name}",
            )


def _float(values: np.ndarray) -> np.ndarray:
    return values.astype(np.float32)


_AXIS_HELP = "The mean of the pairs’ differences, checked on pairs left out, with every item along it."
