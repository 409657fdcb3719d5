"""What the table of encoders says, in words: which to take, why, and what it costs. The pure part."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from components.compare.qualities import RANKS, Quality, Standing
from embeddings.compare import EncoderRow
from embeddings.intervals import Interval

MUCH = 1.2


def recommendation(rows: Sequence[EncoderRow], standings: Sequence[Standing]) -> str:
    """The table in a sentence or two of Markdown; the names must be escaped."""
    if len(rows) < 2:
        return "Choose a second encoder above: one row alone is no choice."
    measured = [each for each in standings if each.beside]
    if not measured:
        return (
            "**Nothing here says yet which one is better**: that takes a column of labels, or pairs scored by people. "
            f"{_prices(rows, range(len(rows)))}"
        )
    every = set(range(len(rows)))
    fit = reduce(set.__and__, (each.leaders | (every - each.values.keys()) for each in measured))
    decided = [each for each in measured if len(each.leaders) < len(each.values)]
    if not fit:
        return _divided(rows, decided)
    if len(fit) > 1:
        names = _and([rows[place].encoder for place in sorted(fit)])
        level = f"**{names} are level here**: on the same items they do not differ by more than chance explains."
        return f"{level} {_prices(rows, sorted(fit))}"
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


def _one(rows: Sequence[EncoderRow], place: int, decided: Sequence[Standing]) -> str:
    own = next((each for each in decided if place in each.values), None)
    if own is None:
        return f"**For these items take {rows[place].encoder}.** {price(rows, place)}"
    quality, values = own.quality, own.values
    rest = [f"{rows[number].encoder} {_number(quality, value)}" for number, value in values.items() if number != place]
    because = quality.says.format(_number(quality, values[place]))
    return f"**For these items take {rows[place].encoder}**: {because} ({', '.join(rest)}). {price(rows, place)}"


def _divided(rows: Sequence[EncoderRow], decided: Sequence[Standing]) -> str:
    leading = [
        f"{_and([rows[place].encoder for place in sorted(each.leaders)])} in “{each.quality.column}”"
        for each in decided
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
    return f"{100 * value.share:.0f} %" if quality.column != RANKS else f"{value.share:.2f}"


def _times(times: float) -> str:
    return f"{times:.1f} ×" if times < 10 else f"{times:,.0f} ×"


def _and(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
