"""What is said of the results of a test set."""

from components.analogy_test.sentences import (
    coverage_sentence,
    gensim_sentence,
    guess_sentence,
    inputs_sentence,
    interval_sentence,
    nothing_sentence,
)
from embeddings.analogies.accuracy import BASELINES


def test_sentences_hold_the_numbers(runs, questions):
    report = runs.report("3CosAdd", exclude_inputs=True)
    total = report.total
    assert coverage_sentence(7390, 19544, 12000).startswith("7,390 of 19,544 questions (38 %) have all four words")
    assert coverage_sentence(5, 5, 9) == "All 5 questions have all four words among the 9 candidates."
    assert f"{total.correct} of 15 covered questions" in interval_sentence(total)
    best = max(total.baseline(name).share for name in BASELINES)
    assert f"reaches {100 * best:.1f} %" in guess_sentence(total)
    inside = runs.report("3CosAdd", exclude_inputs=False).total
    worth = 100 * (total.accuracy.share - inside.accuracy.share)
    assert f"is worth {worth:.1f} points" in inputs_sentence(runs, 3)
    assert "answers 20 % of the questions" in inputs_sentence(runs, 3)
    assert f"{total.correct} / 15 = {total.correct / 15:.6f}" in gensim_sentence(report)
    assert "low0, high0, low1 and high1" in nothing_sentence(questions, 3)


def test_a_guess_that_does_better_is_said_to(runs):
    total = runs.report("3CosAdd", exclude_inputs=True).total
    baselines = tuple((name, total.covered) for name, _ in total.baselines)
    assert "adds nothing to it" in guess_sentence(total._replace(baselines=baselines, correct=1))
