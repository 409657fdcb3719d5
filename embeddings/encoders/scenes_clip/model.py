"""The model itself: built from `model.json` by open_clip's class, filled from `weights.safetensors`."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from open_clip.model import CustomTextCLIP
from safetensors.torch import load_file
from tokenizers import Tokenizer

from embeddings.errors import EncoderUnavailable

FOLDER = Path(__file__).parent
WEIGHTS = FOLDER / "weights.safetensors"
SHA256 = "c2e7c0883b4ec89f4ef3aedd6046721df3b8332f51a8826e1857032ecdb2ef44"


@cache
def config() -> dict[str, Any]:
    """The content of `model.json`."""
    read: dict[str, Any] = json.loads((FOLDER / "model.json").read_text("utf-8"))
    return read


def image_side() -> int:
    """Pixels a side of what the model sees."""
    return int(config()["vision_cfg"]["image_size"])


@cache
def tokenizer() -> Tokenizer:
    """Words in lower case between a start and an end token, cut at the limit and not padded."""
    read = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    read.enable_truncation(config()["text_cfg"]["context_length"])
    return read


def new_model() -> CustomTextCLIP:
    """A model with random weights."""
    words = {**config()["text_cfg"], "vocab_size": tokenizer().get_vocab_size()}
    model = CustomTextCLIP(config()["embed_dim"], dict(config()["vision_cfg"]), words)
    return model.to(memory_format=torch.channels_last)


def trained_model(weights: Path = WEIGHTS, sha256: str = SHA256) -> CustomTextCLIP:
    """The model as it was trained, in 32 bits, after its weights were checked.

    Raises:
        EncoderUnavailable: the file of weights is missing or has another content.
    """
    try:
        found = hashlib.sha256(weights.read_bytes()).hexdigest()
    except OSError as error:
        raise EncoderUnavailable("Scenes CLIP lost its weights: get the project's files again.") from error
    if found != sha256:
        raise EncoderUnavailable(
            f"Scenes CLIP has changed weights (sha256 {found[:12]}… instead of {sha256[:12]}…) and is not used: "
            "get the project's files again."
        )
    return filled_model(weights)


def filled_model(weights: Path) -> CustomTextCLIP:
    """A model with the weights of any file, ready to encode."""
    model = new_model()
    model.load_state_dict({name: tensor.float() for name, tensor in load_file(weights).items()}, strict=False)
    return model.eval()


def image_tensor(pixels: NDArray[np.uint8]) -> torch.Tensor:
    """Pictures of shape (n, side, side, 3) as the vision tower expects them."""
    shares = torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 255
    return (shares - config()["preprocess"]["mean"]) / config()["preprocess"]["std"]


def encode_text_ids(model: CustomTextCLIP, ids: list[list[int]]) -> torch.Tensor:
    """Vectors of length 1 for token ids of any lengths; only as many positions are computed as there are tokens."""
    longest = max(map(len, ids))
    padded = torch.zeros((len(ids), longest), dtype=torch.long)
    for row, tokens in enumerate(ids):
        padded[row, : len(tokens)] = torch.tensor(tokens)
    # The tower masks for its full length; a causal mask may be cut without changing the result.
    mask = model.text.attn_mask
    model.text.attn_mask = mask[:longest, :longest]
    try:
        return model.encode_text(padded.to(mask.device), normalize=True)
    finally:
        model.text.attn_mask = mask
