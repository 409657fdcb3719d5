"""What the numbers of a test set mean, in plain words."""

from __future__ import annotations

from components.analogy_test.tables import BEST
from embeddings.analogies.accuracy import BASELINES, AnalogyReport, Tally
from embeddings.analogies.questions import Questions
from embeddings.analogies.runs import AnalogyRuns


def coverage_sentence(covered: int, questions: int, candidates: int) -> str:
    """How many questions can be asked at all."""
    if covered == questions:
        return f"All {questions:,} questions have all four words among the {_candidates(candidates)}."
    return (
        f"{covered:,} of {questions:,} questions ({100 * covered / questions:.0f} %) have all four words among the "
        f"{_candidates(candidates)}; the others are left out of every share."
    )


def interval_sentence(total: Tally) -> str:
    """How sure the headline is."""
    low, high = 100 * total.accuracy.low, 100 * total.accuracy.high
    return (
        f"95 % interval {low:.1f} to {high:.1f} % (Wilson): {total.correct:,} of {total.covered:,} covered questions."
    )


def best_guess(total: Tally) -> tuple[str, float]:
    """The guess without arithmetic that does best, and its share."""
    shares = {guess: total.baseline(guess).share for guess in BASELINES}
    name = max(shares, key=lambda guess: shares[guess])
    return name, shares[name]


def guess_sentence(total: Tally) -> str:
    """What the arithmetic adds to the best guess without it."""
    name, share = best_guess(total)
    gain = 100 * (total.accuracy.share - share)
    worth = f"the arithmetic adds {gain:.1f} points" if gain > 0 else "the arithmetic adds nothing to it"
    return f"The best guess without arithmetic, {name}, reaches {100 * share:.1f} %: {worth}."


def inputs_sentence(runs: AnalogyRuns, named: int) -> str:
    """What it is worth that inputs may not be answers; `named` counts answers that are inputs, where they may be."""
    out, inside = (runs.report(BEST, exclude_inputs=exclude).total for exclude in (True, False))
    worth = 100 * (out.accuracy.share - inside.accuracy.share)
    return (
        f"Leaving the inputs out is worth {worth:.1f} points: with them in, {BEST} reaches "
        f"{100 * inside.accuracy.share:.1f} % and answers {100 * named / inside.covered:.0f} % of the questions with "
        "one of their own three words."
    )


def gensim_sentence(report: AnalogyReport) -> str:
    """The same total as the library that most published numbers come from."""
    total = report.total
    folded = "" if report.matching.fold_case else " with case_insensitive=False"
    return (
        f"The same as gensim’s evaluate_word_analogies{folded}, question by question, on these vectors: "
        f"{total.correct:,} / {total.covered:,} = {total.accuracy.share:.6f}."
    )


def nothing_sentence(questions: Questions, candidates: int) -> str:
    """Why a test cannot be run."""
    first = questions.questions[0]
    return (
        f"No question has all four of its words among the {_candidates(candidates)}, so there is nothing to answer. "
        f"The first asks for {first.a}, {first.b}, {first.c} and {first.expected}."
    )


def _candidates(count: int) -> str:
    return f"{count:,} candidate{'' if count == 1 else 's'}"
