"""RND, RNSB, MAC and ECT: the pure parts by the core's own results, then the view."""

import numpy as np
import pytest
from driving import said, settle

from components.kit import caching
from components.kit.colours import DARK, LIGHT
from components.views.bias_inputs import NamedSet, sets_to_text
from components.views.bias_sets import ready_sets
from components.views.set_measures import (
    MEASURES,
    SIMILARITY,
    SWITCHES,
    against_chance,
    detail_chart,
    detail_table,
    inputs_of,
    larger_means,
    measure_numbers,
    measures,
    no_bias,
    number,
    says,
    told,
)
from embeddings.bias.coherence import ect
from embeddings.bias.effect import usual_range
from embeddings.bias.mean_cosine import mac
from embeddings.bias.negative_sentiment import rnsb
from embeddings.bias.norm_distance import rnd
from embeddings.bias.probes import PROBES
from embeddings.bias.probes import load_probe as probe
from embeddings.errors import EmbeddingError
from embeddings.space import Space

GROUPS = ("she", "he")
CONVENTIONS = {key: switch.options[0] for key, switch in SWITCHES.items()}
SETS = (
    NamedSet("she", tuple(f"she {n}" for n in range(6))),
    NamedSet("he", tuple(f"he {n}" for n in range(6))),
    NamedSet("jobs", tuple(f"job {n}" for n in range(8))),
    NamedSet("good", tuple(f"good {n}" for n in range(6))),
    NamedSet("bad", tuple(f"bad {n}" for n in range(6))),
)


@pytest.fixture(scope="module")
def space():
    """Jobs lie by "he"; good and bad words apart from both."""
    rng = np.random.default_rng(5)
    middles = {"she": 0, "he": 1, "jobs": 1, "good": 2, "bad": 3}
    rows = [np.eye(12)[middles[name]] for name, words in SETS for _ in words]
    rows += list(rng.normal(size=(60, 12)))
    names = [word for _, words in SETS for word in words] + [f"other {n}" for n in range(60)]
    vectors = np.array(rows) + 0.25 * rng.normal(size=(len(rows), 12))
    return Space.from_vectors(names, vectors * rng.uniform(0.5, 2, size=(len(rows), 1)), name="sets")


@pytest.fixture(scope="module")
def found(space):
    asked = inputs_of([each.words for each in SETS], CONVENTIONS)
    return [(name, probe(name)(space, **inputs)) for name, inputs in asked]


def test_each_measure_is_asked_with_its_own_sets_and_conventions(space, found):
    she, he, jobs, good, bad = (each.words for each in SETS)
    expected = {
        "RND": rnd(space, she, he, jobs).value,
        "RNSB": rnsb(space, good, bad, [*she, *he]).value,
        "MAC": mac(space, jobs, [she, he]).value,
        "ECT": ect(space, she, he, jobs).value,
    }
    assert tuple(name for name, _ in found) == MEASURES == tuple(expected)
    for name, result in found:
        assert getattr(result, PROBES[name].value) == expected[name]
    other = {key: switch.options[1] for key, switch in SWITCHES.items()}
    asked = dict(inputs_of([each.words for each in SETS], other))
    assert (asked["RND"]["lengths"], asked["RND"]["total"], asked["RNSB"]["lengths"]) == ("raw", "sum", "raw")
    assert asked["MAC"]["similarity"]
    assert asked["ECT"]["lengths"] == "unit"


def test_one_table_says_value_chance_and_direction(found):
    table = measures(found, CONVENTIONS, GROUPS, {}).lines.to_pydict()
    assert table["measure"] == list(MEASURES)
    assert table["value"] == [number(getattr(result, PROBES[name].value)) for name, result in found]
    assert table["no bias"] == ["0", "0", "1", "1"]
    assert table["larger means"] == [PROBES[name].larger for name in MEASURES]
    assert table["says"][0] == "The words are nearer to he."
    assert table["by chance"][3] == "none"


def test_a_similarity_turns_the_direction_of_mac_around_and_names_the_nearer_group(space):
    similar = CONVENTIONS | {"mac_gives": SIMILARITY}
    assert no_bias("MAC", similar) == 0
    assert larger_means("MAC", similar).startswith("more association")
    assert larger_means("MAC", CONVENTIONS) == PROBES["MAC"].larger
    assert told("MAC", similar) == "as a similarity"
    she, he, jobs, *_ = (each.words for each in SETS)
    for similarity in (False, True):
        assert says("MAC", mac(space, jobs, [she, he], similarity=similarity), GROUPS).endswith("nearer to he.")


def test_what_chance_gives_stands_beside_each(found):
    results = dict(found)
    assert against_chance("RND", results["RND"]).startswith("p ")
    low, high = usual_range(results["MAC"].random)
    assert against_chance("MAC", results["MAC"]) == f"{number(low)} to {number(high)}: 95 % of random items"
    assert "in ten splits of the lexicon" in against_chance("RNSB", results["RNSB"])
    few = Space.from_vectors([word for each in SETS[:3] for word in each.words[:3]], np.eye(9) + 0.1, name="few")
    small = mac(few, SETS[2].words[:3] + SETS[0].words[:3], [SETS[1].words[:3]])
    assert against_chance("MAC", small) == "too few items for random ones"


def test_the_file_holds_numbers_and_the_reason_where_there_are_none(found):
    failed = [found[0], ("RNSB", EmbeddingError("The lexicon is too small.")), *found[2:]]
    numbers = measure_numbers(failed, CONVENTIONS).to_pydict()
    assert numbers["value"][0] == pytest.approx(found[0][1].value)
    assert numbers["value"][1] is None
    assert numbers["note"][1] == "The lexicon is too small."
    assert numbers["p"] == [found[0][1].p_value, None, None, None]
    assert measures(failed, CONVENTIONS, GROUPS, {}).lines["says"].to_pylist()[1] == "The lexicon is too small."


def test_charts_and_twins_hold_the_words(found):
    for name, result in found:
        table = detail_table(name, result, GROUPS)
        assert table.num_rows == len(result.words)
        for theme in (LIGHT, DARK):
            chart = detail_chart(name, result, GROUPS, colours=theme)
            assert len(chart.data[-1].x) == len(result.words)


def test_ready_sets_are_five_each_and_say_where_they_come_from():
    for each in ready_sets().values():
        assert len(each.sets) == 5
        assert "Caliskan, Bryson & Narayanan 2017" in each.source
    assert [name for name, each in ready_sets().items() if not each.sensitive] == ["flowers"]


# The view


def view(open_page, space, sets=SETS, **link):
    id = caching.store().save(space).id
    given = {"lists": sets_to_text(sets), "candidates": "The collection", **link}
    return open_page("bias.py", probe="Sets", collection=id, encoder="", **given)


def shown_measures(app):
    return next(frame.value for frame in app.dataframe if "larger means" in frame.value.columns)


def changed(place, words):
    return [each._replace(words=tuple(words)) if n == place else each for n, each in enumerate(SETS)]


def test_the_view_shows_the_four_values_of_the_core(open_page, space, found):
    app = view(open_page, space)
    assert not app.exception
    assert not app.error
    assert shown_measures(app)["value"].tolist() == measures(found, CONVENTIONS, GROUPS, {}).lines["value"].to_pylist()
    assert "need not agree" in said(app)
    assert "what may not be concluded" in said(app).casefold()


def test_conventions_are_switches_of_the_link(open_page, space):
    app = view(open_page, space, mac_gives="similarity", rnd_total="sum", measure="MAC")
    she, he, jobs, *_ = (each.words for each in SETS)
    shown = shown_measures(app).set_index("measure")
    assert shown["value"]["MAC"] == number(mac(space, jobs, [she, he], similarity=True).value)
    assert shown["value"]["RND"] == number(rnd(space, she, he, jobs, total="sum").value)
    assert shown["larger means"]["MAC"].startswith("more association")
    app.segmented_control(key="measure").set_value("ECT")
    app = settle(app.run())
    assert not app.exception
    assert "Definition: Rank correlation" in said(app)


@pytest.mark.parametrize(
    ("sets", "measure", "message"),
    [
        (changed(3, ["good 0", "good 1"]), "RNSB", "at least 5 positive"),
        (changed(2, ["job 0", "job 1"]), "ECT", "An order needs at least 3 words"),
        (changed(0, ["she 0"]), "RND", "needs at least 2 words"),
        (changed(1, SETS[0].words), "RND", "there is nothing to compare"),
        (changed(2, ["jop 0", "jop 1", "jop 2"]), "MAC", "needs at least"),
    ],
)
def test_sets_that_cannot_be_measured_are_answered_and_the_others_stand(open_page, space, sets, measure, message):
    app = view(open_page, space, sets)
    assert not app.exception
    row = shown_measures(app).set_index("measure").loc[measure]
    assert row["value"] == "—"
    assert message in row["says"]


def test_a_broken_link_is_told_and_ready_sets_stand_instead(open_page, space):
    app = view(open_page, space, lists="~broken")
    assert not app.exception
    assert "cannot be read" in said(app)


def test_words_that_a_fitted_encoder_does_not_know_are_named(open_page):
    app = open_page("bias.py", probe="Sets", candidates="The collection",
                    lists=sets_to_text(changed(0, ["xyzzy", "qwfp"])))  # fmt: skip
    assert not app.exception
    assert "knows nothing of" in said(app)


def test_ready_sets_run_on_one_click_with_notice_and_source(open_page):
    words = list(dict.fromkeys(word for each in ready_sets().values() for _, set in each.sets for word in set))
    vectors = np.random.default_rng(1).normal(size=(len(words), 16))
    flowers = ready_sets()["flowers"].sets
    for word in (*flowers[0].words, *flowers[2].words):
        vectors[words.index(word), 0] += 4
    id = caching.store().save(Space.from_vectors(words, vectors, name="ready")).id
    app = open_page("bias.py", probe="Sets", collection=id, encoder="", candidates="The collection")
    assert not app.exception
    assert "not as statements about anyone" in said(app)
    app.button(key="ready_sets_flowers").click()
    app = settle(app.run())
    assert not app.exception
    assert "Caliskan, Bryson & Narayanan 2017" in said(app)
    assert shown_measures(app)["says"].tolist()[0] == "The words are nearer to Flowers."
    assert app.query_params["ready_sets"] == "flowers"
