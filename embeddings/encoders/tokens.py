"""What a model's tokeniser makes of a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from embeddings.encoders.inspection import Inspection, TokenCounts

_BATCH = 1024
# Enough texts to name the unknown pieces that are frequent.
_LOOKED_AT, _NAMED = 500, 20
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
        unread = seen.ids.count(self.unknown_id) / max(1, len(seen.ids) - self._special)
        unknown = tuple(dict.fromkeys(self._unknown(text, seen)))
        return Inspection(tuple(seen.tokens), self.limit, dropped, unknown, unread)

    def count(self, texts: Sequence[str]) -> TokenCounts:
        """How many tokens the texts have before any cut, and how many of them have no vector."""
        none = -1 if self.unknown_id is None else self.unknown_id
        counted = [(len(ids), ids.count(none)) for ids in self._ids(texts)]
        lengths, unknown = np.array(counted, dtype=np.int64).reshape(-1, 2).T
        looked_at = [texts[row] for row in np.flatnonzero(unknown)[:_LOOKED_AT]]
        pieces = Counter(piece for text in looked_at for piece in self._unknown(text, self.tokenizer.encode(text)))
        examples = tuple(piece for piece, _ in pieces.most_common(_NAMED))
        return TokenCounts(lengths, self.limit, lengths - self._special, unknown, examples)

    @property
    def _special(self) -> int:
        return int(self.tokenizer.num_special_tokens_to_add(False))

    def _ids(self, texts: Sequence[str]) -> Iterator[list[int]]:
        for start in range(0, len(texts), _BATCH):
            for encoding in self.tokenizer.encode_batch_fast(list(texts[start : start + _BATCH])):
                yield encoding.ids

    def _unknown(self, text: str, seen: Any) -> list[str]:
        found = zip(seen.ids, seen.offsets, strict=True)
        return [text[slice(*span)] for id_, span in found if id_ == self.unknown_id and text[slice(*span)]]


def _unknown_id(tokenizer: Any, fast: Any) -> int | None:
    token = getattr(tokenizer, "unk_token", None) or getattr(fast.model, "unk_token", None)
    if token == getattr(tokenizer, "eos_token", None):  # CLIP names the end so, and knows every byte
        return None
    found: int | None = fast.token_to_id(token) if token else None
    return found
