"""Nomic Embed without the code that comes with its weights: our own module for the `nomic_bert` layout.

BERT with rotary positions, a gated feed-forward and no biases (Nussbaum et al. 2024).
"""

from __future__ import annotations

from typing import Any, ClassVar

import torch
from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention, silu
from transformers import CONFIG_MAPPING, AutoConfig, AutoModel, PreTrainedConfig, PreTrainedModel
from transformers.modeling_outputs import BaseModelOutput

from embeddings.encoders.sentence import SentenceEncoder

_SUPPORTED = {
    "activation_function": "swiglu",
    "causal": False,
    "prenorm": False,
    "qkv_proj_bias": False,
    "mlp_fc1_bias": False,
    "mlp_fc2_bias": False,
    "rotary_emb_fraction": 1.0,
    "rotary_emb_interleaved": False,
}


class NomicEncoder(SentenceEncoder):
    """A Sentence Transformers model whose transformer is `NomicModel`."""

    trained_in = "a Nomic Embed model"


class NomicConfig(PreTrainedConfig):  # type: ignore[misc]
    """The original configuration file, limited to what `NomicModel` computes."""

    model_type = "nomic_bert"
    attribute_map: ClassVar[dict[str, str]] = {
        "hidden_size": "n_embd",
        "num_attention_heads": "n_head",
        "num_hidden_layers": "n_layer",
        "intermediate_size": "n_inner",
        "max_position_embeddings": "n_positions",
    }

    def __init__(
        self, n_embd: int = 768, n_head: int = 12, n_layer: int = 12, n_inner: int = 3072, **rest: Any
    ) -> None:
        for key, value in _SUPPORTED.items():
            if rest.get(key, value) != value:
                raise ValueError(f"{key} must be {value!r}, got {rest[key]!r}")
        self.n_embd, self.n_head, self.n_layer, self.n_inner = n_embd, n_head, n_layer, n_inner
        self.n_positions = rest.pop("n_positions", 8192)
        self.vocab_size = rest.pop("vocab_size", 30528)
        self.type_vocab_size = rest.pop("type_vocab_size", 2)
        self.layer_norm_epsilon = rest.pop("layer_norm_epsilon", 1e-12)
        self.rotary_emb_base = rest.pop("rotary_emb_base", 1000)
        super().__init__(**rest)


class NomicModel(PreTrainedModel):  # type: ignore[misc]
    """Token vectors; module names are those of the published weights."""

    config_class = NomicConfig
    _supports_sdpa = True

    def __init__(self, config: NomicConfig) -> None:
        super().__init__(config)
        self.embeddings = nn.ModuleDict(
            {
                "word_embeddings": nn.Embedding(config.vocab_size, config.n_embd),
                "token_type_embeddings": nn.Embedding(config.type_vocab_size, config.n_embd),
            }
        )
        self.emb_ln = nn.LayerNorm(config.n_embd, eps=config.layer_norm_epsilon)
        self.encoder = nn.ModuleDict({"layers": nn.ModuleList(_Layer(config) for _ in range(config.n_layer))})
        self.post_init()

    def forward(self, input_ids: Tensor, attention_mask: Tensor | None = None, **_: Any) -> BaseModelOutput:
        """Token vectors of padded texts, shape (texts, tokens, n_embd); the mask is 1 for tokens, 0 for padding."""
        words = self.embeddings["word_embeddings"](input_ids)
        hidden = self.emb_ln(words + self.embeddings["token_type_embeddings"].weight[0])
        mask = None if attention_mask is None else attention_mask[:, None, None, :].bool()
        turns = _turns(input_ids.shape[1], self.config, hidden)
        for layer in self.encoder["layers"]:
            hidden = layer(hidden, mask, turns)
        return BaseModelOutput(last_hidden_state=hidden)


class _Layer(nn.Module):  # type: ignore[misc]
    def __init__(self, config: NomicConfig) -> None:
        super().__init__()
        size, inner, eps = config.n_embd, config.n_inner, config.layer_norm_epsilon
        self.heads = config.n_head
        self.attn = nn.ModuleDict(
            {"Wqkv": nn.Linear(size, 3 * size, bias=False), "out_proj": nn.Linear(size, size, bias=False)}
        )
        self.mlp = nn.ModuleDict(
            {
                "fc11": nn.Linear(size, inner, bias=False),
                "fc12": nn.Linear(size, inner, bias=False),
                "fc2": nn.Linear(inner, size, bias=False),
            }
        )
        self.norm1, self.norm2 = nn.LayerNorm(size, eps=eps), nn.LayerNorm(size, eps=eps)

    def forward(self, hidden: Tensor, mask: Tensor | None, turns: tuple[Tensor, Tensor]) -> Tensor:
        texts, tokens, size = hidden.shape
        parts = self.attn["Wqkv"](hidden).view(texts, tokens, 3, self.heads, size // self.heads)
        query, key, value = (part.transpose(1, 2) for part in parts.unbind(2))
        mixed = scaled_dot_product_attention(_turned(query, turns), _turned(key, turns), value, attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(texts, tokens, size)
        hidden = self.norm1(hidden + self.attn["out_proj"](mixed))
        gated = self.mlp["fc11"](hidden) * silu(self.mlp["fc12"](hidden))
        return self.norm2(hidden + self.mlp["fc2"](gated))


def _turns(tokens: int, config: NomicConfig, like: Tensor) -> tuple[Tensor, Tensor]:
    """Cosine and sine of each position's rotation, shape (tokens, head size)."""
    head = config.n_embd // config.n_head
    steps = torch.arange(0, head, 2, device=like.device, dtype=torch.float32)
    angles = torch.outer(
        torch.arange(tokens, device=like.device, dtype=torch.float32), config.rotary_emb_base ** (-steps / head)
    ).repeat(1, 2)
    return angles.cos().to(like.dtype), angles.sin().to(like.dtype)


def _turned(heads: Tensor, turns: tuple[Tensor, Tensor]) -> Tensor:
    first, second = heads.chunk(2, dim=-1)
    return heads * turns[0] + torch.cat((-second, first), dim=-1) * turns[1]


# Later releases of transformers bring the model themselves.
if NomicConfig.model_type not in CONFIG_MAPPING:
    AutoConfig.register(NomicConfig.model_type, NomicConfig)
    AutoModel.register(NomicConfig, NomicModel)
