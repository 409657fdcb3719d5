"""How encoders without a tokeniser of their own cut a text into words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice

import regex  # type: ignore[import-untyped]

# Languages whose signs are all that tells them from C, F or a net.
_SIGNED = r"\p{L}[\w\p{M}]*\+\+|\b\p{L}#(?![\w#])|(?<![\w\p{M}.])\.net\b"
_WORD = regex.compile(rf"{_SIGNED}|[\w\p{{M}}]+")
# Scripts that encoders for English know as single letters or not at all, and what they are called.
SCRIPTS = {
    "Han": "Chinese characters", "Hiragana": "Japanese", "Katakana": "Japanese", "Hangul": "Korean letters",
    "Cyrillic": "Cyrillic letters", "Greek": "Greek letters", "Arabic": "Arabic letters", "Hebrew": "Hebrew letters",
    "Devanagari": "Devanagari letters", "Bengali": "Bengali letters", "Tamil": "Tamil letters", "Thai": "Thai letters",
    "Georgian": "Georgian letters", "Armenian": "Armenian letters",
}  # fmt: skip
_OTHER = regex.compile("|".join(rf"(?P<{name}>\p{{Script={name}}}+)" for name in SCRIPTS))
_LATIN = regex.compile(r"\p{Script=Latin}+")
_TEXTS, _LETTERS = 500, 500


def words(text: str) -> list[str]:
    """Runs of letters, digits and marks, lower-cased and in order; other signs stay only in C++, C#, F# and .NET."""
    found: list[str] = _WORD.findall(text.lower())
    return found


def main_script(texts: Iterable[str]) -> str:
    """What the letters of some texts mostly are, of their beginnings; empty for Latin ones and where there are none."""
    latin, counts = 0, Counter[str]()
    for text in islice(texts, _TEXTS):
        start = text[:_LETTERS]
        latin += sum(map(len, _LATIN.findall(start)))
        for found in () if start.isascii() else _OTHER.finditer(start):
            counts[SCRIPTS[str(found.lastgroup)]] += len(found.group())
    if counts.total() <= latin:
        return ""
    # Japanese is written with Chinese characters too.
    return "Japanese" if counts["Japanese"] > counts.total() / 10 else counts.most_common(1)[0][0]


def encodable(text: str) -> str:
    """The text with lone surrogates replaced, which no tokeniser takes."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
