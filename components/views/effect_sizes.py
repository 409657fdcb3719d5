"""Effect sizes of association tests: the chart, the tables, and in words how far to trust them."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st

from components.kit.charts import figure, named_rows, whiskers
from components.kit.colours import CATEGORICAL, Colours, faded
from components.kit.evidence import Setting, Table, Verdict
from components.kit.words import chart_text, escape, number, p_is, p_text, shorten
from components.views.bias_inputs import between
from embeddings.bias.association import AssociationTest
from embeddings.bias.lookup import text_of
from embeddings.bias.measured import LEVEL, Line, Measured, adjusted, leverages, results_numbers
from embeddings.bias.random_words import RandomSets
from embeddings.collection import Collection

# Cohen's (1988) words for an effect size, from which on.
SIZES = ((0.8, "large"), (0.5, "medium"), (0.2, "small"), (0.0, "hardly any"))
SHAPES = ("circle", "diamond", "square", "triangle-up", "star", "cross")
REACH = 2.05  # an effect size lies between −2 and 2
WIDE = 32
NOTHING = "–"
PINNED = {
    "test": st.column_config.TextColumn("test", pinned=True, width=230),
    "encoder": st.column_config.TextColumn("encoder", pinned=True, width=130),
}


def forest_chart(lines: Sequence[Line], ends: tuple[str, str, str], *, colours: Colours) -> go.Figure:
    """A row for each test or encoder; the bar is what 95 % of random sets give, the ring the published figure.

    Args:
        lines: in order, those of a row together.
        ends: what an effect below 0 means, what both are about, and what one above 0 means.
        colours: of the theme.
    """
    rows, encoders = (
        list(dict.fromkeys(each)) for each in zip(*((line.row, line.encoder) for line in lines), strict=True)
    )
    places = _places(lines, rows, encoders)
    many = len(rows) > len(encoders)
    effects = [
        _effects([each for each in zip(lines, places, strict=True) if each[0].encoder == encoder], number, colours)
        for number, encoder in enumerate(encoders)
    ]
    published = {line.row: line.published for line in lines if line.published is not None}
    before = [(line.before, place) for line, place in zip(lines, places, strict=True) if line.before is not None]
    low, middle, high = (chart_text(end, 34) for end in ends)
    drawn = figure(
        _nulls(lines, places, 9 if many else 16, colours),
        *effects,
        _rings(
            list(published.values()),
            [rows.index(row) for row in published],
            ("diamond-open", "published, GloVe", "published, with GloVe"),
            colours,
        ),
        _rings(
            [value for value, _ in before],
            [place for _, place in before],
            ("circle-open", "before your changes", "before your changes"),
            colours,
        ),
        height=int(150 + (max(46.0, 16 + 17 * len(encoders)) if many else 46.0) * len(rows)),
        x={"title": f"effect size d<br>← {low}\u2003{middle}\u2003{high} →", "range": [-REACH, REACH]},
        y={**named_rows(rows), "ticktext": [_wrapped(row) for row in rows]},
    )
    drawn.add_vline(x=0, line={"color": colours.line, "width": 1.5})
    return drawn


def results_shown(lines: Sequence[Line], settings: dict[str, Setting], *, several: bool) -> Table:
    """The results as they are read, and their file with all figures."""
    table = results_table(lines, several=several)
    of = "every test and encoder" if several else "each encoder"
    return Table(
        table,
        f"Effect size, interval, {'corrected ' if several else ''}p-values and random sets of {of}",
        {name: PINNED[name] for name in table.column_names[:1]},
        height=740,
        label="All tests (CSV)" if several else "Results (CSV)",
        file="association_tests.csv" if several else "association.csv",
        whole=lambda: results_numbers(lines),
        settings=settings,
    )


def results_table(lines: Sequence[Line], *, several: bool) -> pa.Table:
    """A row for each test and encoder, as it is read; Holm's correction where several tests were run."""
    one, two = adjusted(lines)
    corrected = ", Holm" if several else ""
    rows = []
    for place, (row, encoder, measured, published, _) in enumerate(lines):
        test, null = measured.test, measured.null
        found = {
            "test": row,
            "encoder": encoder,
            "d": NOTHING,
            "95 % interval": NOTHING,
            f"p one-sided{corrected}": NOTHING,
            f"p two-sided{corrected}": NOTHING,
            "random sets, 95 %": between(measured.null_bounds),
            "p, random sets": NOTHING if null is None else p_text(null.p_value),
            "published d": "" if published is None or test is None else number(published, ".2f"),
            "note": measured.no_null or measured.refused,
        }
        if test is not None:
            found["d"] = number(test.effect_size, ".2f")
            found["95 % interval"] = between(test.interval)
            found[f"p one-sided{corrected}"] = p_text(one[place] if several else test.p_value)
            found[f"p two-sided{corrected}"] = p_text(two[place] if several else test.p_two_sided)
        rows.append(found)
    table = pa.Table.from_pylist(rows)
    empty = [name for name in table.column_names[2:] if set(table[name].to_pylist()) <= {"", NOTHING}]
    return table.drop_columns([*([] if several else ["test"]), *empty])


def verdict(measured: Measured, names: Sequence[str], collection: Collection) -> Verdict:
    """How far to trust an effect; for its standing see `Measured`."""
    test = measured.test
    if test is None:
        return Verdict("refused", "This could not be measured here", measured.refused)
    x, y, a, b = names if test.effect_size >= 0 else (names[0], names[1], names[3], names[2])
    every = "every measure" if measured.null is not None else "p and interval"
    heading = {
        "stands": f"{x} go with {a}, {y} with {b}: it stands out by {every}",
        "fragile": f"{x} lean to {a}, {y} to {b}, but other words like these might not",
        "ordinary": f"{x} lean to {a}, {y} to {b}, but so do many random sets: nothing special about these",
        "nothing": "Not told from chance with these words; that does not show that there is nothing",
    }[measured.standing]
    null = measured.no_null if measured.null is None else null_sentence(measured.null, measured, test.effect_size)
    said = (size_sentence(test), p_sentence(test), null, leverage_sentence(test, collection))
    return Verdict(measured.standing, heading, " ".join(filter(None, said)))


def size_sentence(test: AssociationTest) -> str:
    """The effect size, and how sure it is."""
    size = next(word for least, word in SIZES if abs(test.effect_size) >= least)
    things = "words" if all(isinstance(name, str) for name in test.x) else "pictures"
    said = f"Effect size d = {number(test.effect_size, '.2f')} ({size}; it lies between −2 and 2)"
    if not np.isfinite(test.interval).all():
        return f"{said}; too few {things} for an interval."
    return f"{said}, 95 % interval {between(test.interval)} with other {things} like these."


def p_sentence(test: AssociationTest) -> str:
    """The p-values and how they were made."""
    dealt = f"reshuffles of the {len(test.x)} + {len(test.y)} targets"
    how = "exact over all {:,} {}" if test.exact else "{:,} random {}, seed " + str(test.seed)
    said = f"{p_is(test.p_value)} one-sided, {p_text(test.p_two_sided)} two-sided"
    return f"{said} ({how.format(test.partitions, dealt)})."


def null_sentence(null: RandomSets, measured: Measured, effect: float) -> str:
    """What random sets give."""
    draws = len(null.effect_sizes)
    beyond = round(null.p_value * (1 + draws)) - 1
    matched = " of like word frequency" if null.match == "word frequency" and null.bins > 1 else ""
    return (
        f"Random sets{matched} in place of X and Y mostly give {between(measured.null_bounds)}; {beyond:,} of "
        f"{draws:,} reach {abs(effect):.2f} on either side ({p_is(null.p_value)})."
    )


def leverage_sentence(test: AssociationTest, collection: Collection) -> str:
    """Which word moves the effect most."""
    found = [each for each in leverages(test) if np.isfinite(each.without)]
    if not found:
        return "No word can be left out without losing the spread."
    name = shorten(text_of(found[0].name, collection), 60)
    return f"“{name}” moves it most: without it, d would be {number(found[0].without, '.2f')}."


def differences(lines: Sequence[Line]) -> str:
    """Whether several encoders agree on the direction; empty for one."""
    signs = [np.sign(line.measured.test.effect_size) for line in lines if line.measured.test is not None]
    if len(signs) < 2:
        return ""
    if len(set(signs)) > 1:
        return "The encoders disagree on the direction: this says something about the encoders, not about the words."
    return "All encoders point the same way; how far, the chart below shows."


def summary(lines: Sequence[Line]) -> list[str]:
    """For each encoder, how many tests stand after correction, and how many beyond random sets too."""
    _, two = adjusted(lines)
    said = []
    for encoder in dict.fromkeys(line.encoder for line in lines):
        mine = [(line.measured, two[n]) for n, line in enumerate(lines) if line.encoder == encoder]
        ran = [(measured, p) for measured, p in mine if measured.test is not None]
        found = [measured.null for measured, p in ran if p <= LEVEL]
        beyond = [null for null in found if null is not None and null.p_value <= LEVEL]
        refused = f"; {len(mine) - len(ran)} could not run" if len(ran) < len(mine) else ""
        said.append(
            f"**{escape(encoder)}**: {len(found)} of {len(ran)} effects are told from chance after Holm’s correction "
            f"(two-sided p ≤ {LEVEL}), and {len(beyond)} of these are larger than 95 % of random sets give{refused}."
        )
    return said


def _places(lines: Sequence[Line], rows: Sequence[str], encoders: Sequence[str]) -> list[float]:
    """Where each line lies: its row, and within it those of other encoders side by side."""
    alone = all(sum(line.row == row for line in lines) == 1 for row in rows)
    step = 0.0 if alone else 0.7 / len(encoders)
    middle = (len(encoders) - 1) / 2
    return [rows.index(line.row) + step * (encoders.index(line.encoder) - middle) for line in lines]


def _nulls(lines: Sequence[Line], places: Sequence[float], thick: int, colours: Colours) -> go.Scatter:
    found = [(line.measured.null_bounds, place) for line, place in zip(lines, places, strict=True)]
    known = [(ends, place) for ends, place in found if np.isfinite(ends).all()]
    return go.Scatter(
        x=[x for ends, _ in known for x in (*ends, None)],
        y=[y for _, place in known for y in (place, place, None)],
        mode="lines",
        line={"color": faded(colours.other, 0.3), "width": thick},
        hovertemplate="95 % of random sets end here: %{x:.2f}<extra></extra>",
        name="random sets in place of X and Y (95 %)",
    )


def _effects(placed: Sequence[tuple[Line, float]], nth: int, colours: Colours) -> go.Scatter:
    known = [(line, place, line.measured.test) for line, place in placed]
    ran = [(line, place, test) for line, place, test in known if test is not None]
    values = np.array([test.effect_size for _, _, test in ran])
    ends = np.array([test.interval for _, _, test in ran]).reshape(-1, 2)
    colour, name = colours.categorical[nth % len(CATEGORICAL)], chart_text(placed[0][0].encoder, 40)
    return go.Scatter(
        x=values,
        y=[place for _, place, _ in ran],
        mode="markers",
        marker={"color": colour, "size": 11, "symbol": SHAPES[nth % len(SHAPES)]},
        error_x=whiskers(values, ends[:, 0], ends[:, 1], colour),
        customdata=[[chart_text(line.row, 60), *test.interval] for line, _, test in ran],
        hovertemplate="%{customdata[0]}: d = %{x:.2f} [%{customdata[1]:.2f}, %{customdata[2]:.2f}]"
        f"<extra>{name}</extra>",
        name=name,
        showlegend=bool(ran),
    )


def _rings(x: Sequence[Any], y: Sequence[float], said: tuple[str, str, str], colours: Colours) -> go.Scatter:
    """Effect sizes to compare with: their shape, what stands under the pointer and what in the legend."""
    shape, hover, name = said
    return go.Scatter(
        x=x,
        y=y,
        mode="markers",
        marker={"color": colours.other, "size": 11, "symbol": shape, "line": {"width": 2, "color": colours.other}},
        hovertemplate=f"{hover}: d = %{{x:.2f}}<extra></extra>",
        name=name,
        showlegend=bool(x),
    )


def _wrapped(text: str) -> str:
    """A label on at most two lines."""
    return "<br>".join(chart_text(part, WIDE) for part in wrap(text, WIDE, max_lines=2, placeholder=" …"))
