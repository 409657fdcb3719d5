"""How encoders without a tokeniser of their own cut a text into words."""

from __future__ import annotations

import regex  # type: ignore[import-untyped]

_WORD = regex.compile(r"[\w\p{M}]+")


def words(text: str) -> list[str]:
    """Runs of letters, digits and marks, lower-cased and in order; punctuation and symbols are left out."""
    found: list[str] = _WORD.findall(text.lower())
    return found


def encodable(text: str) -> str:
    """The text with lone surrogates replaced, which no tokeniser takes."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
