"""What encoders of pictures say they saw."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import open_clip
import pytest
import torch
from pictures import encoded, opened, plain
from PIL import Image

from embeddings.encoders import ImageEncoder
from embeddings.encoders.clip_sentence import ClipSentence
from embeddings.encoders.openclip import OpenClip
from embeddings.encoders.timm_features import TimmFeatures
from tests.core.encoder_checkpoints import bundled
from tests.core.image_checkpoints import PICTURES, picture, tiny_clip_sentence, tiny_open_clip, tiny_siglip, tiny_timm


def seen_encoders(folder: Path) -> list[tuple[ImageEncoder, list[float], list[float], Callable[..., torch.Tensor]]]:
    half, mean, std = [0.5] * 3, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
    clip_mean, clip_std = list(open_clip.OPENAI_DATASET_MEAN), list(open_clip.OPENAI_DATASET_STD)
    clip = OpenClip("CLIP", f"folder:{tiny_open_clip(folder / 'clip')}")
    siglip = OpenClip("SigLIP", f"folder:{tiny_siglip(folder / 'siglip')}")
    features = TimmFeatures("features", f"folder:{tiny_timm(folder / 'timm', 'test_resnet')}")
    sentence = ClipSentence("sentence", f"folder:{tiny_clip_sentence(folder / 'sentence')}")
    return [
        (clip, clip_mean, clip_std, clip._preprocess.batch),
        (siglip, half, half, siglip._preprocess.batch),
        (features, mean, std, features._preprocess.batch),
        (sentence, clip_mean, clip_std, sentence._batch),
    ]


def test_the_view_is_what_goes_into_the_model(tmp_path: Path) -> None:
    items = [*PICTURES, picture(8, 900, 600, "JPEG"), picture(9, 7, 300), picture(2, 2000, 9), picture(4, 1, 1)]
    for encoder, mean, std, batch in seen_encoders(tmp_path):
        for item in items:
            numbers = batch([item])[0].permute(1, 2, 0).numpy() * np.array(std) + np.array(mean)
            drawn = np.asarray(opened(encoder.view(item).picture)) / 255
            assert drawn.shape == numbers.shape
            assert np.abs(drawn - numbers).max() <= 1 / 255


def test_the_box_of_the_view_is_where_the_crop_lies(tmp_path: Path) -> None:
    """A picture with one bright quarter: the view shows as much of it as the box says."""
    image = Image.new("RGB", (200, 100), (0, 0, 0))
    image.paste((255, 255, 255), (0, 0, 100, 50))
    item = encoded(image)
    for encoder, *_ in seen_encoders(tmp_path):
        view = encoder.view(item)
        left, top, right, bottom = view.box
        expected = max(0.0, 0.5 - left) * max(0.0, 0.5 - top) / ((right - left) * (bottom - top))
        shown = np.asarray(opened(view.picture).convert("L")).mean() / 255
        assert shown == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize(
    ("make", "size", "note"),
    [
        (tiny_open_clip, (64, 64), "The whole picture, resized to 32 × 32."),
        (tiny_open_clip, (128, 100), "The middle square, 80 % of the picture, resized to 32 × 32."),
        (tiny_siglip, (128, 100), "The whole picture, squashed to 32 × 32."),
        (tiny_open_clip, (4000, 10), "The middle square, less than 1 % of the picture, resized to 32 × 32."),
    ],
)
def test_the_view_says_what_was_done(
    tmp_path: Path, make: Callable[[Path], Path], size: tuple[int, int], note: str
) -> None:
    assert OpenClip("", f"folder:{make(tmp_path)}").view(picture(0, *size)).note == note


def test_bars_that_a_model_adds_are_named(tmp_path: Path) -> None:
    folder = tiny_open_clip(tmp_path)
    config = json.loads((folder / "open_clip_config.json").read_text(encoding="utf-8"))
    config["preprocess_cfg"]["resize_mode"] = "longest"
    (folder / "open_clip_config.json").write_text(json.dumps(config), encoding="utf-8")

    view = OpenClip("", f"folder:{folder}").view(picture(0, 128, 64))

    assert view.note == "The whole picture, resized and padded to 32 × 32."
    assert view.box == (0, 0, 1, 1)
    assert np.asarray(opened(view.picture))[0].max() == 0


def test_bundled_views_show_the_whole_picture() -> None:
    assert bundled("Pixels").view(PICTURES[0])[1:] == ((0, 0, 1, 1), "The whole picture, squashed to 32 × 32.")
    assert bundled("Colour and texture").view(plain((1, 2, 3), (50, 50)))[2] == (
        "The whole picture, resized to 128 × 128."
    )
