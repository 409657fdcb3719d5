"""The page docs/encoders.md, written from the table: `python -m embeddings.encoders.document > docs/encoders.md`."""

from __future__ import annotations

import sys

from embeddings.encoders.base import EncoderSpec
from embeddings.encoders.table import ENCODERS

_HEAD = """# Encoders

Written from the table in `embeddings/encoders/table.py` by `python -m embeddings.encoders.document`; do not edit.

| encoder | what it does | items | dimensions | size | licence | comes from |
|---|---|---|---|---|---|---|
"""

_FOOT = """
Besides these, `hub:ORGANISATION/NAME` and `folder:PATH` load any Sentence Transformers model. Only weights saved as
safetensors are read, and code that comes with a model is never run.

- *learned*: the encoder learns from the collection, so its vectors mean nothing outside it.
- Downloads happen once, into the usual cache of the model hub. GloVe has no safe download: put the file
  `glove.6B.300d.txt` of the GloVe 6B archive into `models` below `VECTORSCOPE_HOME` (without it, `~/.vectorscope`).
- Nomic text is loaded by a module of our own, because the published one would need remote code.
"""


def encoder_page() -> str:
    """The whole page as Markdown."""
    return _HEAD + "".join(f"| {' | '.join(_row(name, spec))} |\n" for name, spec in ENCODERS.items()) + _FOOT


def _row(name: str, spec: EncoderSpec) -> list[str]:
    dimensions = "learned" if spec.fits else str(spec.dimension or "of the model")
    size = f"{spec.megabytes:,} MB" if spec.megabytes else "none"
    place = "bundled" if spec.bundled else f"`{spec.model.removeprefix('file:')}`"
    return [name, spec.summary, " and ".join(sorted(spec.kinds)), dimensions, size, spec.licence, place]


if __name__ == "__main__":
    sys.stdout.write(encoder_page())
