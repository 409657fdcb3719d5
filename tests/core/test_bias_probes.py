"""What every row of the table of probes keeps."""

import dataclasses
import inspect

import numpy as np
import pytest

from embeddings.bias.before_after import before_after
from embeddings.bias.checking import check_sets
from embeddings.bias.direction import bias_direction
from embeddings.bias.hard_debias import hard_debias
from embeddings.bias.probes import PROBES, load_probe
from embeddings.bias.templates import TEMPLATES, sentences
from embeddings.errors import EmbeddingError
from embeddings.space import Space

WORDS = {
    "x": ["rose", "tulip", "lily"], "y": ["ant", "wasp", "flea"], "a": ["love", "joy"], "b": ["war", "agony"],
    "words": ["cook", "nurse", "pilot", "judge"], "group_1": ["she", "woman"], "group_2": ["he", "man"],
    "positive": ["good", "kind", "fair", "glad", "fine"], "negative": ["bad", "cruel", "foul", "sad", "vile"],
}  # fmt: skip
PAIRS = [("she", "he"), ("woman", "man")]


@pytest.fixture(scope="module")
def space():
    words = list(dict.fromkeys(word for words in WORDS.values() for word in words))
    words += sentences([word for name in "xyab" for word in WORDS[name]], TEMPLATES["any word"])
    words += [f"other{i}" for i in range(60)]
    return Space.from_vectors(words, np.random.default_rng(0).normal(size=(len(words), 8)), name="words")


@pytest.fixture(scope="module")
def debiased(space):
    return hard_debias(space, bias_direction(space, PAIRS))


def given(probe, space, debiased):
    n = len(space)
    inputs = {
        "space": space,
        "pairs": PAIRS,
        "values": [1.0, 3.0, 2.0, 5.0],
        "attributes": [WORDS["a"], WORDS["b"]],
        "query": "cook",
        "groups": ["even", "odd"] * (n // 2) + ["even"] * (n % 2),
        "predicted": np.arange(n) % 3,
        "labels": ["p", "q", "r"],
        "after": debiased.space,
        "direction": bias_direction(space, PAIRS),
        **WORDS,
    }
    if probe == "iEAT":
        inputs |= {name: [space.collection.rows[word] for word in WORDS[name]] for name in "xyab"}
    return {each.name: inputs[each.name] for each in PROBES[probe].inputs}


def test_a_probe_says_what_it_is():
    for name, spec in PROBES.items():
        for text in (spec.question, spec.summary, spec.caveat, spec.cannot_say):
            assert text.endswith((".", "?")), name
        assert spec.question.endswith("?"), name
        assert spec.larger.endswith("."), name
        assert spec.reference[-4:].isdigit(), name
        assert all(each.title and each.summary.endswith(".") for each in spec.inputs), name


def test_a_probes_inputs_are_the_parameters_of_its_function():
    for name, spec in PROBES.items():
        parameters = inspect.signature(load_probe(name)).parameters.values()
        positional = [each.name for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD]
        assert positional == [each.name for each in spec.inputs], name
        assert all(each.default is not each.empty for each in parameters if each.kind is each.KEYWORD_ONLY), name


@pytest.mark.parametrize("name", PROBES)
def test_a_probe_gives_a_frozen_result_with_its_figure(name, space, debiased):
    run = load_probe(name)
    inputs = given(name, space, debiased)
    found, again = run(**inputs), run(**inputs)
    assert dataclasses.is_dataclass(found)
    assert found.__dataclass_params__.frozen
    value = getattr(found, PROBES[name].value)
    assert isinstance(value, float)
    assert np.isfinite(value)
    assert value == getattr(again, PROBES[name].value)


@pytest.mark.parametrize("name", [name for name in PROBES if name not in {"Zero-shot skew", "What remains"}])
def test_a_probe_over_a_space_runs_before_and_after(name, space, debiased):
    inputs = {key: value for key, value in given(name, space, debiased).items() if key != "space"}
    found = before_after(name, space, debiased, inputs)
    assert type(found.before) is type(found.after)


@pytest.mark.parametrize("name", [name for name in PROBES if any(each.form == "words" for each in PROBES[name].inputs)])
def test_a_probe_with_word_sets_names_what_is_wrong_with_them(name, space, debiased):
    spec = PROBES[name]
    inputs = given(name, space, debiased)
    sets = {each.title: inputs[each.name] for each in spec.inputs if each.form == "words"}
    assert name == "iEAT" or check_sets(space, sets, rules=spec.rules).usable
    for each in spec.inputs:
        if each.form != "words":
            continue
        many = [f"word{i}" for i in range(5_000)]
        for bad in ([], ["qqq", "zzz"], ["12", "7"], many):
            broken = {**inputs, each.name: bad}
            if "values" in broken and each.name == "words":
                broken["values"] = [1.0] * len(bad)
            with pytest.raises(EmbeddingError):
                load_probe(name)(**broken)


def test_an_unknown_probe_is_named():
    with pytest.raises(EmbeddingError, match="no probe “Weat”; choose one of WEAT, SEAT"):
        load_probe("Weat")
