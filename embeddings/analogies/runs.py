"""A whole test set answered in every way: each method, with the inputs left out and with them in."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.analogies.accuracy import BASELINES, FOLDED, RANDOM, AnalogyReport, Progress, Tally, analogy_accuracy
from embeddings.analogies.methods import METHODS
from embeddings.analogies.questions import Questions
from embeddings.analogies.vocabulary import Matching
from embeddings.space import Space

RUNS = tuple((method, exclude) for exclude in (True, False) for method in METHODS)
GUESSES = (RANDOM, *BASELINES)


class AnalogyRuns(NamedTuple):
    """The reports of one test set, in the order of RUNS."""

    reports: tuple[AnalogyReport, ...]

    def report(self, method: str, *, exclude_inputs: bool) -> AnalogyReport:
        """One of them."""
        return self.reports[RUNS.index((method, exclude_inputs))]


def run_all(
    space: Space, questions: Questions, *, matching: Matching = FOLDED, on_progress: Progress | None = None
) -> AnalogyRuns:
    """Answer the questions in every way; `on_progress` is called with (done, total) over all of them."""
    reports = []
    for number, (method, exclude) in enumerate(RUNS):

        def so_far(done: int, total: int, before: int = number) -> None:
            if on_progress is not None:
                on_progress(before * total + done, len(RUNS) * total)

        reports.append(
            analogy_accuracy(
                space, questions, method=method, exclude_inputs=exclude, matching=matching, on_progress=so_far
            )
        )
    return AnalogyRuns(tuple(reports))


def to_arrays(runs: AnalogyRuns) -> dict[str, NDArray[Any]]:
    """Runs as named arrays, to be kept."""
    arrays: dict[str, NDArray[Any]] = {"covered": runs.reports[0].covered}
    for number, report in enumerate(runs.reports):
        arrays[f"answers_{number}"] = report.answers
        arrays[f"correct_{number}"] = report.correct
        arrays[f"tallies_{number}"] = np.array(
            [
                [tally.questions, tally.covered, tally.correct, *(hits for _, hits in tally.baselines)]
                for tally in (report.total, *report.categories)
            ]
        )
    return arrays


def from_arrays(arrays: dict[str, NDArray[Any]], questions: Questions, matching: Matching) -> AnalogyRuns:
    """The same runs again, for the questions and the matching that they were made with."""
    names = ("all", *questions.categories)
    reports = []
    for number, (method, exclude) in enumerate(RUNS):
        rows = arrays[f"tallies_{number}"].tolist()
        total, *categories = (
            Tally(name, asked, covered, correct, tuple(zip(GUESSES, hits, strict=True)))
            for name, (asked, covered, correct, *hits) in zip(names, rows, strict=True)
        )
        answers, correct = arrays[f"answers_{number}"], arrays[f"correct_{number}"]
        reports.append(
            AnalogyReport(method, exclude, matching, total, tuple(categories), answers, arrays["covered"], correct)
        )
    return AnalogyRuns(tuple(reports))
