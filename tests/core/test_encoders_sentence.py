"""Loading Sentence Transformers models safely, and what their vectors mean."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer

from embeddings.encoders import availability, hardware, load_encoder, minilm
from embeddings.encoders.hardware import processor_flags
from embeddings.encoders.nomic import NomicConfig, NomicEncoder
from embeddings.encoders.sentence import SentenceEncoder
from embeddings.errors import EncoderUnavailable
from tests.core.encoder_checkpoints import REVISION, bundled, in_hub_cache, tiny_bert, tiny_nomic

WORDS = ["king", "queen", "carrot", "the quick brown fox jumps over the lazy dog", ""]


def test_minilm_knows_that_queens_are_nearer_to_kings_than_carrots() -> None:
    king, queen, carrot = bundled("MiniLM").encode(["king", "queen", "carrot"])

    assert king @ queen > king @ carrot + 0.1


def test_minilm_vectors_have_length_one_and_agree_with_the_plain_library(float32: None) -> None:
    fast = bundled("MiniLM").encode(WORDS)
    plain = SentenceTransformer(str(minilm.minilm_folder()), device="cpu").encode(WORDS, show_progress_bar=False)

    np.testing.assert_allclose(np.linalg.norm(fast, axis=1), 1, atol=1e-5)
    assert (fast * plain).sum(axis=1).min() > 0.999


def test_minilm_says_what_it_saw() -> None:
    seen = bundled("MiniLM").inspect("Kings 🙂")
    long = bundled("MiniLM").inspect("word " * 300)

    assert seen.tokens == ("[CLS]", "kings", "[UNK]", "[SEP]")
    assert seen.unknown == ("🙂",)
    assert (len(long.tokens), long.limit, long.dropped, long.tokens[-1]) == (256, 256, 46, "[SEP]")
    assert bundled("MiniLM").params["max tokens"] == 256


def test_text_that_minilm_cannot_read_is_counted() -> None:
    encoder = bundled("MiniLM")
    texts = ["猫在沙发上睡觉", "A cat sleeps."]

    counts = encoder.count(texts)

    # Of the Chinese characters only 上 is in the vocabulary; the start and the end are no part of the text.
    assert counts.pieces.tolist() == [7, 4]
    assert counts.unknown.tolist() == [6, 0]
    assert counts.lengths.tolist() == [9, 6]
    assert counts.unread == pytest.approx(6 / 11)
    assert counts.limit == 256
    assert set(counts.examples) == set("猫在沙发睡觉")
    assert encoder.inspect(texts[0]).unread == pytest.approx(6 / 7)
    assert encoder.inspect(texts[1]).unread == 0


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"something else")

    with pytest.raises(EncoderUnavailable, match="changed weights"):
        minilm.check_content(weights)
    with pytest.raises(EncoderUnavailable, match="lost its weights"):
        minilm.check_content(tmp_path / "missing")


def test_a_local_folder_gives_the_vectors_of_the_plain_library(float32: None, tmp_path: Path) -> None:
    folder = tiny_bert(tmp_path)

    vectors = load_encoder(f"folder:{folder}").encode(WORDS)

    plain = SentenceTransformer(str(folder), device="cpu").encode(WORDS, show_progress_bar=False)
    np.testing.assert_allclose(vectors, plain, atol=1e-6)


def test_a_bare_transformer_is_mean_pooled(float32: None, tmp_path: Path) -> None:
    encoder = load_encoder(f"folder:{tiny_bert(tmp_path, sentence=False)}")
    model = encoder._model  # type: ignore[attr-defined]

    tokens = model.encode("king", output_value="token_embeddings", show_progress_bar=False)

    np.testing.assert_allclose(encoder.encode(["king"])[0], tokens.mean(dim=0), atol=1e-6)


def test_a_prompt_is_put_before_each_text(float32: None, tmp_path: Path) -> None:
    folder = f"folder:{tiny_bert(tmp_path)}"
    prompted = SentenceEncoder("prompted", folder, prompt="query: ")

    written_out = SentenceEncoder("", folder).encode(["query: king"])

    np.testing.assert_allclose(prompted.encode(["king"]), written_out, atol=1e-6)
    assert prompted.inspect("king").tokens == ("[CLS]", "query", ":", "king", "[SEP]")
    assert prompted.count(["king"]).lengths[0] == 5
    assert prompted.params["prompt"] == "query: "


def test_the_models_own_prompt_is_used_and_shown(float32: None, tmp_path: Path) -> None:
    folder = tiny_bert(tmp_path)
    own = {"prompts": {"query": "query: "}, "default_prompt_name": "query"}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(own), encoding="utf-8")

    assert load_encoder(f"folder:{folder}").inspect("king").tokens == ("[CLS]", "query", ":", "king", "[SEP]")
    assert SentenceEncoder("bare", f"folder:{folder}", prompt="").inspect("king").tokens == ("[CLS]", "king", "[SEP]")


def test_queries_and_passages_have_prompts_of_their_own(float32: None, tmp_path: Path) -> None:
    folder = tiny_bert(tmp_path)
    own = {"prompts": {"query": "query: ", "passage": "king: "}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(own), encoding="utf-8")
    bare = SentenceEncoder("bare", f"folder:{folder}", prompt="")
    written_out = bare.encode(["query: king", "king: king", "king"])
    asked = SentenceEncoder("asked", f"folder:{folder}", prompt="", query_prompt="query: ")
    for encoder, passage in ((load_encoder(f"folder:{folder}"), written_out[1]), (asked, written_out[2])):
        np.testing.assert_allclose(encoder.encode_query(["king"])[0], written_out[0], atol=1e-6)
        np.testing.assert_allclose(encoder.encode(["king"])[0], passage, atol=1e-6)
        assert encoder.inspect_query("king").tokens == ("[CLS]", "query", ":", "king", "[SEP]")
        assert encoder.params["query prompt"] == "query: "
    np.testing.assert_allclose(bare.encode_query(["king"])[0], written_out[2], atol=1e-6)
    assert "query prompt" not in bare.params


def test_a_hub_model_is_loaded_from_the_local_cache_without_internet(hub_cache: Path) -> None:
    tiny_bert(in_hub_cache(hub_cache, "some-org/tiny"))

    encoder = load_encoder("hub:some-org/tiny")

    assert encoder.encode(["king"]).shape == (1, 32)
    assert encoder.params["revision"] == REVISION


@pytest.mark.parametrize("name", ["hub:nobody/does-not-exist", "MPNet base", "Nomic text"])
def test_a_model_that_is_not_here_says_what_to_do_without_internet(hub_cache: Path, name: str) -> None:
    with pytest.raises(EncoderUnavailable) as caught:
        load_encoder(name)

    assert str(caught.value) == availability.NOT_HERE


def test_pickled_weights_are_refused(hub_cache: Path, tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="pickled files"):
        load_encoder(f"folder:{tiny_bert(tmp_path / 'pickled', safe=False)}")


def test_pickled_weights_of_a_later_module_are_refused(tmp_path: Path) -> None:
    folder = tiny_bert(tmp_path)
    torch.save({}, folder / "1_Pooling" / "pytorch_model.bin")

    with pytest.raises(EncoderUnavailable, match="pickled files"):
        load_encoder(f"folder:{folder}")


def test_code_that_comes_with_a_model_is_not_run(tmp_path: Path) -> None:
    folder = tiny_bert(tmp_path)
    (folder / "evil.py").write_text("raise SystemExit('ran')\n", encoding="utf-8")
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    modules[0]["type"] = "evil.Transformer"
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")

    with pytest.raises(EncoderUnavailable, match="cannot be loaded"):
        load_encoder(f"folder:{folder}")


def test_folders_that_are_no_models_are_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="There is no folder"):
        load_encoder(f"folder:{tmp_path / 'nowhere'}")
    with pytest.raises(EncoderUnavailable, match="neither modules"):
        load_encoder(f"folder:{tmp_path}")
    broken = tiny_bert(tmp_path / "broken")
    (broken / "model.safetensors").write_bytes(b"no tensors here")
    with pytest.raises(EncoderUnavailable, match="cannot be loaded"):
        load_encoder(f"folder:{broken}")
    (broken / "modules.json").write_text("{", encoding="utf-8")
    with pytest.raises(EncoderUnavailable, match="cannot be read"):
        load_encoder(f"folder:{broken}")


def test_loading_and_encoding_are_silent(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = tiny_bert(tmp_path)
    capfd.readouterr()

    load_encoder(f"folder:{folder}").encode(["king"])

    assert capfd.readouterr() == ("", "")


def test_nomic_ignores_the_code_its_configuration_points_to(tmp_path: Path) -> None:
    encoder = NomicEncoder("Nomic", f"folder:{tiny_nomic(tmp_path)}", prompt="query: ", max_tokens=64)

    assert encoder.encode(["king", "queen"]).shape == (2, 32)
    assert encoder.limit == 64


def test_nomic_reads_positions_and_padding_right(float32: None, tmp_path: Path) -> None:
    encoder = NomicEncoder("Nomic", f"folder:{tiny_nomic(tmp_path)}")
    ab, ba = encoder.encode(["king queen", "queen king"])

    assert not np.allclose(ab, ba, atol=1e-6)
    padded = encoder.encode(["king", "king queen carrot king queen carrot"])[0]
    np.testing.assert_allclose(padded, encoder.encode(["king"])[0], atol=1e-6)


def test_nomic_variants_it_cannot_compute_are_refused() -> None:
    with pytest.raises(ValueError, match="prenorm must be False, got True"):
        NomicConfig(prenorm=True)


def test_the_number_format_follows_the_processor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text("processor : 0\nflags\t\t: fpu avx512_bf16 sse\n", encoding="utf-8")
    assert "avx512_bf16" in processor_flags(cpuinfo)
    assert processor_flags(tmp_path / "missing") == frozenset()

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    for flags, numbers in [({"amx_bf16"}, "bfloat16"), ({"avx2"}, "float32")]:
        monkeypatch.setattr(hardware, "processor_flags", lambda flags=flags: frozenset(flags))
        assert hardware.best_hardware.__wrapped__().numbers == numbers


def test_an_incomplete_download_does_not_count(hub_cache: Path) -> None:
    folder = tiny_bert(in_hub_cache(hub_cache, "some-org/tiny"))
    assert availability.cached_snapshot("some-org/tiny") == folder

    (folder / "tokenizer.json").unlink()
    assert availability.cached_snapshot("some-org/tiny") is None
    shutil.rmtree(folder)
    assert availability.cached_snapshot("some-org/tiny") is None
