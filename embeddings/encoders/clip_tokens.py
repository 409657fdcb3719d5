"""What open_clip's own tokenisers make of a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tokenizers import Regex, Tokenizer, pre_tokenizers, processors
from tokenizers.models import BPE
from torch import Tensor

from embeddings.encoders.inspection import Inspection, TokenCounts
from embeddings.encoders.tokens import Tokens
from embeddings.encoders.words import encodable

# No token of the vocabulary is longer; what stands behind the last token that fits is not read.
_LONGEST_TOKEN = 64
_PIECES = r"(?i)'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"


@dataclass(frozen=True)
class ClipTokens:
    """A tokeniser of open_clip beside a faster copy that counts and shows.

    Attributes:
        tokenizer: gives the ids that the model reads, padded and cut.
        clean: what it does to a text first.
        shown: the copy.
        bounded: the tokeniser is slow on long texts.
    """

    tokenizer: Callable[[list[str]], Tensor]
    clean: Callable[[str], str]
    shown: Tokens
    bounded: bool

    @classmethod
    def of(cls, tokenizer: Any) -> ClipTokens:
        """From what `open_clip.get_tokenizer` gives.

        Raises:
            TypeError: it is of a kind that cannot be shown.
        """
        own = hasattr(tokenizer, "bpe_ranks")
        backend = _fast_copy(tokenizer) if own else tokenizer.tokenizer
        return cls(tokenizer, tokenizer.clean_fn, Tokens.of(backend, tokenizer.context_length), own)

    @property
    def limit(self) -> int | None:
        """How many tokens the model reads of a text."""
        return self.shown.limit

    def ids(self, texts: Sequence[str]) -> Tensor:
        """Token ids as the model reads them, shape (n, context length)."""
        return self.tokenizer([self._bound(encodable(text)) for text in texts])

    def _bound(self, text: str) -> str:
        most = _LONGEST_TOKEN * (self.limit or 0)
        return self.clean(text)[:most] if self.bounded and len(text) > most else text

    def inspect(self, text: str) -> Inspection:
        """Tokens as the model reads them, cut at the limit."""
        return self.shown.inspect(self.clean(encodable(text)))

    def count(self, texts: Sequence[str]) -> TokenCounts:
        """How many tokens the texts have, and how many of them are unknown."""
        return self.shown.count([self.clean(encodable(text)) for text in texts])


def _fast_copy(tokenizer: Any) -> Tokenizer:
    """The byte-pair encoding of Radford et al. (2021) with the vocabulary of a `SimpleTokenizer`."""
    start, end = (tokenizer.decoder[token] for token in (tokenizer.sot_token_id, tokenizer.eot_token_id))
    merges = sorted(tokenizer.bpe_ranks, key=tokenizer.bpe_ranks.__getitem__)
    copy = Tokenizer(BPE(tokenizer.encoder, merges, end_of_word_suffix="</w>"))
    copy.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_PIECES), "removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    copy.post_processor = processors.TemplateProcessing(
        single=f"{start} $A {end}", special_tokens=[(start, tokenizer.sot_token_id), (end, tokenizer.eot_token_id)]
    )
    copy.add_special_tokens([start, end])
    return copy
