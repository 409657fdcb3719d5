"""CLIP as Sentence Transformers packs it: pictures and texts in one space (Radford et al. 2021)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import torch
from PIL import Image
from PIL.Image import Image as Picture
from safetensors import SafetensorError
from sentence_transformers import SentenceTransformer
from torch import Tensor

from embeddings.encoders.base import JointEncoder, Vectors
from embeddings.encoders.hub import local_folder
from embeddings.encoders.inspection import View
from embeddings.encoders.quiet import quiet
from embeddings.encoders.tokens import Tokens
from embeddings.encoders.torch_images import BATCHES, Running, encode_pictures, sample_pictures, settle, unit
from embeddings.encoders.views import Seen, middle_of_strip, narrowed, view_of
from embeddings.encoders.words import encodable
from embeddings.errors import EncoderUnavailable
from embeddings.images import map_pictures, open_kept

_BROKEN = (OSError, ValueError, KeyError, TypeError, AttributeError, ImportError, RuntimeError, SafetensorError)
_SAMPLE_TEXTS = ["a photo of a cat", "two red squares"]


class ClipSentence(JointEncoder):
    """Loads safetensors only and never code that comes with a model.

    In 16-bit numbers a vector depends on its batch by about 1e-3; one call gives equal items equal vectors.
    """

    trained_in: ClassVar[str] = "a CLIP of Sentence Transformers"

    def __init__(self, name: str, model: str) -> None:
        """Load the model.

        Args:
            name: what it is called in tables and links.
            model: hub id or `folder:PATH`.

        Raises:
            EncoderUnavailable: the model is not here and cannot be fetched, or cannot be loaded safely.
        """
        self.name = name
        with quiet():
            self._folder = local_folder(model)
            try:
                self._running = settle(lambda: self._load(self._folder), self._sample)
                self._tokens = Tokens.of(self._running.model.tokenizer, self._running.model.max_seq_length)
            except _BROKEN as error:
                reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
                raise EncoderUnavailable(f"“{self.name}” cannot be loaded as {self.trained_in}: {reason}") from error

    def _load(self, folder: Path) -> SentenceTransformer:
        model = SentenceTransformer(
            str(folder),
            device="cpu",
            trust_remote_code=False,
            local_files_only=True,
            model_kwargs={"dtype": torch.float32, "use_safetensors": True},
        )
        self._processor: Any = model[0].processor.image_processor
        return model

    def _sample(self, running: Running) -> Tensor:
        height, width = self._crop
        pictures = self._run(running, sample_pictures(height, width))
        return torch.cat((pictures, running.model.encode(_SAMPLE_TEXTS, convert_to_tensor=True)))

    def _run(self, running: Running, pictures: Tensor) -> Tensor:
        features = {"pixel_values": running.pictures(pictures), "modality": "image"}
        vectors: Tensor = running.model(features)["sentence_embedding"]
        return vectors

    @property
    def _crop(self) -> tuple[int, int]:
        return self._processor.crop_size["height"], self._processor.crop_size["width"]

    @property
    def _shorter(self) -> int:
        return int(self._processor.size["shortest_edge"])

    def _tensor(self, picture: Picture) -> Tensor:
        middle = middle_of_strip(picture).picture
        made = self._processor(images=[middle], return_tensors="pt", input_data_format="channels_first")
        pixels: Tensor = made["pixel_values"][0]
        return pixels

    def _batch(self, items: Sequence[bytes]) -> Tensor:
        return torch.stack(map_pictures(items, self._tensor, at_least=self._shorter))

    def _encode_images(self, images: list[bytes]) -> Vectors:
        run = self._running
        return unit(
            encode_pictures(images, self._batch, lambda batch: self._run(run, batch), batch=BATCHES[run.device])
        )

    def _encode_texts(self, texts: list[str]) -> Vectors:
        found = self._running.model.encode(
            [encodable(text) for text in texts],
            batch_size=BATCHES[self._running.device],
            convert_to_tensor=True,
            show_progress_bar=False,
        )
        return unit(found.float().cpu().numpy())

    def view(self, item: bytes) -> View:
        """What the model sees of a picture."""
        picture = open_kept(item, at_least=self._shorter)
        middle = middle_of_strip(picture)
        scale = self._shorter / min(middle.picture.size)
        width, height = (max(self._shorter, int(side * scale)) for side in middle.picture.size)
        box = narrowed(middle.box, (width, height), self._crop[::-1])
        return view_of(Seen(self._drawn(self._tensor(picture)), box), picture.size)

    def _drawn(self, numbers: Tensor) -> Picture:
        mean, deviation = (np.array(values) for values in (self._processor.image_mean, self._processor.image_std))
        colours = numbers.permute(1, 2, 0).numpy() * deviation + mean
        return Image.fromarray((colours * 255).round().clip(0, 255).astype(np.uint8))

    @property
    def params(self) -> dict[str, str | int | float | bool]:
        """Number format, device, threads, longest text, and the revision of a hub model."""
        params = self._running.params() | {"max tokens": self.limit or 0}
        if self._folder.parent.name == "snapshots":
            params["revision"] = self._folder.name
        return params
