"""The table of encoders, and whether each can be loaded now."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from huggingface_hub import constants

from embeddings.encoders import ENCODERS, EncoderSpec, availability, find_spec, load_encoder, table
from embeddings.encoders.availability import NOT_HERE, remedy
from embeddings.encoders.places import revision
from embeddings.errors import EncoderUnavailable
from tests.core.encoder_checkpoints import in_hub_cache, tiny_bert

HUB = [name for name, spec in ENCODERS.items() if spec.model and ":" not in spec.model]


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(availability, "_remedies", {})
    monkeypatch.setattr(availability, "_probe", availability._Probe())
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setenv("VECTORSCOPE_HOME", str(tmp_path / "home"))


@pytest.fixture
def online(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)


def test_nothing_heavy_is_imported_to_ask() -> None:
    code = (
        "import sys\n"
        "from embeddings.encoders import ENCODERS\n"
        "from embeddings.encoders.availability import remedy\n"
        "[remedy(name) for name in ENCODERS]\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'sklearn', 'model2vec', 'scipy'}\n"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"HF_HUB_OFFLINE": "1", "PYTHONPATH": "."})


def test_bundled_encoders_come_first_and_run_here() -> None:
    bundled = [spec.bundled for spec in ENCODERS.values()]

    assert bundled == sorted(bundled, reverse=True)
    assert [remedy(name) for name, spec in ENCODERS.items() if spec.bundled] == [None] * sum(bundled)


def test_every_entry_tells_what_a_reader_must_know() -> None:
    for spec in ENCODERS.values():
        assert spec.summary.endswith(".")
        assert spec.licence
        assert spec.packages
        assert spec.bundled or (spec.megabytes and spec.dimension)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = EncoderSpec("A test.", "nowhere:Nothing", packages=("sys", "no_such_package"))
    monkeypatch.setitem(table.ENCODERS, "Test", spec)

    assert "pip install no-such-package" in (remedy("Test") or "")
    with pytest.raises(EncoderUnavailable, match="no-such-package is missing"):
        load_encoder("Test")


@pytest.mark.parametrize("name", HUB)
def test_downloads_are_offered_with_the_remedy_while_offline(name: str) -> None:
    assert remedy(name) == NOT_HERE


def test_a_cached_model_needs_no_internet(tmp_path: Path) -> None:
    tiny_bert(in_hub_cache(tmp_path / "hub", ENCODERS["MPNet base"].model))

    assert remedy("MPNet base") is None
    assert remedy("BGE small") == NOT_HERE


def test_downloads_are_available_when_the_hub_answers(online: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(constants, "ENDPOINT", f"http://127.0.0.1:{server.getsockname()[1]}")
        monkeypatch.setenv("no_proxy", "*")

        assert availability.hub_answers(patience=5)
        assert remedy("hub:any/model") is None


def test_a_hub_that_refuses_is_asked_once_a_minute(online: None, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(availability, "_connects", lambda: bool(asked.append(1)))

    for _ in range(3):
        assert not availability.hub_answers(patience=5)
    assert {remedy(name) for name in HUB} == {NOT_HERE}
    assert len(asked) == 1


def test_the_answer_is_remembered_for_a_moment(tmp_path: Path) -> None:
    assert remedy("GloVe") is not None
    (tmp_path / "home" / "models").mkdir(parents=True)
    (tmp_path / "home" / "models" / "glove.6B.300d.txt").touch()
    assert remedy("GloVe") is not None

    availability._remedies.clear()
    assert remedy("GloVe") is None


def test_glove_says_where_its_file_belongs(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "models"

    assert remedy("GloVe") == f"Not on this machine: put the file glove.6B.300d.txt into the folder {folder} " + (
        "and choose it again."
    )
    folder.mkdir(parents=True)
    (folder / "glove.6B.300d.txt").write_text("the 1 2\nof 3\n", encoding="utf-8")
    with pytest.raises(EncoderUnavailable, match="cannot be read as GloVe vectors"):
        load_encoder("GloVe")


def test_glove_averages_known_words_and_lists_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "models"
    folder.mkdir(parents=True)
    (folder / "glove.6B.300d.txt").write_text("king 1 2\nnull 3 6\n", encoding="utf-8")

    for _ in range(2):
        glove = load_encoder("GloVe")
        assert glove.encode(["King, null!", "zyx"]).tolist() == [[2, 4], [0, 0]]
        assert glove.inspect("King zyx king") == (("king", "king"), None, 0, ("zyx",), pytest.approx(1 / 3))


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("minilm", "Did you mean MiniLM"),
        ("TFIDF", "Did you mean TF-IDF"),
        ("zzzzzz", "There are MiniLM"),
        ("hub:../../etc", "hub:ORGANISATION/NAME"),
        ("hub:a/b/c", "hub:ORGANISATION/NAME"),
        ("folder:", "folder:PATH"),
    ],
)
def test_unknown_names_are_answered_with_the_nearest(name: str, hint: str) -> None:
    for ask in (find_spec, load_encoder):
        with pytest.raises(EncoderUnavailable, match=hint):
            ask(name)
    assert hint in (remedy(name) or "")


def test_other_models_have_a_spec(tmp_path: Path) -> None:
    assert find_spec("hub:org/model.v1-x").model == "org/model.v1-x"
    assert not find_spec(f"folder:{tmp_path}").bundled
    assert remedy(f"folder:{tmp_path}") is None
    assert "There is no folder" in (remedy(f"folder:{tmp_path / 'nowhere'}") or "")


def test_a_folder_is_known_by_what_it_holds_wherever_it_lies_and_whenever_it_was_copied(tmp_path: Path) -> None:
    for place in ("one", "two"):
        (tmp_path / place / "deep").mkdir(parents=True)
        (tmp_path / place / "deep" / "weights").write_bytes(b"12")
        (tmp_path / place / "config.json").write_text("{}", encoding="utf-8")
    os.utime(tmp_path / "two" / "config.json", (1, 1))
    before = revision(f"folder:{tmp_path / 'one'}")
    assert before == revision(f"folder:{tmp_path / 'two'}") != ""
    (tmp_path / "two" / "deep" / "weights").write_bytes(b"21")
    assert revision(f"folder:{tmp_path / 'two'}") != before
