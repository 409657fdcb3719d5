"""A kind of item that Vectorscope does not bring: tunes, with two encoders and a drawer."""

import io

import numpy as np
from PIL import Image

from embeddings.encoders import ENCODERS, Encoder, EncoderSpec
from embeddings.kinds import KINDS, KindSpec

KIND = "tune"


class Tune(bytes):
    """Notes one after the other, a byte each: 60 is the middle C."""


class NoteCounts(Encoder):
    """How often each of the twelve notes occurs."""

    kinds = frozenset({KIND})

    def __init__(self, name, *, steps=False):
        self.name = name
        self._steps = steps

    def _encode(self, items):
        notes = [np.frombuffer(item, np.uint8).astype(int) for item in items]
        counted = [np.diff(each) if self._steps else each for each in notes]
        return np.stack([np.bincount(each % 12, minlength=12) for each in counted]).astype(np.float32)

    @property
    def params(self):
        return {"steps": self._steps}


def as_picture(tune):
    """Notes as dots, the highest on top."""
    shown = np.full((64, 64, 3), 255, np.uint8)
    for beat, note in enumerate(tune[:16]):
        shown[63 - note % 64, 4 * beat : 4 * beat + 3] = 0
    buffer = io.BytesIO()
    Image.fromarray(shown).save(buffer, "PNG")
    return buffer.getvalue()


def register():
    """The rows of a new kind, here and in the workers."""
    KINDS[KIND] = KindSpec("tune", "tunes", "hear", "hears", Tune, "Note counts", 64)
    for name, options in (("Note counts", {}), ("Note steps", {"steps": True})):
        about = {"summary": f"{name} of a tune.", "factory": "tunes:NoteCounts", "dimension": 12}
        ENCODERS[name] = EncoderSpec(**about, options=options, kinds=NoteCounts.kinds)


def unregister():
    del KINDS[KIND], ENCODERS["Note counts"], ENCODERS["Note steps"]
