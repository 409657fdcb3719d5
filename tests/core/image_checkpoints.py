"""Tiny models of pictures in the published file formats, and pictures to show them."""

import io
import json
from pathlib import Path

import numpy as np
import open_clip
import timm
import torch
from PIL import Image, ImageDraw
from safetensors.torch import save_file
from transformers import CLIPConfig, CLIPModel

from embeddings.encoders.quiet import quiet
from tests.core.encoder_checkpoints import tiny_tokenizer

CLIP_MEAN = [0.48145466, 0.4578275, 0.40821073]
CLIP_STD = [0.26862954, 0.26130258, 0.27577711]
SIDE = 32
VISION = {"image_size": SIDE, "layers": 2, "width": 64, "head_width": 16, "patch_size": 8}
TEXT = {"context_length": 16, "vocab_size": 49408, "width": 32, "heads": 2, "layers": 2}


def picture(seed: int, width: int = 80, height: int = 60, form: str = "PNG") -> bytes:
    """A smooth random background with a disc and a line, as the bytes of a file."""
    rng = np.random.default_rng(seed)
    coarse = Image.fromarray(rng.integers(0, 256, (4, 5, 3), dtype=np.uint8))
    image = coarse.resize((width, height), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(image)
    colours = [tuple(int(value) for value in rng.integers(0, 256, 3)) for _ in range(2)]
    draw.ellipse((width * 0.2, height * 0.2, width * 0.6, height * 0.8), fill=colours[0])
    draw.line((0, height, width, 0), fill=colours[1], width=max(1, height // 20))
    buffer = io.BytesIO()
    image.save(buffer, form, **({"quality": 92} if form == "JPEG" else {}))
    return buffer.getvalue()


PICTURES = [picture(seed, 80 + 9 * seed, 60 + 20 * (seed % 3)) for seed in range(6)]


def decoded(items: list[bytes]) -> list[Image.Image]:
    """The pixels of pictures, for a plain library."""
    return [Image.open(io.BytesIO(item)).convert("RGB") for item in items]


def tiny_open_clip(folder: Path, *, safe: bool = True, **settings: object) -> Path:
    """A CLIP of 24 dimensions that sees 32 × 32 pixels and reads 16 tokens, as open_clip saves it."""
    config = {"embed_dim": 24, "vision_cfg": VISION, "text_cfg": TEXT, **settings}
    preprocess = {"mean": CLIP_MEAN, "std": CLIP_STD, "interpolation": "bicubic", "resize_mode": "shortest"}
    return _saved(folder, config, preprocess, safe=safe)


def tiny_siglip(folder: Path) -> Path:
    """The layout of timm/ViT-B-16-SigLIP2: a tower of timm, a tokeniser in the folder, pictures squashed."""
    vision = {"image_size": SIDE, "timm_model_name": "test_vit", "timm_pool": "", "timm_proj": "linear"}
    text = {
        **TEXT,
        "vocab_size": 128,
        "hf_tokenizer_name": "nobody/has-this",
        "tokenizer_kwargs": {"clean": "canonicalize"},
        "no_causal_mask": True,
        "proj_bias": True,
        "pool_type": "last",
    }
    config = {"embed_dim": 24, "init_logit_bias": -10, "custom_text": True, "vision_cfg": vision, "text_cfg": text}
    preprocess = {"mean": [0.5] * 3, "std": [0.5] * 3, "interpolation": "bicubic", "resize_mode": "squash"}
    tiny_tokenizer(folder, 16)
    return _saved(folder, config, preprocess)


def _saved(folder: Path, config: dict[str, object], preprocess: dict[str, object], *, safe: bool = True) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "open_clip_config.json"
    path.write_text(json.dumps({"model_cfg": config, "preprocess_cfg": preprocess}), encoding="utf-8")
    torch.manual_seed(0)
    with quiet():
        model = open_clip.create_model(f"local-dir:{folder}", load_weights=False)
    weights = {name: tensor.contiguous() for name, tensor in model.state_dict().items()}
    if safe:
        save_file(weights, folder / "open_clip_model.safetensors")
    else:
        torch.save(weights, folder / "open_clip_pytorch_model.bin")
    return folder


def tiny_timm(folder: Path, architecture: str, **changes: object) -> Path:
    """A model of timm as `timm/…` on the hub is laid out."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    model = timm.create_model(architecture, num_classes=10)
    weights = {name: tensor.contiguous() for name, tensor in model.state_dict().items()}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    side = 64
    config = {
        "architecture": architecture,
        "num_classes": 10,
        "num_features": model.num_features,
        "pretrained_cfg": {
            "input_size": [3, side, side],
            "crop_pct": 0.875,
            "interpolation": "bicubic",
            "mean": [0.485, 0.456, 0.406],
            "std": [0.229, 0.224, 0.225],
            "num_classes": 10,
            "first_conv": model.pretrained_cfg["first_conv"],
            "classifier": model.pretrained_cfg["classifier"],
            **changes,
        },
    }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


def tiny_clip_sentence(folder: Path) -> Path:
    """The layout of sentence-transformers/clip-ViT-B-32."""
    inner = folder / "0_CLIPModel"
    inner.mkdir(parents=True)
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    start, end = "<|startoftext|>", "<|endoftext|>"
    vocabulary = [start, end, *letters, *[f"{letter}</w>" for letter in letters]]
    sizes = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4}
    words = {"vocab_size": len(vocabulary), "max_position_embeddings": 16}
    ids = {"bos_token_id": 0, "eos_token_id": 1, "pad_token_id": 1}
    torch.manual_seed(0)
    config = CLIPConfig(
        text_config={**sizes, **words, **ids, "projection_dim": 24},
        vision_config={**sizes, "image_size": SIDE, "patch_size": 8, "projection_dim": 24},
        projection_dim=24,
    )
    with quiet():
        CLIPModel(config).save_pretrained(inner)
    tokenizer = {
        "tokenizer_class": "CLIPTokenizer",
        "bos_token": start,
        "eos_token": end,
        "unk_token": end,
        "pad_token": end,
        "do_lower_case": True,
        "model_max_length": 16,
    }
    processor = {
        "crop_size": SIDE,
        "size": SIDE,
        "do_center_crop": True,
        "do_normalize": True,
        "do_resize": True,
        "feature_extractor_type": "CLIPFeatureExtractor",
        "image_mean": CLIP_MEAN,
        "image_std": CLIP_STD,
        "resample": 3,
    }
    modules = [{"idx": 0, "name": "0", "path": "0_CLIPModel", "type": "sentence_transformers.models.CLIPModel"}]
    (inner / "merges.txt").write_text("#version: 0.2\n", encoding="utf-8")
    _write(inner / "vocab.json", {token: row for row, token in enumerate(vocabulary)})
    _write(inner / "tokenizer_config.json", tokenizer)
    _write(inner / "preprocessor_config.json", processor)
    _write(folder / "modules.json", modules)
    return folder


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")
