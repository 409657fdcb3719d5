"""Any Sentence Transformers model, from the hub or a folder: transformers, poolings and static models."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import torch
from safetensors import SafetensorError
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize

from embeddings.encoders.base import Encoder, Vectors
from embeddings.encoders.hardware import best_hardware
from embeddings.encoders.hub import local_folder
from embeddings.encoders.inspection import Inspection, TokenCounts
from embeddings.encoders.quiet import quiet
from embeddings.encoders.tokens import Tokens
from embeddings.encoders.words import encodable
from embeddings.errors import EncoderUnavailable
from embeddings.kinds import Item

_BROKEN = (OSError, ValueError, KeyError, TypeError, AttributeError, ImportError, RuntimeError, SafetensorError)
_BATCHES = {"cpu": 32, "cuda": 256}
# What models call their prompt for items, in the order in which Sentence Transformers looks for it.
_PASSAGES = ("document", "passage", "corpus")


class SentenceEncoder(Encoder):
    """Loads safetensors only and never code that comes with a model.

    In 16-bit numbers a vector depends on its batch by about 1e-3; one call gives equal items equal vectors.
    """

    trained_in: ClassVar[str] = "a Sentence Transformers model"

    def __init__(
        self,
        name: str,
        model: str,
        *,
        prompt: str | None = None,
        query_prompt: str | None = None,
        max_tokens: int | None = None,
    ) -> None:
        """Load the model.

        Args:
            name: what it is called in tables and links.
            model: hub id or `folder:PATH`.
            prompt: put before every item; None for what the model itself asks for before documents or passages.
            query_prompt: put before what is looked up; None for the model's own, or for `prompt` where that is given.
            max_tokens: read no more than this, where the model could read more.

        Raises:
            EncoderUnavailable: the model is not here and cannot be fetched, or cannot be loaded safely.
        """
        self.name = name
        self._hardware = best_hardware()
        with quiet():
            self._folder = local_folder(model)
            self._model = self._load(self._folder)
        if max_tokens and (self._model.max_seq_length or max_tokens) >= max_tokens:
            self._model.max_seq_length = max_tokens
        own_prompt, own_query_prompt = _own_prompts(self._model)
        self._prompt = own_prompt if prompt is None else prompt
        own_query_prompt = own_query_prompt if prompt is None else prompt
        self._query_prompt = own_query_prompt if query_prompt is None else query_prompt
        self._model.prompts = {"document": self._prompt, "query": self._query_prompt}
        self._model.default_prompt_name = None
        self._tokens = Tokens.of(self._model.tokenizer, self._model.max_seq_length)

    def _load(self, folder: Path) -> SentenceTransformer:
        try:
            return SentenceTransformer(
                str(folder),
                device=self._hardware.device,
                trust_remote_code=False,
                local_files_only=True,
                model_kwargs={"dtype": self._hardware.dtype, "use_safetensors": True},
            ).eval()
        except _BROKEN as error:
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise EncoderUnavailable(f"“{self.name}” cannot be loaded as {self.trained_in}: {reason}") from error

    def _encode(self, items: list[Any]) -> Vectors:
        return self._read(items, self._model.encode_document)

    def encode_query(self, items: Sequence[Item]) -> Vectors:
        """Vectors of what is looked up, with the model's prompt for queries before it."""
        self.check(items)
        return self._read(items, self._model.encode_query)

    def _read(self, items: Sequence[Item], encode: Callable[..., Any]) -> Vectors:
        out = encode(
            [encodable(str(item)) for item in items],
            batch_size=_BATCHES[self._hardware.device],
            convert_to_tensor=True,
            show_progress_bar=False,
        )
        vectors: Vectors = out.float().cpu().numpy()
        if isinstance(self._model[-1], Normalize):
            # In 16 bits the model's own normalisation is off by up to .004.
            lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
            vectors /= np.where(lengths > 0, lengths, 1)
        return vectors

    @property
    def params(self) -> dict[str, str | int | float | bool]:
        """Number format, device, threads, longest input, prompts, and the revision of a hub model."""
        params: dict[str, str | int | float | bool] = {
            "numbers": self._hardware.numbers,
            "device": self._hardware.device,
            "threads": torch.get_num_threads(),
        }
        if self.limit is not None:
            params["max tokens"] = self.limit
        if self._prompt:
            params["prompt"] = self._prompt
        if self._query_prompt != self._prompt:
            params["query prompt"] = self._query_prompt
        if self._folder.parent.name == "snapshots":
            params["revision"] = self._folder.name
        return params

    @property
    def limit(self) -> int | None:
        """How many tokens it reads of an item, special ones and the prompt included."""
        return self._tokens.limit

    def inspect(self, item: Item) -> Inspection:
        """Tokens as the model reads them: prompt and special tokens included, cut at the limit."""
        return self._tokens.inspect(self._prompt + encodable(str(item)))

    def inspect_query(self, item: Item) -> Inspection:
        """The same of what is looked up, with the prompt for queries."""
        return self._tokens.inspect(self._query_prompt + encodable(str(item)))

    def count(self, items: Sequence[Item]) -> TokenCounts:
        """How many tokens the items have, the prompt's included, and how many of them have no vector."""
        return self._tokens.count(self._prompted(items))

    def _prompted(self, items: Sequence[Item]) -> list[str]:
        return [self._prompt + encodable(str(item)) for item in items]


def _own_prompts(model: SentenceTransformer) -> tuple[str, str]:
    """What a model asks for before passages and before queries: by role, else its default for both."""
    named = {name: text for name, text in model.prompts.items() if text}
    default = named.get(model.default_prompt_name or "", "")
    passage = next((named[name] for name in _PASSAGES if name in named), default)
    return passage, named.get("query", default)
