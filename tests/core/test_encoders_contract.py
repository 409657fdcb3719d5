"""What every encoder promises, checked for all that run here and for tiny models in the formats of the others."""

import pickle
from collections.abc import Callable

import numpy as np
import pytest

from embeddings.encoders import ENCODERS, Encoder, FittedEncoder, load_encoder
from tests.core.encoder_checkpoints import bundled, tiny_bert, tiny_nomic

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
OTHERS = ["sentence folder", "plain BERT folder", "Nomic", "GloVe"]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Callable[[str], Encoder]:
    kept: dict[str, Encoder] = {}

    def make(name: str) -> Encoder:
        if name not in kept:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("VECTORSCOPE_HOME", str(request.config.cache.mkdir("vectorscope")))
                kept[name] = _make(name, tmp_path_factory, patch)
        return kept[name]

    return make


def _make(name: str, folders: pytest.TempPathFactory, patch: pytest.MonkeyPatch) -> Encoder:
    if name == "sentence folder":
        return load_encoder(f"folder:{tiny_bert(folders.mktemp('tiny'))}")
    if name == "plain BERT folder":
        return load_encoder(f"folder:{tiny_bert(folders.mktemp('bert'), sentence=False)}")
    if name == "Nomic":
        from embeddings.encoders.nomic import NomicEncoder

        return NomicEncoder("Nomic", f"folder:{tiny_nomic(folders.mktemp('nomic'))}", prompt="query: ", max_tokens=64)
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


@pytest.mark.parametrize(
    "text", ["", " ", "🙂🏽‍🚀", "שלום עולם", "a\x00b", "\ud800 broken", "word " * 40_000, "x" * 100_000]
)
def test_any_text_has_a_finite_vector(encoder: Encoder, text: str) -> None:
    vectors = encoder.encode([text])

    assert vectors.shape[0] == 1
    assert np.isfinite(vectors).all()
    assert encoder.lengths([text])[0] >= 0


def test_no_items_are_the_callers_mistake(encoder: Encoder) -> None:
    with pytest.raises(ValueError, match="at least one item, got none"):
        encoder.encode([])


@pytest.mark.parametrize(
    "text", ["king", "the king and the queen 🙂", "", "a b c d e f g h i j k l m n o p q r s t u v"]
)
def test_inspection_and_lengths_agree(encoder: Encoder, text: str) -> None:
    seen = encoder.inspect(text)

    assert len(seen.tokens) + seen.dropped == encoder.lengths([text, "king"])[0]
    assert seen.limit == encoder.limit
    assert seen.dropped == 0 or len(seen.tokens) == seen.limit
    assert all(isinstance(token, str) and token for token in (*seen.tokens, *seen.unknown))


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


def _cosines(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    return np.where(lengths > 0, (a * b).sum(axis=1) / np.where(lengths > 0, lengths, 1), 1)
