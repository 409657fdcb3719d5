"""Bytes to text, saying aloud whatever had to be assumed."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from embeddings.errors import ReadError
from embeddings.reading.source import File
from embeddings.reading.wording import listed, several

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SAMPLE = 4096
# One NUL in so many characters is a slip of the program that wrote the file; more is a binary file.
_TEXT_PER_NUL = 1000


class Decoded(NamedTuple):
    """A text, the name of its encoding, and what had to be assumed."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(file: File) -> Decoded:
    """Read bytes as UTF-8, UTF-16 or UTF-32, and as Latin-1 when they are none of these.

    Raises:
        ReadError: the bytes are broken for the encoding they announce, or are no text at all.
    """
    decoded = _decode(file)
    return _without_nuls(file.name, decoded) if "\0" in decoded.text else decoded


def _decode(file: File) -> Decoded:
    for mark, codec, encoding in _MARKS:
        if file.data.startswith(mark):
            return Decoded(_strict(file, codec, encoding), encoding)
    codec_without_mark = _utf16_without_mark(file.data)
    if codec_without_mark:
        text = _strict(file, codec_without_mark, "UTF-16")
        return Decoded(text, "UTF-16", ("The file looks like UTF-16 without a mark and was read so.",))
    try:
        return Decoded(file.data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        return _mixed_or_latin(file.data)


def _strict(file: File, codec: str, encoding: str) -> str:
    try:
        return file.data.decode(codec)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"“{file.name}” starts like {encoding} but breaks off at byte {error.start + 1:,}: it may be cut short."
        ) from None


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if len(data) % 2 or half < 2:
        return None
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.02:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.02 else None


def _mixed_or_latin(data: bytes) -> Decoded:
    lines: list[str] = []
    strays: list[int] = []
    others = False
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            lines.append(line.decode("utf-8"))
            others = others or not line.isascii()
        except UnicodeDecodeError:
            lines.append(_latin(line))
            strays.append(number)
    if others:
        note = f"The file is UTF-8 but for {_lines(strays)}, read as Latin-1; look at the accents there."
        return Decoded("\n".join(lines), "UTF-8 with Latin-1 lines", (note,))
    note = "The file is not UTF-8 and was read as Latin-1; look whether accents came out right."
    return Decoded("\n".join(lines), "Latin-1", (note,))


def _lines(numbers: list[int]) -> str:
    return f"line {numbers[0]:,}" if len(numbers) == 1 else f"lines {listed(numbers)}"


def _latin(line: bytes) -> str:
    # What calls itself Latin-1 is nearly always Windows-1252, equal but for quotes and dashes at 0x80 to 0x9f.
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _without_nuls(name: str, decoded: Decoded) -> Decoded:
    text = decoded.text
    nuls = text.count("\0")
    if nuls * _TEXT_PER_NUL > len(text) or re.search(r"[\x01-\x08\x0e-\x1a]", text[:_SAMPLE]):
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ReadError(f"“{name}” is not a text file: it holds {several(nuls, 'NUL byte')}, the first in line {line}.")
    note = f"{several(nuls, 'NUL byte')} in the text {'was' if nuls == 1 else 'were'} removed."
    return Decoded(text.replace("\0", ""), decoded.encoding, (*decoded.notes, note))
