"""One table to choose an encoder by: the pure part."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

import pyarrow as pa

from components.compare.qualities import RANKS, Standing
from components.kit.choice import encoder_name
from components.kit.words import p_text
from embeddings.compare import EncoderRow, encoder_row
from embeddings.compare.choice import FLOAT32
from embeddings.intervals import Interval
from embeddings.space import Space
from embeddings.store import is_given

NONE, STAR = "—", " ★"
PROBE, CONTROL = "linear probe", "random labels"


def known_row(space: Space) -> EncoderRow:
    """What is known of an encoder without measuring; ready-made vectors have no licence and no size."""
    if is_given(space.encoder):
        return EncoderRow(encoder_name(space.encoder), space.dimension, FLOAT32 * space.dimension, "", None)
    return encoder_row(space)


def shown_table(rows: Sequence[EncoderRow], standings: Sequence[Standing]) -> pa.Table:
    """The table as the page shows it; what nobody measured is left out as a column, else “—”."""
    columns: dict[str, list[object]] = {"encoder": [row.encoder for row in rows]}
    for standing in standings:
        columns[standing.quality.column] = starred(standing, len(rows))
        if standing.quality.column == PROBE:
            columns[CONTROL] = [f"{100 * row.probe.control.share:.0f} %" if row.probe else NONE for row in rows]
    columns |= {
        "items a second": [speed(row.items_per_second) for row in rows],
        "dimension": [row.dimension for row in rows],
        "bytes an item": [row.bytes_per_item for row in rows],
        "MB of weights": [NONE if row.megabytes is None else f"{row.megabytes:,}" for row in rows],
        "licence": [row.licence or NONE for row in rows],
    }
    return pa.table(columns)


def number_table(rows: Sequence[EncoderRow]) -> pa.Table:
    """The same as plain numbers, with the intervals, for the download."""
    kept = [_numbers(row) for row in rows]
    return pa.table({name: [each[name] for each in kept] for name in kept[0]})


def starred(standing: Standing, n: int) -> list[object]:
    """One column as the page shows it: values with their intervals, ★ at the best; at none where all may be."""
    values, ahead = standing.values, standing.leaders
    show = correlation if standing.quality.column == RANKS else percent
    marks = {place: STAR if place in ahead and len(ahead) < len(values) else "" for place in values}
    return [show(values[place]) + marks[place] if place in values else NONE for place in range(n)]


def beside_table(rows: Sequence[EncoderRow], standings: Sequence[Standing]) -> pa.Table:
    """The best encoder beside each other one on the same questions, one row for each quality and pair."""
    found = [
        {
            "what": quality.column,
            "best": rows[best].encoder,
            "beside it": rows[place].encoder,
            "difference": values[best].share - values[place].share,
            "only the best is right": paired.only_one,
            "only the other is right": paired.only_other,
            "p": _known(paired.p_value),
        }
        for quality, values, best, beside in standings
        for place, paired in beside.items()
    ]
    return pa.Table.from_pylist(found)


def beside_shown(table: pa.Table) -> pa.Table:
    """The same as the page shows it: shares in points of per cent, p-values with as many digits as they need."""
    shown = [
        row
        | {
            "difference": _difference(row["difference"], row["what"]),
            "only the best is right": _whole(row["only the best is right"]),
            "only the other is right": _whole(row["only the other is right"]),
            "p": NONE if row["p"] is None else p_text(row["p"]),
        }
        for row in table.to_pylist()
    ]
    return pa.Table.from_pylist(shown)


def _difference(value: float, what: str) -> str:
    return f"{value:.2f}" if what == RANKS else f"{100 * value:.1f} points"


def _whole(count: int | None) -> str:
    return NONE if count is None else f"{count:,}"


def percent(share: Interval) -> str:
    """A share in per cent with its interval."""
    return NONE if isnan(share.share) else f"{100 * share.share:.1f} % [{100 * share.low:.0f}–{100 * share.high:.0f}]"


def speed(value: float | None) -> str:
    """Items a second, to two figures."""
    if value is None:
        return NONE
    digits = max(0, len(str(int(value))) - 2)
    return f"{round(value, -digits):,.0f}" if value >= 10 else f"{value:.1f}"


def correlation(found: Interval) -> str:
    """A rank correlation and its interval."""
    interval = "" if isnan(found.low) else f" [{found.low:.2f}, {found.high:.2f}]"
    return f"{found.share:.2f}{interval}"


def _numbers(row: EncoderRow) -> dict[str, object]:
    labels, probe, similarity = row.labels, row.probe, row.similarity
    recall = row.retrieval.text_to_image.shares[0] if row.retrieval else None
    back = row.retrieval.image_to_text.shares[0] if row.retrieval else None
    return {
        "encoder": row.encoder,
        **_interval("k-NN label accuracy", labels.accuracy if labels else None),
        **_interval("retrieval accuracy at 1", labels.first if labels else None),
        "most frequent label": labels.most_frequent if labels else None,
        **_interval("linear probe", probe.accuracy if probe else None),
        **_interval("random-label control", probe.control if probe else None),
        "selectivity": probe.selectivity if probe else None,
        "random labels memorised": probe.memorised if probe else None,
        **_interval("recall@1 text to picture", recall),
        **_interval("recall@1 picture to text", back),
        "Spearman with people": _known(similarity.spearman) if similarity else None,
        "Spearman low": _known(similarity.low) if similarity else None,
        "Spearman high": _known(similarity.high) if similarity else None,
        "pairs covered": int(similarity.covered.sum()) if similarity else None,
        "items per second": row.items_per_second,
        "dimension": row.dimension,
        "bytes per item": row.bytes_per_item,
        "megabytes of weights": row.megabytes,
        "licence": row.licence or None,
    }


def _interval(name: str, share: Interval | None) -> dict[str, object]:
    values = (None, None, None) if share is None else tuple(_known(each) for each in share)
    return dict(zip((name, f"{name} low", f"{name} high"), values, strict=True))


def _known(value: float) -> float | None:
    return None if isnan(value) else value
