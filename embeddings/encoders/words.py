"""How encoders without a tokeniser of their own cut a text into words."""

from __future__ import annotations

import regex  # type: ignore[import-untyped]

# Languages whose signs are all that tells them from C, F or a net.
_SIGNED = r"\p{L}[\w\p{M}]*\+\+|\b\p{L}#(?![\w#])|(?<![\w\p{M}.])\.net\b"
_WORD = regex.compile(rf"{_SIGNED}|[\w\p{{M}}]+")


def words(text: str) -> list[str]:
    """Runs of letters, digits and marks, lower-cased and in order; other signs stay only in C++, C#, F# and .NET."""
    found: list[str] = _WORD.findall(text.lower())
    return found


def encodable(text: str) -> str:
    """The text with lone surrogates replaced, which no tokeniser takes."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
