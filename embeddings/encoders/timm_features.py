"""Models of timm with their last layer taken off: what a picture classifier knows before it names a class."""

from __future__ import annotations

from typing import Any, ClassVar

import timm
from safetensors import SafetensorError
from timm.data import create_transform, resolve_model_data_config
from torch import Tensor, nn

from embeddings.encoders.base import ImageEncoder, Vectors
from embeddings.encoders.hub import local_folder
from embeddings.encoders.inspection import View
from embeddings.encoders.quiet import quiet
from embeddings.encoders.torch_images import BATCHES, Preprocess, Running, encode_pictures, sample_pictures, settle
from embeddings.errors import EncoderUnavailable

_BROKEN = (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, AssertionError, SafetensorError)


class TimmFeatures(ImageEncoder):
    """Loads safetensors only and never code that comes with a model; vectors keep the length the model gives them.

    In 16-bit numbers a vector depends on its batch by about 1e-3; one call gives equal items equal vectors.
    """

    trained_in: ClassVar[str] = "a timm model"

    def __init__(self, name: str, model: str, *, side: int | None = None, crop: float | None = None) -> None:
        """Load the model.

        Args:
            name: what it is called in tables and links.
            model: hub id or `folder:PATH`.
            side: pixels a side of what it looks at, where not those the model states.
            crop: share of the shorter side that is left by the crop, where not the one the model states.

        Raises:
            EncoderUnavailable: the model is not here and cannot be fetched, or cannot be loaded safely.
        """
        self.name = name
        self._side = side
        with quiet():
            self._folder = local_folder(model)
            try:
                self._running = settle(self._load, self._sample)
                stated = self._stated(self._running.model)
                if crop is not None:
                    stated["crop_pct"] = crop
                self._preprocess = Preprocess(create_transform(**stated, is_training=False))
            except _BROKEN as error:
                reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
                raise EncoderUnavailable(f"“{self.name}” cannot be loaded as {self.trained_in}: {reason}") from error

    def _load(self) -> nn.Module:
        options: dict[str, Any] = {} if self._side is None else {"img_size": self._side}
        model: nn.Module = timm.create_model(f"local-dir:{self._folder}", pretrained=True, num_classes=0, **options)
        return model

    def _stated(self, model: nn.Module) -> dict[str, Any]:
        stated: dict[str, Any] = resolve_model_data_config(model)
        return stated if self._side is None else stated | {"input_size": (3, self._side, self._side)}

    def _sample(self, running: Running) -> Tensor:
        _, height, width = self._stated(running.model)["input_size"]
        features: Tensor = running.model(running.pictures(sample_pictures(height, width)))
        return features

    def _encode(self, items: list[bytes]) -> Vectors:
        run = self._running
        return encode_pictures(
            items,
            self._preprocess.batch,
            lambda batch: run.model(run.pictures(batch)),
            batch=BATCHES[run.device],
        )

    def view(self, item: bytes) -> View:
        """What the model sees of a picture."""
        return self._preprocess.view(item)

    @property
    def params(self) -> dict[str, str | int | float | bool]:
        """Number format, device, threads, and the revision of a hub model."""
        _, height, width = self._stated(self._running.model)["input_size"]
        params = self._running.params() | {"looks at": f"{width} × {height}"}
        if self._folder.parent.name == "snapshots":
            params["revision"] = self._folder.name
        return params
