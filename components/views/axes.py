"""The Axes page: seeds, how far to trust the axis made of them, and the items along it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.kit import axes, link
from components.kit.ask import ask_or_why_not
from components.kit.candidates import reads_texts, typed_vectors
from components.kit.charts import table_twin
from components.kit.colours import page_colours
from components.kit.evidence import Table, settings_of, show_table
from components.kit.kinds import counted, drawn, several
from components.kit.link import selected_row
from components.kit.map import PLAIN_COLOURING, Colouring
from components.kit.map.colouring import colour_by_column
from components.kit.pictures import gallery
from components.kit.seeds import MOST, look_up
from components.kit.strip import ALONG, FROM_MIDDLE, Marks, Strip, end_table, show_dots, strip_chart, whole_table
from components.kit.texts import how
from components.kit.widgets import pick_from_list
from components.kit.words import escape, read_words, shorten
from components.views import axis_form
from components.views.axis_checks import check_panel
from components.views.axis_plane import plane_panel, second_axis
from embeddings.axes import Axis, Separation, drawn_rows, ends, project_on, separation
from embeddings.axis_seeds import Seeds, to_text
from embeddings.errors import EmbeddingError
from embeddings.given import VectorsOf
from embeddings.neighbours import find_row
from embeddings.space import Space, Vectors

LINKED = {axes.FIRST: "", axes.SECOND: ""}
STRIP, PLACED = "axis_strip", "placed"
COLOUR, PLACE = "dots", "place along the axis"
SHOWN = 1_000
NAMED = 6
# How the verdict is shown, and its mark.
STANDINGS = {"holds": (st.success, "check_circle"), "fails": (st.error, "cancel")}


class Asked(NamedTuple):
    """What was typed beside the seeds.

    Attributes:
        low, high: held-out words that are expected at either end.
        placed: words to place along the axis.
        answers: where a mistake in the held-out words, and in those to place, is answered.
    """

    low: tuple[str, ...]
    high: tuple[str, ...]
    placed: tuple[str, ...]
    answers: tuple[DeltaGenerator, DeltaGenerator]


def axes_page(space: Space) -> None:
    """Everything of the page below its heading."""
    axis_form.begin(space)
    right, left = st.columns([0.73, 0.27], gap="medium")
    with left:
        seeds = axis_form.seeds_form()
        mistakes = st.container()
        asked = _asked_fields(space)
    if seeds is not None or axis_form.is_empty():
        axis_form.remember(seeds)
    with right:
        if seeds is None:
            _nothing_yet(space)
        elif (axis := _axis(space, seeds, mistakes)) is not None:
            _results(space, seeds, axis, asked)
        if seeds is None:
            axis_form.ready_row(space)
    link.show(LINKED)
    how("axes")


def _axis(space: Space, seeds: Seeds, mistakes: DeltaGenerator) -> Axis | None:
    """The axis; None, with the reason below the seeds, where there is none."""
    made = ask_or_why_not(axes.axis_request(space, seeds))
    if isinstance(made, EmbeddingError):
        mistakes.error(escape(str(made)))
        return None
    return made


def _results(space: Space, seeds: Seeds, axis: Axis, asked: Asked) -> None:
    _heading(space, seeds)
    if notice := axis_form.notice_of(space, seeds):
        st.caption(f":material/lightbulb: {escape(notice)}")
    _verdict_line(axis)
    held_out, places = _answer(space, axis, asked)
    with st.container(horizontal=True, gap="small"):
        colouring = _dot_colours(space)
        second = second_axis(space, seeds)
    if second is not None:
        plane_panel(space, (seeds, axis), second, colouring)
    marks = _marks(asked, held_out, places)
    _strip_panel(Strip(space.collection, axis, seeds.ends, drawn_rows([axis]), colouring, marks, selected_row(space)))
    check_panel(space, axis, (asked.low, asked.high), held_out)
    _ends_panel(space, seeds, axis)
    _whole_panel(space, (seeds, axis), second)


def _nothing_yet(space: Space) -> None:
    """What stands in place of the results while there are no seeds."""
    if st.session_state.get(axis_form.BROKEN_LINK):
        st.error(escape(str(st.session_state[axis_form.BROKEN_LINK])))
    if not axis_form.is_empty():
        st.caption("The axis is drawn here as soon as its seeds can be read.")
        return
    with st.container(border=True):
        st.markdown("**An axis is a direction of meaning, from small to large, say.**")
        first = "Choose a ready one below, or name" if axis_form.ready_axes(space) else "Name"
        example = (
            "two pictures that differ in one thing by their numbers, such as “#1, #2”, and a second such pair."
            if drawn(space.collection)
            else "pairs of opposite words beside this, at least two."
        )
        st.caption(
            f"{first} {example} All {several(space.collection)} are placed along it, and it is checked: does it tell "
            "pairs apart that it was not made from, and better than a random direction does?"
        )
        of_labels = None if axis_form.ready_axes(space) else axis_form.axis_from_labels(space.collection)
        if of_labels is not None:
            label = f"From {of_labels[0].low_name} to {of_labels[0].high_name}"
            st.button(escape(label), key="axis_of_labels", type="primary", on_click=axis_form.use, args=of_labels)


def _asked_fields(space: Space) -> Asked:
    """The fields below the seeds."""
    pictured = "a tiny star, a huge star" if reads_texts(space.encoder) else "#12, #30"
    placed = st.text_area(
        "Place words of your own",
        key=PLACED,
        bind="query-params",
        height=70,
        placeholder=pictured if drawn(space.collection) else "nurse, engineer, pilot",
        help="They are encoded and marked on the axis. " + axis_form.NOTE,
    )
    about_placed = st.container()
    with st.expander("Held-out words", icon=":material/fact_check:", key="held_out_words"):
        st.caption("Words that are no seeds and that you expect low or high. Do they come out so?")
        low, high = (
            st.text_area(label, key=key, bind="query-params", height=90, help=axis_form.NOTE)
            for label, key in (("Expected low", axis_form.HELD_LOW), ("Expected high", axis_form.HELD_HIGH))
        )
        about_held_out = st.container()
    words = [tuple(word.text for word in read_words(text or "")) for text in (low, high, placed)]
    return Asked(words[0], words[1], words[2], (about_held_out, about_placed))


def _answer(space: Space, axis: Axis, asked: Asked) -> tuple[Separation | None, Vectors]:
    """How held-out words come out, and where those to place lie; a mistake is answered beside its field."""
    about_held_out, about_placed = asked.answers
    held_out, places = None, np.zeros(0, np.float32)
    try:
        if asked.low or asked.high:
            vectors_of = _vectors_of(space, asked.low + asked.high)
            held_out = separation(space, axis, asked.low, asked.high, vectors_of=vectors_of)
    except EmbeddingError as error:
        about_held_out.error(escape(str(error)))
    try:
        if asked.placed:
            given = _vectors_of(space, asked.placed)
            vectors = [given[word] if word in given else space.vectors[find_row(space, word)] for word in asked.placed]
            places = project_on(axis, np.stack(vectors).astype(np.float32))
    except EmbeddingError as error:
        about_placed.error(escape(str(error)))
    return held_out, places


def _vectors_of(space: Space, words: Sequence[str]) -> VectorsOf:
    if len(words) > 2 * MOST:
        raise EmbeddingError(f"At most {2 * MOST} words can be placed at once; got {len(words):,}.")
    found = look_up(space, words)
    return {**found.given, **typed_vectors(space, found.items)}


def _heading(space: Space, seeds: Seeds) -> None:
    """The title of an axis, and beside it what can be done with it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{escape(shorten(seeds.title, 80))}**", width="stretch")
        axis_form.ready_row(space)
        with st.popover("Save", icon=":material/bookmark_add:"):
            st.text_input(
                "Name", key=axis_form.NAME, persist_state="session", placeholder=" ↔ ".join(seeds.ends), max_chars=60
            )
            st.button("Save this axis", type="primary", on_click=axes.save, args=(seeds,), key="save_axis")
            st.caption("Saved for this session, to be opened again, taken as second axis, or to colour the map by.")
        if st.button("Colour the map", icon=":material/palette:", key="colour_the_map"):
            colour = axes.label(seeds)
            st.session_state["colour"] = colour
            link.go_to(link.MAP, query_params={"colour": colour, axes.FIRST: to_text(seeds)})


def _verdict_line(axis: Axis) -> None:
    """The verdict in one coloured line, and the seeds that the encoder does not seem to know."""
    said = axes.verdict(axis)
    draw, mark = STANDINGS.get(said.standing, (st.warning, "help"))
    draw(f"**{escape(said.heading)}.** {escape(said.sentence)}", icon=f":material/{mark}:")
    if unknown := axes.silent_seeds(axis):
        names = ", ".join(f"“{shorten(word, 30)}”" for word in unknown[:NAMED])
        more = f" and {len(unknown) - NAMED:,} more stand" if len(unknown) > NAMED else " stand"
        st.caption(
            f"{escape(names)}{more} at exactly 0 on the axis made without them, as words do that the encoder does not "
            "know."
        )


def _dot_colours(space: Space) -> Colouring:
    """What the dots are coloured by, with the choice of it."""
    options = [PLACE, *space.collection.columns]
    column = pick_from_list("Colour of the dots", options, key=COLOUR, width=220, kept=False)
    return PLAIN_COLOURING if column == PLACE else colour_by_column(space, column)


def _marks(asked: Asked, held_out: Separation | None, places: Vectors) -> list[Marks]:
    marks = []
    if held_out is not None:
        marks.append(Marks("held out, expected low", asked.low, held_out.low, "low"))
        marks.append(Marks("held out, expected high", asked.high, held_out.high, "high"))
    if len(places):
        marks.append(Marks("your words", asked.placed, places))
    return marks


def _strip_panel(strip: Strip) -> None:
    """The strip of all items with the words that were asked for above it."""
    collection, axis, (low, high), row = strip.collection, strip.axis, strip.ends, strip.selected
    show_dots(
        strip_chart(strip, colours=page_colours()),
        key=STRIP,
        alt=f"{counted(collection)} along the axis from {low} to {high}",
    )
    count = len(strip.rows)
    some = "" if count == len(collection) else f" Drawn are {count:,} of them: both ends, and a random part."
    st.caption(
        f"Each dot is one of {escape(counted(collection))}; it stands at the cosine of its vector with the axis. "
        f"0 is not neutral: the dashed line is half-way between the seeds.{some}"
    )
    if row is not None:
        share = float((axis.projections < axis.projections[row]).mean())
        st.caption(
            f"**{escape(shorten(collection.text(row), 80))}** stands at {axis.projections[row]:.3f}, further to "
            f"{escape(high)} than {100 * share:.0f} % of the {several(collection)}."
        )


def _ends_panel(space: Space, seeds: Seeds, axis: Axis) -> None:
    """The items furthest out, side by side; a click selects one."""
    collection = space.collection
    furthest = float(np.abs(axis.projections - np.float32(axis.middle)).max())
    columns = {
        ALONG: st.column_config.NumberColumn(ALONG, format="%.3f", width=80),
        FROM_MIDDLE: st.column_config.ProgressColumn(
            FROM_MIDDLE, format="%.2f", min_value=0, max_value=furthest or 1.0, width=140
        ),
    }
    for place, side, name, rows in zip(
        st.columns(2, gap="large"), ("low", "high"), seeds.ends, ends(axis), strict=True
    ):
        key = f"end_{side}_{space.fingerprint[:8]}"
        with place:
            st.markdown(f"**Furthest to {escape(name)}**")
            if drawn(collection):
                said = [f"{where:.2f}" for where in axis.projections[rows]]
                gallery(collection, rows.tolist(), key=key, captions=said)
                continue
            table = end_table(collection, axis, rows)
            show_table(Table(table, f"The items furthest to {name}", columns, key=key, rows=rows.tolist()))


def _whole_panel(space: Space, first: tuple[Seeds, Axis], second: tuple[Seeds, Axis] | None) -> None:
    """All items with their places, as a table and as a file."""
    twin = table_twin("All items as a table", key="axis_twin")
    if not twin.open:
        return
    (seeds, axis), settings = first, {"axis": to_text(first[0])}
    along = [(seeds.title, axis)]
    if second is not None:
        along.append((second[0].title + (" (2)" if second[0].title == seeds.title else ""), second[1]))
        settings["second_axis"] = to_text(second[0])
    more = f"The first {SHOWN:,} of {len(space):,} {several(space.collection)}; the file holds all."
    with twin:
        show_table(
            Table(
                whole_table(space.collection, along, longest=200).slice(0, SHOWN),
                "All items with their places along the axis",
                caption=more if len(space) > SHOWN else "",
                label="All places (CSV)",
                file="axis.csv",
                whole=lambda: whole_table(space.collection, along),
                settings=settings_of(space, **settings),
            )
        )
