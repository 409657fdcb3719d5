"""Models of pictures from the hub and from its local cache."""

import shutil
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from embeddings.encoders import availability, find_spec, hub, load_encoder
from embeddings.encoders.availability import NOT_HERE, remedy
from embeddings.errors import EncoderUnavailable
from tests.core.encoder_checkpoints import REVISION, in_hub_cache
from tests.core.image_checkpoints import PICTURES, tiny_clip_sentence, tiny_open_clip, tiny_siglip, tiny_timm

DOWNLOADS: dict[str, Callable[[Path], Path]] = {
    "OpenCLIP ViT-B-32": tiny_open_clip,
    "SigLIP 2 base": tiny_siglip,
    "open_clip:ViT-L-14/laion2b-s32b-b82k": tiny_open_clip,
    "CLIP ViT-B-32 (Sentence Transformers)": tiny_clip_sentence,
    "ResNet-50": lambda folder: tiny_timm(folder, "test_resnet"),
    "VGG-16": lambda folder: tiny_timm(folder, "test_byobnet"),
}


@pytest.mark.parametrize("name", DOWNLOADS)
def test_models_are_loaded_from_the_local_cache_without_internet(hub_cache: Path, name: str) -> None:
    assert remedy(name) == NOT_HERE
    with pytest.raises(EncoderUnavailable, match=NOT_HERE):
        load_encoder(name)
    DOWNLOADS[name](in_hub_cache(hub_cache, find_spec(name).model))
    availability._remedies.clear()

    encoder = load_encoder(name)

    assert remedy(name) is None
    assert encoder.kinds == find_spec(name).kinds
    assert np.isfinite(encoder.encode(PICTURES)).all()
    assert encoder.params["revision"] == REVISION


def test_an_incomplete_download_does_not_count(hub_cache: Path) -> None:
    folder = tiny_siglip(in_hub_cache(hub_cache, "timm/ViT-B-16-SigLIP2"))
    assert remedy("SigLIP 2 base") is None
    for path in folder.glob("tokenizer*"):
        path.unlink()
    availability._remedies.clear()
    assert remedy("SigLIP 2 base") == NOT_HERE

    shutil.rmtree(folder)
    tiny_open_clip(folder)
    (folder / "open_clip_model.safetensors").unlink()
    availability._remedies.clear()
    assert remedy("SigLIP 2 base") == NOT_HERE


def test_a_download_of_open_clip_takes_its_own_weights_once(
    hub_cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[list[str]] = []

    def download(model: str, *, allow_patterns: list[str], **_: Any) -> str:
        asked.append(allow_patterns)
        return str(tiny_open_clip(tmp_path / "model", safe=len(asked) > 2))

    monkeypatch.setattr(hub, "hub_answers", lambda patience: True)
    monkeypatch.setattr(hub, "snapshot_download", download)
    files = ["open_clip_model.safetensors", "model.safetensors", "pytorch_model.bin", "open_clip_config.json"]

    assert load_encoder("OpenCLIP ViT-B-32").encode(PICTURES).shape == (6, 24)

    assert [any(fnmatch(file, pattern) for pattern in asked[0]) for file in files] == [True, False, False, True]
