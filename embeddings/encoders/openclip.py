"""Models of open_clip, from the hub or a folder: pictures and texts in one space (Radford et al. 2021)."""

from __future__ import annotations

import json
from pickle import UnpicklingError
from typing import ClassVar

import open_clip
import torch
from open_clip.transform import PreprocessCfg, image_transform_v2
from safetensors import SafetensorError
from torch import Tensor, nn
from torch.func import functional_call

from embeddings.encoders.base import JointEncoder, Vectors
from embeddings.encoders.clip_tokens import ClipTokens
from embeddings.encoders.hub import open_clip_folder
from embeddings.encoders.inspection import View
from embeddings.encoders.places import OPEN_CLIP_CONFIG
from embeddings.encoders.quiet import quiet
from embeddings.encoders.torch_images import (
    BATCHES,
    Preprocess,
    Running,
    encode_pictures,
    sample_pictures,
    settle,
    unit,
)
from embeddings.errors import EncoderUnavailable

_BROKEN = (
    OSError, ValueError, KeyError, TypeError, AttributeError, ImportError, RuntimeError, AssertionError,
    SafetensorError, UnpicklingError,
)  # fmt: skip
_SAMPLE_TEXTS = ("a photo of a cat", "two red squares")


class OpenClip(JointEncoder):
    """Loads safetensors, or weights that are read without running anything, and never code that comes with a model.

    In 16-bit numbers a vector depends on its batch by about 1e-3; one call gives equal items equal vectors.
    """

    trained_in: ClassVar[str] = "an open_clip model"
    _tokens: ClipTokens

    def __init__(self, name: str, model: str) -> None:
        """Load the model.

        Args:
            name: what it is called in tables and links.
            model: hub id or `folder:PATH`, holding open_clip_config.json and weights.

        Raises:
            EncoderUnavailable: the model is not here and cannot be fetched, or cannot be loaded safely.
        """
        self.name = name
        with quiet():
            self._folder = open_clip_folder(model)
            self._refuse_code()
            try:
                self._tokens = ClipTokens.of(open_clip.get_tokenizer(self._schema))
                self._running = settle(self._load, self._sample)
            except _BROKEN as error:
                reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
                raise EncoderUnavailable(f"“{self.name}” cannot be loaded as {self.trained_in}: {reason}") from error

    @property
    def _schema(self) -> str:
        return f"local-dir:{self._folder}"

    def _refuse_code(self) -> None:
        try:
            config = json.loads((self._folder / OPEN_CLIP_CONFIG).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise EncoderUnavailable(f"“{self.name}” has an {OPEN_CLIP_CONFIG} that cannot be read.") from error
        if "trust_remote_code" in json.dumps(config):
            raise EncoderUnavailable(f"“{self.name}” asks to run code that comes with it, and is refused.")

    def _load(self) -> nn.Module:
        model: nn.Module = open_clip.create_model(self._schema, require_pretrained=True)
        settings = PreprocessCfg(**open_clip.get_model_preprocess_cfg(model))
        self._preprocess = Preprocess(image_transform_v2(settings, is_train=False))
        return model

    def _sample(self, running: Running) -> Tensor:
        size = PreprocessCfg(**open_clip.get_model_preprocess_cfg(running.model)).input_size
        pictures = running.model.encode_image(running.pictures(sample_pictures(*size[1:])))
        return torch.cat((pictures, self._read(running, self._tokens.ids(_SAMPLE_TEXTS))))

    def _encode_images(self, images: list[bytes]) -> Vectors:
        run = self._running
        return unit(
            encode_pictures(
                images,
                self._preprocess.batch,
                lambda batch: run.model.encode_image(run.pictures(batch)),
                batch=BATCHES[run.device],
            )
        )

    def _encode_texts(self, texts: list[str]) -> Vectors:
        ids = self._tokens.ids(texts)
        # Texts of a length together, so that short ones need not wait for long ones.
        batches = torch.argsort(ids.argmax(dim=1), stable=True).split(BATCHES[self._running.device])
        with torch.inference_mode():
            found = torch.cat([self._read(self._running, ids[rows]).float().cpu() for rows in batches])
        return unit(found[torch.argsort(torch.cat(batches))].numpy())

    @staticmethod
    def _read(running: Running, ids: Tensor) -> Tensor:
        model, ids = running.model, ids.to(running.device)
        if not (isinstance(model, open_clip.CLIP) and model.text_pool_type == "argmax" and model.attn_mask is not None):
            vectors: Tensor = model.encode_text(ids)
            return vectors
        # Nothing looks behind itself in these models, so what follows the end token, the highest one, can be left out.
        end = int(ids.argmax(dim=1).max()) + 1
        shorter = {"positional_embedding": model.positional_embedding[:end], "attn_mask": model.attn_mask[:end, :end]}
        short: Tensor = functional_call(model, shorter, kwargs={"text": ids[:, :end]})[1]
        return short

    def view(self, item: bytes) -> View:
        """What the model sees of a picture."""
        return self._preprocess.view(item)

    @property
    def params(self) -> dict[str, str | int | float | bool]:
        """Number format, device, threads, longest text, and the revision of a hub model."""
        params = self._running.params() | {"max tokens": self.limit or 0}
        if self._folder.parent.name == "snapshots":
            params["revision"] = self._folder.name
        return params
