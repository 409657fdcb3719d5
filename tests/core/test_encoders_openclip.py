"""Models of open_clip against the plain library: vectors, tokens, and what is refused."""

import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import open_clip
import pyarrow as pa
import pytest
import torch
from pictures import encoded

from embeddings.collection import Collection
from embeddings.embedding import embed
from embeddings.encoders import load_encoder
from embeddings.encoders.openclip import OpenClip
from embeddings.errors import EncoderUnavailable
from embeddings.images import open_kept
from tests.core.image_checkpoints import PICTURES, decoded, picture, tiny_open_clip, tiny_siglip

TEXTS = [
    "a photo of a cat",
    "",
    "Café, it's 2 DOGS &amp;amp; 1 <b>bird</b>!",
    "日本語 и русский 🙂🏽‍🚀",
    "word " * 60,
    "don't they'll we've",
    "<start_of_text> inside <end_of_text>",
]


def cosines(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return (a * b).sum(axis=1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)


@pytest.mark.parametrize("make", [tiny_open_clip, tiny_siglip])
def test_open_clip_gives_the_vectors_of_the_plain_library(
    float32: None, tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    folder = make(tmp_path / "model")
    encoder = load_encoder(f"local-dir:{folder}")
    model, _, preprocess = open_clip.create_model_and_transforms(f"local-dir:{folder}")
    tokenizer = open_clip.get_tokenizer(f"local-dir:{folder}")
    model.eval()

    with torch.inference_mode():
        images = model.encode_image(torch.stack([preprocess(image) for image in decoded(PICTURES)]), normalize=True)
        texts = model.encode_text(tokenizer(TEXTS), normalize=True)

    assert encoder.params.get("logit bias") == (-10 if make is tiny_siglip else None)
    np.testing.assert_allclose(encoder.encode(PICTURES), images.numpy(), atol=1e-5)
    np.testing.assert_allclose(encoder.encode(TEXTS), texts.numpy(), atol=1e-5)


def test_a_jpeg_may_be_decoded_smaller_without_changing_its_vector_much(float32: None, tmp_path: Path) -> None:
    encoder = load_encoder(f"local-dir:{tiny_open_clip(tmp_path)}")
    large = picture(5, 900, 512, "JPEG")
    lossless = encoded(decoded([large])[0])

    assert open_kept(large, at_least=32).size[1] < 512
    assert cosines(encoder.encode([large]), encoder.encode([lossless])).min() > 0.99


def test_a_joint_encoder_takes_texts_pictures_and_both(tmp_path: Path) -> None:
    encoder = f"local-dir:{tiny_open_clip(tmp_path)}"
    pictures = Collection.from_images(PICTURES[:3], name="pictures")
    texts = Collection.from_texts(["king", "queen"], name="texts")
    both = Collection("both", (*pictures.items, *texts.items), pa.table({}))

    spaces = [embed(collection, encoder).vectors for collection in (pictures, texts, both)]

    assert cosines(np.vstack(spaces[:2]), spaces[2]).min() > 0.999


# --- tokens


@pytest.mark.parametrize("make", [tiny_open_clip, tiny_siglip])
def test_inspection_shows_the_tokens_the_model_reads(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    encoder = OpenClip("", f"folder:{make(tmp_path)}")
    own = open_clip.get_tokenizer(f"local-dir:{tmp_path}")
    for text in TEXTS:
        ids = own([text])[0].tolist()
        shown = encoder._tokens.shown
        again = shown.cutting.encode(own.clean_fn(text)).ids
        assert ids == again + [0] * (16 - len(again))
        assert len(encoder.inspect(text).tokens) == len(again)

    long = encoder.inspect("cat " * 60)
    assert (len(long.tokens), long.limit) == (16, 16)
    assert long.dropped == encoder.count(["cat " * 60]).lengths[0] - 16


def test_a_very_long_word_is_cut_before_it_takes_minutes(tmp_path: Path) -> None:
    letters = "".join(np.random.default_rng(0).choice(list("abcdefghijklmnop"), 200_000))
    encoder = OpenClip("", f"folder:{tiny_open_clip(tmp_path)}")

    vectors = encoder.encode([letters, letters[:5_000]])

    np.testing.assert_allclose(vectors[0], vectors[1], atol=1e-6)
    assert encoder.count([letters]).lengths[0] > 50_000


# --- what is refused


@pytest.mark.parametrize("settings", [{"tokenizer_kwargs": {"trust_remote_code": True}}])
def test_code_that_comes_with_a_model_is_refused(tmp_path: Path, settings: dict[str, object]) -> None:
    folder = tiny_siglip(tmp_path)
    config = json.loads((folder / "open_clip_config.json").read_text(encoding="utf-8"))
    config["model_cfg"]["text_cfg"] |= settings
    (folder / "open_clip_config.json").write_text(json.dumps(config), encoding="utf-8")

    with pytest.raises(EncoderUnavailable, match="asks to run code"):
        load_encoder(f"local-dir:{folder}")


class Bomb:
    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (Path("bomb"),)


def test_pickled_weights_are_read_without_running_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tiny_open_clip(tmp_path / "model", safe=False)
    assert load_encoder(f"local-dir:{folder}").encode(PICTURES).shape == (6, 24)

    (folder / "open_clip_pytorch_model.bin").write_bytes(pickle.dumps({"weight": Bomb()}))
    with pytest.raises(EncoderUnavailable, match="cannot be loaded as an open_clip model"):
        load_encoder(f"local-dir:{folder}")
    assert not (tmp_path / "bomb").exists()


def test_folders_that_are_no_models_are_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="There is no folder"):
        load_encoder(f"local-dir:{tmp_path / 'nowhere'}")
    with pytest.raises(EncoderUnavailable, match="not an open_clip model"):
        load_encoder(f"local-dir:{tmp_path}")
    folder = tiny_open_clip(tmp_path / "model")
    (folder / "open_clip_model.safetensors").write_bytes(b"no tensors here")
    with pytest.raises(EncoderUnavailable, match="cannot be loaded"):
        load_encoder(f"local-dir:{folder}")
    (folder / "open_clip_model.safetensors").unlink()
    with pytest.raises(EncoderUnavailable, match="has no weights"):
        load_encoder(f"local-dir:{folder}")
    (folder / "open_clip_config.json").write_text("{", encoding="utf-8")
    (folder / "open_clip_model.safetensors").touch()
    with pytest.raises(EncoderUnavailable, match="cannot be read"):
        load_encoder(f"local-dir:{folder}")
