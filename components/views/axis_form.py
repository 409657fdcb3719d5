"""Which axis is looked at: the one of the link, a ready or a saved one, or seeds as they are typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import streamlit as st

from components.kit import axes, link
from components.kit.candidates import reads_texts
from components.kit.choice import COLLECTION
from components.kit.kinds import drawn
from components.kit.labels import label_columns
from components.kit.seeds import Typed, check, read_lists, read_pairs
from components.kit.texts import examples
from components.kit.words import escape, read_words, shorten, two_parts, write_pairs, write_words
from embeddings.axis_seeds import Seeds, to_text
from embeddings.collection import Collection
from embeddings.encoders import find_spec
from embeddings.errors import EmbeddingError
from embeddings.labelled import labels_of
from embeddings.space import Space

PAIRS, LISTS = "Pairs", "Two lists"
WAY, PAIR_LINES, LOW_WORDS, HIGH_WORDS = "axis_seeds", "axis_pairs", "axis_low_words", "axis_high_words"
LOW_NAME, HIGH_NAME, NAME = "axis_low_name", "axis_high_name", "axis_name"
FIELDS = (WAY, PAIR_LINES, LOW_WORDS, HIGH_WORDS, LOW_NAME, HIGH_NAME, NAME)
HELD_LOW, HELD_HIGH = "held_low", "held_high"
IN_FORM, BROKEN_LINK, BEGUN = "axis_in_form", "axis_broken_link", "axis_begun_with"
NOTE = "Separate words by commas or lines, or by spaces where there is no comma; phrases may stand in quotes."
# As many again are held out.
SEEDS = 8


class ReadyAxis(NamedTuple):
    """An axis that runs on one click.

    Attributes:
        seeds: what it is made from.
        low, high: held-out words that one would expect at either end.
        notice: one line on what to notice.
    """

    seeds: Seeds
    low: tuple[str, ...]
    high: tuple[str, ...]
    notice: str


class ReadySet(NamedTuple):
    """Ready axes, and with what they were measured."""

    encoder: str
    collection: str
    axes: tuple[ReadyAxis, ...]


def begin(space: Space) -> None:
    """Fill the form from the link, or with the first ready axis where nothing was typed yet."""
    text = link.read(axes.FIRST)
    if text and st.session_state.get(IN_FORM) != text:
        try:
            fill(axes.current())
        except EmbeddingError as error:
            fill(None)
            st.session_state[BROKEN_LINK] = str(error)
    elif IN_FORM not in st.session_state or _fields() == st.session_state.get(BEGUN):
        _suit(space)


def ready_row(space: Space) -> None:
    """The ready axes side by side, and the saved ones behind a button."""
    now = axes.current()
    with st.popover("Ready axes", icon=":material/lightbulb:", width="content"):
        for number, ready in enumerate(ready_axes(space)):
            chosen = now is not None and now.same_direction(ready.seeds)
            st.button(
                escape(ready.seeds.title),
                key=f"ready_axis_{number}",
                type="primary" if chosen else "secondary",
                on_click=use,
                args=(ready.seeds, ready.low, ready.high),
            )
    if axes.saved():
        with st.popover(f"Saved ({len(axes.saved())})", icon=":material/bookmark:", width="content"):
            _saved()


def seeds_form() -> Seeds | None:
    """The axis of the form; None while it is empty or, with the reason beside it, mistaken."""
    way = st.segmented_control(
        "Seeds",
        [PAIRS, LISTS],
        key=WAY,
        persist_state="session",
        required=True,
        on_change=_carry_over,
        help="Pairs belong together, such as small and large; two lists need not have the same length.",
    )
    (_pair_fields if way == PAIRS else _list_fields)()
    try:
        typed = _typed(str(way))
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return None
    if typed is None:
        return None
    low, high = _texts(typed)
    left, right = st.columns(2, gap="small")
    left.text_input("Low end", key=LOW_NAME, persist_state="session", placeholder=low[0], max_chars=40)
    right.text_input("High end", key=HIGH_NAME, persist_state="session", placeholder=high[0], max_chars=40)
    low_name, high_name, name = (" ".join(_field(key).split()) for key in (LOW_NAME, HIGH_NAME, NAME))
    return Seeds(low, high, typed.paired, low_name, high_name, name)


def is_empty() -> bool:
    """Whether nothing was typed."""
    return not any(_field(key).strip() for key in (PAIR_LINES, LOW_WORDS, HIGH_WORDS))


def remember(seeds: Seeds | None) -> None:
    """Make the axis of the form the one that the link names."""
    axes.write(seeds)
    st.session_state[IN_FORM] = to_text(seeds) if seeds else ""


def fill(seeds: Seeds | None) -> None:
    """Put an axis into the form, as a callback or before the form is drawn."""
    shown = seeds or Seeds((), ())
    low, high, paired = shown.low, shown.high, shown.paired
    st.session_state.update({
        WAY: PAIRS if paired else LISTS,
        PAIR_LINES: write_pairs(low, high) if paired else "",
        LOW_WORDS: "" if paired else write_words(low),
        HIGH_WORDS: "" if paired else write_words(high),
        LOW_NAME: shown.low_name,
        HIGH_NAME: shown.high_name,
        NAME: shown.name,
    })  # fmt: skip
    st.session_state.pop(BROKEN_LINK, None)
    remember(seeds)


def use(seeds: Seeds | None, low: Sequence[str] = (), high: Sequence[str] = ()) -> None:
    """Look at an axis with its held-out words; a button's callback.

    Without any, those of another axis are put away, because they were about that.
    """
    fill(seeds)
    st.session_state[HELD_LOW], st.session_state[HELD_HIGH] = write_words(low), write_words(high)


def ready_axes(space: Space) -> tuple[ReadyAxis, ...]:
    """The ready axes that can be placed here; only those whose seeds have vectors."""
    ready = ready_set("pictures" if drawn(space.collection) else "words").axes
    if reads_texts(space.encoder):
        return ready
    held = {item.casefold() for item in space.collection.rows if isinstance(item, str)}
    return tuple(each for each in ready if held.issuperset(map(str.casefold, each.seeds.words)))


def notice_of(space: Space, seeds: Seeds) -> str:
    """What to notice about a ready axis; only where it was measured, because elsewhere it may not be true."""
    for each in map(ready_set, examples("axes")):
        if (space.encoder, link.read("collection", COLLECTION)) == (each.encoder, each.collection):
            return next((ready.notice for ready in each.axes if ready.seeds.same_direction(seeds)), "")
    return ""


@cache
def ready_set(name: str) -> ReadySet:
    """The ready axes “words” or “pictures”, of `texts/examples`."""
    given = examples("axes")[name]
    return ReadySet(given["encoder"], given["collection"], tuple(_ready(each, given) for each in given["axes"]))


def axis_from_labels(collection: Collection) -> tuple[Seeds, tuple[str, ...], tuple[str, ...]] | None:
    """An axis between the two most frequent labels of the first column of labels, with held-out items of both.

    Its seeds are named by their numbers. None where no column has two labels of enough items.
    """
    for column in label_columns(collection):
        values = labels_of(collection, column)
        ranked = Counter(value for value in values if value).most_common(2)
        if len(ranked) < 2 or ranked[1][1] < 2 * SEEDS:
            continue
        low, high = sorted(label for label, _ in ranked)
        lows, highs = (
            [f"#{row + 1}" for row, value in enumerate(values) if value == label][: 2 * SEEDS] for label in (low, high)
        )
        names = (" ".join(f"{column} {label}".split())[:40] for label in (low, high))
        seeds = Seeds(tuple(lows[:SEEDS]), tuple(highs[:SEEDS]), False, *names)
        return seeds, tuple(lows[SEEDS:]), tuple(highs[SEEDS:])
    return None


def _ready(given: dict[str, Any], ready: dict[str, Any]) -> ReadyAxis:
    if "pairs" in given:
        pairs = [two_parts(pair) for pair in given["pairs"].split(",")]
        lows, highs = zip(*pairs, strict=True)
        low, high = (tuple(word.text for word in read_words(given[side])) for side in ("low", "high"))
    else:
        (lows, low), (highs, high) = (
            [tuple(given[side].format(shape) for shape in ready[shapes]) for shapes in ("shapes", "held_out_shapes")]
            for side in ("low", "high")
        )
    names = given["ends"].split(" ↔ ")
    if names == [lows[0], highs[0]]:
        names = []  # the first pair says it
    return ReadyAxis(Seeds(lows, highs, True, *names), low, high, given["notice"])


def _suit(space: Space) -> None:
    """Begin with a ready axis; while it is untouched, another kind of collection brings its own."""
    ready = ready_axes(space)
    # An encoder that knows only words of the collection may know none of the seeds.
    learns = reads_texts(space.encoder) and find_spec(space.encoder).fits
    first = ready[0] if ready and not learns else None
    if st.session_state.get(IN_FORM) == (to_text(first.seeds) if first else ""):
        return
    use(*(first[:3] if first else (None,)))
    st.session_state[BEGUN] = _fields()


def _fields() -> tuple[str, ...]:
    return tuple(map(_field, FIELDS))


def _field(key: str) -> str:
    return str(st.session_state.get(key) or "")


def _saved() -> None:
    for number, (title, seeds) in enumerate(axes.saved().items()):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                escape(shorten(title, 50)),
                key=f"open_axis_{number}",
                type="tertiary",
                on_click=use,
                args=(seeds,),
                width="stretch",
            )
            st.button(
                "Delete",
                key=f"delete_axis_{number}",
                icon=":material/delete:",
                type="tertiary",
                on_click=axes.forget,
                args=(title,),
            )


def _pair_fields() -> None:
    st.text_area(
        "Pairs, one a line: low, high",
        key=PAIR_LINES,
        persist_state="session",
        height=210,
        placeholder="small, large\nlittle, big\ntiny, huge",
        help="Between the two: a comma, a space, a tab or ↔. Phrases: “a small circle, a large circle”. #12 is the "
        "item of that number.",
    )


def _list_fields() -> None:
    for side, key, example in (("Low", LOW_WORDS, "small, little, tiny"), ("High", HIGH_WORDS, "large, big, huge")):
        st.text_area(f"{side} words", key=key, persist_state="session", height=100, placeholder=example, help=NOTE)


def _typed(way: str) -> Typed | None:
    """What was typed, checked; None where nothing was."""
    fields = (PAIR_LINES,) if way == PAIRS else (LOW_WORDS, HIGH_WORDS)
    texts = list(map(_field, fields))
    if not any(text.strip() for text in texts):
        return None
    typed = read_pairs(texts[0]) if way == PAIRS else read_lists(*texts)
    check(typed)
    return typed


def _texts(typed: Typed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    low, high = (tuple(word.text for word in side) for side in (typed.low, typed.high))
    return low, high


def _carry_over() -> None:
    """Take the seeds along to the other way of typing them, where they fit it."""
    way = st.session_state[WAY]
    try:
        typed = _typed(LISTS if way == PAIRS else PAIRS)
    except EmbeddingError:
        return
    if typed is None:
        return
    low, high = _texts(typed)
    if way == LISTS:
        st.session_state[LOW_WORDS], st.session_state[HIGH_WORDS] = write_words(low), write_words(high)
    elif len(low) == len(high):
        st.session_state[PAIR_LINES] = write_pairs(low, high)
