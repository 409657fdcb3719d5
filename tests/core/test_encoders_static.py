"""The static model: distilled once, never seen half-written."""

from pathlib import Path

import numpy as np
import pytest

from embeddings.encoders import static
from embeddings.encoders.static import StaticEncoder, prepare
from tests.core.encoder_checkpoints import tiny_bert


@pytest.fixture
def teacher(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tiny_bert(tmp_path / "teacher")
    monkeypatch.setattr(static, "minilm_folder", lambda: folder)
    monkeypatch.setattr(static, "DIMENSION", 16)
    return folder


def test_it_is_distilled_once_in_silence_with_progress(
    teacher: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[tuple[int, int]] = []

    folder = prepare(tmp_path / "models" / "kept", lambda done, total: steps.append((done, total)))

    assert steps == [(1, 1)]
    assert capfd.readouterr() == ("", "")
    monkeypatch.setattr(static, "_distil", pytest.fail)
    assert prepare(folder) == folder
    assert [path.name for path in folder.parent.iterdir() if path.is_dir()] == ["kept"]


def test_a_failed_preparation_leaves_nothing(teacher: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(static, "_distil", fail)

    with pytest.raises(OSError, match="disk full"):
        prepare(tmp_path / "models" / "kept")
    assert not [path for path in (tmp_path / "models").iterdir() if path.is_dir()]


def test_a_text_is_the_mean_of_its_pieces(teacher: Path, tmp_path: Path) -> None:
    encoder = StaticEncoder(folder=tmp_path / "kept")
    rows = [encoder._tokens.tokenizer.token_to_id(word) for word in ("king", "queen")]
    mean = encoder._model.embedding[rows].mean(axis=0)

    vectors = encoder.encode(["king queen", "🙂"])

    np.testing.assert_allclose(vectors[0], mean / np.linalg.norm(mean), atol=1e-6)
    assert not vectors[1].any()
    assert encoder.inspect("king 🙂") == (("king",), None, 0, ("🙂",), 0.5)


def test_every_piece_of_a_long_text_counts(teacher: Path, tmp_path: Path) -> None:
    encoder = StaticEncoder(folder=tmp_path / "kept")

    counts = encoder.count([" ".join(["king"] * 600), "king 🙂"])
    assert (counts.pieces - counts.unknown).tolist() == [600, 1]
