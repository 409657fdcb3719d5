"""Scenes CLIP as an encoder: drawn pictures and their captions in one space, without a download."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL.Image import Image as Picture

from embeddings.encoders.base import JointEncoder, Vectors
from embeddings.encoders.inspection import TokenCounts, View
from embeddings.encoders.scenes_clip.model import (
    encode_text_ids,
    filled_model,
    image_side,
    image_tensor,
    tokenizer,
    trained_model,
)
from embeddings.encoders.scenes_clip.seeing import seen
from embeddings.encoders.tokens import Tokens
from embeddings.encoders.views import view_of
from embeddings.encoders.words import encodable
from embeddings.images import map_pictures, open_kept
from embeddings.kinds import Item
from embeddings.scenes.things import COLOURS, SHAPES

_PICTURES, _TEXTS = 64, 256


class ScenesClip(JointEncoder):
    """Vectors of 256 components, of length 1; knows drawn shapes and handwritten digits, and the words for them.

    It runs in float32 on the processor everywhere, so the same item gets the same vector on similar machines.
    """

    def __init__(self, name: str = "Scenes CLIP", *, weights: Path | None = None) -> None:
        """Load the model.

        Args:
            name: what it is called in tables and links.
            weights: other weights than those of the project, taken as they are; for training.

        Raises:
            EncoderUnavailable: the project's weights are missing or changed.
        """
        self.name = name
        self._model = trained_model() if weights is None else filled_model(weights)
        self._side = image_side()
        self._tokens = Tokens.of(tokenizer(), self._model.context_length)

    def _encode_texts(self, texts: list[str]) -> Vectors:
        # Texts of similar length together: every row costs as much as the longest.
        ids = [encoding.ids for encoding in tokenizer().encode_batch_fast([encodable(text) for text in texts])]
        order = np.argsort([len(tokens) for tokens in ids], kind="stable")
        vectors = np.empty((len(ids), self._dimension), np.float32)
        with torch.inference_mode():
            for start in range(0, len(ids), _TEXTS):
                rows = order[start : start + _TEXTS]
                vectors[rows] = encode_text_ids(self._model, [ids[row] for row in rows]).numpy()
        return vectors

    def _encode_images(self, images: list[bytes]) -> Vectors:
        vectors = np.empty((len(images), self._dimension), np.float32)
        with torch.inference_mode():
            for start in range(0, len(images), _PICTURES):
                pixels = np.stack(map_pictures(images[start : start + _PICTURES], self._pixels, at_least=self._side))
                found = self._model.encode_image(image_tensor(pixels), normalize=True)
                vectors[start : start + _PICTURES] = found.numpy()
        return vectors

    def _pixels(self, picture: Picture) -> NDArray[np.uint8]:
        return np.asarray(seen(picture, self._side).picture)

    @property
    def _dimension(self) -> int:
        return int(self._model.text.output_dim)

    def view(self, item: bytes) -> View:
        """The whole picture in a small square, padded with the colour of its border."""
        picture = open_kept(item, at_least=self._side)
        return view_of(seen(picture, self._side), picture.size)

    def count(self, items: Sequence[Item]) -> TokenCounts:
        """How many words the texts have, which of them it does not know, and the shapes and colours that it knows."""
        words = tokenizer().get_vocab()
        return super().count(items)._replace(knows=tuple(word for word in (*SHAPES, *COLOURS) if word in words))

    @property
    def params(self) -> dict[str, str | int | float | bool]:
        """Number format, device, threads, pixels a side, longest text, vocabulary, its own logit scale."""
        return {
            "numbers": "float32",
            "device": "cpu",
            "threads": torch.get_num_threads(),
            "side": self._side,
            "max tokens": self.limit or 0,
            "words": tokenizer().get_vocab_size(),
            "logit scale": round(float(self._model.logit_scale.detach().exp()), 3),
        }
