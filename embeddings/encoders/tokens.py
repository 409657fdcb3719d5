"""What a model's tokeniser makes of a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.encoders.base import Inspection

_BATCH = 1024
# Tokenisers without a limit state an astronomically large one.
_NO_LIMIT = 10**7


@dataclass(frozen=True)
class Tokens:
    """Two copies of a `tokenizers.Tokenizer`: one that never cuts, one that cuts at the limit; neither pads."""

    tokenizer: Any
    cutting: Any
    limit: int | None
    unknown_id: int | None

    @classmethod
    def of(cls, tokenizer: Any, limit: int | None) -> Tokens:
        """From the tokeniser of a transformer or of a static model.

        Raises:
            TypeError: it is of neither kind.
        """
        fast = getattr(tokenizer, "backend_tokenizer", tokenizer)
        if not hasattr(fast, "encode_batch_fast"):
            raise TypeError(f"tokenizer must be a fast tokeniser, got {type(tokenizer).__name__}")
        whole, cutting = (type(fast).from_str(fast.to_str()) for _ in range(2))
        for copy in (whole, cutting):
            copy.no_truncation()
            copy.no_padding()
        bounded = limit if limit is not None and limit < _NO_LIMIT else None
        if bounded is not None:
            cutting.enable_truncation(bounded)
        return cls(whole, cutting, bounded, _unknown_id(tokenizer, whole))

    def inspect(self, text: str) -> Inspection:
        """Tokens of a text, special ones included, cut at the limit."""
        seen = self.cutting.encode(text)
        dropped = len(self.tokenizer.encode(text).ids) - len(seen.ids) if seen.overflowing else 0
        return Inspection(tuple(seen.tokens), self.limit, dropped, self._unknown(text, seen.ids, seen.offsets))

    def _unknown(self, text: str, ids: list[int], spans: list[tuple[int, int]]) -> tuple[str, ...]:
        pieces = [text[slice(*span)] for id_, span in zip(ids, spans, strict=True) if id_ == self.unknown_id]
        return tuple(dict.fromkeys(piece for piece in pieces if piece))

    def lengths(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Number of tokens of each text before any cut, shape (n,)."""
        starts = range(0, len(texts), _BATCH)
        batches = (self.tokenizer.encode_batch_fast(list(texts[start : start + _BATCH])) for start in starts)
        return np.array([len(encoding.ids) for batch in batches for encoding in batch], dtype=np.int64)


def _unknown_id(tokenizer: Any, fast: Any) -> int | None:
    token = getattr(tokenizer, "unk_token", None) or getattr(fast.model, "unk_token", None)
    found: int | None = fast.token_to_id(token) if token else None
    return found
