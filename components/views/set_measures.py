"""RND, RNSB, MAC and ECT of word sets: what each is asked, its convention, what it says, and its words drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st

from components.kit.charts import figure
from components.kit.colours import Colours
from components.kit.evidence import Setting, Table
from components.kit.texts import examples
from components.kit.words import chart_text, number, p_is
from components.views.bias_direction import lean_chart, word_bars
from components.views.bias_inputs import between
from components.views.bias_probe import chance_of
from embeddings.bias.effect import Bounds, Floats, usual_range
from embeddings.bias.lookup import Names
from embeddings.bias.probes import PROBES
from embeddings.errors import EmbeddingError

MEASURES = ("RND", "RNSB", "MAC", "ECT")
UNIT = "length 1"
SIMILARITY = "similarity"
LARGER_AS_SIMILARITY = "more association; 0 is none. It lies between −1 and 1."
LEVEL = 0.05
# From which rank correlation on two orders are called similar, and nearly the same.
SIMILAR, SAME = 0.5, 0.9
MOST_NAMED = 40
ROW = 98  # pixels; the longest caveat needs as much
Found = Sequence[tuple[str, Any]]
Groups = tuple[str, str]
Conventions = Mapping[str, str]


class Switch(NamedTuple):
    """One choice between two conventions, the default first; some measures have more than one in the literature."""

    measure: str
    label: str
    options: tuple[str, str]
    note: str

    @property
    def title(self) -> str:
        """The label with the measure before it."""
        return f"{self.measure}: {self.label}"


SWITCHES = {
    each["key"]: Switch(each["measure"], each["label"], tuple(each["options"]), each["note"])
    for each in examples("set_measures")["convention"]
}


def told(measure: str, chosen: Conventions) -> str:
    """The conventions of one measure."""
    return ", ".join(f"{switch.label} {chosen[key]}" for key, switch in SWITCHES.items() if switch.measure == measure)


def inputs_of(sets: Sequence[Names], chosen: Conventions) -> list[tuple[str, dict[str, Any]]]:
    """What each measure is asked; the groups' words are those that RNSB classifies.

    Args:
        sets: Group 1, Group 2, Words, Positive, Negative.
        chosen: the conventions.
    """
    one, other, words, good, bad = (tuple(each) for each in sets)
    between = {"group_1": one, "group_2": other, "words": words}
    lengths = {key: "unit" if chosen[key] == UNIT else "raw" for key in ("rnd_lengths", "rnsb_lengths", "ect_lengths")}
    similar = chosen["mac_gives"] == SIMILARITY
    return [
        ("RND", {**between, "lengths": lengths["rnd_lengths"], "total": chosen["rnd_total"]}),
        (
            "RNSB",
            {"positive": good, "negative": bad, "words": (*one, *other), "lengths": lengths["rnsb_lengths"]},
        ),
        ("MAC", {"words": words, "attributes": (one, other), "similarity": similar}),
        ("ECT", {**between, "lengths": lengths["ect_lengths"]}),
    ]


def measures(found: Found, chosen: Conventions, groups: Groups, settings: Mapping[str, Setting]) -> Table:
    """Every measure with its value, what it says, and how to read it; of one that cannot run the reason."""
    lines = []
    for measure, result in found:
        spec, failed = PROBES[measure], isinstance(result, EmbeddingError)
        lines.append(
            {
                "measure": measure,
                "value": "—" if failed else number(getattr(result, spec.value)),
                "no bias": f"{no_bias(measure, chosen):g}",
                "by chance": "—" if failed else against_chance(measure, result),
                "says": str(result) if failed else says(measure, result, groups),
                "larger means": larger_means(measure, chosen),
            }
        )
    columns = {
        "measure": st.column_config.TextColumn(pinned=True, width=60),
        "value": 60,
        "no bias": st.column_config.TextColumn(width=60, help="The value where there is none."),
        "by chance": 130,
        "says": st.column_config.TextColumn("here", width=190),
        "larger means": 200,
    }
    return Table(
        pa.Table.from_pylist(lines),
        "The four measures: value, what chance gives, what it says and what larger means",
        columns,
        row_height=ROW,
        caption="They ask different questions and need not agree; their values cannot be compared with each other. "
        "Look into one for its definition, convention and caveat.",
        label="The measures (CSV)",
        file="set_measures.csv",
        whole=lambda: measure_numbers(found, chosen),
        settings=settings,
    )


def measure_numbers(found: Found, chosen: Conventions) -> pa.Table:
    """The same as numbers, for a file; null where a measure has none or cannot run."""
    rows = []
    for measure, result in found:
        failed = isinstance(result, EmbeddingError)
        random: Any = getattr(result, "random", ())
        low, high = usual_range(random) if len(random) else (None, None)
        rows.append(
            {
                "measure": measure,
                "value": None if failed else float(getattr(result, PROBES[measure].value)),
                "no bias": no_bias(measure, chosen),
                "p": getattr(result, "p_value", None),
                "random low": low,
                "random high": high,
                "larger means": larger_means(measure, chosen),
                "convention": told(measure, chosen),
                "note": str(result) if failed else "",
            }
        )
    numbers = ("value", "no bias", "p", "random low", "random high")
    return pa.Table.from_pylist(
        rows, schema=pa.schema([(name, pa.float64() if name in numbers else pa.string()) for name in rows[0]])
    )


def word_by_word(measure: str, result: Any, groups: Groups, settings: Mapping[str, Setting]) -> Table:
    """What stands behind one value."""
    table = detail_table(measure, result, groups)
    return Table(
        table,
        f"The words behind {measure} as a table",
        {name: "%.4f" for name in table.column_names[1:] if name != "nearer to"},
        label=f"{measure} word by word (CSV)",
        file=f"{measure.lower()}_words.csv",
        settings=settings,
    )


def detail_table(measure: str, result: Any, groups: Groups) -> pa.Table:
    """The numbers of every word."""
    words = list(map(str, result.words))
    if measure == "RND":
        order = np.argsort(-np.abs(result.by_word), kind="stable")
        nearer = [groups[1] if result.by_word[place] > 0 else groups[0] for place in order]
        columns = {"difference": result.by_word[order], "nearer to": nearer}
    elif measure == "RNSB":
        order = np.argsort(-result.shares, kind="stable")
        columns = {"share of negative": result.shares[order], "equal share": [1 / len(words)] * len(words)}
    else:
        order = np.arange(len(words))
        columns = {f"with {name}": side for name, side in zip(groups, _to_groups(measure, result), strict=True)}
    return pa.table({"word": [words[place] for place in order], **columns})


def detail_chart(measure: str, result: Any, groups: Groups, *, colours: Colours) -> go.Figure:
    """The words behind one value."""
    words = list(map(str, result.words))
    one, other = map(chart_text, groups)
    if measure == "RND":
        title = f"← {one}\u2003 nearer to\u2003 {other} →"
        return lean_chart(words, result.by_word, middle=0.0, title=title, usual=None, colours=colours)
    if measure == "RNSB":
        shares = 100 * result.shares
        told, tints = [f"{share:.1f} %" for share in shares], [colours.accent] * len(words)
        title = "% of the negative probability; dashed: equal shares"
        chart = word_bars(words, shares, told, tints, base=0.0, title=title)
        return chart.add_vline(x=100 / len(words), line={"color": colours.other, "width": 1.5, "dash": "dash"})
    start = f"cosine {_kind(result)} with" if measure == "MAC" else "cosine with the mean of"
    return _against(words, _to_groups(measure, result), (f"{start} {one}", f"{start} {other}"), colours)


def _to_groups(measure: str, result: Any) -> tuple[Floats, Floats]:
    """How near each word is to either group, by MAC or by ECT."""
    if measure == "MAC":
        return result.scores[:, 0], result.scores[:, 1]
    return result.to_group_1, result.to_group_2


def _against(
    words: Sequence[str], values: tuple[Floats, Floats], titles: tuple[str, str], colours: Colours
) -> go.Figure:
    """Each word as a dot, one group across and the other up; on the dashed line it is as near to both."""
    ends = [float(np.min(values)), float(np.max(values))]
    room = 0.08 * ((ends[1] - ends[0]) or 1.0)
    span = [ends[0] - room, ends[1] + room]
    line = go.Scatter(
        x=span,
        y=span,
        mode="lines",
        line={"color": colours.other, "width": 1.2, "dash": "dash"},
        hoverinfo="skip",
        showlegend=False,
    )
    dots = go.Scatter(
        x=values[0],
        y=values[1],
        mode="markers+text" if len(words) <= MOST_NAMED else "markers",
        text=[chart_text(word) for word in words],
        textposition="top center",
        textfont={"size": 10},
        marker={"color": colours.categorical[0], "size": 8},
        hovertemplate="%{text}: %{x:.3f}, %{y:.3f}<extra></extra>",
        showlegend=False,
    )
    x, y = ({"title": title, "range": span} for title in titles)
    return figure(line, dots, height=460, x=x, y=y)


def says(measure: str, result: Any, groups: Groups) -> str:
    """What a result says of these sets."""
    return {"RND": _rnd, "RNSB": _rnsb, "MAC": _mac, "ECT": _ect}[measure](result, groups)


def _rnd(result: Any, groups: Groups) -> str:
    if result.p_value >= LEVEL:
        return "The words are no nearer to one group than chance would have it."
    return f"The words are nearer to {groups[1] if result.value > 0 else groups[0]}."


def _rnsb(result: Any, groups: Groups) -> str:
    worst = str(result.words[int(np.argmax(result.shares))])
    beside = ""
    if len(result.random):
        more = result.value > usual_range(result.random)[1]
        beside = f", {'more uneven than' if more else 'no more uneven than'} random items"
    known = f" The classifier is right on {100 * result.accuracy:.0f} % of the lexicon held out."
    return f"Uneven by {number(result.value)}{beside}; most negative: {worst}.{known}"


def _mac(result: Any, groups: Groups) -> str:
    one, other = result.scores.mean(axis=0).tolist()
    nearer = groups[0] if (one > other) == result.similarity else groups[1]
    return f"Mean {_kind(result)} {number(one)} to {groups[0]}, {number(other)} to {groups[1]}: nearer to {nearer}."


def _ect(result: Any, groups: Groups) -> str:
    value = result.value
    which = "nearly the same" if value >= SAME else "a similar" if value >= SIMILAR else "quite another"
    return f"Seen from {groups[0]} and from {groups[1]}, the words stand in {which} order."


def _kind(result: Any) -> str:
    return SIMILARITY if result.similarity else "distance"


def against_chance(measure: str, result: Any) -> str:
    """What chance would give: a p-value, or the range of random items; “none” where the measure has neither."""
    if measure == "RND":
        return f"{p_is(result.p_value)}: groups shuffled"
    if measure != "ECT" and not len(result.random):
        return "too few items for random ones"
    said = chance_of(measure, result)
    if measure == "RNSB":
        splits = Bounds(result.splits.min(), result.splits.max())
        said += f"; {between(splits, '.3f')} in ten splits of the lexicon"
    return said


def larger_means(measure: str, chosen: Conventions) -> str:
    """What a larger value means, which for MAC depends on its convention."""
    return LARGER_AS_SIMILARITY if _similar(measure, chosen) else PROBES[measure].larger


def no_bias(measure: str, chosen: Conventions) -> float:
    """The value without bias, which for MAC depends on its convention."""
    return 0.0 if _similar(measure, chosen) else PROBES[measure].none


def _similar(measure: str, chosen: Conventions) -> bool:
    return measure == "MAC" and chosen["mac_gives"] == SIMILARITY
