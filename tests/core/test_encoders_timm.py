"""Models of timm against the plain library."""

from pathlib import Path

import numpy as np
import pytest
import timm
import torch
from timm.data import create_transform, resolve_model_data_config

from embeddings.encoders.timm_features import TimmFeatures
from embeddings.errors import EncoderUnavailable
from tests.core.image_checkpoints import PICTURES, decoded, picture, tiny_timm


@pytest.mark.parametrize("architecture", ["test_resnet", "test_vit"])
def test_timm_gives_the_penultimate_layer_of_the_plain_library(
    float32: None, tmp_path: Path, architecture: str
) -> None:
    folder = tiny_timm(tmp_path / "model", architecture)
    plain = timm.create_model(f"local-dir:{folder}", pretrained=True).eval()
    transform = create_transform(**resolve_model_data_config(plain), is_training=False)

    with torch.inference_mode():
        features = plain.forward_features(torch.stack([transform(image) for image in decoded(PICTURES)]))
        penultimate = plain.forward_head(features, pre_logits=True)

    vectors = TimmFeatures("features", f"folder:{folder}").encode(PICTURES)
    assert vectors.shape[1] == plain.num_features
    np.testing.assert_allclose(vectors, penultimate.numpy(), atol=1e-4)


def test_a_vision_transformer_can_look_at_smaller_pictures(float32: None, tmp_path: Path) -> None:
    folder = tiny_timm(tmp_path / "model", "test_vit", fixed_input_size=True, input_size=[3, 160, 160])
    encoder = TimmFeatures("DINOv2", f"folder:{folder}", side=64, crop=0.5)

    assert encoder.params["looks at"] == "64 × 64"
    assert encoder.encode(PICTURES[:1]).shape == (1, 64)
    left, top, right, bottom = encoder.view(picture(0, 200, 100)).box
    assert (right - left, bottom - top) == (pytest.approx(0.25, abs=0.01), pytest.approx(0.5, abs=0.01))


def test_pickled_weights_of_timm_are_refused(tmp_path: Path) -> None:
    folder = tiny_timm(tmp_path, "test_resnet")
    (folder / "model.safetensors").unlink()
    torch.save({}, folder / "pytorch_model.bin")

    with pytest.raises(EncoderUnavailable, match="pickled files"):
        TimmFeatures("features", f"folder:{folder}")
