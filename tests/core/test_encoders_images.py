"""Encoders of pictures against the plain libraries, and what they say they saw."""

import json
import pickle
import shutil
from collections.abc import Callable
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import open_clip
import pyarrow as pa
import pytest
import timm
import torch
from huggingface_hub import constants
from open_clip.pretrained import get_pretrained_cfg
from PIL import Image
from sentence_transformers import SentenceTransformer
from timm.data import create_transform, resolve_model_data_config

from embeddings.collection import Collection
from embeddings.embedding import embed
from embeddings.encoders import ENCODERS, ImageEncoder, availability, find_spec, hub, load_encoder, torch_images
from embeddings.encoders.availability import NOT_HERE, remedy
from embeddings.encoders.clip_sentence import ClipSentence
from embeddings.encoders.hardware import Hardware
from embeddings.encoders.open_clip_tags import hub_ids
from embeddings.encoders.openclip import OpenClip
from embeddings.encoders.quiet import quiet
from embeddings.encoders.timm_features import TimmFeatures
from embeddings.errors import EmbeddingError, EncoderUnavailable
from embeddings.images import open_kept
from tests.core.encoder_checkpoints import REVISION, bundled, in_hub_cache
from tests.core.image_checkpoints import picture, tiny_clip_sentence, tiny_open_clip, tiny_siglip, tiny_timm

PICTURES = [picture(seed, 80 + 9 * seed, 60 + 20 * (seed % 3)) for seed in range(6)]
TEXTS = [
    "a photo of a cat",
    "",
    "Café, it's 2 DOGS &amp;amp; 1 <b>bird</b>!",
    "日本語 и русский 🙂🏽‍🚀",
    "word " * 60,
    "don't they'll we've",
    "<start_of_text> inside <end_of_text>",
]


def solid(colour: tuple[int, int, int], size: tuple[int, int] = (40, 30)) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def decoded(items: list[bytes]) -> list[Image.Image]:
    return [Image.open(BytesIO(item)).convert("RGB") for item in items]


def cosines(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return (a * b).sum(axis=1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)


@pytest.fixture
def float32(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch_images, "best_hardware", lambda: Hardware("cpu", torch.float32))


@pytest.fixture
def bfloat16(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch_images, "best_hardware", lambda: Hardware("cpu", torch.bfloat16))


@pytest.fixture
def hub_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(availability, "_remedies", {})
    return tmp_path


# ---- against the plain libraries


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

    np.testing.assert_allclose(encoder.encode(PICTURES), images.numpy(), atol=1e-5)
    np.testing.assert_allclose(encoder.encode(TEXTS), texts.numpy(), atol=1e-5)


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


def test_sentence_transformers_clip_gives_the_vectors_of_the_plain_library(float32: None, tmp_path: Path) -> None:
    folder = tiny_clip_sentence(tmp_path / "model")
    encoder = ClipSentence("CLIP", f"folder:{folder}")
    with quiet():
        plain = SentenceTransformer(str(folder), device="cpu")

    for items, inputs in ((PICTURES, decoded(PICTURES)), (TEXTS[:2], TEXTS[:2])):
        expected = plain.encode(inputs, show_progress_bar=False, normalize_embeddings=True)
        np.testing.assert_allclose(encoder.encode(items), expected, atol=1e-5)


def test_a_vision_transformer_can_look_at_smaller_pictures(float32: None, tmp_path: Path) -> None:
    folder = tiny_timm(tmp_path / "model", "test_vit", fixed_input_size=True, input_size=[3, 160, 160])
    encoder = TimmFeatures("DINOv2", f"folder:{folder}", side=64, crop=0.5)

    assert encoder.params["looks at"] == "64 × 64"
    assert encoder.encode(PICTURES[:1]).shape == (1, 64)
    left, top, right, bottom = encoder.view(picture(0, 200, 100)).box
    assert (right - left, bottom - top) == (pytest.approx(0.25, abs=0.01), pytest.approx(0.5, abs=0.01))


def test_a_jpeg_may_be_decoded_smaller_without_changing_its_vector_much(float32: None, tmp_path: Path) -> None:
    encoder = load_encoder(f"local-dir:{tiny_open_clip(tmp_path)}")
    large = picture(5, 900, 512, "JPEG")
    buffer = BytesIO()
    decoded([large])[0].save(buffer, "PNG")

    assert open_kept(large, at_least=32).size[1] < 512
    assert cosines(encoder.encode([large]), encoder.encode([buffer.getvalue()])).min() > 0.99


# ---- what the model saw


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
            drawn = np.asarray(Image.open(BytesIO(encoder.view(item).picture))) / 255
            assert drawn.shape == numbers.shape
            assert np.abs(drawn - numbers).max() <= 1 / 255


def test_the_box_of_the_view_is_where_the_crop_lies(tmp_path: Path) -> None:
    """A picture with one bright quarter: the view shows as much of it as the box says."""
    image = Image.new("RGB", (200, 100), (0, 0, 0))
    image.paste((255, 255, 255), (0, 0, 100, 50))
    buffer = BytesIO()
    image.save(buffer, "PNG")
    for encoder, *_ in seen_encoders(tmp_path):
        view = encoder.view(buffer.getvalue())
        left, top, right, bottom = view.box
        expected = max(0.0, 0.5 - left) * max(0.0, 0.5 - top) / ((right - left) * (bottom - top))
        shown = np.asarray(Image.open(BytesIO(view.picture)).convert("L")).mean() / 255
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
    assert np.asarray(Image.open(BytesIO(view.picture)))[0].max() == 0


def test_bundled_views_show_the_whole_picture() -> None:
    assert bundled("Pixels").view(PICTURES[0])[1:] == ((0, 0, 1, 1), "The whole picture, squashed to 32 × 32.")
    assert bundled("Colour and texture").view(solid((1, 2, 3), (50, 50)))[2] == (
        "The whole picture, resized to 128 × 128."
    )


# ---- tokens


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
    assert long.dropped == encoder.lengths(["cat " * 60])[0] - 16


def test_a_very_long_word_is_cut_before_it_takes_minutes(tmp_path: Path) -> None:
    letters = "".join(np.random.default_rng(0).choice(list("abcdefghijklmnop"), 200_000))
    encoder = OpenClip("", f"folder:{tiny_open_clip(tmp_path)}")

    vectors = encoder.encode([letters, letters[:5_000]])

    np.testing.assert_allclose(vectors[0], vectors[1], atol=1e-6)
    assert encoder.lengths([letters])[0] > 50_000


# ---- kinds of collections


def test_a_joint_encoder_takes_texts_pictures_and_both(tmp_path: Path) -> None:
    encoder = f"local-dir:{tiny_open_clip(tmp_path)}"
    pictures = Collection.from_images(PICTURES[:3], name="pictures")
    texts = Collection.from_texts(["king", "queen"], name="texts")
    both = Collection("both", "mixed", (*pictures.items, *texts.items), pa.table({}))

    spaces = [embed(collection, encoder).vectors for collection in (pictures, texts, both)]

    assert cosines(np.vstack(spaces[:2]), spaces[2]).min() > 0.999


def test_a_collection_of_the_wrong_kind_is_refused_in_words() -> None:
    with pytest.raises(EmbeddingError, match=r"^Pixels looks at pictures only; it cannot read a text\.$"):
        embed(Collection.from_texts(["king"], name=""), "Pixels")
    with pytest.raises(EmbeddingError, match=r"^TF-IDF reads texts only; it cannot look at a picture\.$"):
        embed(Collection.from_images(PICTURES, name=""), "TF-IDF")


# ---- bundled ones, worked out by hand


def test_pixels_are_the_colours_of_the_squashed_picture() -> None:
    image = Image.new("RGB", (64, 128), (255, 0, 0))
    image.paste((0, 51, 102), (0, 64, 64, 128))
    buffer = BytesIO()
    image.save(buffer, "PNG")

    grid = bundled("Pixels").encode([buffer.getvalue()]).reshape(32, 32, 3)

    np.testing.assert_allclose(grid[:16], np.broadcast_to([1, 0, 0], (16, 32, 3)))
    np.testing.assert_allclose(grid[16:], np.broadcast_to([0, 0.2, 0.4], (16, 32, 3)), atol=1e-6)


def test_small_drawings_keep_their_pixels() -> None:
    strokes = np.random.default_rng(0).integers(0, 256, (8, 8, 3), dtype=np.uint8)
    buffer = BytesIO()
    Image.fromarray(strokes).save(buffer, "PNG")

    grid = bundled("Pixels").encode([buffer.getvalue()]).reshape(32, 32, 3)

    np.testing.assert_allclose(grid, strokes.repeat(4, axis=0).repeat(4, axis=1) / 255, atol=1e-6)


def blocks(item: bytes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    shape, colour, texture = np.split(bundled("Colour and texture").encode([item])[0] * np.sqrt(3), [324, 438])
    return shape, colour, texture


def test_each_block_counts_the_same() -> None:
    for block in blocks(PICTURES[0]):
        assert np.linalg.norm(block) == pytest.approx(1, abs=1e-5)


def test_a_picture_of_one_colour_has_one_bin_and_no_outlines() -> None:
    shape, colour, texture = blocks(solid((255, 0, 0)))

    assert not shape.any()
    # Hue 0, the strongest saturation and brightness.
    assert np.flatnonzero(colour).tolist() == [0 * 9 + 2 * 3 + 2]
    assert np.count_nonzero(texture) == 2


@pytest.mark.parametrize(("grey", "place"), [(0, 0), (100, 2), (255, 5)])
def test_greys_have_bins_without_a_hue(grey: int, place: int) -> None:
    almost = solid((grey, min(255, grey + 2), grey))

    assert np.flatnonzero(blocks(solid((grey, grey, grey)))[1]).tolist() == [108 + place]
    np.testing.assert_array_equal(blocks(almost)[1], blocks(solid((grey, grey, grey)))[1])


def test_stripes_across_differ_from_stripes_along_in_shape_alone() -> None:
    stripes = np.zeros((128, 128, 3), dtype=np.uint8)
    stripes[::8] = stripes[1::8] = stripes[2::8] = stripes[3::8] = 255
    sides = []
    for array in (stripes, stripes.transpose(1, 0, 2)):
        buffer = BytesIO()
        Image.fromarray(np.ascontiguousarray(array)).save(buffer, "PNG")
        sides.append(blocks(buffer.getvalue()))

    (shape, colour, texture), (other_shape, other_colour, other_texture) = sides
    assert shape @ other_shape < 0.2
    assert colour @ other_colour == pytest.approx(1)
    assert texture @ other_texture > 0.99


# ---- the number format


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


# ---- finding, fetching, refusing


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


def test_pickled_weights_of_timm_are_refused(tmp_path: Path) -> None:
    folder = tiny_timm(tmp_path, "test_resnet")
    (folder / "model.safetensors").unlink()
    torch.save({}, folder / "pytorch_model.bin")

    with pytest.raises(EncoderUnavailable, match="pickled files"):
        TimmFeatures("features", f"folder:{folder}")


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


def test_loading_and_encoding_are_silent(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folders = [tiny_open_clip(tmp_path / "clip"), tiny_clip_sentence(tmp_path / "sentence")]
    features = tiny_timm(tmp_path / "timm", "test_resnet")
    capfd.readouterr()

    load_encoder(f"local-dir:{folders[0]}").encode([*PICTURES, "king"])
    ClipSentence("", f"folder:{folders[1]}").encode([*PICTURES, "king"])
    TimmFeatures("", f"folder:{features}").encode(PICTURES)

    assert capfd.readouterr() == ("", "")
