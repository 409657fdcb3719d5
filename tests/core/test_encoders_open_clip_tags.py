"""Names of models of open_clip, and names that stand for nothing."""

import open_clip
import pytest
from open_clip.pretrained import get_pretrained_cfg

from embeddings.encoders import ENCODERS, find_spec
from embeddings.encoders.availability import remedy
from embeddings.encoders.open_clip_tags import hub_ids
from embeddings.errors import EncoderUnavailable


def test_tags_are_those_of_open_clip() -> None:
    known = hub_ids()
    for architecture, tag in open_clip.list_pretrained():
        place = get_pretrained_cfg(architecture, tag)["hf_hub"]
        assert known.get((architecture, tag), "") == (place.rstrip("/") if place.endswith("/") else "")
    for name, tag in {
        "OpenCLIP ViT-B-32": "ViT-B-32/laion2b_s34b_b79k",
        "OpenCLIP ViT-L-14": "ViT-L-14/laion2b_s32b_b82k",
        "SigLIP 2 base": "ViT-B-16-SigLIP2/webli",
        "MobileCLIP": "MobileCLIP-S1/datacompdr",
    }.items():
        assert find_spec(f"open_clip:{tag}").model == ENCODERS[name].model


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("open_clip:ViT-B-32/nonsense", "did you mean open_clip:ViT-B-32/"),
        ("open_clip:ViT-B-32", "ARCHITECTURE/TAG"),
        ("open_clip:../../etc/passwd", "ARCHITECTURE/TAG"),
        ("local-dir:", "local-dir:PATH"),
        ("Pixel", "Did you mean Pixels"),
    ],
)
def test_names_that_stand_for_nothing_are_answered(name: str, message: str) -> None:
    with pytest.raises(EncoderUnavailable, match=message):
        find_spec(name)
    assert message in (remedy(name) or "")
