"""Sets of pictures: an editor of their own, filled by hand, by the values of a column, or with an example."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from components.bias.set_text import NamedSet, sets_from_text, sets_to_text
from components.bias.word_sets import Slot, WordSets
from components.kit import link
from components.kit.choice import COLLECTION
from components.kit.words import escape
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.labelled import label_counts

SETS = "picture_sets"
LINKED = {SETS: ""}
FILLED = "pictures_filled"
LONGEST = 8_000
MOST_VALUES = 60
EDITOR = WordSets(
    "pictures",
    (
        Slot("X", "Pictures of one kind: #12, #20-#30, or what a column says, such as shape=circle.", "shape=circle"),
        Slot("Y", "As many pictures of another kind.", "shape=square"),
        Slot("A", "Pictures, or words where the encoder reads too, that X may be nearer to.", "#1, #2, #3"),
        Slot("B", "Pictures, or words where the encoder reads too, that Y may be nearer to.", "#4, #5, #6"),
    ),
    noun="item",
)


class Example(NamedTuple):
    """Sets of a ready collection, and what to expect of them."""

    title: str
    sets: tuple[NamedSet, ...]


def _sets(*named: tuple[str, str]) -> tuple[NamedSet, ...]:
    return tuple(NamedSet(name, tuple(words.split(", "))) for name, words in named)


EXAMPLES = {
    "scenes": (
        Example(
            "Red and blue things, red and blue in words",
            _sets(
                ("Red things", "colour=red"),
                ("Blue things", "colour=blue"),
                ("Red in words", "a red thing, something red, the colour red, a red shape"),
                ("Blue in words", "a blue thing, something blue, the colour blue, a blue shape"),
            ),
        ),
        Example(
            "Stars and circles, on black and on white",
            _sets(
                ("Stars", "shape=star"),
                ("Circles", "shape=circle"),
                ("On black", "background=black"),
                ("On white", "background=white"),
            ),
        ),
    ),
    "digits": (
        Example(
            "Eights and ones, nines and sevens",
            _sets(("Eights", "digit=8"), ("Ones", "digit=1"), ("Nines", "digit=9"), ("Sevens", "digit=7")),
        ),
        Example(
            "Twos and fives, ones and zeros",
            _sets(("Twos", "digit=2"), ("Fives", "digit=5"), ("Ones", "digit=1"), ("Zeros", "digit=0")),
        ),
    ),
    "photographs": (
        Example(
            "Coffee and cat, coins and rocket",
            _sets(
                ("Coffee", "photograph=coffee"),
                ("Cat", "photograph=chelsea"),
                ("Coins", "photograph=coins"),
                ("Rocket", "photograph=rocket"),
            ),
        ),
    ),
}


def begin(own: Collection) -> None:
    """Fill the editor once for a collection: from the link, or with the first example of a ready one."""
    collection = link.read("collection", COLLECTION)
    if st.session_state.get(FILLED) == collection:
        return
    first = FILLED not in st.session_state
    st.session_state[FILLED] = collection
    ready = EXAMPLES.get(collection)
    try:
        text = link.read(SETS) if first else ""
        EDITOR.fill(sets_from_text(text) if text else (ready[0].sets if ready else ()))
    except EmbeddingError as error:
        st.error(escape(str(error)))
        EDITOR.fill(ready[0].sets if ready else ())


def carry() -> bool:
    """Let the link carry the sets; False where they are too long for it."""
    text = "" if EDITOR.is_empty() else sets_to_text(EDITOR.sets())
    ready = EXAMPLES.get(link.read("collection", COLLECTION))
    if ready and EDITOR.sets() == ready[0].sets:
        text = ""
    link.write(SETS, text if len(text) <= LONGEST else "")
    return len(text) <= LONGEST


def examples() -> None:
    """The examples of a ready collection, on one click."""
    ready = EXAMPLES.get(link.read("collection", COLLECTION), ())
    if not ready:
        return
    with st.container(horizontal=True, gap="small"):
        for number, each in enumerate(ready):
            st.button(
                escape(each.title),
                key=f"picture_example_{number}",
                type="primary" if EDITOR.sets() == each.sets else "secondary",
                on_click=EDITOR.fill,
                args=(each.sets,),
            )


def from_columns(own: Collection) -> None:
    """Fill the sets with the values of columns."""
    columns = {name: values for name in own.columns if len(values := _values(own, name)) >= 2}
    if not columns:
        return
    with st.expander("Fill from a column", icon=":material/table_rows:"):
        picked: list[str] = []
        for pair, title in (("XY", "X and Y"), ("AB", "A and B")):
            column = str(st.selectbox(f"Column of {title}", list(columns), key=f"pictures_column_{pair}"))
            for number, (side, place) in enumerate(zip(pair, st.columns(2, gap="small"), strict=True)):
                values = columns[column]
                value = place.selectbox(side, values, index=number, key=f"pictures_value_{side}_{column}")
                picked.append(f"{column}={value}")
        sets = tuple(NamedSet(each.partition("=")[2], (each,)) for each in picked)
        st.button("Fill", key="fill_from_columns", on_click=EDITOR.fill, args=(sets,))


def _values(own: Collection, column: str) -> list[str]:
    """The values of a column that few enough have to be chosen from, each held by at least two items."""
    found = sorted(label for label, count in label_counts(own, column).items() if count >= 2)
    return found if len(found) <= MOST_VALUES else []
