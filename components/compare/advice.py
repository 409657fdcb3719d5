"""What the table of encoders says, in words: which to take, why, and what it costs. The pure part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from math import isnan
from typing import NamedTuple

from embeddings.compare import EncoderRow
from embeddings.intervals import Interval

MUCH = 1.2


class Quality(NamedTuple):
    """One thing that encoders can be good at.

    Attributes:
        column: its name in the table.
        term: as the field calls it.
        says: what a value means, as a clause about the encoder with a place for the number.
        of: the value of a row; None where it was not measured.
        share: whether it is a share, shown in per cent.
    """

    column: str
    term: str
    says: str
    of: Callable[[EncoderRow], Interval | None]
    share: bool = True


QUALITIES = (
    Quality(
        "neighbours name the label",
        "k-NN label accuracy",
        "its neighbours name the label of {} of the items",
        lambda row: row.labels.accuracy if row.labels else None,
    ),
    Quality(
        "nearest has the label",
        "retrieval accuracy at 1",
        "the nearest neighbour has the label of the item for {}",
        lambda row: row.labels.first if row.labels else None,
    ),
    Quality(
        "linear probe",
        "cross-validated logistic regression",
        "a straight cut through its vectors names the label of {} of the items",
        lambda row: row.probe.accuracy if row.probe else None,
    ),
    Quality(
        "text finds its picture",
        "recall at 1",
        "{} of the captions find their picture first",
        lambda row: row.retrieval.text_to_image.shares[0] if row.retrieval else None,
    ),
    Quality(
        "agrees with people (ρ)",
        "STS: Spearman’s rank correlation",
        "its cosines follow the scores of people with a rank correlation of {}",
        lambda row: (
            Interval(row.similarity.spearman, row.similarity.low, row.similarity.high) if row.similarity else None
        ),
        share=False,
    ),
)


def known(quality: Quality, rows: Sequence[EncoderRow]) -> dict[int, Interval]:
    """The rows in which a quality was measured, with its value."""
    values = {place: quality.of(row) for place, row in enumerate(rows)}
    return {place: value for place, value in values.items() if value is not None and not isnan(value.share)}


def leaders(values: Mapping[int, Interval]) -> set[int]:
    """The best one, and all whose interval meets its own: they may be as good."""
    if not values:
        return set()
    best = max(values.values(), key=lambda value: value.share)
    low = best.share if isnan(best.low) else best.low
    return {place for place, value in values.items() if max(value.share, _high(value)) >= low}


def recommendation(rows: Sequence[EncoderRow]) -> str:
    """The table in a sentence or two of Markdown; the names must be escaped."""
    if len(rows) < 2:
        return "Choose a second encoder above: one row alone is no choice."
    measured = {quality.column: (quality, known(quality, rows)) for quality in QUALITIES}
    measured = {name: each for name, each in measured.items() if len(each[1]) > 1}
    if not measured:
        return (
            "**Nothing here says yet which one is better**: that takes a column of labels, or pairs scored by people. "
            f"{_prices(rows, range(len(rows)))}"
        )
    every = set(range(len(rows)))
    fit = reduce(set.__and__, (leaders(values) | (every - values.keys()) for _, values in measured.values()))
    decided = [each for each in measured.values() if len(leaders(each[1])) < len(each[1])]
    if not fit:
        return _divided(rows, decided)
    if len(fit) > 1:
        names = _and([rows[place].encoder for place in sorted(fit)])
        return f"**{names} are level here**: the intervals of what was measured overlap. {_prices(rows, sorted(fit))}"
    return _one(rows, fit.pop(), decided)


def price(rows: Sequence[EncoderRow], place: int) -> str:
    """What an encoder costs beside the cheapest other one."""
    own, others = rows[place], [row for number, row in enumerate(rows) if number != place]
    said: list[str] = []
    timed = [row for row in others if row.items_per_second]
    if own.items_per_second and timed:
        fast = max(timed, key=lambda row: row.items_per_second or 0)
        times = (fast.items_per_second or 0) / own.items_per_second
        if times >= MUCH:
            said.append(f"{fast.encoder} is {_times(times)} as fast")
    small = min(others, key=lambda row: row.bytes_per_item)
    if own.bytes_per_item >= MUCH * small.bytes_per_item:
        who = "" if said and said[0].startswith(f"{small.encoder} is ") else f"{small.encoder} "
        said.append(f"{who}needs {small.bytes_per_item:,} bytes an item instead of {own.bytes_per_item:,}")
    if said:
        return f"The price: {_and(said)}."
    return "It costs no more, in time or in room." if own.items_per_second and timed else "It needs no more room."


def _one(rows: Sequence[EncoderRow], place: int, decided: Sequence[tuple[Quality, Mapping[int, Interval]]]) -> str:
    own = next((each for each in decided if place in each[1]), None)
    if own is None:
        return f"**For these items take {rows[place].encoder}.** {price(rows, place)}"
    quality, values = own
    rest = [f"{rows[number].encoder} {_number(quality, value)}" for number, value in values.items() if number != place]
    because = quality.says.format(_number(quality, values[place]))
    return f"**For these items take {rows[place].encoder}**: {because} ({', '.join(rest)}). {price(rows, place)}"


def _divided(rows: Sequence[EncoderRow], decided: Sequence[tuple[Quality, Mapping[int, Interval]]]) -> str:
    leading = [
        f"{_and([rows[place].encoder for place in sorted(leaders(values))])} in “{quality.column}”"
        for quality, values in decided
    ]
    return f"**None is best at everything**: ahead are {_and(leading)}. Take the one that is best at what you need."


def _prices(rows: Sequence[EncoderRow], places: Sequence[int]) -> str:
    some = [rows[place] for place in places]
    timed = sorted((row for row in some if row.items_per_second), key=lambda row: -(row.items_per_second or 0))
    said = []
    if len(timed) > 1:
        times = (timed[0].items_per_second or 0) / (timed[-1].items_per_second or 1)
        if times >= MUCH:
            said.append(f"{timed[0].encoder} is {_times(times)} as fast as {timed[-1].encoder}")
    small = sorted(some, key=lambda row: row.bytes_per_item)
    if small[0].bytes_per_item < small[-1].bytes_per_item:
        said.append(f"{small[0].encoder} needs least room: {small[0].bytes_per_item:,} bytes an item")
    return f"What differs is the price: {_and(said)}." if said else "They cost about the same."


def _number(quality: Quality, value: Interval) -> str:
    return f"{100 * value.share:.0f} %" if quality.share else f"{value.share:.2f}"


def _times(times: float) -> str:
    return f"{times:.1f} ×" if times < 10 else f"{times:,.0f} ×"


def _high(value: Interval) -> float:
    return value.share if isnan(value.high) else value.high


def _and(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
