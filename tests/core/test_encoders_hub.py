"""Fetching models: only what is safe, and every failure in words."""

from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import httpx
import pytest
from huggingface_hub import constants
from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError, RepositoryNotFoundError

from embeddings.encoders import hub, load_encoder
from embeddings.errors import EncoderUnavailable
from tests.core.encoder_checkpoints import tiny_bert

ANSWER = httpx.Response(404, request=httpx.Request("GET", "http://hub.test"))


@pytest.fixture(autouse=True)
def reachable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(hub, "hub_answers", lambda patience: True)


def test_a_download_takes_safetensors_and_leaves_code_and_pickles(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: dict[str, Any] = {}

    def download(model: str, **options: Any) -> str:
        asked.update(options, model=model)
        return str(tiny_bert(tmp_path / "model"))

    monkeypatch.setattr(hub, "snapshot_download", download)

    assert load_encoder("hub:some-org/tiny").encode(["king"]).shape == (1, 32)
    assert asked["model"] == "some-org/tiny"
    wanted = ["modules.json", "1_Pooling/config.json", "model-00001-of-00002.safetensors", "vocab.txt", "spiece.model"]
    unwanted = ["pytorch_model.bin", "modeling.py", "model.pkl", "flax_model.msgpack", "tf_model.h5"]
    assert [any(fnmatch(file, pattern) for pattern in asked["allow_patterns"]) for file in wanted] == [True] * 5
    assert not any(fnmatch(file, pattern) for pattern in asked["allow_patterns"] for file in unwanted)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (RepositoryNotFoundError("no", response=ANSWER), "The hub has no public model “some-org/tiny”"),
        (HfHubHTTPError("busy", response=ANSWER), "could not be downloaded"),
        (httpx.ConnectTimeout("slow"), "could not be downloaded"),
        (LocalEntryNotFoundError("cut off"), "could not be downloaded"),
        (OSError(28, "No space left on device"), "could not be written to disk: No space left on device"),
    ],
)
def test_every_failure_says_what_happened(monkeypatch: pytest.MonkeyPatch, error: Exception, message: str) -> None:
    def fail(*_: object, **__: object) -> str:
        raise error

    monkeypatch.setattr(hub, "snapshot_download", fail)

    with pytest.raises(EncoderUnavailable, match=message):
        load_encoder("hub:some-org/tiny")


def test_a_download_without_safe_weights_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tiny_bert(tmp_path / "model")
    (folder / "model.safetensors").unlink()
    monkeypatch.setattr(hub, "snapshot_download", lambda *_, **__: str(folder))

    with pytest.raises(EncoderUnavailable, match="has no weights: only weights saved as safetensors"):
        load_encoder("hub:some-org/tiny")
