"""Scenes CLIP with its committed weights: the promised figures, other code's drawings, the encoder's manners."""

from functools import partial

import numpy as np
import pytest
from PIL import Image

from embeddings.collection import Collection
from embeddings.encoders import find_spec, load_encoder
from embeddings.encoders.scenes_clip import model
from embeddings.encoders.scenes_clip.digits import all_digits, held_out, training_rows
from embeddings.encoders.scenes_clip.evaluation import (
    PAPERS,
    arithmetic,
    binding,
    digits,
    one_paper,
    plain_style,
    retrieval,
    scene_style,
    scenery_arithmetic,
    zero_shot,
)
from embeddings.encoders.scenes_clip.plain_style import plain_shape, plain_sheet
from embeddings.errors import EncoderUnavailable
from embeddings.images import open_kept
from embeddings.scenes import png
from embeddings.scenes.things import RELATIONS
from embeddings.store.store import vector_identity


@pytest.fixture(scope="module")
def encoder():
    return load_encoder("Scenes CLIP")


@pytest.fixture(scope="module")
def sample(ready):
    return ready("scenes")


@pytest.fixture(scope="module")
def vectors(encoder, sample):
    return encoder.encode(list(sample.items))


@pytest.mark.long
@pytest.mark.parametrize("style", [scene_style, plain_style])
def test_tells_48_colours_and_shapes(encoder, style):
    assert zero_shot(encoder, style, "", each=4).share >= 0.95


@pytest.mark.long
def test_finds_the_picture_of_a_caption_among_200(encoder):
    there, _, back = retrieval(encoder, rounds=1)
    assert there.share >= 0.8
    assert back.share >= 0.8


@pytest.mark.long
@pytest.mark.parametrize("background", PAPERS)
def test_red_circle_minus_red_plus_blue_is_a_blue_circle(encoder, background):
    without_input, with_input = arithmetic(encoder, partial(one_paper, background=background), "")
    assert without_input.share >= 0.9
    assert with_input.share >= 0.9


@pytest.mark.long
@pytest.mark.parametrize("relation", RELATIONS)
def test_knows_what_belongs_to_what_and_where(encoder, relation):
    assert binding(encoder, relation, count=30).share >= 0.85


@pytest.mark.long
def test_this_picture_but_at_night(encoder):
    assert scenery_arithmetic(encoder).share >= 0.8


@pytest.mark.long
def test_reads_handwritten_digits_it_never_saw(encoder):
    assert min(figure.share for figure in digits(encoder)) >= 0.9


def test_a_fifth_of_the_digits_was_kept_out():
    assert len(held_out()) == 359
    assert not set(held_out()) & set(training_rows())
    assert len(held_out()) + len(training_rows()) == len(all_digits().labels)


@pytest.mark.parametrize(
    "query",
    ["red circle left of a blue square", "blue circle left of a red square", "red circle right of a blue square"],
)
def test_the_right_pairs_come_first_in_the_ready_collection(encoder, sample, vectors, query):
    right = [caption.startswith(f"a {query}") for caption in sample.column("caption").to_pylist()]
    near = vectors @ encoder.encode([query])[0]
    first = np.argsort(-near)[: sum(right)]
    assert right[first[0]]
    assert np.mean([right[row] for row in first]) >= 0.75


def test_a_few_hand_made_pictures_of_another_size(encoder):
    sheet = plain_sheet(400)
    plain_shape(sheet, "circle", "red", (110, 190, 60))
    plain_shape(sheet, "square", "blue", (290, 200, 60))
    claims = ["a red circle left of a blue square", "a blue circle left of a red square",
              "a red circle right of a blue square"]  # fmt: skip
    near = encoder.encode(claims) @ encoder.encode([png(sheet)])[0]
    assert near.argmax() == 0


def test_vectors_have_length_one_and_do_not_depend_on_company(encoder):
    picture = png(plain_sheet(50, "cyan"))
    mixed = encoder.encode(["a circle", picture, "zebra crossing", ""])
    assert mixed.shape == (4, 256)
    assert np.allclose(np.linalg.norm(mixed, axis=1), 1, atol=1e-5)
    assert np.allclose(mixed[1], encoder.encode([picture])[0], atol=1e-5)
    assert np.allclose(mixed[0], encoder.encode(["a circle"])[0], atol=1e-5)


def test_case_and_punctuation_do_not_matter(encoder):
    one, other = encoder.encode(["A red circle!", "a red circle"])
    assert np.allclose(one, other, atol=1e-6)


def test_says_which_words_it_does_not_know(encoder):
    seen = encoder.inspect("A red zebra")
    assert seen.tokens == ("<start>", "a", "red", "<unk>", "<end>")
    assert seen.unknown == ("zebra",)
    assert encoder.inspect("red " * 50).dropped == 52 - encoder.limit
    assert encoder.count(["red", b"", "a red circle"]).lengths.tolist() == [3, 0, 5]


def test_says_how_much_of_its_texts_it_knows(encoder):
    counts = encoder.count(["houses and suns", "a red circle", b"", "suns"])
    assert counts.unknown.tolist() == [2, 0, 0, 1]
    assert counts.pieces.tolist() == [3, 3, 0, 1]
    assert counts.lengths.tolist() == [5, 5, 0, 3]
    assert counts.examples == ("suns", "houses")
    assert {"circle", "star", "red"} <= set(counts.knows)
    assert not {"houses", "<unk>"} & set(counts.knows)


@pytest.mark.parametrize("size", [(400, 400), (300, 150), (20, 30), (4096, 2)])
def test_sees_the_whole_picture_padded_with_its_border(encoder, size):
    view = encoder.view(png(Image.new("RGB", size, (250, 10, 10))))
    shown = np.asarray(open_kept(view.picture))
    assert shown.shape == (model.image_side(), model.image_side(), 3)
    assert np.abs(shown.astype(int) - (250, 10, 10)).max() <= 1
    assert view.box == (0, 0, 1, 1)
    assert "whole picture" in view.note


def test_changed_or_missing_weights_are_refused(tmp_path):
    check = partial(model.trained_model, tmp_path / "weights.safetensors")
    with pytest.raises(EncoderUnavailable, match="lost its weights"):
        check()
    (tmp_path / "weights.safetensors").write_bytes(b"other")
    with pytest.raises(EncoderUnavailable, match="changed weights"):
        check()


def test_the_weights_are_small():
    assert model.WEIGHTS.stat().st_size <= 15_000_000


def test_vectors_are_kept_under_the_version_of_the_weights():
    assert model.SHA256.startswith(find_spec("Scenes CLIP").version)
    texts = Collection.from_texts(["a"], name="a")
    assert find_spec("Scenes CLIP").version in vector_identity(texts, "Scenes CLIP")
