"""Static vectors distilled from the bundled MiniLM with model2vec: one vector a word piece, averaged over a text."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

from filelock import FileLock
from model2vec import StaticModel
from safetensors import SafetensorError

from embeddings.encoders.base import Encoder, Vectors
from embeddings.encoders.inspection import Inspection, TokenCounts
from embeddings.encoders.minilm import SHA256, minilm_folder
from embeddings.encoders.places import models_folder
from embeddings.encoders.progress import report
from embeddings.encoders.tokens import Tokens
from embeddings.encoders.words import encodable
from embeddings.errors import storing
from embeddings.kinds import Item

DIMENSION = 256
Progress = Callable[[int, int], None]


class StaticEncoder(Encoder):
    """The first load distils the model and keeps it (about 15 s on two cores); later ones take a blink."""

    def __init__(self, name: str = "MiniLM static", *, folder: Path | None = None) -> None:
        self.name = name
        self._model = StaticModel.from_pretrained(
            prepare(folder or static_folder(), report), quantize_to="float32", force_download=False
        )
        self._tokens = Tokens.of(self._model.tokenizer, None)

    def _encode(self, items: list[Any]) -> Vectors:
        texts = [encodable(str(item)) for item in items]
        vectors: Vectors = self._model.encode(texts, max_length=None, use_multiprocessing=False)
        return vectors

    @property
    def params(self) -> dict[str, str | int | float | bool]:
        """Size of the vocabulary and how it was distilled."""
        return {"vocabulary": len(self._model.embedding), "distilled from": "MiniLM", "token weights": "SIF 1e-4"}

    def inspect(self, item: Item) -> Inspection:
        """The word pieces that are averaged; those without a vector are left out and listed as unknown."""
        seen = self._tokens.inspect(encodable(str(item)))
        unknown_token = None if self._tokens.unknown_id is None else self._id_token(self._tokens.unknown_id)
        return seen._replace(tokens=tuple(token for token in seen.tokens if token != unknown_token))

    def _id_token(self, token_id: int) -> str:
        return str(self._tokens.tokenizer.id_to_token(token_id))

    def count(self, items: Sequence[Item]) -> TokenCounts:
        """How many word pieces the items have, and how many of them have no vector."""
        return self._tokens.count([encodable(str(item)) for item in items])


def static_folder() -> Path:
    """Where the distilled model is kept; the name stands for what it was made from."""
    return models_folder() / f"minilm-static-{DIMENSION}-{SHA256[:12]}"


def prepare(folder: Path, on_progress: Progress | None = None) -> Path:
    """Distil the static model into the folder unless it is there; safe to call from several processes at once.

    Args:
        folder: where to keep it; never seen half-written.
        on_progress: called with (done, total) batches of word pieces.

    Raises:
        EncoderUnavailable: the bundled MiniLM is missing or changed.
        NotStored: the disk is full, or may not be written to.
    """
    if (folder / "config.json").is_file():
        return folder
    with storing(SafetensorError):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{folder}.lock"):
            if not (folder / "config.json").is_file():
                _fill(folder, on_progress)
    return folder


def _fill(folder: Path, on_progress: Progress | None) -> None:
    unfinished = Path(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
    try:
        _distil(minilm_folder(), on_progress).save_pretrained(unfinished)
        os.replace(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _distil(teacher: Path, on_progress: Progress | None) -> StaticModel:
    # Only the first load ever needs these, and they cost seconds.
    from model2vec.distill import distill_from_model
    from transformers import AutoModel, AutoTokenizer

    from embeddings.encoders.quiet import quiet

    with quiet(), redirect_stderr(io.StringIO()):
        model = AutoModel.from_pretrained(teacher, use_safetensors=True, local_files_only=True)
        tokenizer = AutoTokenizer.from_pretrained(teacher, local_files_only=True)
        if on_progress:
            total, done = -(-len(tokenizer) // 256), iter(range(1, len(tokenizer)))
            model.register_forward_pre_hook(lambda *_: on_progress(min(next(done), total), total))
        return distill_from_model(model, tokenizer, pca_dims=DIMENSION, device="cpu")
