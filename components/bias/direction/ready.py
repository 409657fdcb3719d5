"""Ready pairs with words to place between them, and where each list comes from."""

from __future__ import annotations

from typing import NamedTuple

from components.kit.candidates import reads_texts
from components.kit.kinds import drawn
from embeddings.bias.direction import DEFINITIONAL_PAIRS
from embeddings.encoders import find_spec
from embeddings.space import Space

Pairs = tuple[tuple[str, str], ...]
NOTICE = (
    "These words stand for groups of people and for what people do. They are here to measure stereotypes that a model "
    "has learnt, and say nothing about anyone."
)
OURS = "our own choice of common words"


class ReadyPairs(NamedTuple):
    """Pairs that run on one click.

    Attributes:
        title: what the reader sees.
        pairs: (first, second).
        words: that should be neutral between them.
        keep: words that differ in it by meaning.
        source: where pairs and words come from.
        sensitive: whether they stand for groups of people.
    """

    title: str
    pairs: Pairs
    words: tuple[str, ...]
    keep: tuple[str, ...]
    source: str
    sensitive: bool = True


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _pairs(text: str) -> Pairs:
    return tuple((first, second) for first, second in (pair.split() for pair in text.split(",")))


OCCUPATIONS = _words(
    "accountant architect artist baker carpenter cashier chef cleaner dancer doctor electrician engineer "
    "farmer hairdresser housekeeper judge lawyer librarian manager mechanic nanny nurse pilot plumber "
    "professor programmer receptionist scientist secretary soldier surgeon teacher"
)
WORDS = (
    ReadyPairs(
        "Women and men",
        DEFINITIONAL_PAIRS,
        OCCUPATIONS,
        _words("aunt uncle sister brother wife husband queen king grandmother grandfather actress waitress"),
        f"Pairs: Bolukbasi, Chang, Zou, Saligrama & Kalai 2016. Occupations: {OURS}.",
    ),
    ReadyPairs(
        "Old and young",
        _pairs("old young,elderly youthful,adult child,grandmother granddaughter,grandfather grandson,senior junior"),
        _words("wise slow stubborn lonely ill energetic curious creative reckless poor rich kind modern"),
        (),
        f"Pairs and words: {OURS}.",
    ),
    ReadyPairs(
        "Large and small",
        _pairs("large small,big little,huge tiny,giant dwarf,vast miniature"),
        _words("ant mouse cat dog goat horse cow elephant whale apple table house mountain ocean"),
        (),
        f"Pairs and words: {OURS}. No prejudice is at stake here: a direction is not a bias by itself.",
        sensitive=False,
    ),
)
_SHAPES = ("circle", "square", "triangle", "star", "heart")
PICTURES = (
    ReadyPairs(
        "Red and blue",
        tuple((f"a red {shape}", f"a blue {shape}") for shape in _SHAPES),
        tuple(f"a {shape}" for shape in ("circle", "square", "triangle", "star", "heart", "ring", "cross", "crescent")),
        (),
        "Pairs and phrases: our own choice. Does a shape lean to a colour?",
        sensitive=False,
    ),
    ReadyPairs(
        "Large and small",
        tuple((f"a large {shape}", f"a small {shape}") for shape in _SHAPES),
        tuple(f"a {colour} circle" for colour in ("red", "orange", "yellow", "green", "blue", "purple", "black")),
        (),
        "Pairs and phrases: our own choice. Does a colour lean to a size?",
        sensitive=False,
    ),
)


def ready_pairs(space: Space) -> tuple[ReadyPairs, ...]:
    """Those whose pairs have vectors here; where the encoder knows only its items, with what of them is there."""
    offered = WORDS if not drawn(space.collection) else PICTURES
    if reads_texts(space.encoder) and not find_spec(space.encoder).fits:
        return offered
    held = {item.casefold() for item in space.collection.rows if isinstance(item, str)}
    found = []
    for each in offered:
        pairs = tuple(pair for pair in each.pairs if held.issuperset(map(str.casefold, pair)))
        if len(pairs) > 1:
            words, keep = (tuple(word for word in words if word in held) for words in (each.words, each.keep))
            found.append(each._replace(pairs=pairs, words=words, keep=keep))
    return tuple(found)
