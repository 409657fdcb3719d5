"""The results of one association test: the verdict and effect size by each encoder, and which word does what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st

from components.kit.charts import NullChart, figure, named_rows, null_chart, show_chart
from components.kit.choice import encoder_name
from components.kit.colours import Colours, page_colours
from components.kit.evidence import Setting, Table, show_table, show_twin
from components.kit.widgets import pick
from components.kit.words import chart_text, escape, number
from components.views.association_settings import how_to_read
from components.views.association_tests import Question
from components.views.effect_sizes import differences, forest_chart, results_shown, verdict
from embeddings.bias.association import AssociationTest
from embeddings.bias.lookup import short_name, text_of
from embeddings.bias.measured import SETS, Line, Measured, leverages
from embeddings.bias.random_words import RandomSets
from embeddings.collection import Collection

ICONS = {
    "stands": ":material/check_circle:",
    "fragile": ":material/balance:",
    "ordinary": ":material/casino:",
    "nothing": ":material/remove_circle_outline:",
    "refused": ":material/block:",
}
DETAIL = "association_detail"
MOST_BARS = 16
NAMED = 7
NULL = NullChart("random sets", "these sets", "random sets", "effect size d", bins=40, reach=(-2, 2), digits=2)
# Heights that keep neighbouring dots apart, the same for the same scores.
LANES = (0.0, -0.24, 0.24, -0.12, 0.12, -0.3, 0.3)


class Seen(NamedTuple):
    """A test as it is drawn.

    Attributes:
        test: the result.
        collection: whose rows it may name.
        names: what X, Y, A and B are called.
    """

    test: AssociationTest
    collection: Collection
    names: Sequence[str]


class Shown(NamedTuple):
    """A test with its answers, as it is shown.

    Attributes:
        asked: the questions, one for each encoder.
        answers: in the same order; None for those to come.
        names: what X, Y, A and B are called.
        settings: that stand in every file.
        published: the effect size in the source; None where the words are not the published ones.
        before: the effect size of each encoder before the reader changed the words, where it is known.
        probe: the name of the test in the table of probes.
    """

    asked: Sequence[Question]
    answers: Sequence[Measured | None]
    names: Sequence[str]
    settings: dict[str, Setting]
    published: float | None = None
    before: Mapping[str, float] = {}
    probe: str = "WEAT"


def show_test(shown: Shown) -> None:
    """Everything that is known of a test by now, and how to read it."""
    known = {
        encoder_name(question.encoder): (question, found)
        for question, found in zip(shown.asked, shown.answers, strict=True)
        if found is not None
    }
    lines = [Line(name, name, found, shown.published, shown.before.get(name)) for name, (_, found) in known.items()]
    if lines:
        _verdicts(lines, [question.collection for question, _ in known.values()], shown.names)
        _forest(lines, shown)
    how_to_read(shown.probe)
    able = [line.encoder for line in lines if line.measured.test is not None]
    if able:
        noun = "item" if shown.probe == "iEAT" else "word"
        several = len(able) > 1
        encoder = pick(f"{noun.capitalize()}s as seen by", able, key=DETAIL, linked=False) if several else able[0]
        _details(*known[encoder], shown, encoder, noun)


def leverage_chart(seen: Seen, *, colours: Colours) -> go.Figure:
    """The effect size without each word, as bars from the effect size; those that move it most, at most 16."""
    effect = seen.test.effect_size
    shown = [each for each in leverages(seen.test) if np.isfinite(each.without)][:MOST_BARS]
    texts = [text_of(each.name, seen.collection) for each in shown]
    bars = []
    for nth, title in enumerate(SETS):
        mine = [(place, each) for place, each in enumerate(shown) if each.set == title]
        bars.append(
            go.Bar(
                x=[each.change for _, each in mine],
                y=[place for place, _ in mine],
                base=effect,
                orientation="h",
                marker={"color": colours.categorical[nth]},
                customdata=[[chart_text(texts[place], 60), each.without] for place, each in mine],
                hovertemplate="without %{customdata[0]}: d = %{customdata[1]:.3f} (%{x:+.3f})<extra></extra>",
                name=chart_text(seen.names[nth], 28),
                showlegend=bool(mine),
            )
        )
    rows = max(4, len(shown))
    drawn = figure(
        *bars,
        height=90 + 22 * rows,
        x={"title": f"effect size d without the word (line: with all, {number(effect, '.2f')})", "nticks": 6},
        y={**named_rows(texts, length=22), "range": [rows - 0.4, -0.6]},
    )
    drawn.add_vline(x=effect, line={"color": colours.line, "width": 1.5})
    return drawn


def dots_chart(seen: Seen, *, colours: Colours) -> go.Figure:
    """Each dot is a word of X or Y by its score; the line is the mean of its set."""
    traces = []
    sides = ((seen.test.x, seen.test.x_scores), (seen.test.y, seen.test.y_scores))
    for nth, (words, scores) in enumerate(sides):
        names = [chart_text(text_of(word, seen.collection), 30) for word in words]
        order = np.argsort(scores, kind="stable")
        lanes = np.empty(len(scores))
        lanes[order] = np.resize(LANES, len(scores))
        # Of many words, only the outermost are named; a picture by its number, because its caption is long.
        named = {*order[:3].tolist(), *order[-3:].tolist()} if len(names) > NAMED else range(len(names))
        labels = [name if isinstance(word, str) else short_name(word) for word, name in zip(words, names, strict=True)]
        colour, mean = colours.categorical[nth], float(scores.mean())
        dots = go.Scatter(
            x=scores,
            y=nth + lanes,
            mode="markers+text",
            marker={"size": 9, "color": colour, "opacity": 0.85, "symbol": ("circle", "diamond")[nth]},
            text=[label if place in named else "" for place, label in enumerate(labels)],
            textposition=["top center" if lane <= 0 else "bottom center" for lane in lanes],
            textfont={"size": 11},
            hovertext=names,
            hovertemplate="%{hovertext}: %{x:.3f}<extra></extra>",
            cliponaxis=False,
        )
        middle = go.Scatter(
            x=[mean, mean],
            y=[nth - 0.4, nth + 0.4],
            mode="lines",
            line={"color": colour, "width": 2},
            hovertemplate=f"mean: {mean:.3f}<extra></extra>",
        )
        traces += [dots, middle]
    x, y, a, b = (chart_text(name, 22) for name in seen.names)
    drawn = figure(
        *traces,
        height=320,
        showlegend=False,
        x=f"← {b}\u2003\u2003s(w, A, B)\u2003\u2003{a} →",
        y={"tickvals": [0, 1], "ticktext": [x, y], "range": [1.55, -0.55], "showgrid": False},
    )
    drawn.add_vline(x=0, line={"color": colours.line, "width": 1, "dash": "dot"})
    return drawn


def random_sets_chart(null: RandomSets, effect: float, *, colours: Colours) -> go.Figure:
    """Effect sizes of random sets as a histogram; the line is the effect size of the sets themselves."""
    return null_chart(null.effect_sizes[np.isfinite(null.effect_sizes)], effect, NULL, colours)


def words_table(seen: Seen) -> pa.Table:
    """Every word with its score and the effect size without it, that first which moves it most."""
    found = leverages(seen.test)
    called = dict(zip(SETS, seen.names, strict=True))
    figures = {"s(w, A, B)": "score", "d without it": "without", "change of d": "change"}
    return pa.table(
        {
            "word": [text_of(each.name, seen.collection) for each in found],
            "set": [each.set for each in found],
            "called": [called[each.set] for each in found],
        }
        | {
            title: pa.array([getattr(each, field) for each in found], pa.float64(), from_pandas=True)
            for title, field in figures.items()
        }
    )


def _verdicts(lines: Sequence[Line], collections: Sequence[Collection], names: Sequence[str]) -> None:
    """What each encoder's result means."""
    with st.container(border=True, key="association_verdict"):
        for line, collection in zip(lines, collections, strict=True):
            said = verdict(line.measured, names, collection)
            changed = line.before is not None and line.measured.test is not None
            before = f" Before your changes to the words, d was {number(line.before or 0, '.2f')}." if changed else ""
            st.markdown(f"{ICONS[said.standing]} **{escape(line.encoder)}: {escape(said.heading)}**")
            st.caption(escape(said.sentence + before))
            if line.measured.silent:
                silent = escape(", ".join(line.measured.silent[:12]))
                st.caption(
                    f":material/warning: {escape(line.encoder)} has no vector but zero for {silent}: they are equally "
                    "near to everything."
                )
        if together := differences(lines):
            st.caption(together)


def _forest(lines: Sequence[Line], shown: Shown) -> None:
    """All encoders in one chart, with its table."""
    x, _, a, b = shown.names
    st.markdown("**How large is it, and how sure?**")
    show_chart(
        forest_chart(lines, (b, f"{x} lean to", a), colours=page_colours()),
        key="forest",
        alt="Effect size of each encoder with its 95 % interval, over what random sets give",
    )
    show_table(results_shown(lines, shown.settings, several=False))


def _details(question: Question, found: Measured, shown: Shown, encoder: str, noun: str) -> None:
    """Single words, as one encoder sees them."""
    if found.test is None:
        return
    seen = Seen(found.test, question.collection, shown.names)
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"**Which {noun} carries the effect?**")
        st.caption(f"Each bar ends at the effect size without that {noun}; long: the result depends on this {noun}.")
        show_chart(
            leverage_chart(seen, colours=page_colours()),
            key="leverage",
            alt="Effect size without each word in turn, the most influential first",
        )
    with right:
        st.markdown(f"**Where does each {noun} lie?**")
        show_chart(
            dots_chart(seen, colours=page_colours()),
            key="words_placed",
            alt="Words of X and Y by how much nearer they are to A than to B",
        )
        _random_sets(found, found.test.effect_size)
    show_twin(
        f"Every {noun} as a table",
        lambda: Table(
            words_table(seen),
            "Every word with its score and the effect size without it",
            dict.fromkeys(("s(w, A, B)", "d without it", "change of d"), "%.3f"),
            height=420,
            label=f"Every {noun} (CSV)",
            file="association_words.csv",
            settings=shown.settings | {"encoder": encoder},
        ),
        key="association_words",
    )


def _random_sets(found: Measured, effect: float) -> None:
    st.markdown("**What do random sets give?**")
    null = found.null
    if null is None:
        st.caption(escape(found.no_null))
        return
    show_chart(
        random_sets_chart(null, effect, colours=page_colours()),
        key="random_sets",
        alt="Histogram of the effect sizes of random sets, with that of these sets marked",
    )
    matched = null.match == "word frequency" and null.bins > 1
    how = f"matched in frequency in {null.bins} groups" if matched else "not matched"
    st.caption(
        f"{len(null.effect_sizes):,} times as many random items in place of X and Y, drawn from "
        f"{null.candidates:,}, {how}; A and B stay."
    )
