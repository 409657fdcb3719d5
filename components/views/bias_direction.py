"""The view “Direction and debiasing”: what pairs share, and how words and all items lean along it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.kit import axes, link
from components.kit.ask import Request, ask_beside, asking
from components.kit.candidates import candidate_controls
from components.kit.charts import figure, named_rows, show_chart, whiskers
from components.kit.colours import Colours, page_colours
from components.kit.evidence import (
    Setting,
    Table,
    Verdict,
    csv_button,
    settings_of,
    show_table,
    show_twin,
    show_verdict,
)
from components.kit.kinds import counted, drawn
from components.kit.map import PLAIN_COLOURING
from components.kit.pictures import gallery
from components.kit.strip import Marks, Strip, end_table, strip_chart, whole_table
from components.kit.texts import how, reading
from components.kit.widgets import pick
from components.kit.words import chart_text, escape, number, p_is, shorten
from components.views.bias_inputs import vectors_of_words
from components.views.bias_pairs import Typed, pairs_form, pairs_row
from components.views.debiasing import about_debiasing, debiasing
from embeddings.axes import Axis, AxisCheck, drawn_rows, ends
from embeddings.axis_seeds import Seeds
from embeddings.bias.direction import DRAWS, BiasDirection, DirectBias, component_table
from embeddings.bias.effect import Floats
from embeddings.bias.leaning import Leaning, pair_table
from embeddings.bias.probes import PROBES
from embeddings.bias.ripa import Ripa
from embeddings.held_out import HeldOut
from embeddings.space import Space

PARTS = {"direction": "The direction", "debias": "Take it out?"}
QUESTIONS = {
    "direction": "Do the pairs differ along one direction, and do words that should be neutral lean along it?",
    "debias": "If that direction is taken out of the vectors, is the bias gone, or only hidden?",
}
LEVEL = 0.05
LOOKS = {
    "holds": (st.success, ":material/check_circle:"),
    "fails": (st.error, ":material/cancel:"),
    "unknown": (st.warning, ":material/help:"),
}
TITLES = {"cosine": "cosine with the direction", "RIPA": "RIPA"}
COMPONENTS = 10
# Above the strip more words than these lie on each other.
MARKED, NAMED = 40, 10
NONE = np.empty(0, np.float32)
UNCHECKED = AxisCheck(HeldOut(float("nan"), float("nan"), NONE, NONE), NONE, NONE, float("nan"))


def direction_and_debiasing() -> None:
    """The pairs, and one of two questions about the direction between them."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with row:
        part = pick("What is asked", PARTS, key="direction_part", hide_label=True)
        with st.popover("Settings", icon=":material/tune:", width="content"):
            candidates = candidate_controls()
    space = candidates.space()
    with row:
        ready = pairs_row(space)
    right, left = st.columns([0.73, 0.27], gap="medium")
    with left:
        st.caption(QUESTIONS[part])
        typed = pairs_form()
        if ready is not None:
            st.caption(escape(ready.source))
        controls, mistakes = st.container(), st.container()
    with right:
        if typed is None:
            _nothing_yet()
        else:
            (debiasing if part == "debias" else _direction)(space, typed, controls, mistakes)
    (about_debiasing if part == "debias" else _about_directions)()


def _about_directions() -> None:
    specs = PROBES["Direct bias"], PROBES["RIPA"]
    caveats, limits = (
        " ".join(each) for each in ((spec.caveat for spec in specs), (spec.cannot_say for spec in specs))
    )
    reading("bias_direction", caveat=caveats, cannot_say=limits)
    how("bias_direction")


def _nothing_yet() -> None:
    with st.container(border=True):
        st.markdown("**Pairs of words that differ in one thing make a direction.**")
        st.caption(
            "Name at least two beside this, one pair a line, such as “she, he”. Where only items of the collection "
            "have vectors, take pairs of them; #12 is the item of that number."
        )


def _direction(space: Space, typed: Typed, controls: DeltaGenerator, mistakes: DeltaGenerator) -> None:
    strictness = float(
        controls.number_input(
            "Strictness of direct bias",
            0.0,
            4.0,
            1.0,
            0.5,
            key="bias_strictness",
            bind="query-params",
            persist_state="session",
            help="1 as published: the mean size of the cosines. Larger counts strong leanings only.",
        )
    )

    def request() -> Request[Leaning]:
        vectors = vectors_of_words(space, typed.all_words)
        return asking("leaning", space, *typed, strictness=strictness, vectors_of=vectors)

    found = ask_beside(mistakes, request)
    if found is None:
        return
    settings = settings_of(space, pairs=typed.written, strictness=strictness, random_pairs=DRAWS, seed=0)
    show_verdict(direction_verdict(found.direction), LOOKS)
    direct, raw, unit = found.direct, found.ripa, found.ripa_unit
    left, right = st.columns([0.46, 0.54], gap="large")
    with left:
        _components(found.direction)
    if direct is None or raw is None or unit is None:
        right.caption("Type words that should be neutral, to see whether they lean along it.")
    else:
        with left:
            _how_far(direct, typed.ends)
        with right:
            _which(typed, direct, raw, unit)
        show_twin("The words as a table", lambda: words(direct, raw, unit, settings), key="lean_twin")
    _along(space, typed, found, settings)


def _components(direction: BiasDirection) -> None:
    st.markdown("**How much of the pairs is one direction?**")
    show_chart(
        explained_chart(direction, colours=page_colours()),
        key="explained_chart",
        alt="Share of the variance of the pairs along each component, beside random pairs",
    )
    table = Table(component_table(direction), "Share of variance of each component")
    show_twin("The components as a table", lambda: table, key="components")


def _how_far(direct: DirectBias, ends: tuple[str, str]) -> None:
    st.markdown("**How far do the words lean?**")
    with st.container(horizontal=True, gap="medium"):
        st.metric("Direct bias", f"{direct.value:.3f}", width="content")
        st.metric("of any item", f"{direct.of_all:.3f}", width="content")
    st.caption(escape(direct_sentence(direct, ends)))


def _which(typed: Typed, direct: DirectBias, raw: Ripa, unit: Ripa) -> None:
    """The words as bars, by their cosines or by RIPA."""
    st.markdown("**Which words lean, and to which side?**")
    low, high = typed.ends
    with st.container(horizontal=True, vertical_alignment="bottom"):
        what = pick("Shown", ["cosine", "RIPA"], key="lean_shown", hide_label=True, kept=False)
        by_pair = what == "RIPA"
        help = "The definition takes vectors as they are, so that long ones weigh more."
        at_one = by_pair and st.toggle("All at length 1", key="ripa_unit", bind="query-params", help=help)
    shown = unit if at_one else raw
    chart = lean_chart(
        [str(word) for word in direct.words],
        shown.scores.mean(axis=1) if by_pair else direct.cosines,
        middle=shown.middle if by_pair else direct.direction.middle,
        title=f"← {chart_text(low, 40)}\u2003 {TITLES[what]}\u2003 {chart_text(high, 40)} →",
        usual=None if by_pair else direct.usual_lean,
        colours=page_colours(),
    )
    show_chart(chart, key="lean_chart", alt=f"How far each word leans to {low} or {high}")
    bars = (
        "Dashed: the middle of the pairs, where the bars begin. Dotted: how far any item of the space leans on "
        "average, to either side."
    )
    st.caption(escape(ripa_sentence(shown)) if by_pair else bars)


def _along(space: Space, typed: Typed, found: Leaning, settings: Mapping[str, Setting]) -> None:
    """All items along the direction, with the words of the pairs and the neutral ones above them."""
    collection, axis = space.collection, as_axis(typed, found)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**All items along the direction**", width="stretch")
        help = "The mean of the pairs’ differences, checked on pairs left out, with every item along it."
        if st.button("Open as an axis", icon=":material/straighten:", key="open_as_axis", help=help):
            axes.write(Seeds(axis.low, axis.high))
            link.go_to(link.AXES)
    strip = Strip(collection, axis, typed.ends, drawn_rows([axis]), PLAIN_COLOURING, marks(found))
    show_chart(
        strip_chart(strip, colours=page_colours()),
        key="direction_strip",
        alt=f"{counted(collection)} along the direction from {typed.ends[0]} to {typed.ends[1]}",
    )
    st.caption(
        f"Each dot is one of {escape(counted(collection))} at its cosine with the direction. Sides and leanings count "
        "from the dashed line, half-way between the first and the second words of the pairs."
    )
    for column, name, rows in zip(st.columns(2, gap="large"), typed.ends, ends(axis), strict=True):
        with column:
            st.markdown(f"**Furthest to {escape(name)}**")
            if drawn(collection):
                said = [f"{place:.2f}" for place in axis.projections[rows]]
                gallery(collection, rows.tolist(), key=f"direction_end_{name[:20]}", captions=said)
            else:
                lines = end_table(collection, axis, rows).select(["item", "cosine"])
                width = st.column_config.NumberColumn(format="%.3f", width=90)
                show_table(Table(lines, f"The items furthest to {name}", {"cosine": width}))
    csv_button(
        "All items along it (CSV)",
        lambda: whole_table(collection, [("direction", axis)]),
        "bias_direction.csv",
        settings,
    )


def as_axis(typed: Typed, found: Leaning) -> Axis:
    """The direction as the charts of axes take it, from the second words to the first; its check is left empty."""
    first, second = typed.sides
    return Axis(second, first, True, found.direction.vector, found.direction.along, found.direction.middle, UNCHECKED)


def marks(found: Leaning) -> list[Marks]:
    """The words of the pairs, and the neutral ones that lean most, above the strip."""
    pairs, places = found.direction.pairs[:MARKED], found.places[:MARKED].astype(np.float32)
    marked = [
        Marks("second words of the pairs", [str(pair[1]) for pair in pairs], places[:, 1], "low"),
        Marks("first words of the pairs", [str(pair[0]) for pair in pairs], places[:, 0], "high"),
    ]
    if found.direct is not None:
        furthest = np.argsort(-np.abs(found.direct.leans), kind="stable")[:NAMED]
        some = ", those that lean most" if len(found.direct.words) > NAMED else ""
        names = [str(found.direct.words[place]) for place in furthest]
        cosines = found.direct.cosines[furthest].astype(np.float32)
        marked.append(Marks(f"words that should be neutral{some}", names, cosines))
    return marked


def explained_chart(direction: BiasDirection, *, colours: Colours) -> go.Figure:
    """Share of the pairs' variance along each component; at the first, what random pairs have."""
    shares = 100 * direction.explained[:COMPONENTS]
    traces: list[go.Bar | go.Scatter] = [
        go.Bar(
            x=list(range(1, len(shares) + 1)),
            y=shares,
            marker={"color": [colours.accent] + [colours.other] * (len(shares) - 1)},
            hovertemplate="component %{x}: %{y:.0f} %<extra></extra>",
            showlegend=False,
        )
    ]
    if len(direction.random_explained):
        low, middle, high = np.quantile(100 * direction.random_explained, [0.025, 0.5, 0.975])
        orange = colours.categorical[1]
        traces.append(
            go.Scatter(
                x=[1],
                y=[middle],
                mode="markers",
                marker={"symbol": "diamond", "size": 11, "color": orange, "line": {"width": 1, "color": "#ffffff"}},
                error_y=whiskers([middle], [low], [high], orange),
                hovertemplate=f"random pairs: {middle:.0f} % [{low:.0f}, {high:.0f}]<extra></extra>",
                name="first component of random pairs (95 % of draws)",
            )
        )
    x = {"title": "principal component of the pairs", "dtick": 1}
    return figure(*traces, x=x, y={"title": "% of variance", "rangemode": "tozero"})


def lean_chart(
    words: Sequence[str], values: Floats, *, middle: float, title: str, usual: float | None, colours: Colours
) -> go.Figure:
    """Each word's place as a bar from the middle of the pairs, the largest on top; dotted: what any item leans."""
    low, high = colours.diverging[1], colours.diverging[-2]
    chart = word_bars(
        words,
        values,
        [f"{value:.3f}, {value - middle:+.3f} from the middle" for value in values],
        [high if value > middle else low for value in values],
        base=middle,
        title=title,
    )
    for side in () if usual is None else (middle - usual, middle + usual):
        chart.add_vline(x=side, line={"color": colours.other, "width": 1.2, "dash": "dot"})
    return chart.add_vline(x=middle, line={"color": colours.line, "width": 1.5, "dash": "dash"})


def word_bars(
    words: Sequence[str], values: Floats, told: Sequence[str], tints: Sequence[str], *, base: float, title: str
) -> go.Figure:
    """Words as bars from a base to their values, the largest on top.

    Args:
        words: their names.
        values: shape (n,).
        told: what stands under the pointer after the name.
        tints: their colours.
        base: where the bars begin.
        title: of the values.
    """
    order = np.argsort(-values, kind="stable").tolist()
    names = [chart_text(words[place]) for place in order]
    bars = go.Bar(
        x=values[order] - base,
        base=base,
        y=list(range(len(order))),
        orientation="h",
        marker={"color": [tints[place] for place in order]},
        hovertext=[f"{name}: {told[place]}" for name, place in zip(names, order, strict=True)],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )
    rows = named_rows([words[place] for place in order])
    return figure(bars, height=90 + 18 * len(order), x=title, y={**rows, "tickfont": {"size": 11}})


def words(direct: DirectBias, raw: Ripa, unit: Ripa, settings: Mapping[str, Setting]) -> Table:
    """Each word with its lean, its cosine and its RIPA; the file has the RIPA of every pair."""
    lines = word_table(direct, raw, unit)
    return Table(
        lines,
        "Each word with its lean, its cosine and its RIPA",
        dict.fromkeys(lines.column_names[1:], "%.3f"),
        caption="The lean counts from the middle of the pairs; cosine and RIPA count from 0, as defined. Lowest and "
        "highest: over the single pairs. They differ where the pairs share little.",
        label="Words and pairs (CSV)",
        file="direct_bias_ripa.csv",
        whole=lambda: pair_table(direct, raw),
        settings=settings,
    )


def word_table(direct: DirectBias, raw: Ripa, unit: Ripa) -> pa.Table:
    """Each word: its lean from the middle, its cosine with the direction, its RIPA; the largest lean first."""
    order = np.argsort(-np.abs(direct.leans), kind="stable")
    return pa.table(
        {
            "word": [shorten(str(direct.words[place]), 60) for place in order],
            "lean": direct.leans[order],
            "cosine": direct.cosines[order],
            "RIPA": raw.scores.mean(axis=1)[order],
            "RIPA lowest": raw.scores.min(axis=1)[order],
            "RIPA highest": raw.scores.max(axis=1)[order],
            "RIPA at length 1": unit.scores.mean(axis=1)[order],
        }
    )


def direction_verdict(direction: BiasDirection) -> Verdict:
    """Whether the pairs share one direction ("holds", "fails", "unknown"), against random pairs."""
    share = 100 * direction.explained[0]
    own = f"The first component holds {share:.0f} % of the variance of the {len(direction.pairs)} pairs"
    if np.isnan(direction.p_value):
        return Verdict("unknown", "Too few items for random pairs to compare with", f"{own}.")
    usual = 100 * direction.random_explained.mean()
    high = 100 * float(np.quantile(direction.random_explained, 0.95))
    beside = f"{own}; of as many random pairs it holds {usual:.0f} % (95 of 100 times less than {high:.0f} %)"
    sentence = f"{beside}, {p_is(direction.p_value)}, {DRAWS:,} draws."
    if direction.p_value <= LEVEL:
        return Verdict("holds", "The pairs share a direction", sentence)
    sentence += " So nothing below means much."
    return Verdict("fails", "The pairs share no more of a direction than random pairs do", sentence)


def direct_sentence(direct: DirectBias, ends: tuple[str, str]) -> str:
    """The direct bias as published, and to which side the words lie of the middle of the pairs; ends low first."""
    power = "" if direct.strictness == 1 else f" (to the power of {direct.strictness:g})"
    low, high = (int((side * direct.leans > 0).sum()) for side in (-1, 1))
    lean, usual = float(np.abs(direct.leans).mean()), direct.usual_lean
    if lean <= usual:
        what = "so they lean no more than any item does"
    else:
        what = f"so they lean {lean / usual:.1f} times as far as any item does" if usual else "and no item leans at all"
    return (
        f"From the middle of the pairs, {high} of the {len(direct.words)} words lie towards “{ends[1]}”, {low} towards "
        f"“{ends[0]}”. They lean {lean:.3f} on average, whichever way; any item of the space {usual:.3f}, {what}. "
        f"Direct bias is the mean size of their cosines{power}, counted from 0 as published: 0 would be none, 1 the "
        "direction itself."
    )


def ripa_sentence(found: Ripa) -> str:
    """The mean size of RIPA, and what it is."""
    lengths = "all vectors at length 1" if found.unit else "vectors as the encoder gives them, as defined"
    return (
        f"RIPA: the mean of a word’s inner products with the {len(found.pairs)} differences of pairs ({lengths}); on "
        f"average {found.value:.3f} to either side of 0. The bars begin at {number(found.middle)}, half-way between "
        "the words of the pairs: to its right a word leans towards the first ones."
    )
