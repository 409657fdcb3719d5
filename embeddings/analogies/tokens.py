"""The pieces of an expression: numbers, names, rows, signs and brackets, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from embeddings.errors import ExpressionError

Kind = Literal["number", "word", "quoted", "row", "+", "-", "*", "/", "(", ")", "end"]
Known = Callable[[str], bool]

_SIGNS: dict[str, Kind] = {
    **dict.fromkeys("+＋", "+"),
    # Word processors make a minus of their own kind out of a typed hyphen.
    **dict.fromkeys("-−–—－", "-"),
    **dict.fromkeys("*×∗⋅", "*"),
    **dict.fromkeys("/÷", "/"),
    "(": "(",
    ")": ")",
}  # fmt: skip
_QUOTES = {'"': '"', "“": "”", "„": "“”", "”": "”", "«": "»", "'": "'", "‘": "’"}
_MEANINGLESS = "=^<>[]{}|\\"
_WORD = rf'[^\s{re.escape("".join(_SIGNS))}"“”„«»{re.escape(_MEANINGLESS)}]+'
_NUMBER = re.compile(rf"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?!{_WORD})")
_ROW = re.compile(rf"#([0-9]+)(?!{_WORD})")
_PLAIN = re.compile(_WORD)
_HYPHENED = re.compile(rf"{_WORD}(?:-{_WORD}){{1,8}}")


class Token(NamedTuple):
    """One piece; the text of a quoted name is what stands between the quotes, that of a row its digits."""

    kind: Kind
    text: str
    start: int
    end: int


def tokens(text: str, known: Known) -> Iterator[Token]:
    """The pieces in order, closed by one of kind "end".

    Args:
        text: the expression.
        known: whether a name exists; a name with hyphens and no spaces, like mother-in-law, is one name if it does.

    Raises:
        ExpressionError: quotes do not close or are empty, or a character has no meaning.
    """
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        token = _token(text, place, known)
        yield token
        place = token.end
    yield Token("end", "", len(text), len(text))


def _token(text: str, start: int, known: Known) -> Token:
    character = text[start]
    if character in _SIGNS:
        return Token(_SIGNS[character], character, start, start + 1)
    if character in _QUOTES:
        return _quoted(text, start)
    if row := _ROW.match(text, start):
        return Token("row", row[1], start, row.end())
    if hyphened := _hyphened(text, start, known):
        return Token("word", hyphened, start, start + len(hyphened))
    if number := _NUMBER.match(text, start):
        return Token("number", number[0], start, number.end())
    if word := _PLAIN.match(text, start):
        return Token("word", word[0], start, word.end())
    raise ExpressionError(
        f"“{character}” has no meaning here; put a name that contains it in quotes.", start, start + 1
    )


def _quoted(text: str, start: int) -> Token:
    """A quoted name; a backslash keeps the character behind it."""
    closing = _QUOTES[text[start]]
    name: list[str] = []
    place = start + 1
    while place < len(text) and text[place] not in closing:
        place += text[place] == "\\" and place + 1 < len(text)
        name.append(text[place])
        place += 1
    if place >= len(text):
        raise ExpressionError(f"The quote {text[start]} is never closed.", start, len(text))
    if not "".join(name).strip():
        raise ExpressionError("There is nothing between these quotes.", start, place + 1)
    return Token("quoted", "".join(name), start, place + 1)


def _hyphened(text: str, start: int, known: Known) -> str:
    """The longest known name with hyphens that begins here, or none."""
    found = _HYPHENED.match(text, start)
    name = found[0] if found else ""
    while "-" in name and not known(name):
        name = name.rpartition("-")[0]
    return name if "-" in name else ""
