"""Columns made ready to be filtered and counted: numbers and dates in bars, categories, and the words of texts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from embeddings.collection import Collection
from embeddings.columns import FEW, Kind, kind_of_column, numbers, seconds
from embeddings.conditions import Condition, Span, read_for
from embeddings.errors import EmbeddingError
from embeddings.labelled import label_texts

Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]
ITEM = "item"
MOST_BARS = 12
# A histogram in a narrow column has room for about so many bars.
BINS = 30
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", re.IGNORECASE | re.ASCII)
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d([ T]\d\d:\d\d(:\d\d)?)?)?)?", re.ASCII)


class Bar(NamedTuple):
    """One bar of a chart of a column.

    Attributes:
        label: of what it counts.
        low, high: its first and last value, as a condition writes them.
    """

    label: str
    low: str
    high: str


@dataclass(frozen=True, eq=False)
class Facet:
    """A column made ready: counting and filtering many rows then takes milliseconds.

    Attributes:
        column: its name.
        kind: of its values.
        bars: of its chart, in their order.
        codes: int32 of shape (n,): the bar of each row; after the bars come all other values, then none.
        others: how many different values have no bar.
    """

    column: str
    kind: Kind
    bars: tuple[Bar, ...]
    codes: NDArray[np.int32]
    others: int = 0

    def counts(self, rows: Mask | None = None) -> Counts:
        """How many of the rows are in each bar, have another value, and have none; shape (bars + 2,)."""
        codes = self.codes if rows is None else self.codes[rows]
        return np.bincount(codes, minlength=len(self.bars) + 2)

    @property
    def missing(self) -> Mask:
        """The rows without a value."""
        return np.asarray(self.codes == len(self.bars) + 1)

    def keeps(self, condition: Condition) -> Mask:
        """The rows that a condition keeps.

        Raises:
            EmbeddingError: it does not fit the values of the column; the message names it.
        """
        raise NotImplementedError

    def picked(self, condition: Condition) -> list[bool]:
        """Which bars a condition that fits has to do with."""
        raise NotImplementedError

    def picking(self, bars: Sequence[int], *, missing: bool, before: Condition | None) -> Condition | None:
        """The condition of some bars, and of no value where `missing`; None where nothing is left of it."""
        raise NotImplementedError

    def typed(self, text: str) -> Condition:
        """The condition of what somebody types for this column alone: names or words, or a range such as 4..5.

        Raises:
            EmbeddingError: it cannot be read.
        """
        return read_for(self.column, text)

    def unknown(self, condition: Condition) -> str:
        """Which values of a condition there are not, as a sentence; empty where there is none such."""
        return ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Scale(Facet):
    """Numbers, or moments as seconds since 1970.

    Attributes:
        values: float64 of shape (n,); NaN is missing.
        single: whether each bar is one value.
    """

    values: NDArray[np.float64]
    single: bool = False

    def keeps(self, condition: Condition) -> Mask:
        """Those of its values; see `Facet`."""
        if condition.words:
            raise EmbeddingError(f"“{self.column}” holds {self.kind}: write “{self.column}: low..high”.")
        kept = self.missing if condition.missing else np.zeros(len(self.codes), dtype=bool)
        for low, high in self._bounds(condition):
            kept |= (self.values >= low) & (self.values <= high)
        return kept

    def picked(self, condition: Condition) -> list[bool]:
        """The bars that share values with it."""
        bounds = self._bounds(condition)
        ends = [(self._end(bar.low), self._end(bar.high, upper=True)) for bar in self.bars]
        if any(bar.high == after.low for bar, after in pairwise(self.bars)):  # where two bars meet, the second begins
            ends = [(start, np.nextafter(end, -np.inf)) for start, end in ends[:-1]] + ends[-1:]
            bounds = [(low, high if low == high else np.nextafter(high, -np.inf)) for low, high in bounds]
        return [any(start <= high and end >= low for low, high in bounds) for start, end in ends]

    def picking(self, bars: Sequence[int], *, missing: bool, before: Condition | None) -> Condition | None:
        """As the values of the bars."""
        on = sorted(set(bars))
        if (not on and not missing) or (len(on) == len(self.bars) and missing == bool(self.missing.any())):
            return None
        starts = [bar for bar in on if bar - 1 not in on]
        ends = [bar for bar in on if bar + 1 not in on]
        values, spans = [], []
        for first, last in zip(starts, ends, strict=True):
            low, high = self.bars[first].low, self.bars[last].high
            if low == high:
                values.append(low)
            elif self.single and len(on) < len(self.bars):
                spans.append(Span(low, high))
            else:
                spans.append(Span(low if first else "", high if last < len(self.bars) - 1 else ""))
        return Condition(self.column, tuple(spans), tuple(values), missing=missing)

    def _bounds(self, condition: Condition) -> list[tuple[float, float]]:
        spans = [*condition.spans, *(Span(value, value) for value in condition.values)]
        return [(self._end(span.low), self._end(span.high, upper=True)) for span in spans]

    def _end(self, text: str, *, upper: bool = False) -> float:
        """A number or a date of a condition; the last second of a date for `upper`."""
        if not text:
            return np.inf if upper else -np.inf
        if self.kind == "dates":
            return _moment(text, self.column, upper=upper)
        if not _NUMBER.fullmatch(text.replace("−", "-")):
            raise EmbeddingError(f"“{self.column}” holds numbers, and “{text}” in the filter is none.")
        return float(text.replace("−", "-"))


@dataclass(frozen=True, eq=False, kw_only=True)
class Names(Facet):
    """Categories.

    Attributes:
        names: all of them, the most frequent first.
        places: int32 of shape (n,): the name of each row, −1 for none.
    """

    names: tuple[str, ...]
    places: NDArray[np.int32]

    def keeps(self, condition: Condition) -> Mask:
        """Those of its values; see `Facet`."""
        if condition.words or condition.spans:
            wrong = f"{condition.spans[0].low}..{condition.spans[0].high}" if condition.spans else condition.words[0]
            raise EmbeddingError(
                f"“{self.column}” holds names without an order, so “{wrong}” in the filter cannot be read: write "
                f"“{self.column}: name”, in quotation marks where it has signs in it."
            )
        wanted = np.zeros(len(self.names) + 1, dtype=bool)
        wanted[[place for place, name in enumerate(self.names) if name in set(condition.values)]] = True
        wanted[-1] = condition.missing
        return wanted[self.places]

    def picked(self, condition: Condition) -> list[bool]:
        """The bars that share values with it."""
        return [bar.low in condition.values for bar in self.bars]

    def picking(self, bars: Sequence[int], *, missing: bool, before: Condition | None) -> Condition | None:
        """As the values of the bars."""
        values = _picked_names(self.bars, bars, () if before is None else before.values)
        return Condition(self.column, values=values, missing=missing) if values or missing else None

    def typed(self, text: str) -> Condition:
        """One name, as it is."""
        return Condition(self.column, values=(text.strip(),))

    def unknown(self, condition: Condition) -> str:
        """Values that no row has."""
        return _not_there(condition.values, set(self.names), f"“{self.column}” has no value")


class Terms(NamedTuple):
    """Which texts have which words.

    Attributes:
        words: in lower case, by their spelling.
        starts: int64 of shape (words + 1,): where the rows of each word start in `rows`.
        rows: int32, the texts of each word, ascending.
        empty: bool of shape (n,): which texts are missing or blank.
        shown: the words in most texts that are no English stop words, the most frequent first.
    """

    words: tuple[str, ...]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    empty: Mask
    shown: tuple[str, ...]


NO_TERMS = Terms((), np.zeros(1, np.int64), np.empty(0, np.int32), np.empty(0, bool), ())


@dataclass(frozen=True, eq=False, kw_only=True)
class Words(Facet):
    """The words of texts, which a text may have several of; see `Terms`."""

    terms: Terms

    def counts(self, rows: Mask | None = None) -> Counts:
        """In how many of the rows the word of each bar occurs."""
        per_bar = [self._rows(bar.low) for bar in self.bars]
        found = [len(each) if rows is None else np.count_nonzero(rows[each]) for each in per_bar]
        empty = self.terms.empty if rows is None else self.terms.empty[rows]
        return np.array([*found, 0, np.count_nonzero(empty)], dtype=np.int64)

    @property
    def missing(self) -> Mask:
        """The missing and the blank texts."""
        return self.terms.empty

    def keeps(self, condition: Condition) -> Mask:
        """Those of its values; see `Facet`."""
        if condition.values or condition.spans:
            raise EmbeddingError(f"“{self.column}” holds texts: write “{self.column} ~ word” in the filter.")
        kept = self.terms.empty.copy() if condition.missing else np.zeros(len(self.terms.empty), dtype=bool)
        for word in condition.words:
            kept[self._rows(word)] = True
        return kept

    def picked(self, condition: Condition) -> list[bool]:
        """The bars that share values with it."""
        return [bar.low in condition.words for bar in self.bars]

    def picking(self, bars: Sequence[int], *, missing: bool, before: Condition | None) -> Condition | None:
        """As the values of the bars."""
        words = _picked_names(self.bars, bars, () if before is None else before.words)
        return Condition(self.column, words=words, missing=missing) if words or missing else None

    def typed(self, text: str) -> Condition:
        """Some words with blanks between them."""
        return Condition(self.column, words=tuple(dict.fromkeys(text.lower().split())))

    def unknown(self, condition: Condition) -> str:
        """Words that no text has."""
        there = {word for word in condition.words if len(self._rows(word))}
        return _not_there(condition.words, there, f"No text of “{self.column}” has the word")

    def _rows(self, word: str) -> NDArray[np.int32]:
        place = bisect_left(self.terms.words, word)
        if place == len(self.terms.words) or self.terms.words[place] != word:
            return np.empty(0, dtype=np.int32)
        return self.terms.rows[self.terms.starts[place] : self.terms.starts[place + 1]]


def _picked_names(all_bars: Sequence[Bar], bars: Sequence[int], before: Sequence[str]) -> tuple[str, ...]:
    """The names of some bars, after those from before that have no bar."""
    drawn = {bar.low for bar in all_bars}
    return (*(name for name in before if name not in drawn), *(all_bars[bar].low for bar in sorted(set(bars))))


def _not_there(wanted: Sequence[str], known: set[str], said: str) -> str:
    unknown = [f"“{each}”" for each in wanted if each not in known]
    return f"{said} {' or '.join(unknown)}." if unknown else ""


def facet_of(collection: Collection, column: str, terms: Terms | None = None) -> Facet:
    """A column of metadata, or the texts of the items under the name `ITEM`, made ready.

    Args:
        collection: whose column it is.
        column: its name.
        terms: of a column of texts, where they are there already; see `terms_of`.

    Raises:
        EmbeddingError: the collection has no such column.
    """
    if column not in facet_names(collection):
        raise EmbeddingError(f"“{column}” is not in this collection, so the filter goes by the rest.")
    if needs_terms(collection, column):
        return words_facet(column, terms_of(collection, column) if terms is None else terms)
    values = collection.column(column)
    kind = kind_of_column(values)
    if kind == "categories":
        return _names(column, values)
    return scale_facet(column, numbers(values)) if kind == "numbers" else _dates(column, seconds(values))


def facet_names(collection: Collection) -> list[str]:
    """What items can be filtered by: the columns of metadata, and their own words where they are texts."""
    own = [ITEM] if collection.items.texts.any() and ITEM not in collection.columns else []
    return [*collection.columns, *own]


def needs_terms(collection: Collection, column: str) -> bool:
    """Whether a column holds texts, whose words have to be looked up first."""
    return column not in collection.columns or kind_of_column(collection.column(column)) == "texts"


def scale_facet(column: str, values: NDArray[np.floating]) -> Scale:
    """Numbers made ready: a bar for each of up to 12 different ones, else bars whose edges are round numbers."""
    finite: NDArray[np.float64] = np.where(np.isfinite(values), values, np.nan).astype(np.float64)
    distinct = np.unique(finite[~np.isnan(finite)])
    if len(distinct) <= FEW:
        texts = [_number(value) for value in distinct]
        bars = tuple(Bar(text, text, text) for text in texts)
        return Scale(column, "numbers", bars, _codes(finite, distinct, len(bars)), values=finite, single=True)
    whole = bool((distinct == np.floor(distinct)).all())
    edges = _round_edges(float(distinct[0]), float(distinct[-1]), whole=whole)
    bars = tuple(_range(*ends, whole=whole) for ends in pairwise(edges))
    return Scale(
        column, "numbers", bars, _codes(finite, [float(edge) for edge in edges[:-1]], len(bars)), values=finite
    )


def _codes(values: NDArray[np.float64], starts: Sequence[float] | NDArray[np.float64], bars: int) -> NDArray[np.int32]:
    """The bar of each value by where the bars start; NaN stands after the bars."""
    codes = np.clip(np.searchsorted(np.asarray(starts), values, side="right") - 1, 0, None)
    return np.where(np.isnan(values), bars + 1, codes).astype(np.int32)


def _round_edges(low: float, high: float, *, whole: bool) -> list[Decimal]:
    """Edges of about `BINS` bars that are multiples of 1, 2 or 5 times a power of ten; exact, as they are written."""
    least = (Decimal(high) - Decimal(low)) / BINS
    power = Decimal(10) ** least.adjusted()
    step = next(each for each in (power * factor for factor in (1, 2, 5, 10)) if each >= least)
    step = max(step, Decimal(1)) if whole else step
    first = int((Decimal(low) / step).to_integral_value("ROUND_FLOOR"))
    last = int((Decimal(high) / step).to_integral_value("ROUND_FLOOR" if whole else "ROUND_CEILING")) + whole
    return [place * step for place in range(first, max(last, first + 1) + 1)]


def _range(low: Decimal, high: Decimal, *, whole: bool) -> Bar:
    first, last = _number(low), _number(high - 1 if whole else high)
    return Bar(first if first == last else f"{first} to {last}", first, last)


def _number(value: float | Decimal) -> str:
    """A number with all of its digits and no more: 4, 0.25, 1e+20."""
    if isinstance(value, Decimal):
        shown = f"{value.normalize():f}" if -6 <= value.adjusted() <= 15 or not value else f"{value.normalize():e}"
        return "0" if not value else shown
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


_UNITS = (("D", 62), ("M", 60), ("Y", 60))


def _dates(column: str, moments: NDArray[np.float64]) -> Scale:
    """Days, months or years, the finest of which there are not too many; of many years several together."""
    known = ~np.isnan(moments)
    if not known.any():
        return Scale(column, "dates", (), np.ones(len(moments), np.int32), values=moments)
    times = np.where(known, moments, 0).astype(np.int64).view("datetime64[s]")
    counted = {unit: times.astype(f"datetime64[{unit}]").astype(np.int64) for unit, _ in _UNITS}
    spans = {unit: (int(each[known].min()), int(each[known].max())) for unit, each in counted.items()}
    unit = next((unit for unit, most in _UNITS if spans[unit][1] - spans[unit][0] < most), "Y")
    (first, last), step = spans[unit], 1
    if unit == "Y" and last - first >= _UNITS[-1][1]:
        edges = _round_edges(first + 1970, last + 1970, whole=True)
        first, step = int(edges[0]) - 1970, int(edges[1] - edges[0])
    starts = range(first, last + 1, step)
    bars = tuple(_period(start, start + step - 1, unit) for start in starts)
    codes = np.where(known, (counted[unit] - first) // step, len(bars) + 1).astype(np.int32)
    return Scale(column, "dates", bars, codes, values=moments)


def _period(first: int, last: int, unit: str) -> Bar:
    low, high = map(str, np.array([first, last]).astype(f"datetime64[{unit}]"))
    return Bar(low if low == high else f"{low} to {high}", low, high)


def _moment(text: str, column: str, *, upper: bool) -> float:
    """The first or the last second of a year, a month, a day or a minute."""
    try:
        if not _DATE.fullmatch(text):
            raise ValueError
        start = np.datetime64(text.replace(" ", "T"))
    except ValueError:
        raise EmbeddingError(
            f"“{column}” holds dates, and “{text}” in the filter is none: write 2024, 2024-05 or 2024-05-31."
        ) from None
    return float(
        (start + 1).astype("datetime64[s]").astype(np.int64) - 1
        if upper
        else start.astype("datetime64[s]").astype(np.int64)
    )


def _names(column: str, values: pa.ChunkedArray) -> Names:
    """Categories made ready: bars for the most frequent, of equally frequent ones the first by spelling."""
    try:
        encoded = values.combine_chunks().dictionary_encode()
        labels, indices = label_texts(encoded.dictionary.to_pylist()), encoded.indices.fill_null(-1).to_numpy()
    except (pa.ArrowNotImplementedError, AttributeError):  # lists, for instance
        labels = label_texts(values.to_pylist())
        indices = np.arange(len(labels))
    first = {label: place for place, label in enumerate(dict.fromkeys(filter(None, labels)))}
    found = np.array([*(first.get(label, -1) for label in labels), -1], dtype=np.int32)[indices]
    times = np.bincount(found + 1, minlength=len(first) + 1)[1:]
    names = sorted(first, key=lambda name: (-times[first[name]], name))
    ranks = np.empty(len(first) + 1, dtype=np.int32)
    ranks[[first[name] for name in names]] = np.arange(len(names))
    ranks[-1] = -1
    places = ranks[found]
    bars = tuple(Bar(name, name, name) for name in names[:MOST_BARS])
    codes = np.where(places < 0, len(bars) + 1, np.minimum(places, len(bars))).astype(np.int32)
    others = len(names) - len(bars)
    return Names(column, "categories", bars, codes, others, names=tuple(names), places=places)


def terms_of(collection: Collection, column: str) -> Terms:
    """The words of a column of texts, or of the items themselves, and which texts have them.

    A word is two or more letters or digits on end, upper and lower case alike (scikit-learn's CountVectorizer, binary).
    """
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer

    if column in collection.columns:
        texts = [text or "" for text in collection.column(column).to_pylist()]
    else:
        written = collection.items.texts
        texts = [str(item) if text else "" for item, text in zip(collection.items, written, strict=True)]
    empty = np.array([not text.strip() for text in texts], dtype=bool)
    vectorizer = CountVectorizer(binary=True, dtype=np.uint8)
    try:
        found = vectorizer.fit_transform(texts).tocsc()
    except ValueError:  # there is no word in any of them
        return NO_TERMS._replace(empty=empty)
    found.sort_indices()
    words = tuple(map(str, vectorizer.get_feature_names_out()))
    times = np.diff(found.indptr)
    ranked = (words[place] for place in np.argsort(-times, kind="stable") if times[place] > 1)
    telling = (word for word in ranked if word not in ENGLISH_STOP_WORDS)
    shown = tuple(word for word, _ in zip(telling, range(MOST_BARS), strict=False))
    return Terms(words, found.indptr.astype(np.int64), found.indices.astype(np.int32), empty, shown)


def words_facet(column: str, terms: Terms) -> Words:
    """The words of texts made ready: bars for those in most texts."""
    bars = tuple(Bar(word, word, word) for word in terms.shown)
    others = len(terms.words) - len(bars)
    return Words(column, "texts", bars, np.empty(0, np.int32), others, terms=terms)
