"""Taking a direction out: what goes, what remains, and how the page says it."""

import pytest
from driving import answered, press, said, settle
from gendered_words import NEUTRAL, PAIRS, gendered, view

from components.kit.colours import DARK, LIGHT
from components.views.debiasing import (
    cluster_caption,
    debias_verdict,
    effects_chart,
    probes,
    remaining_chart,
    what_was_done,
    words_chart,
    words_table,
)
from embeddings.bias.direction import bias_direction, direct_bias
from embeddings.bias.hard_debias import hard_debias
from embeddings.bias.plan import Asked, Plan
from embeddings.bias.remaining import what_remains
from embeddings.bias.taking_out import probe_numbers, remaining_table, take_out
from embeddings.errors import EmbeddingError


def test_taking_out_gives_what_the_core_gives_step_by_step(hidden, taken):
    direction = bias_direction(hidden, PAIRS)
    debiased = hard_debias(hidden, direction)
    alone = what_remains(hidden, debiased.space, direction)
    assert taken.remaining.classifier == alone.classifier
    assert taken.remaining.neighbours == alone.neighbours
    assert taken.directions == 1
    assert taken.kept == 10
    by_name = {each.asked.title: each.figures for each in taken.probes}
    assert list(by_name) == ["Direct bias", "RIPA (length 1)", "RND", "ECT", "MAC"]
    assert by_name["Direct bias"].before.value == pytest.approx(direct_bias(hidden, PAIRS, NEUTRAL).value)
    assert by_name["Direct bias"].after.value == pytest.approx(0, abs=1e-6)
    assert [refused.name for refused in taken.refused] == ["RNSB"]
    assert taken.maps.before.shape == taken.maps.after.shape == (2 * len(taken.remaining.first), 2)


def test_progress_of_taking_out_only_grows_and_ends_at_its_total(open_bias):
    told = []
    plan = Plan(PAIRS, probes=(Asked("RND", "RND", {"group_1": ("she 0", "she 1"), "group_2": ("he 0", "he 1"),
                                                   "words": NEUTRAL}),))  # fmt: skip
    take_out(open_bias, plan, on_progress=lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == told[-1][1]


def test_it_is_called_hidden_only_where_the_numbers_say_so(hidden, taken, open_bias):
    verdict = debias_verdict(taken)
    assert (verdict.standing, verdict.heading) == ("hidden", "It is hidden, not removed")
    assert f"the side of {100 * taken.remaining.classifier.after.share:.0f} %" in verdict.sentence
    gone = debias_verdict(take_out(open_bias, Plan(PAIRS)))
    assert gone.standing == "gone"
    assert "does not show that all is gone" in gone.sentence
    null = take_out(hidden, Plan(PAIRS, "nullspace"))
    assert debias_verdict(null).standing != "hidden" or null.remaining.classifier.after.share >= 0.75
    assert len(null.accuracies) == null.directions + 1
    assert "before each round" in what_was_done(null)


def test_a_small_collection_is_debiased_but_not_checked():
    small = gendered(hidden=True, items=40)
    found = take_out(small, Plan(PAIRS))
    verdict = debias_verdict(found)
    assert verdict.standing == "unknown"
    assert "at least 20 words a side" in verdict.sentence
    assert remaining_table(found).num_rows == 0
    with pytest.raises(EmbeddingError, match="at least 20 words a side"):
        take_out(small, Plan(PAIRS, "nullspace"))


def test_debias_charts_and_tables_hold_before_and_after(hidden, taken):
    for theme in (LIGHT, DARK):
        chart = remaining_chart(taken.remaining, colours=theme)
        assert [trace.y[0] for trace in chart.data] == [each.share for each in taken.remaining.classifier]
        words = words_chart(
            taken.maps.after, [str(n) for n in range(len(taken.maps.after))], ("he", "she"), colours=theme
        )
        assert [trace.name for trace in words.data] == ["leant to she", "leant to he"]
        assert len(effects_chart(taken.probes, colours=theme).data) == 2
    table = probes(taken, {}).lines.to_pydict()
    assert table["probe"][0] == "Direct bias"
    assert table["after"][0] == "0.000"
    assert "(p" in table["before"][2]
    numbers = probe_numbers(taken).to_pydict()
    assert numbers["before p"][0] is None
    assert numbers["before p"][2] == taken.probes[2].figures.before.p_value
    assert remaining_table(taken).to_pydict()["after"][0] == taken.remaining.classifier.after.share
    assert words_table(hidden.collection, taken, ("he", "she"))["leant to"][0].as_py() == "she"
    assert "80 % of these 200 on" in cluster_caption(0.8, 200)


def test_debiasing_runs_on_a_click_and_says_that_it_is_hidden(open_page, hidden, taken):
    app = view(open_page, hidden, direction_part="Take it out?", debias_tests="", bias_keep="")
    assert "It is hidden" not in said(app)
    app = press(app, "Take it out and look")
    assert not app.exception
    assert "It is hidden, not removed" in said(app)
    table = next(frame.value for frame in app.dataframe if "larger means" in frame.value.columns)
    assert table["after"].tolist()[-5:] == probes(taken, {}).lines["after"].to_pylist()
    assert app.query_params["taken_out"] == "1"


def test_a_link_to_a_debiasing_runs_it(open_page, open_bias):
    app = view(open_page, open_bias, direction_part="Take it out?", debias_tests="", bias_keep="", taken_out="1")
    assert not app.exception
    assert "no longer tells the sides apart" in said(app)
    app.selectbox(key="debias").set_value("equalised")
    app = settle(app.run())
    assert not app.exception


def test_a_word_to_keep_that_is_not_there_is_answered(open_page, hidden):
    app = view(open_page, hidden, direction_part="Take it out?", taken_out="1", bias_keep="granny")
    assert "“granny” is not in this collection" in answered(app)
    assert "Lipstick on a Pig" in said(app)
