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
Besides these, `hub:ORGANISATION/NAME` and `folder:PATH` load any Sentence Transformers model,
`open_clip:ARCHITECTURE/TAG` any model of open_clip's list whose weights lie on the hub, and `local-dir:PATH` a folder
with `open_clip_config.json` and weights. Only weights saved as safetensors are read (where a model of open_clip has
none, PyTorch's file is read as numbers alone), and code that comes with a model is never run. In the browser, whoever
runs the server says which of these may be named ([settings](deployment.md)).

- *image and text*: a joint encoder; it puts pictures and texts into one space.
- Pictures are cropped and resized as each model states; the page of an item shows what was left of it. DINOv2 small
  looks at the middle 224 of 256 pixels, as its authors evaluate it, not at the 518 that timm states.
- *Colour and texture* has three blocks of equal weight: 324 numbers for outlines (histograms of oriented gradients),
  114 for colours (12 hues × 3 saturations × 3 brightnesses, and 6 greys) and 28 for texture (local binary patterns).
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
