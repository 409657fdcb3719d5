"""One table to choose an encoder by: the pure part."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

import pyarrow as pa

from components.choice import encoder_name
from embeddings.compare import EncoderRow, encoder_row
from embeddings.compare.choice import FLOAT32
from embeddings.intervals import Interval
from embeddings.space import Space
from embeddings.store import is_given

NONE = "—"


def known_row(space: Space) -> EncoderRow:
    """What is known of an encoder without measuring; ready-made vectors have no licence and no size."""
    if is_given(space.encoder):
        return EncoderRow(encoder_name(space.encoder), space.dimension, FLOAT32 * space.dimension, "", None)
    return encoder_row(space)


def shown_table(rows: Sequence[EncoderRow]) -> pa.Table:
    """The table as the page shows it; what nobody measured is left out as a column, else “—”."""
    columns: dict[str, list[object]] = {"encoder": [row.encoder for row in rows]}
    if any(row.labels for row in rows):
        columns["neighbours name the label"] = [percent(row.labels.accuracy) if row.labels else NONE for row in rows]
        columns["linear probe"] = [percent(row.probe.accuracy) if row.probe else NONE for row in rows]
        columns["random labels"] = [f"{100 * row.probe.control.share:.0f} %" if row.probe else NONE for row in rows]
    if any(row.retrieval for row in rows):
        columns["text finds its picture"] = [
            percent(row.retrieval.text_to_image.shares[0]) if row.retrieval else NONE for row in rows
        ]
    if any(row.similarity for row in rows):
        columns["agrees with people (ρ)"] = [correlation(row) for row in rows]
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


def percent(share: Interval) -> str:
    """A share in per cent with its interval."""
    return NONE if isnan(share.share) else f"{100 * share.share:.1f} % [{100 * share.low:.0f}–{100 * share.high:.0f}]"


def speed(value: float | None) -> str:
    """Items a second, to two figures."""
    if value is None:
        return NONE
    digits = max(0, len(str(int(value))) - 2)
    return f"{round(value, -digits):,.0f}" if value >= 10 else f"{value:.1f}"


def correlation(row: EncoderRow) -> str:
    """The rank correlation with people and its interval."""
    found = row.similarity
    if found is None or isnan(found.spearman):
        return NONE
    interval = "" if isnan(found.low) else f" [{found.low:.2f}, {found.high:.2f}]"
    return f"{found.spearman:.2f}{interval}"


def advice(rows: Sequence[EncoderRow]) -> list[str]:
    """What the table says, one sentence a measure; where intervals overlap, that nothing is decided."""
    said = []
    labelled = [(row, row.labels.accuracy) for row in rows if row.labels]
    if len(labelled) > 1:
        said.append(_best(labelled, "Labels are best read off the neighbours of"))
    similar = [
        (row, Interval(row.similarity.spearman, row.similarity.low, row.similarity.high))
        for row in rows
        if row.similarity and not isnan(row.similarity.spearman)
    ]
    if len(similar) > 1:
        said.append(_best(similar, "People’s scores are followed best by"))
    timed = sorted((row for row in rows if row.items_per_second), key=lambda row: -(row.items_per_second or 0))
    if len(timed) > 1:
        times = (timed[0].items_per_second or 0) / (timed[-1].items_per_second or 1)
        said.append(f"{timed[0].encoder} is {times:,.0f} × as fast as {timed[-1].encoder} here.")
    small = sorted(rows, key=lambda row: row.bytes_per_item)
    if len(rows) > 1 and small[0].bytes_per_item < small[-1].bytes_per_item:
        said.append(f"{small[0].encoder} needs least room: {small[0].bytes_per_item:,} bytes an item.")
    return said


def _best(measured: Sequence[tuple[EncoderRow, Interval]], says: str) -> str:
    ranked = sorted(measured, key=lambda each: -each[1].share)
    (best, first), (second, next_best) = ranked[:2]
    if next_best.high >= first.low:
        return f"{says} {best.encoder}, but the intervals of {best.encoder} and {second.encoder} overlap: not decided."
    return f"{says} {best.encoder}."


def _numbers(row: EncoderRow) -> dict[str, object]:
    labels, probe, similarity = row.labels, row.probe, row.similarity
    recall = row.retrieval.text_to_image.shares[0] if row.retrieval else None
    back = row.retrieval.image_to_text.shares[0] if row.retrieval else None
    return {
        "encoder": row.encoder,
        **_interval("k-NN label accuracy", labels.accuracy if labels else None),
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
