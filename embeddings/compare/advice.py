"""Which encoder to take, why and at what price, in words; and the same rows as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from math import isnan
from typing import Any

import pyarrow as pa

from embeddings.compare.choice import RANKS, EncoderRow, Standing
from embeddings.intervals import Interval

# Less than a fifth more is not worth a word.
MUCH = 1.2


def recommendation(rows: Sequence[EncoderRow], stand: Sequence[Standing]) -> str:
    """Which encoder to take, why, and what it costs, in a sentence or two of Markdown; the names must be escaped."""
    if len(rows) < 2:
        return "Choose a second encoder above: one row alone is no choice."
    measured = [each for each in stand if each.beside]
    if not measured:
        return (
            "**Nothing here says yet which one is better**: that takes a column of labels, or pairs scored by people. "
            f"{_prices(rows)}"
        )
    every = set(range(len(rows)))
    fit = reduce(set.__and__, (each.leaders | (every - each.values.keys()) for each in measured))
    decided = [each for each in measured if len(each.leaders) < len(each.values)]
    if not fit:
        leading = [
            f"{_and([rows[place].encoder for place in sorted(each.leaders)])} in “{each.quality.column}”"
            for each in decided
        ]
        ahead = f"ahead are {_and(leading)}"
        return f"**None is best at everything**: {ahead}. Take the one that is best at what you need."
    if len(fit) > 1:
        level = [rows[place] for place in sorted(fit)]
        names = _and([row.encoder for row in level])
        said = f"**{names} are level here**: on the same items they do not differ by more than chance explains."
        return f"{said} {_prices(level)}"
    return _one(rows, fit.pop(), decided)


def _one(rows: Sequence[EncoderRow], place: int, decided: Sequence[Standing]) -> str:
    take = f"**For these items take {rows[place].encoder}"
    own = next((each for each in decided if place in each.values), None)
    if own is None:
        return f"{take}.** {_price(rows, place)}"

    def number(value: Interval) -> str:
        return f"{value.share:.2f}" if own.quality.column == RANKS else f"{100 * value.share:.0f} %"

    rest = [f"{rows[other].encoder} {number(value)}" for other, value in own.values.items() if other != place]
    because = own.quality.says.format(number(own.values[place]))
    return f"{take}**: {because} ({', '.join(rest)}). {_price(rows, place)}"


def _price(rows: Sequence[EncoderRow], place: int) -> str:
    """What an encoder costs beside the cheapest other one."""
    own, others = rows[place], [row for number, row in enumerate(rows) if number != place]
    said: list[str] = []
    fast = max(others, key=_speed)
    timed = bool(own.items_per_second and fast.items_per_second)
    if timed and _speed(fast) >= MUCH * _speed(own):
        said.append(f"{fast.encoder} is {_times(_speed(fast) / _speed(own))} as fast")
    small = min(others, key=lambda row: row.bytes_per_item)
    if own.bytes_per_item >= MUCH * small.bytes_per_item:
        who = "" if said and small is fast else f"{small.encoder} "
        said.append(f"{who}needs {small.bytes_per_item:,} bytes an item instead of {own.bytes_per_item:,}")
    if said:
        return f"The price: {_and(said)}."
    return "It costs no more, in time or in room." if timed else "It needs no more room."


def _prices(rows: Sequence[EncoderRow]) -> str:
    """What encoders cost that are level otherwise."""
    timed = sorted((row for row in rows if row.items_per_second), key=_speed)
    said = []
    if len(timed) > 1 and _speed(timed[-1]) >= MUCH * _speed(timed[0]):
        times = _times(_speed(timed[-1]) / _speed(timed[0]))
        said.append(f"{timed[-1].encoder} is {times} as fast as {timed[0].encoder}")
    small = min(rows, key=lambda row: row.bytes_per_item)
    if small.bytes_per_item < max(row.bytes_per_item for row in rows):
        said.append(f"{small.encoder} needs least room: {small.bytes_per_item:,} bytes an item")
    return f"What differs is the price: {_and(said)}." if said else "They cost about the same."


def _speed(row: EncoderRow) -> float:
    return row.items_per_second or 0.0


def _times(times: float) -> str:
    """One measurement knows no more than this: one digit from 10 on, and no number above a hundred."""
    if times >= 95:
        return "over 100 ×" if times > 100 else "100 ×"
    return f"{times:.1f} ×" if times < 10 else f"{round(times, -1):,.0f} ×"


def _and(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def number_table(rows: Sequence[EncoderRow]) -> pa.Table:
    """The same as plain numbers, with the intervals, for the download."""
    return pa.Table.from_pylist([_numbers(row) for row in rows])


def _numbers(row: EncoderRow) -> dict[str, Any]:
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


def _interval(name: str, share: Interval | None) -> dict[str, float | None]:
    values = (None, None, None) if share is None else tuple(map(_known, share))
    return dict(zip((name, f"{name} low", f"{name} high"), values, strict=True))


def _known(value: float) -> float | None:
    return None if isnan(value) else value


def beside_table(rows: Sequence[EncoderRow], stand: Sequence[Standing]) -> pa.Table:
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
        for quality, values, best, beside in stand
        for place, paired in beside.items()
    ]
    return pa.Table.from_pylist(found)
