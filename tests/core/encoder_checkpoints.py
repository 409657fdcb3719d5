"""Tiny models in the published file formats, so that no test needs the network."""

import json
from functools import cache
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import WordPiece
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from embeddings.encoders import Encoder, load_encoder

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LETTERS = [chr(code) for code in range(ord("a"), ord("z") + 1)]
VOCABULARY = [*SPECIAL, *LETTERS, *[f"##{letter}" for letter in LETTERS], "king", "queen", "carrot", "query", ":"]
REVISION = "0123456789abcdef0123456789abcdef01234567"


@cache
def bundled(name: str) -> Encoder:
    """A bundled encoder, loaded once for all tests."""
    return load_encoder(name)


def tiny_bert(folder: Path, *, safe: bool = True, normalised: bool = True, sentence: bool = True) -> Path:
    """A BERT of 32 dimensions that reads 16 tokens, laid out like sentence-transformers/all-MiniLM-L6-v2."""
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    model = BertModel(config)
    model.save_pretrained(folder)
    if not safe:
        (folder / "model.safetensors").unlink()
        torch.save(model.state_dict(), folder / "pytorch_model.bin")
    tiny_tokenizer(folder, 64)
    if sentence:
        _sentence_files(folder, dimension=32, limit=16, normalised=normalised)
    return folder


def tiny_nomic(folder: Path) -> Path:
    """The layout of nomic-ai/nomic-embed-text-v1.5, the pointer to remote code included."""
    from embeddings.encoders.nomic import NomicConfig, NomicModel

    torch.manual_seed(0)
    sizes = {"n_embd": 32, "n_head": 4, "n_layer": 2, "n_inner": 64, "n_positions": 8192, "vocab_size": 128}
    model = NomicModel(NomicConfig(**sizes))
    folder.mkdir(parents=True, exist_ok=True)
    weights = {name: tensor.contiguous() for name, tensor in model.state_dict().items()}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    remote = {"AutoModel": "nomic-ai/nomic-bert-2048--modeling_hf_nomic_bert.NomicBertModel"}
    kind = {"model_type": "nomic_bert", "architectures": ["NomicBertModel"], "activation_function": "swiglu"}
    _write(folder / "config.json", {**sizes, **kind, "auto_map": remote, "causal": False, "rotary_emb_base": 1000})
    tiny_tokenizer(folder, 8192)
    _sentence_files(folder, dimension=32, limit=8192, normalised=False)
    return folder


def in_hub_cache(cache_folder: Path, model: str) -> Path:
    """The folder in which the hub cache keeps the current revision of a model."""
    place = cache_folder / f"models--{model.replace('/', '--')}"
    (place / "refs").mkdir(parents=True)
    (place / "refs" / "main").write_text(REVISION, encoding="ascii")
    return place / "snapshots" / REVISION


def tiny_tokenizer(folder: Path, limit: int) -> None:
    """Word pieces: a few whole words and all letters."""
    tokenizer = Tokenizer(WordPiece({token: row for row, token in enumerate(VOCABULARY)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    names = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=limit, **names).save_pretrained(folder)


def _sentence_files(folder: Path, *, dimension: int, limit: int, normalised: bool) -> None:
    parts = [("", "Transformer"), ("1_Pooling", "Pooling"), *([("2_Normalize", "Normalize")] if normalised else [])]
    modules = [
        {"idx": row, "name": str(row), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for row, (path, kind) in enumerate(parts)
    ]
    (folder / "1_Pooling").mkdir(parents=True)
    _write(folder / "modules.json", modules)
    _write(folder / "sentence_bert_config.json", {"max_seq_length": limit, "do_lower_case": False})
    _write(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": dimension, "pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True},
    )


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")
