"""A probe is a row of the table of probes and a function: the Bias page draws it without knowing it."""

import numpy as np
import pulls
import pyarrow as pa
import pytest
from driving import answered, metric, said

from components.kit import caching
from components.kit.evidence import Evidence
from components.kit.words import number
from components.views import bias_probe
from components.views.bias_forms import FORMS
from components.views.bias_inputs import NamedSet, sets_to_text
from components.views.bias_probe import EVIDENCE, IN_VIEWS
from embeddings.bias.probes import PROBES, run_probe
from embeddings.space import Space

FILLED = {
    "probe": pulls.NAME, "candidates": "The collection", "pull_sets": sets_to_text([NamedSet("", ("east", "north"))]),
    "pull_pairs": "east, west\nnorth, #4", "pull_values": "2, 5", "pull_query": "east",
}  # fmt: skip


@pytest.fixture(scope="module")
def link(cluster):
    space = Space.from_vectors(["east", "north", "west", "south"], [[1, 0], [0, 1], [-1, 0], [0, -1]], name="compass")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(EVIDENCE, "pulls", lambda found, settings: Evidence(f"It pulls by {number(found.value, '.1f')}."))
        pulls.register()
        cluster.upload_file(pulls.__file__)
        cluster.run(pulls.register)
        yield {"collection": caching.store().save(space).id, "encoder": "", **FILLED}
        cluster.run(pulls.unregister)
        pulls.unregister()


def test_every_form_of_an_input_is_drawn_and_every_name_in_the_views_is_a_probe():
    assert set(PROBES) >= IN_VIEWS
    assert {"", *EVIDENCE} >= {spec.evidence for spec in PROBES.values()}
    forms = {each.form for name, spec in PROBES.items() if name != "What remains" for each in spec.inputs}
    assert forms == set(FORMS)


def test_a_new_probe_is_on_the_bias_page_with_its_fields_figure_and_caveats(open_page, link):
    app = open_page("bias.py", **link)
    assert not app.exception
    assert not app.error
    assert {"Words of Pulled", "Weights", "Pairs, one a line: first, second", "Pulled by"} <= {
        each.label for kind in ("multiselect", "text_area", "text_input") for each in app.get(kind)
    }
    assert metric(app, pulls.NAME) == "1.000"
    for words in (
        "**How far does a query pull words?** No bias would be 0.", "Larger means: the query pulls more.",
        "Caveat: Weights of any size rule the figure.", "It says nothing of people.", "By chance: p = 0.25.",
        "It pulls by 1.0.",
    ):  # fmt: skip
        assert words in said(app)
    table = next(each.value for each in app.dataframe if "no bias" in each.value.columns)
    np.testing.assert_allclose(table[["value", "no bias", "p"]].to_numpy(), [[1, 0, 0.25]])
    carried = {name: value for name, value in FILLED.items() if name.startswith("pull_")}
    assert {name: app.query_params[name] for name in carried} == carried


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"pull_sets": sets_to_text([NamedSet("", ("east", "nowhere"))])}, "Only 1 of the 2 words of Pulled"),
        ({"pull_pairs": "east\nnorth, south"}, "a pair has two sides"),
        ({"pull_pairs": "east, up\nnorth, south"}, "“up” is not in this collection"),
        ({"pull_pairs": "east, west"}, "A pull needs at least 2 pairs, got 1."),
        ({"pull_values": "2"}, "Weights must be as many as Pulled, 2; got 1."),
        ({"pull_values": "2, many"}, "“many” is no number"),
        ({"pull_query": "#900"}, "There is no item #900"),
    ],
)
def test_what_cannot_be_used_is_answered_beside_its_field(open_page, link, wrong, words):
    app = open_page("bias.py", **{**link, **wrong})
    assert not app.exception
    assert words in answered(app)
    assert not [each for each in app.metric if each.label == pulls.NAME]


def test_an_empty_form_says_what_to_do(open_page, link):
    empty = {name: value for name, value in link.items() if not name.startswith("pull_")}
    assert "Fill in the fields on the left." in said(open_page("bias.py", **empty))


ITEMS = [f"{word} {n}" for word in ("she", "he", "job", "good", "bad") for n in range(8)]
SHE, HE, JOBS, GOOD, BAD = (tuple(ITEMS[start : start + 8]) for start in range(0, 40, 8))
KINDS = ["a", "b", "a", "a"] * 10
CALLED = ["p", "q", "q", "p"] * 10


def sets(*words):
    return sets_to_text(NamedSet("", each) for each in words)


@pytest.mark.parametrize(
    ("probe", "fields", "inputs"),
    [
        ("WEAT", {"sets": sets(SHE, HE, GOOD, BAD)}, {"x": SHE, "y": HE, "a": GOOD, "b": BAD}),
        (
            "WEFAT",
            {"sets": sets(JOBS, SHE, HE), "values": "1 2 3 4 − 6 7 9"},
            {"words": JOBS, "values": (1, 2, 3, 4, None, 6, 7, 9), "a": SHE, "b": HE},
        ),
        (
            "MAC",
            {"sets": sets(JOBS), "attributes": "she 0, she 1\n\nhe 0, he 1"},
            {"words": JOBS, "attributes": (SHE[:2], HE[:2])},
        ),
        ("Search skew", {"query": "#17", "groups": "kind"}, {"query": 16, "groups": KINDS}),
        (
            "Zero-shot skew",
            {"predicted": "called", "groups": "kind", "labels": "q\np"},
            {"predicted": [int(name == "p") for name in CALLED], "groups": KINDS, "labels": ("q", "p")},
        ),
    ],
)
def test_the_form_of_any_probe_gives_what_the_core_gives(open_page, monkeypatch, probe, fields, inputs):
    monkeypatch.setattr(bias_probe, "IN_VIEWS", frozenset())
    vectors = np.random.default_rng(3).normal(size=(40, 6))
    space = Space.from_vectors(ITEMS, vectors, name="any", metadata=pa.table({"kind": KINDS, "called": CALLED}))
    link = {f"{probe.casefold().replace(' ', '_').replace('-', '_')}_{name}": value for name, value in fields.items()}
    id = caching.store().save(space).id
    app = open_page("bias.py", collection=id, encoder="", probe=probe, candidates="The collection", **link)
    assert not app.exception
    assert not app.error
    assert metric(app, probe) == number(getattr(run_probe(space, probe, **inputs), PROBES[probe].value))
    assert PROBES[probe].cannot_say in said(app)
