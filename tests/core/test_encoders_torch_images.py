"""What encoders of pictures that run on torch share: their number format, and silence."""

from pathlib import Path

import numpy as np
import pytest
import torch

from embeddings.encoders import load_encoder, torch_images
from embeddings.encoders.clip_sentence import ClipSentence
from embeddings.encoders.hardware import Hardware
from embeddings.encoders.openclip import OpenClip
from embeddings.encoders.timm_features import TimmFeatures
from tests.core.image_checkpoints import PICTURES, tiny_clip_sentence, tiny_open_clip, tiny_timm


def test_sixteen_bits_stay_near_float32_and_say_so(bfloat16: None, tmp_path: Path) -> None:
    params = OpenClip("", f"folder:{tiny_open_clip(tmp_path)}").params

    assert params["numbers"] == "bfloat16"
    assert 0.999 <= float(params["cosine with float32"]) <= 1


def test_where_sixteen_bits_change_the_vectors_float32_is_used(
    bfloat16: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch_images, "LEAST_COSINE", 1.1)
    folder = tiny_open_clip(tmp_path)

    careful = OpenClip("", f"folder:{folder}")

    assert careful.params["numbers"] == "float32"
    monkeypatch.setattr(torch_images, "best_hardware", lambda: Hardware("cpu", torch.float32))
    np.testing.assert_array_equal(careful.encode(PICTURES), OpenClip("", f"folder:{folder}").encode(PICTURES))


def test_loading_and_encoding_are_silent(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folders = [tiny_open_clip(tmp_path / "clip"), tiny_clip_sentence(tmp_path / "sentence")]
    features = tiny_timm(tmp_path / "timm", "test_resnet")
    capfd.readouterr()

    load_encoder(f"local-dir:{folders[0]}").encode([*PICTURES, "king"])
    ClipSentence("", f"folder:{folders[1]}").encode([*PICTURES, "king"])
    TimmFeatures("", f"folder:{features}").encode(PICTURES)

    assert capfd.readouterr() == ("", "")
