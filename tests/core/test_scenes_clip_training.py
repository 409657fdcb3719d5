"""How Scenes CLIP learns: batches, what is true in them, and the losses."""

from itertools import product
from random import Random

import numpy as np
import pytest
import torch

from embeddings.encoders.scenes_clip.model import image_side, tokenizer
from embeddings.encoders.scenes_clip.training.batches import BATCH, batch
from embeddings.encoders.scenes_clip.training.losses import ranking
from embeddings.encoders.scenes_clip.training.pictures import picture
from embeddings.encoders.scenes_clip.training.signposts import properties
from embeddings.encoders.scenes_clip.training.vocabulary import UNKNOWN, built_tokenizer
from embeddings.scenes import Scene, Thing
from embeddings.scenes.sampling import turned
from embeddings.scenes.scene import TRUE, codes
from embeddings.scenes.things import SHAPES, TEXTURES


def test_a_batch_is_the_same_for_the_same_seed_and_truth_fits_the_edits():
    one, again = batch(Random(1)), batch(Random(1))
    assert np.array_equal(one.pixels, again.pixels)
    assert one.ids == again.ids
    assert one.pixels.shape == (BATCH, image_side(), image_side(), 3)
    before, after, minus, plus = one.edits.T
    assert (one.truth[minus, before] == TRUE).all()
    assert (one.truth[plus, after] == TRUE).all()
    assert not one.same[before, after].any()


def test_the_committed_vocabulary_is_that_of_the_grammar():
    built = built_tokenizer()
    assert built.get_vocab() == tokenizer().get_vocab()
    assert built.encode("a handwritten seven").tokens == tokenizer().encode("A handwritten seven.").tokens
    assert built.token_to_id(UNKNOWN) == 1


def test_every_shape_is_painted():
    blue = {}
    for shape, texture in product(SHAPES, TEXTURES):
        scene = Scene(Thing(shape, "blue", "large", texture), count=1, background="white")
        pixels = picture(scene, 64, Random(0)).astype(int)
        blue[shape, texture] = (pixels[..., 2] - pixels[..., 0] > 60).mean()
    assert {each: share for each, share in blue.items() if not 0.02 < share < 0.7} == {}


def test_ranking_counts_only_false_ones_against_a_true_one():
    true = torch.tensor([[True, True, False, False]])
    false = torch.tensor([[False, False, True, False]])
    equal = ranking(torch.zeros(1, 4), true, false)
    assert equal.item() == pytest.approx(np.log(2))
    apart = torch.tensor([[9.0, 9.0, -9.0, 50.0]])
    assert ranking(apart, true, false).item() < 1e-6
    assert ranking(apart, true, torch.zeros_like(false)).item() == 0


def test_a_pair_and_its_turned_description_have_the_same_properties():
    pair = Scene(Thing("circle", "red"), Thing("square", "blue"), "right of", 1)
    one, other = properties(codes([pair, turned(pair)]))
    assert np.array_equal(one, other)
    shapes, colours, both, count, roles = 2, 2, 2, 1, 4
    assert one.sum() == shapes + colours + both + count + roles
