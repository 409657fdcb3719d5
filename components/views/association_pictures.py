"""Sets of pictures asked of one encoder or of several (iEAT): filled by hand, from a column, or with an example."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.kit import link
from components.kit.choice import COLLECTION, choose_collection
from components.kit.evidence import Setting
from components.kit.kinds import drawn
from components.kit.texts import examples
from components.kit.words import escape
from components.views.association_results import Shown, show_test
from components.views.association_settings import encoder_picker, how_to_read, names_of, own_encoders, seed_field
from components.views.association_tests import Question, Waiting, ask_all
from components.views.bias_inputs import MOST, NamedSet, named_sets, ready_row
from components.views.bias_word_sets import Edited, WordSets, slots_of
from embeddings.bias.effect import RESAMPLES
from embeddings.bias.word_sets import ASSOCIATION
from embeddings.collection import Collection
from embeddings.labelled import label_counts

ENCODERS, MANY = "picture_encoders", "pictures_a_set"
SETS, FILLED = "picture_sets", "pictures_filled"
MOST_VALUES = 60  # to choose from in a list
EDITOR = WordSets("pictures", slots_of("iEAT"), noun="item")


class Example(NamedTuple):
    """Sets of a ready collection, and what to expect of them."""

    title: str
    sets: tuple[NamedSet, ...]


EXAMPLES = {
    collection: tuple(Example(each["title"], named_sets(each["sets"])) for each in given)
    for collection, given in examples("association")["pictures"].items()
}


def pictures_panel(own: Collection, row: DeltaGenerator) -> Waiting | None:
    """The sets of pictures beside their results."""
    if not drawn(own):
        _no_pictures()
        how_to_read("iEAT")
        return None
    ready = EXAMPLES.get(link.read("collection", COLLECTION), ())
    first = ready[0].sets if ready else ()
    EDITOR.begin(SETS, FILLED, first)
    with row, st.popover("Settings", icon=":material/tune:", width="content"):
        encoders = encoder_picker(*own_encoders(own), ENCODERS)
        help = "Where a column’s value has more, so many are drawn at random with the seed."
        many = st.number_input("Pictures a set, at most", 2, 500, MOST, key=MANY, bind="query-params", help=help)
        seed = seed_field()
    now = next((place for place, each in enumerate(ready) if EDITOR.sets() == each.sets), None)
    with row, st.popover("Examples", icon=":material/lightbulb:", width="content"):
        titles = {place: each.title for place, each in enumerate(ready)}
        ready_row("picture_example", titles, now, lambda place: EDITOR.fill(ready[place].sets))
    if not encoders:
        st.info("Choose at least one encoder to ask.", icon=":material/info:")
        return None
    right, left = st.columns([0.7, 0.3], gap="medium")
    with left:
        _from_columns(own)
        edited = EDITOR.draw(names_of(own, encoders[0]), own, ASSOCIATION, most=int(many), seed=seed)
        EDITOR.carry(SETS, first)
    with right:
        waiting = _answers(own, encoders, edited, seed)
    link.show({SETS: ""})
    return waiting


def _answers(own: Collection, encoders: Sequence[str], edited: Edited, seed: int) -> Waiting | None:
    if not edited.usable:
        wrong = "" if EDITOR.is_empty() else " " + edited.problems[0]
        said = f"Name the pictures of four sets beside this, such as #12 or shape=circle.{wrong}"
        st.info(escape(said), icon=":material/edit:")
        how_to_read("iEAT")
        return None
    x, y, a, b = edited.names
    name = " and ".join(edited.called[:2])
    questions = [Question(name, own, each, (x, y, a, b), None, "none", seed) for each in encoders]
    answers, waiting = ask_all([each.request for each in questions])
    typed = {
        f"{slot.title} as typed": ", ".join(each.words) for slot, each in zip(EDITOR.slots, edited.sets, strict=True)
    }
    settings: dict[str, Setting] = {
        "collection": own.name,
        "seed": seed,
        "resamples of the interval": RESAMPLES,
        **typed,
    }
    show_test(Shown(questions, answers, edited.called, settings, probe="iEAT"))
    return waiting


def _from_columns(own: Collection) -> None:
    """Fill the sets with the values of columns."""
    columns = {name: values for name in own.columns if len(values := _values(own, name)) >= 2}
    if not columns:
        return
    with st.expander("Fill from a column", icon=":material/table_rows:"):
        picked: list[NamedSet] = []
        for pair, title in (("XY", "X and Y"), ("AB", "A and B")):
            column = str(st.selectbox(f"Column of {title}", list(columns), key=f"pictures_column_{pair}"))
            for number, (side, place) in enumerate(zip(pair, st.columns(2, gap="small"), strict=True)):
                key = f"pictures_value_{side}_{column}"
                value = str(place.selectbox(side, columns[column], index=number, key=key))
                picked.append(NamedSet(value, (f"{column}={value}",)))
        st.button("Fill", key="fill_from_columns", on_click=EDITOR.fill, args=(tuple(picked),))


def _values(own: Collection, column: str) -> list[str]:
    """The values of a column that few enough have to be chosen from, each held by at least two items."""
    found = sorted(label for label, count in label_counts(own, column).items() if count >= 2)
    return found if len(found) <= MOST_VALUES else []


def _no_pictures() -> None:
    with st.container(border=True):
        st.markdown("**This collection holds no pictures.**")
        st.caption("Open a collection of pictures, a ready one or your own, and ask which are nearer to which.")
        args = ("scenes",)
        st.button(
            "Open the drawn scenes", key="open_scenes", icon=":material/image:", on_click=choose_collection, args=args
        )
