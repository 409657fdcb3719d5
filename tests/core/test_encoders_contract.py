"""What every encoder promises, checked for all that run here and for tiny models in the formats of the others."""

import pickle
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from embeddings.encoders import ENCODERS, Encoder, FittedEncoder, ImageEncoder, JointEncoder, load_encoder
from embeddings.errors import EmbeddingError
from tests.core.encoder_checkpoints import bundled, tiny_bert, tiny_nomic
from tests.core.image_checkpoints import picture, tiny_clip_sentence, tiny_open_clip, tiny_siglip, tiny_timm

SAMPLE = [
    "king",
    "queen",
    "carrot",
    "the king and the queen",
    "a carrot in the garden",
    "king",
    "ab cd ef",
    "Été à Pâques",
]
BUNDLED = [name for name, spec in ENCODERS.items() if spec.bundled and "text" in spec.kinds]
JOINT = ["open_clip folder", "SigLIP folder", "Sentence Transformers CLIP"]
OTHERS = ["sentence folder", "plain BERT folder", "Nomic", "GloVe", *JOINT]
PICTURES = [picture(seed, 80 + 9 * seed, 60) for seed in range(5)] + [picture(0), picture(7, 700, 512, "JPEG")]
OF_PICTURES = [name for name, spec in ENCODERS.items() if spec.bundled and "image" in spec.kinds]
OF_PICTURES += [*JOINT, "ResNet", "vision transformer"]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Encoder]:
    kept: dict[str, Encoder] = {}

    def make(name: str) -> Encoder:
        if name not in kept:
            with pytest.MonkeyPatch.context() as patch:
                kept[name] = _make(name, tmp_path_factory, patch)
        return kept[name]

    return make


_MADE: dict[str, Callable[[Path], Encoder]] = {
    "sentence folder": lambda folder: load_encoder(f"folder:{tiny_bert(folder)}"),
    "plain BERT folder": lambda folder: load_encoder(f"folder:{tiny_bert(folder, sentence=False)}"),
    "Nomic": lambda folder: _nomic(f"folder:{tiny_nomic(folder)}"),
    "open_clip folder": lambda folder: load_encoder(f"local-dir:{tiny_open_clip(folder)}"),
    "SigLIP folder": lambda folder: load_encoder(f"local-dir:{tiny_siglip(folder)}"),
    "Sentence Transformers CLIP": lambda folder: _clip_sentence(f"folder:{tiny_clip_sentence(folder)}"),
    "ResNet": lambda folder: _timm(f"folder:{tiny_timm(folder, 'test_resnet')}"),
    "vision transformer": lambda folder: _timm(f"folder:{tiny_timm(folder, 'test_vit')}"),
}


def _nomic(model: str) -> Encoder:
    from embeddings.encoders.nomic import NomicEncoder

    return NomicEncoder("Nomic", model, prompt="query: ", max_tokens=64)


def _clip_sentence(model: str) -> Encoder:
    from embeddings.encoders.clip_sentence import ClipSentence

    return ClipSentence("CLIP", model)


def _timm(model: str) -> Encoder:
    from embeddings.encoders.timm_features import TimmFeatures

    return TimmFeatures("features", model)


def _make(name: str, folders: pytest.TempPathFactory, patch: pytest.MonkeyPatch) -> Encoder:
    if name in _MADE:
        return _MADE[name](folders.mktemp("model"))
    if name == "GloVe":
        home = folders.mktemp("home")
        (home / "models").mkdir()
        lines = [f"{word} {row}.5 -1 0.25" for row, word in enumerate(["king", "queen", "the", "a", "carrot"])]
        (home / "models" / "glove.6B.300d.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        patch.setenv("VECTORSCOPE_HOME", str(home))
        return load_encoder("GloVe")
    if ENCODERS[name].fits:
        encoder = load_encoder(name)
        assert isinstance(encoder, FittedEncoder)
        return encoder.fit(SAMPLE)
    return bundled(name)


@pytest.fixture(params=[*BUNDLED, *OTHERS])
def encoder(request: pytest.FixtureRequest, made: Callable[[str], Encoder]) -> Encoder:
    return made(request.param)


def test_vectors_have_the_promised_shape_and_type(encoder: Encoder) -> None:
    vectors = encoder.encode(SAMPLE)

    assert vectors.shape == (len(SAMPLE), encoder.encode(["x"]).shape[1])
    assert vectors.dtype == np.float32
    assert vectors.flags.c_contiguous
    assert np.isfinite(vectors).all()
    spec = ENCODERS.get(encoder.name)
    if spec and spec.bundled and spec.dimension:
        assert vectors.shape[1] == spec.dimension


def test_encoding_twice_gives_the_same(encoder: Encoder) -> None:
    np.testing.assert_array_equal(encoder.encode(SAMPLE), encoder.encode(SAMPLE))


def test_equal_items_get_equal_vectors(encoder: Encoder) -> None:
    vectors = encoder.encode(["king", "a much longer text than the others here", "king", "carrot", "king"])

    np.testing.assert_array_equal(vectors[0], vectors[2])
    np.testing.assert_array_equal(vectors[0], vectors[4])


def test_neither_order_nor_company_matters(encoder: Encoder) -> None:
    together = encoder.encode(SAMPLE)
    backwards = encoder.encode(SAMPLE[::-1])[::-1]
    alone = np.vstack([encoder.encode([text]) for text in SAMPLE])

    for other in (backwards, alone):
        np.testing.assert_allclose(np.linalg.norm(together, axis=1), np.linalg.norm(other, axis=1), rtol=0.01)
        assert _cosines(together, other).min() > 0.999


def test_any_text_has_a_finite_vector(encoder: Encoder) -> None:
    for text in ["", " ", "🙂🏽‍🚀", "שלום עולם", "a\x00b", "\ud800 broken", "word " * 40_000, "x" * 100_000]:
        vectors = encoder.encode([text])

        assert vectors.shape[0] == 1, ascii(text[:20])
        assert np.isfinite(vectors).all(), ascii(text[:20])
        assert encoder.count([text]).lengths[0] >= 0, ascii(text[:20])


def test_no_items_are_the_callers_mistake(encoder: Encoder) -> None:
    with pytest.raises(ValueError, match="at least one item, got none"):
        encoder.encode([])


def test_inspection_and_lengths_agree(encoder: Encoder) -> None:
    for text in ["king", "the king and the queen 🙂", "", "a b c d e f g h i j k l m n o p q r s t u v"]:
        seen = encoder.inspect(text)

        counts = encoder.count([text, "king"])
        left_out = 0 if encoder.limit else counts.unknown[0]  # a model with a limit reads a sign for the unknown
        assert len(seen.tokens) + seen.dropped == counts.lengths[0] - left_out, text
        assert (counts.unknown <= counts.pieces).all(), text
        assert counts.limit == encoder.limit
        assert (counts.unknown[0] > 0) == (seen.unread > 0), text
        assert seen.limit == encoder.limit
        assert seen.dropped == 0 or len(seen.tokens) == seen.limit, text
        assert all(isinstance(token, str) and token for token in (*seen.tokens, *seen.unknown)), text


def test_params_are_plain_values(encoder: Encoder) -> None:
    assert encoder.params
    for key, value in encoder.params.items():
        assert isinstance(key, str)
        assert isinstance(value, str | int | float | bool)


@pytest.mark.parametrize("name", [name for name in BUNDLED if ENCODERS[name].fits])
@pytest.mark.parametrize("items", [["king"], ["king", "king"], ["king", "queen", "a carrot"]])
def test_tiny_collections_can_be_learned_from(name: str, items: list[str]) -> None:
    encoder = load_encoder(name)
    assert isinstance(encoder, FittedEncoder)

    vectors = encoder.fit(items).encode(items)

    assert np.isfinite(vectors).all()
    assert np.linalg.norm(vectors, axis=1).min() > 0


@pytest.mark.parametrize("name", [name for name in BUNDLED if ENCODERS[name].fits])
def test_a_fitted_encoder_survives_the_way_to_a_worker(name: str, made: Callable[[str], Encoder]) -> None:
    sent = pickle.loads(pickle.dumps(made(name)))

    np.testing.assert_array_equal(sent.encode(SAMPLE), made(name).encode(SAMPLE))


@pytest.fixture(params=OF_PICTURES)
def image_encoder(request: pytest.FixtureRequest, made: Callable[[str], Encoder]) -> ImageEncoder:
    encoder = made(request.param)
    assert isinstance(encoder, ImageEncoder)
    return encoder


def test_pictures_get_vectors_of_the_promised_shape_and_type(image_encoder: ImageEncoder) -> None:
    vectors = image_encoder.encode(PICTURES)

    assert vectors.shape == (len(PICTURES), image_encoder.encode(PICTURES[:1]).shape[1])
    assert vectors.dtype == np.float32
    assert vectors.flags.c_contiguous
    assert np.isfinite(vectors).all()
    np.testing.assert_array_equal(vectors[0], vectors[5])
    np.testing.assert_array_equal(vectors, image_encoder.encode(PICTURES))
    spec = ENCODERS.get(image_encoder.name)
    if spec and spec.bundled:
        assert vectors.shape[1] == spec.dimension
        assert spec.joint == isinstance(image_encoder, JointEncoder)
        assert spec.kinds == image_encoder.kinds


def test_neither_order_nor_company_of_pictures_matters(image_encoder: ImageEncoder) -> None:
    together = image_encoder.encode(PICTURES)
    alone = np.vstack([image_encoder.encode([item]) for item in PICTURES])

    assert _cosines(together, alone).min() > 0.999
    assert _cosines(together, image_encoder.encode(PICTURES[::-1])[::-1]).min() > 0.999
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), np.linalg.norm(alone, axis=1), rtol=0.01)


def test_any_picture_has_a_finite_vector_and_a_view(image_encoder: ImageEncoder) -> None:
    for size in [(1, 1), (4096, 4), (3, 900), (1, 4096), (33, 31)]:
        item = picture(3, *size)

        vectors, view = image_encoder.encode([item]), image_encoder.view(item)

        assert np.isfinite(vectors).all(), size
        assert Image.open(BytesIO(view.picture)).format == "PNG", size
        left, top, right, bottom = view.box
        assert 0 <= left < right <= 1, size
        assert 0 <= top < bottom <= 1, size
        assert view.note.endswith("."), size
        assert "%" not in view.note or (right - left) * (bottom - top) < 0.995, size


def test_pictures_have_no_tokens_and_their_encoders_plain_params(image_encoder: ImageEncoder) -> None:
    assert image_encoder.inspect(PICTURES[0]).tokens == ()
    assert image_encoder.count(PICTURES).lengths.tolist() == [0] * len(PICTURES)
    assert image_encoder.params
    assert all(isinstance(value, str | int | float | bool) for value in image_encoder.params.values())


def test_only_joint_encoders_take_texts_and_pictures(image_encoder: ImageEncoder) -> None:
    if not isinstance(image_encoder, JointEncoder):
        with pytest.raises(EmbeddingError, match=r"looks at pictures only; it cannot read a text\.$"):
            image_encoder.encode([PICTURES[0], "a text"])
        return
    mixed = ["king", PICTURES[0], "queen", PICTURES[1], "king"]

    vectors = image_encoder.encode(mixed)

    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert _cosines(vectors[[0, 2, 4]], image_encoder.encode(["king", "queen", "king"])).min() > 0.999
    assert _cosines(vectors[[1, 3]], image_encoder.encode(PICTURES[:2])).min() > 0.999
    np.testing.assert_array_equal(vectors[0], vectors[4])


def test_encoders_of_texts_refuse_pictures(encoder: Encoder) -> None:
    if "image" in encoder.kinds:
        assert isinstance(encoder, JointEncoder)
        return
    with pytest.raises(EmbeddingError, match=r"reads texts only; it cannot look at a picture\.$"):
        encoder.encode(["king", PICTURES[0]])
    if isinstance(encoder, FittedEncoder):
        with pytest.raises(EmbeddingError, match="reads texts only"):
            encoder.fit(["king", PICTURES[0]])


def _cosines(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    return np.where(lengths > 0, (a * b).sum(axis=1) / np.where(lengths > 0, lengths, 1), 1)
