"""The form of every kind of input of a probe: how it is drawn and read, and what of it stands in the link."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from components.kit import link
from components.kit.labels import NO_LABELS, label_columns
from components.kit.seeds import look_up, read_pairs
from components.kit.widgets import pick_from_list
from components.kit.words import escape, read_words, shorten
from components.views.bias_word_sets import WordSets
from embeddings.bias.groups import MOST_GROUPS
from embeddings.bias.probe import Form, Input, ProbeSpec
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.labelled import label_counts, labels_of
from embeddings.neighbours import find_row
from embeddings.space import Space
from embeddings.zero_shot import check_labels

LONGEST = 2_000
UNKNOWN = frozenset({"-", "−", "–", "?"})
NO_GROUPS = (
    "No column of this collection says which group an item belongs to, so there is nothing to compare. Bring a table "
    "with such a column (gender, region, topic …), or pictures in folders that name their group."
)
_NUMBER = re.compile(r"#(\d{1,9})")


class Asked(NamedTuple):
    """A probe whose inputs are drawn.

    Attributes:
        name: in the link and in the session.
        spec: its row of the table.
        space: what it looks at.
        own: the visitor's collection, whose item n is `#n`.
    """

    name: str
    spec: ProbeSpec
    space: Space
    own: Collection

    def key(self, asked: Input) -> str:
        """Of the widget of an input, and of the link."""
        return f"{self.name}_{asked.name}"


class Given(NamedTuple):
    """What was typed or chosen.

    Attributes:
        value: as the probe takes it.
        words: those in it that need a vector.
    """

    value: Any
    words: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """The value as a file states it."""
        many = isinstance(self.value, (tuple, np.ndarray))
        return shorten("; ".join(map(str, self.value)) if many else str(self.value), LONGEST)


Found = dict[str, Given]
Draw = Callable[[Asked, Sequence[Input], Found], Found]


def draw_fields(name: str, spec: ProbeSpec, space: Space, own: Collection) -> Found | None:
    """The fields of a probe, with what is wrong in one beside it; None while one is empty or mistaken."""
    asked = Asked(re.sub(r"\W+", "_", name.casefold()), spec, space, own)
    found: Found = {}
    for form, draw in FORMS.items():
        inputs = [each for each in spec.inputs if each.form == form]
        if inputs:
            found |= draw(asked, inputs, found)
    return found if all(each.name in found for each in spec.inputs) else None


def word_sets(asked: Asked, inputs: Sequence[Input], _: Found) -> Found:
    """All word sets of a probe in one editor, which checks them against each other."""
    editor, parameter = WordSets(asked.name, inputs), f"{asked.name}_sets"
    editor.begin(parameter, f"{parameter}_filled", editor.sets())
    edited = editor.draw(asked.space, asked.own, asked.spec.rules)
    editor.carry(parameter)
    link.show({parameter: ""})
    if not edited.usable:
        return {}
    encoded = set(edited.to_encode)
    return {
        each.name: Given(names, tuple(str(name) for name in names if name in encoded))
        for each, names in zip(inputs, edited.names, strict=True)
    }


def pairs_field(asked: Input, *, key: str, height: int = 250) -> str:
    """Pairs, one a line, as they are typed."""
    lines = st.text_area(
        f"{asked.title}, one a line: first, second",
        key=key,
        bind="query-params",
        persist_state="session",
        height=height,
        placeholder=asked.example,
        help=f"{asked.summary} Between the two: a comma, a space or a tab. #12 is the item of that number.",
    )
    return str(lines or "")


def pairs_of(lines: str) -> tuple[tuple[str, str], ...]:
    """Pairs as they are typed.

    Raises:
        EmbeddingError: a line holds no pair.
    """
    found = read_pairs(lines)
    return tuple((one.text, other.text) for one, other in zip(found.low, found.high, strict=True))


def query_field(asked: Input, *, key: str) -> str:
    """What is searched for, as it is typed."""
    typed = st.text_input(
        asked.title,
        key=key,
        bind="query-params",
        persist_state="session",
        placeholder=asked.example,
        max_chars=LONGEST,
        help=asked.summary,
    )
    return str(typed or "").strip()


def query_of(text: str, space: Space) -> Given:
    """A query as it is typed: an item, the number of one, or a text to encode.

    Raises:
        EmbeddingError: there is no such item, or the encoder reads no texts.
    """
    found = look_up(space, [text])
    if (named := _NUMBER.fullmatch(text)) and text not in space.collection.rows:
        return Given(int(named[1]) - 1)
    return Given(text, (text,)) if found.to_encode else Given(find_row(space, text))


def group_columns(collection: Collection) -> list[str]:
    """All columns, those first that hold from 2 to 50 groups; the others are answered with the reason."""
    usable = [name for name in label_columns(collection) if len(label_counts(collection, name)) <= MOST_GROUPS]
    others = [name for name in collection.columns if name not in usable]
    return usable + sorted(others, key=lambda name: name in NO_LABELS)


def column_field(asked: Input, collection: Collection, *, key: str) -> str:
    """The chosen column; empty, with the reason in its place, where there is none."""
    columns = group_columns(collection)
    if not columns:
        st.info(NO_GROUPS, icon=":material/label_off:")
        return ""
    return pick_from_list(asked.title, columns, key=key, help=asked.summary)


def labels_field(asked: Input, *, key: str) -> str:
    """Labels, one a line, as they are typed."""
    return str(st.text_area(f"{asked.title}, one a line", key=key, bind="query-params", height=180) or "")


def _text(asked: Asked, each: Input, note: str) -> str:
    typed = st.text_area(
        each.title,
        key=asked.key(each),
        bind="query-params",
        persist_state="session",
        placeholder=each.example,
        help=f"{each.summary} {note}",
    )
    return str(typed or "")


def _word_lists(asked: Asked, each: Input, _: Found) -> Given | None:
    lines = _text(asked, each, "One list a line, with commas between its words.").splitlines()
    lists = tuple(tuple(word.text for word in read_words(line)) for line in lines if line.strip())
    words = tuple(word for each in lists for word in each)
    look_up(asked.space, words)
    return Given(lists, words) if lists else None


def _pairs(asked: Asked, each: Input, _: Found) -> Given | None:
    pairs = pairs_of(pairs_field(each, key=asked.key(each), height=150))
    words = tuple(word for pair in pairs for word in pair)
    look_up(asked.space, words)
    return Given(pairs, words) if pairs else None


def _numbers(asked: Asked, each: Input, found: Found) -> Given | None:
    typed = [word.text for word in read_words(_text(asked, each, "In the order of the words; – is not known."))]
    before = [other for other in asked.spec.inputs[: asked.spec.inputs.index(each)] if other.form == "words"][-1:]
    if not typed or any(other.name not in found for other in before):
        return None
    for other in before:
        if len(typed) != (many := len(found[other.name].value)):
            raise EmbeddingError(f"{each.title} must be as many as {other.title}, {many:,}; got {len(typed):,}.")
    return Given(tuple(None if text in UNKNOWN else _number(text) for text in typed))


def _number(text: str) -> float:
    try:
        return float(text.replace("−", "-"))
    except ValueError:
        raise EmbeddingError(f"“{shorten(text, 40)}” is no number; write – where it is not known.") from None


def _query(asked: Asked, each: Input, _: Found) -> Given | None:
    text = query_field(each, key=asked.key(each))
    return query_of(text, asked.space) if text else None


def _column(asked: Asked, each: Input, _: Found) -> Given | None:
    column = column_field(each, asked.space.collection, key=asked.key(each))
    return Given(tuple(labels_of(asked.space.collection, column))) if column else None


def _labels(asked: Asked, each: Input, _: Found) -> Given | None:
    typed = labels_field(each, key=asked.key(each))
    return Given(check_labels(typed.splitlines())) if typed.strip() else None


def _predictions(asked: Asked, each: Input, found: Found) -> Given | None:
    """What a column calls each item, as the places of these names among the labels."""
    column = column_field(each, asked.space.collection, key=asked.key(each))
    labels = next(
        (found[each.name].value for each in asked.spec.inputs if each.form == "labels" and each.name in found), None
    )
    if not column or labels is None:
        return None
    named = labels_of(asked.space.collection, column)
    if strange := [name for name in named if name not in labels]:
        called = f"“{shorten(strange[0], 40)}” in" if strange[0] else "An item without a value in"
        raise EmbeddingError(f"{called} the column “{shorten(column, 40)}” is none of the labels.")
    return Given(np.array([labels.index(name) for name in named]))


def _one_by_one(draw: Callable[[Asked, Input, Found], Given | None]) -> Draw:
    """Each input in a field of its own, with what is wrong in it below it."""

    def drawn(asked: Asked, inputs: Sequence[Input], found: Found) -> Found:
        read: Found = {}
        for each in inputs:
            try:
                given = draw(asked, each, found)
            except EmbeddingError as error:
                st.error(escape(str(error)))
                continue
            if given is not None:
                read[each.name] = given
        return read

    return drawn


# In the order in which they are drawn: numbers go by the words before them, predictions by the labels. A direction, and
# a second space, are made of others; a probe that takes them needs a view of its own.
FORMS: dict[Form, Draw] = {
    "space": lambda asked, inputs, found: {inputs[0].name: Given(asked.space)},
    "words": word_sets,
    "word lists": _one_by_one(_word_lists),
    "pairs": _one_by_one(_pairs),
    "numbers": _one_by_one(_numbers),
    "query": _one_by_one(_query),
    "column": _one_by_one(_column),
    "labels": _one_by_one(_labels),
    "predictions": _one_by_one(_predictions),
}
