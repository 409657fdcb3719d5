"""Small changes of texts."""

from __future__ import annotations

import re

import numpy as np

PREFIX = "query: "
# Verbs that take “not” right after them.
_TAKES_NOT = "am is are was were can could will would shall should may might must do does did has have had"
_VERB = re.compile(rf"\b({'|'.join(_TAKES_NOT.split())})\b", re.IGNORECASE)
_NOT = re.compile(r"(?<=can)['’]t\b|(?<=can)not\b|(?<=\w)(?<!ca)n['’]t\b|\s+not\b|\bnot\s+", re.IGNORECASE)
_WONT = re.compile(r"\b(w)on['’]t\b", re.IGNORECASE)
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def upper_case(text: str, rng: np.random.Generator) -> str:
    """All letters as capitals."""
    return text.upper()


def prefix(text: str, rng: np.random.Generator) -> str:
    """“query: ” in front."""
    return PREFIX + text


def typo(text: str, rng: np.random.Generator) -> str:
    """Two different neighbouring letters of a word of at least 4 letters change places, its first letter never."""
    places = [
        place
        for word in _LONG_WORD.finditer(text)
        for place in range(word.start() + 1, word.end() - 1)
        if text[place] != text[place + 1]
    ]
    if not places:
        return text
    place = places[rng.integers(len(places))]
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def word_order(text: str, rng: np.random.Generator) -> str:
    """The words between blanks in a random order that differs from the given one, if there is such."""
    words = text.split()
    if len(set(words)) < 2:
        return text
    shuffled = words
    while shuffled == words:
        shuffled = [words[place] for place in rng.permutation(len(words))]
    return " ".join(shuffled)


def negation(text: str, rng: np.random.Generator) -> str:
    """The first “not” is taken out; else one is put after the first verb that takes it; else “It is not true that”."""
    text = _WONT.sub(r"\1ill not", text)
    if _NOT.search(text):
        return _NOT.sub("", text, count=1)
    found = _VERB.search(text)
    if found:
        return f"{text[: found.end()]} not{text[found.end() :]}"
    if len(text.split()) < 3:
        return f"not {text}"
    return f"It is not true that {_lower_first(text)}"


def _lower_first(text: str) -> str:
    """A small first letter, except where the first word is “I” or has capitals further on."""
    first = text.split(maxsplit=1)[0]
    return text if first == "I" or first[1:] != first[1:].lower() else text[0].lower() + text[1:]
