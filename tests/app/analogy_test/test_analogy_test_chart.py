"""The chart of accuracies."""

import pytest
from pair_questions import asked

from components.analogy_test.charts import MOST, accuracy_chart
from components.analogy_test.tables import GUESSES
from components.kit.colours import DARK, LIGHT
from embeddings.analogies.accuracy import RANDOM
from embeddings.analogies.methods import METHODS
from embeddings.analogies.questions import Questions
from embeddings.analogies.runs import run_all


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_chart_has_dots_with_intervals_for_methods_and_dots_alone_for_guesses(runs, theme):
    chart = accuracy_chart(runs, exclude_inputs=True, colours=theme)
    assert list(chart.layout.yaxis.ticktext) == ["all questions", "good", "bad"]
    traces = {trace.name: trace for trace in chart.data}
    assert set(traces) == {*METHODS, *GUESSES}
    mul = runs.report("3CosMul", exclude_inputs=True)
    shares = [mul.total.accuracy, *(tally.accuracy for tally in mul.categories[:2])]
    assert list(traces["3CosMul"].x) == pytest.approx([100 * each.share for each in shares])
    assert list(traces["3CosMul"].error_x.array) == pytest.approx([100 * (each.high - each.share) for each in shares])
    assert traces[RANDOM].error_x.array is None
    assert len({round(float(traces[name].y[0]), 2) for name in METHODS}) == 3
    inside = accuracy_chart(runs, exclude_inputs=False, colours=theme)
    assert list(inside.data[4].x) != list(chart.data[4].x)


def test_one_category_is_drawn_once_and_many_up_to_a_bound(space):
    one = run_all(space, Questions("one", (asked("only", 0, 1),)))
    assert list(accuracy_chart(one, exclude_inputs=True, colours=LIGHT).layout.yaxis.ticktext) == ["all questions"]
    many = run_all(space, Questions("many", tuple(asked(f"c{n} <b>", 0, 1) for n in range(MOST + 9))))
    names = accuracy_chart(many, exclude_inputs=True, colours=LIGHT).layout.yaxis.ticktext
    assert len(names) == MOST + 1
    assert names[1] == "c0 &lt;b&gt;"
