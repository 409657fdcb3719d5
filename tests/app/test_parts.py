"""The pure parts of the pages, without a page."""

import csv
import io
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest

from components.kit import ask, maps
from components.kit.candidates import find_text
from components.kit.caveats import blind, collection_sentence, vocabulary_sentence
from components.kit.items import csv_of, npz_of, part_of, table_of
from components.kit.map.colouring import colour_by_column, size_by_column
from components.kit.maps import scene_of
from components.kit.spaces import LayoutSettings
from components.kit.words import chart_text, escape, neutral, shorten, to_csv
from components.views.map import evidence, unrelated_sentence
from components.views.preview import length_histogram, truncation_sentence
from embeddings.collection import Collection
from embeddings.encoders.inspection import TokenCounts
from embeddings.errors import EmbeddingError
from embeddings.jobs.job import Job
from embeddings.projections import project
from embeddings.reading import read
from embeddings.space import Space
from embeddings.trust import NeighboursKept

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n1",
    " =1",
    "\xa0\u3000+1",
    "\ufeff\u200b-1",
    "＝1",
    " ＋1",
    "－1",
    "＠A1",
]


@pytest.fixture
def labelled():
    metadata = pa.table({"kind": ["a", "b", None, "a"], "weight": [1.0, 2.0, None, 4.0], "few": [1, 2, 1, 2]})
    return Space.from_vectors(["one", "=two()", "<b>three</b>", "four"], np.eye(4), name="s", metadata=metadata)


def test_markup_is_escaped_and_stays_on_one_line():
    assert escape("**a**\n[b](c) <d>") == r"\*\*a\*\* \[b\]\(c\) \<d\>"


def test_charts_show_markup_as_it_is_written():
    assert chart_text("<b>R&D</b>  now", 40) == "&lt;b&gt;R&amp;D&lt;/b&gt; now"
    # Cut first, so that no entity is torn apart.
    assert chart_text("ab<cdef", 4) == "ab&lt;…"


def test_texts_are_shortened_at_the_end():
    assert shorten("a  b\nc", 5) == "a b c"
    assert shorten("abcdef", 4) == "abc…"


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_neutralised_and_numbers_are_not(text):
    assert neutral(text) == f"'{text}"
    assert neutral(-1.5) == -1.5
    assert neutral(" a = b") == " a = b"


def test_csv_reads_back():
    data = to_csv(["a", "=b"], [["x\n,y", 1], ["=z", None]])
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows == [["a", "'=b"], ["x\n,y", "1"], ["'=z", ""]]


def test_text_and_pattern_search():
    collection = Collection.from_texts(["Apple pie", "pineapple", "a.b", "Überfahrt"], name="s")
    assert find_text(collection, "apple").tolist() == [0, 1]
    assert find_text(collection, "A.B").tolist() == [2]
    assert find_text(collection, "^a", regex=True).tolist() == [0, 2]
    assert find_text(collection, "überfahrt").tolist() == [3]


def test_a_pattern_that_would_explode_elsewhere_ends_and_a_broken_one_is_answered():
    collection = Collection.from_texts(["a" * 5000 + "!"], name="s")
    assert not len(find_text(collection, "(a+)+$", regex=True))
    with pytest.raises(EmbeddingError, match="cannot be read"):
        find_text(collection, "(", regex=True)


def test_colours_follow_the_type_of_the_column(labelled):
    kinds = {name: colour_by_column(labelled, name).kind for name in ("kind", "weight", "few", "nothing", "no column")}
    assert kinds == {"kind": "categorical", "weight": "categorical", "few": "categorical"} | dict.fromkeys(
        ("nothing", "no column"), "none"
    )
    many = Space.from_vectors(map(str, range(40)), np.eye(40), name="s", metadata=pa.table({"v": np.arange(40.0)}))
    colouring = colour_by_column(many, "v")
    assert (colouring.kind, colouring.low, colouring.high) == ("numeric", 0, 39)


def test_sizes_start_at_zero_and_missing_ones_are_small(labelled):
    assert size_by_column(labelled, "weight").tolist() == [0, 1, 0, 3]
    assert size_by_column(labelled, "nothing") is None


def test_a_selection_leaves_as_table_csv_and_vectors(labelled, tmp_path):
    rows = np.array([1, 3], dtype=np.int32)
    layout = project(labelled, "PCA")
    table = table_of(labelled, rows, layout.coordinates)
    assert table["item"].to_pylist() == ["=two()", "four"]
    assert table["kind"].to_pylist() == ["b", "a"]
    assert table["row"].to_pylist() == [2, 4]
    np.testing.assert_allclose(table["map x"], layout.coordinates[rows, 0])
    header, line, _ = csv_of(labelled, rows, layout, filter="kind: a").decode("utf-8-sig").splitlines()
    assert "'=two()" in line
    assert dict(zip(header.split(","), line.split(","), strict=True)).items() >= {
        ("method", "PCA"),
        ("dims", "2"),
        ("seed", "0"),
        ("filter", "kind: a"),
    }
    (tmp_path / "part.npz").write_bytes(npz_of(labelled, rows))
    again = read(tmp_path / "part.npz")
    np.testing.assert_array_equal(again.vectors, labelled.vectors[rows])
    assert again.collection.items == ("=two()", "four")


def test_a_part_keeps_its_metadata(labelled):
    part = part_of(labelled, np.array([3, 0], dtype=np.int32))
    assert part.items == ("four", "one")
    assert part.metadata["weight"].to_pylist() == [4.0, 1.0]


def test_the_scene_names_the_axes_of_pca_only(blobs):
    for method, axes in (("PCA", 2), ("t-SNE", 0)):
        scene = scene_of(blobs, project(blobs, method), "nothing", "nothing", None)
        assert len(scene.axes) == axes
        assert scene.texts[0:2] == ["item 0", "item 1"]


def test_evidence_states_kept_and_chance(blobs):
    layout = project(blobs, "PCA")
    shares = np.append(np.full(299, 0.31, dtype=np.float32), np.nan)
    kept = NeighboursKept(shares, 10 / 299, 2)
    said = evidence(300, LayoutSettings(), layout, kept)
    assert said.startswith("Keeps **3.1 of 10** true neighbours (by chance 0.33) · PCA, seed 0.")
    nothing = evidence(300, LayoutSettings(), layout, kept._replace(shares=np.full(300, np.nan)))
    assert nothing == "No two items have anything in common, so there are no true neighbours to keep · PCA, seed 0."
    assert evidence(6, LayoutSettings(), layout, kept).startswith("With 6 items every map keeps all neighbours")
    said = unrelated_sentence(blobs.collection, layout, kept)
    assert said.startswith("2 items have nothing in common with any that differs, as this encoder sees them: where")
    said = unrelated_sentence(blobs.collection, project(blobs, "t-SNE"), kept._replace(unrelated=1))
    assert said.endswith("as this encoder sees it: it is drawn apart, below the others, in no order.")


def test_preview_sentences_and_lengths():
    counts = np.array([3, 300, 10])
    assert "1 of 3 items are longer" in truncation_sentence("MiniLM", counts, 256)
    assert "nothing is cut off" in truncation_sentence("MiniLM", counts[:1], 256)
    assert "any length" in truncation_sentence("MiniLM static", counts, None)
    lengths = length_histogram(Collection.from_texts(["a", "bb", "bb", "c" * 90], name="s"))
    assert lengths["items"].sum() == 4


def test_what_an_encoder_cannot_read_is_said_with_one_that_can():
    chinese = Collection.from_texts(["猫在沙发上睡觉", "狗对邮递员叫"], name="zh")
    counts = TokenCounts(np.array([9, 8]), 256, np.array([7, 6]), np.array([6, 6]))
    said = collection_sentence(chinese, "MiniLM", counts)
    assert said.startswith("92 % of the tokens are unknown to MiniLM; most of the text is in Chinese characters.")
    assert "Character n-grams can read it" in said
    assert "MiniLM multilingual (480 MB)" in said
    assert blind(chinese, "MiniLM", counts) == said
    # Cyrillic letters are in the vocabulary, its words are not.
    known = counts._replace(unknown=np.array([0, 0]))
    russian = Collection.from_texts(["Кошка спит на диване", "Собака лает"], name="ru")
    assert "made for English" in collection_sentence(russian, "MiniLM", known)
    assert collection_sentence(russian, "E5 small multilingual", known) == ""
    assert collection_sentence(russian, "Character n-grams", known) == ""
    english = Collection.from_texts(["The cat is on the sofa 🙂", "A dog"], name="en")
    few = TokenCounts(np.array([42, 42]), 256, np.array([40, 40]), np.array([1, 0]))
    assert collection_sentence(english, "MiniLM", few) == blind(english, "MiniLM", few) == ""


def test_words_outside_a_small_vocabulary_are_named_with_what_is_known():
    counts = TokenCounts(
        np.array([3, 3]), 32, np.array([1, 1]), np.array([1, 1]), ("houses", "suns"), ("circle", "star", "red")
    )
    said = vocabulary_sentence("Scenes CLIP", ["houses", "suns"], counts, "text", same=True)
    assert said == (
        "Scenes CLIP does not know “houses” and “suns”. So every text is the same to it, and there is no answer. Among "
        "the words that it knows are circle, star and red."
    )
    half = counts._replace(unknown=np.array([1, 0]), examples=("houses",))
    said = vocabulary_sentence("Scenes CLIP", ["houses", "a star"], half, "text", same=False)
    assert "It cannot read “houses”, so ignore the result for it." in said
    whole = counts._replace(unknown=np.array([0, 0]))
    assert vocabulary_sentence("Scenes CLIP", ["a star", "red"], whole, "text", same=False) == ""
    assert "Every label has the same vector" in vocabulary_sentence("x", ["a", "a"], whole, "label", same=True)


def test_a_handful_of_items_begins_with_pca_and_only_a_default_follows(monkeypatch):
    state = {}
    monkeypatch.setattr(maps.st, "session_state", state)
    assert maps.first_method(range(600)) == "UMAP"
    state["method"] = "UMAP"
    assert maps.first_method(range(6)) == state["method"] == "PCA"
    state["method"] = "t-SNE"
    assert maps.first_method(range(600)) == "UMAP"
    assert state["method"] == "t-SNE"


def test_the_last_map_stays_dimmed_until_the_next_is_there(blobs, monkeypatch):
    monkeypatch.setattr(maps.st, "session_state", {})
    monkeypatch.setattr(maps, "layout_request", lambda space, settings: settings.method)
    known = {"PCA": project(blobs, "PCA")}
    pending = SimpleNamespace(ask=known.get)
    wished = LayoutSettings("t-SNE", 2, 0, {})
    drawn = maps.layout_or_quick(blobs, LayoutSettings("PCA", 2, 0, {}), pending)
    assert not scene_of(blobs, drawn[0], "nothing", "nothing").dimmed
    layout, settings = maps.layout_or_quick(blobs, wished, pending)
    assert layout is drawn[0]
    assert settings.method == "PCA"
    assert scene_of(blobs, layout, "nothing", "nothing").dimmed
    known["t-SNE"] = project(blobs, "t-SNE")
    layout, settings = maps.layout_or_quick(blobs, wished, pending)
    assert settings.method == "t-SNE"
    assert not scene_of(blobs, layout, "nothing", "nothing").dimmed


def test_who_waits_for_a_worker_is_told_how_many_are_ahead(monkeypatch):
    jobs = [Job(f"layout|{place}") for place in range(3)]
    monkeypatch.setattr(ask, "board", lambda: SimpleNamespace(running=lambda: jobs))
    assert [f"{job.stage}{ask._queue(job)}" for job in jobs] == [
        "Waiting for a free worker …",
        "Waiting for a free worker: 1 ahead of you",
        "Waiting for a free worker: 2 ahead of you",
    ]
    jobs[2].stage = "Drawing the map"
    assert ask._queue(jobs[2]) == " … (2 computations ahead)"
